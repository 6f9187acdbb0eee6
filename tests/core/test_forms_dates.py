"""A day as an answer: today, yesterday or typed."""

import pytest

from bot.core.forms import Form
from bot.core.prompts import Problem
from bot.core.question_kinds import DatePart
from bot.core.questions import Text
from tests.core.talking import NOW, Talk


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-05"),
        ("2", "2026-11-04"),
        ("1-11", "2026-11-01"),
        ("31/12/2025", "2025-12-31"),
        ("31.12", "2025-12-31"),
        ("2026-2-28", "2026-02-28"),
    ],
)
def test_a_day_that_passed_is_read(typed: str, day: str) -> None:
    """In words or numbers, day first."""
    form = Form("day", 1, DatePart("when", "When?"), Text("rest", "And?"))
    assert Talk(form).say(typed).answers["when"] == day


@pytest.mark.parametrize("typed", ["tomorrow", "30-2", "31-12-2026", "1-1-2020", "0-0-0000", "5"])
def test_another_day_is_refused(typed: str) -> None:
    """Days to come, days long ago and days that don't exist."""
    form = Form("day", 1, DatePart("when", "When?"))
    assert isinstance(Talk(form).say(typed).shown, Problem)


def test_a_leap_day_is_read_without_its_year() -> None:
    """The last one that was, also from a year without one."""
    form = Form("day", 1, DatePart("when", "When?"), Text("rest", "And?"))
    talk = Talk(form, now=NOW.replace(year=2028, month=11))
    assert talk.say("29-2").answers["when"] == "2028-02-29"
