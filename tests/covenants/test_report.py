"""What `omzien check` prints is enough to see who does what, and what to put right."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.covenants.report import check
from tests.covenants.broken import EXAMPLE, TODAY, changed


def printed(path: Path, width: int = 160) -> tuple[int, str]:
    """The exit code and the text on the screen, with single spaces."""
    screen = StringIO()
    code = check(path, Console(file=screen, width=width), TODAY)
    return code, " ".join(screen.getvalue().split())


@pytest.mark.parametrize("width", [160, 80, 40])
def test_a_finished_covenant_shows_who_does_what_on_any_screen(width: int) -> None:
    code, text = printed(EXAMPLE, width)
    assert code == 0
    for piece in ("Noise", "WON + GGD", "same working day", "100% BB-CO", "483", "Fictional"):
        assert piece.split()[0] in text


def test_the_matrix_tells_lead_involved_term_and_ladder() -> None:
    _, text = printed(EXAMPLE)
    assert "WON + GGD 2 working days 50% WON → 100% WON-TL → 150% GEM" in text
    assert "Dispute with neighbours anywhere BB 5 working days" in text
    assert "Formal report under the Wvggz referred: not taken as an item" in text
    assert "17 topics, 7 areas, up to 4 kinds of landlord, 483 combinations" in text


def test_errors_come_with_file_and_line_and_instead_of_the_matrix(tmp_path: Path) -> None:
    broken = changed(tmp_path, ('postcodes = ["5423"]', 'postcodes = ["5421"]'))
    code, text = printed(broken.path, width=40)
    assert code == 1
    line = broken.line('postcodes = ["5421"]')
    assert f"{broken.path}:{line}: Postcode 5421 belongs to gemert already." in text
    assert "Lead" not in text


def test_gaps_are_printed_as_questions_below_the_matrix(tmp_path: Path) -> None:
    open_ = changed(tmp_path, ('[[routes]]\ntopics = ["dispute"]\nlead = "BB"', ("[[routes]]\n"
        'topics = ["dispute"]\nareas = ["de-rips"]\nabout = ["self"]\nlead = "BB"')))  # fmt: skip
    code, text = printed(open_.path)
    assert code == 1
    assert "nobody yet (GEM coordinates)" in text
    assert (
        "Who responds to Dispute with neighbours in De Rips when it is about someone else or the"
        " neighbourhood?" in text
    )
    assert "in Gemert, Handel, Elsendorp, De Mortel, Bakel and Milheeze?" in text


def test_a_warning_is_printed_and_is_no_reason_to_stop(tmp_path: Path) -> None:
    soon = changed(
        tmp_path, ('topics = ["behaviour"]', 'topics = ["behaviour"]\nuntil = 2026-11-20')
    )
    code, text = printed(soon.path)
    assert code == 0
    assert "(warning)" in text
