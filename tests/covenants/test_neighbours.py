"""Circles and kinds of help: what is wrong is told on its line, and what is open is asked."""

from pathlib import Path

import pytest

from tests.covenants.broken import EXAMPLE, changed
from tests.covenants.test_report import printed

CASES: dict[str, tuple[tuple[str, str], str, str]] = {
    "unknown area": (
        ('area = "gemert"\npartner = "BC"', 'area = "gemrt"\npartner = "BC"'),
        'area = "gemrt"',
        "There is no area gemrt in this covenant.",
    ),
    "unknown partner": (
        ('area = "bakel"\npartner = "BC"', 'area = "bakel"\npartner = "BX"'),
        'partner = "BX"',
        "There is no partner BX in this covenant.",
    ),
    "unknown coach": (
        ('coach = "BC-COACH"', 'coach = "COACH"'),
        'coach = "COACH"',
        "There is no partner COACH in this covenant.",
    ),
    "nobody behind the volunteers": (
        ('coach = "BC-COACH"', 'coach = "BC"'),
        'coach = "BC"',
        "Behind the volunteers of molenstraat stands somebody else: name a coach.",
    ),
    "circle twice": (
        ('id = "de-hoeve"', 'id = "molenstraat"'),
        'id = "molenstraat"',
        "The id molenstraat is used already.",
    ),
    "kind twice": (('id = "meal"', 'id = "pets"'), 'id = "pets"', "The id pets is used already."),
    "reserved id": (
        ('id = "meal"', 'id = "other"\n# meal'),
        'id = "other"',
        "The id other means what is no kind of help: choose another.",
    ),
    "kind without a language": (
        ('en = "A meal", ', ""),
        'title = { nl = "Een maaltijd"',
        "`title` is missing in en.",
    ),
    "circle without a language": (
        ('en = "the Molenstraat circle", ', ""),
        'title = { nl = "buurtcirkel Molenstraat"',
        "`title` is missing in en.",
    ),
    "reminders go up": (
        ("remind_hours = [24, 3]", "remind_hours = [3, 24]"),
        "remind_hours",
        "`remind_hours` must go down: the first reminder comes the longest before.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_with_neighbours_is_told_on_its_own_line(name: str, tmp_path: Path) -> None:
    """Each fault once, with the line that it stands on."""
    change, start, sentence = CASES[name]
    broken = changed(tmp_path, change)
    lines = [n for n, told in broken.told() if told == sentence]
    assert len(lines) == 1
    assert broken.text.splitlines()[lines[0] - 1].startswith(start)
    assert broken.reading.errors


def test_a_buurtcirkel_that_is_too_big_is_a_warning(tmp_path: Path) -> None:
    """It works, and it is no buurtcirkel any more."""
    big = changed(tmp_path, ("most = 12", "most = 20"))
    assert not big.reading.errors
    (warning,) = big.reading.warnings
    assert warning.sentence == "A buurtcirkel has at most 12 members; molenstraat has more."


def test_check_prints_kinds_and_circles() -> None:
    """How careful each kind must be, who is behind each circle, and where there is none."""
    code, text = printed(EXAMPLE)
    assert code == 0
    assert "Transport 2: alone, with a VOG seen and an introduction" in text
    assert "A walk or coffee together 1: at the door or in public the asker is asked" in text
    assert "the Molenstraat circle (buurtcirkel) Gemert BC, BC-COACH 12" in text
    assert "Without a circle: Handel, Elsendorp, Milheeze and De Rips." in text


def test_what_the_partners_have_not_agreed_is_asked(tmp_path: Path) -> None:
    """Worries about someone's company need a coach; asks without a circle need somebody."""
    open_ = changed(tmp_path, ('lead = "BC-COACH"', 'lead = "GEM"'))
    code, text = printed(open_.path)
    assert code == 1
    assert "Who hears a worry about someone's company, when that person did not say yes?" in text
    nobody = changed(tmp_path, ('kind = "ask"', 'kind = "concern"'))
    assert "Who looks at an ask for help where no circle is?" in printed(nobody.path)[1]
