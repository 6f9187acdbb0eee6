"""When neighbours are reminded and asked: before the help, after it, and never at night."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.checkins import Due
from bot.core.helping import moments
from bot.core.helping.change import News, To
from bot.core.helping.times import Daypart, Slot
from bot.core.worktime import Rules
from tests.core.helping_lives import (
    MONDAY,
    RULES,
    due,
    fired,
    helping_rules,
    proposed,
    started,
    weekly,
    whom,
)
from tests.core.strategies import local

SLOTS = st.builds(
    Slot, day=st.dates(date(2026, 3, 20), date(2026, 11, 30)), part=st.sampled_from(Daypart)
)


@given(rules=helping_rules(), slot=SLOTS, hours=st.integers(0, 100))
def test_reminders_come_before_the_help_and_outside_quiet_hours(
    rules: Rules, slot: Slot, hours: int
) -> None:
    begins = slot.begins(rules.calendar)
    after = begins - timedelta(hours=hours)
    at = moments.reminder(slot, rules, after)
    count = 0
    while at is not None:
        assert after < at < begins
        assert rules.calendar.outside_quiet(at) == at
        count, after = count + 1, at
        at = moments.reminder(slot, rules, after)
    assert count <= len(rules.covenant.helping.remind_hours)


@given(rules=helping_rules(), slot=SLOTS, hours=st.integers(-50, 50))
def test_afterwards_comes_after_the_help_and_outside_quiet_hours(
    rules: Rules, slot: Slot, hours: int
) -> None:
    ends = slot.ends(rules.calendar)
    now = ends + timedelta(hours=hours)
    at = moments.afterwards(slot, rules, now)
    assert at > max(now, ends)
    assert rules.calendar.outside_quiet(at) == at
    assert moments.weekly_search(slot, rules, now) > now


def test_on_nights_of_changing_clocks_people_are_reminded_by_the_clock() -> None:
    def reminded(day: date, after: datetime) -> datetime | None:
        return moments.reminder(Slot(day=day, part=Daypart.EVENING), RULES, after)

    # A day of 23 hours, and one of 25: what is 24 hours before is an hour off by the clock.
    assert reminded(date(2026, 3, 29), local(2026, 3, 27)) == local(2026, 3, 28, 17)
    assert reminded(date(2026, 10, 25), local(2026, 10, 23)) == local(2026, 10, 24, 19)
    assert reminded(date(2026, 3, 29), local(2026, 3, 28, 20)) == local(2026, 3, 29, 15)


def test_weekly_help_is_by_the_clock_in_summer_and_in_winter() -> None:
    slot = Slot(day=date(2026, 10, 28), part=Daypart.MORNING)
    now = local(2026, 10, 21, 14)
    assert moments.weekly_search(slot, RULES, now) == local(2026, 10, 23, 9)
    assert slot.begins(RULES.calendar) == local(2026, 10, 28, 9)
    assert weekly(date(2026, 10, 21)).next_week().first == slot.day


def test_help_is_for_today_only_on_its_last_day() -> None:
    ask = started().ask
    assert not moments.for_today(ask, RULES, MONDAY)
    assert not moments.for_today(ask, RULES, local(2026, 11, 24, 23, 59))
    assert moments.for_today(ask, RULES, local(2026, 11, 25, 0))
    assert not moments.for_today(ask, RULES, local(2026, 11, 26, 0))


def test_who_is_proposed_for_tomorrow_is_not_left_waiting_until_it_begins() -> None:
    """Reminder and volunteer come before the evening; in the night, before the help begins."""
    tomorrow = Slot(day=date(2026, 11, 24), part=Daypart.MORNING)
    for claimed, reminded, called in (
        (MONDAY, local(2026, 11, 23, 17), local(2026, 11, 23, 18)),
        (local(2026, 11, 23, 22), local(2026, 11, 24, 8), local(2026, 11, 24, 8, 30)),
    ):
        ask = proposed(claimed, tomorrow)
        assert due(ask, Due.CONFIRM) == reminded
        change = fired(ask, Due.CONFIRM)
        assert due(change.ask, Due.CONFIRM) == called
        change = fired(change.ask, Due.CONFIRM)
        assert whom(change) == [(To.VOLUNTEER, News.NO_ANSWER), (To.PERSON, News.WAIT)]
