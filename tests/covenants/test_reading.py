"""Everything that is wrong with a covenant is told at once, each with the line it stands on."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.faults import Level
from bot.covenants import CovenantError, load, read
from bot.covenants.lines import Lines
from tests.covenants.broken import EXAMPLE, TODAY, changed
from tests.covenants.cases import CASES


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_told_on_its_own_line(name: str, tmp_path: Path) -> None:
    change, start, nth, sentence = CASES[name]
    broken = changed(tmp_path, change)
    assert (broken.line(start, nth), sentence) in broken.told()
    with pytest.raises(CovenantError) as caught:
        load(broken.path, today=TODAY)
    assert f"{broken.path}:{broken.line(start, nth)}: {sentence}" in str(caught.value)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    names = [
        "unknown key",
        "missing key",
        "unknown kind",
        "empty lead",
        "cycle",
        "missing language",
        "postcode claimed twice",
        "expired mandate",
        "one coordinator",
    ]
    broken = changed(tmp_path, *(CASES[name][0] for name in names))
    told = broken.told()
    assert {CASES[name][3] for name in names} <= {sentence for _, sentence in told}
    assert [line for line, _ in told] == sorted(line for line, _ in told)


def test_a_mandate_that_ends_soon_is_a_warning_and_no_error(tmp_path: Path) -> None:
    soon = changed(
        tmp_path, ('topics = ["behaviour"]', 'topics = ["behaviour"]\nuntil = 2027-01-01')
    )
    assert not soon.reading.errors
    (warning,) = soon.reading.warnings
    assert warning.line == soon.line("until =")
    assert warning.sentence == "This mandate of GGD ends soon, on 2027-01-01."
    load(soon.path, today=TODAY)


def test_a_gap_is_a_question_at_the_line_of_its_topic(tmp_path: Path) -> None:
    open_ = changed(
        tmp_path,
        ('landlords = ["unknown"]\nlead = "GEM"', ('landlords = ["unknown"]\nlead = "GEM"\n'
         'areas = ["gemert", "handel", "elsendorp", "de-mortel", "bakel", "milheeze"]')),
    )  # fmt: skip
    (question,) = open_.reading.questions
    assert question.sentence == (
        "Who responds to *Noise* in *De Rips* where the landlord is unknown?"
    )
    assert question.line == open_.line("[[topics]]")
    with pytest.raises(CovenantError, match="Who responds to"):
        load(open_.path, today=TODAY)


def test_an_unfinished_covenant_can_be_played_on(tmp_path: Path) -> None:
    names = ["empty lead", "cycle", "missing language", "expired mandate", "one coordinator"]
    broken = changed(tmp_path, *(CASES[name][0] for name in names))
    rules = load(broken.path, unfinished=True, today=TODAY)
    assert rules.covenant.coordinator == "GEM"


@pytest.mark.parametrize(
    "name", ["unknown coordinator", "bad zone", "hours turned around", "unknown key", "not TOML"]
)
def test_what_nobody_can_work_with_is_refused_also_when_unfinished(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(CovenantError):
        load(changed(tmp_path, CASES[name][0]).path, unfinished=True, today=TODAY)


def test_the_example_is_sound_and_says_that_it_is_fictional() -> None:
    reading = read(EXAMPLE, TODAY)
    assert (reading.problems, reading.gaps) == ([], [])
    assert reading.rules
    assert reading.rules.covenant.fictional
    assert EXAMPLE.read_text(encoding="utf-8").startswith("# FICTIONAL")


def test_the_public_holidays_are_no_working_days() -> None:
    calendar = load(EXAMPLE, today=TODAY).calendar
    assert not calendar.is_workday(date(2026, 12, 25))
    assert not calendar.is_workday(date(2027, 4, 27)), "King's day"
    assert calendar.is_workday(date(2026, 12, 24))


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    missing = read(tmp_path / "none.toml", TODAY)
    assert [p.sentence[:26] for p in missing.problems] == ["This file can't be read; l"]
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'id = "x"\n# caf\xe9\n')
    assert [(p.line, p.level) for p in read(latin, TODAY).problems] == [(2, Level.BROKEN)]


def test_the_lines_of_nested_dotted_and_inline_keys_are_found() -> None:
    lines = Lines(
        b'a.b = 1\n[[x]]\n[[x.y]]\n"k" = [\n  1, # one\n  { z = 2 },\n]\n[[x]]\n[x.y]\nk = 3\n'
    )
    assert lines.of(("a", "b")) == 1
    assert lines.of(("x", 0, "y", 0, "k", 0)) == 5
    assert lines.of(("x", 0, "y", 0, "k", 1, "z")) == 6
    assert lines.of(("x", 1, "y", "k")) == 10
    assert lines.of(("x", 1, "nothing", "here")) == 8
    assert lines.of(("nothing",)) == 1


SOURCE = EXAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, len(SOURCE) - 1), min_size=1, max_size=5))
def test_leaving_out_any_lines_never_breaks_the_checks(
    tmp_path_factory: pytest.TempPathFactory, left_out: set[int]
) -> None:
    path = tmp_path_factory.mktemp("covenant") / "covenant.toml"
    kept = [line for number, line in enumerate(SOURCE) if number not in left_out]
    path.write_text("".join(kept), encoding="utf-8")
    reading = read(path, TODAY)
    assert all(1 <= p.line <= len(kept) + 1 for p in (*reading.problems, *reading.questions))
    assert reading.rules or reading.errors
