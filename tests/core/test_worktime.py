"""Terms and moments are counted in working time, right through odd nights and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.covenant import Term
from bot.core.terms import Hours
from bot.core.worktime import Calendar

HERE = ZoneInfo("Europe/Amsterdam")
KINGS_DAY, CHRISTMAS = date(2026, 4, 27), date(2026, 12, 25)
HOURS = Hours(
    zone="Europe/Amsterdam",
    start=time(8, 30),
    end=time(17),
    same_day_until=time(15),
    quiet_from=time(21),
    quiet_until=time(8),
)
CALENDAR = Calendar(HOURS, frozenset({KINGS_DAY, CHRISTMAS}))

# Around the nights on which the clock jumps, and anywhere else.
NIGHTS = [date(2026, 3, 28), date(2026, 10, 24), date(2028, 2, 28), date(2026, 12, 31)]
YEARS = 6 * 365


def _seconds_from(day: date, seconds: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)


MOMENTS = st.one_of(
    st.builds(_seconds_from, st.just(date(2025, 1, 1)), st.integers(0, YEARS * 86400)),
    st.builds(_seconds_from, st.sampled_from(NIGHTS), st.integers(0, 3 * 86400)),
)
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@st.composite
def odd_hours(draw: st.DrawFn) -> Calendar:
    """Calendars with any hours, also at night when the clock jumps."""
    start, end = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
    workdays = draw(st.sets(st.integers(1, 7), min_size=1))
    hours = HOURS.model_copy(
        update={
            "workdays": tuple(workdays),
            "start": start,
            "end": end,
            "quiet_from": draw(CLOCKS),
            "quiet_until": draw(CLOCKS),
        }
    )
    return Calendar(hours, CALENDAR.holidays)


def local(text: str) -> datetime:
    """A moment by the clock in Gemert-Bakel."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE).astimezone(UTC)


def works(calendar: Calendar, at: datetime) -> bool:
    """Whether people work at this moment, the last one of the day included."""
    clock = calendar.local(at)
    hours = calendar.hours
    return calendar.is_workday(clock.date()) and hours.start <= clock.time() <= hours.end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-02T10:00", 0, "2026-11-02T17:00"),  # Monday, before the cut-off
        ("2026-11-02T07:00", 0, "2026-11-02T17:00"),
        ("2026-11-02T15:00", 0, "2026-11-03T17:00"),  # from the cut-off on: the next day
        ("2026-11-06T16:00", 0, "2026-11-09T17:00"),  # Friday afternoon
        ("2026-11-07T12:00", 0, "2026-11-09T17:00"),  # Saturday
        ("2026-11-02T10:00", 1, "2026-11-03T17:00"),
        ("2026-11-05T10:00", 3, "2026-11-10T17:00"),  # across a weekend
        ("2026-04-24T10:00", 1, "2026-04-28T17:00"),  # King's day is a Monday
        ("2026-04-27T10:00", 0, "2026-04-28T17:00"),  # on a holiday
        ("2028-02-28T10:00", 1, "2028-02-29T17:00"),  # leap day
        ("2026-03-27T10:00", 1, "2026-03-30T17:00"),  # the clock goes forward
        ("2026-10-23T10:00", 1, "2026-10-26T17:00"),  # the clock goes back
    ],
)
def test_a_term_ends_with_the_working_day(start: str, days: int, end: str) -> None:
    assert CALENDAR.respond_by(local(start), Term(working_days=days)) == local(end)


@pytest.mark.parametrize(
    ("percent", "moment"),
    [
        (0, "2026-11-02T10:00"),
        (50, "2026-11-03T09:15"),  # 7 h on Monday, 8.5 h on Tuesday: 7.75 h later
        (100, "2026-11-03T17:00"),
        (150, "2026-11-04T16:15"),
    ],
)
def test_a_share_of_the_term_is_counted_in_working_time(percent: int, moment: str) -> None:
    start, end = local("2026-11-02T10:00"), local("2026-11-03T17:00")
    assert CALENDAR.share(start, end, percent) == local(moment)


def test_working_days_keep_the_time_of_day_across_the_change_of_the_clock() -> None:
    assert CALENDAR.add_working_days(local("2026-10-23T10:00"), 1) == local("2026-10-26T10:00")
    assert CALENDAR.add_working_days(local("2026-10-24T23:00"), 1) == local("2026-10-27T08:30")


def test_calendar_days_keep_the_time_of_day_and_leave_the_quiet_hours() -> None:
    assert CALENDAR.days_after(local("2026-03-28T10:00"), 1) == local("2026-03-29T10:00")
    assert CALENDAR.days_after(local("2026-10-24T22:00"), 1) == local("2026-10-26T08:00")
    assert CALENDAR.days_after(local("2028-02-28T12:00"), 1) == local("2028-02-29T12:00")


def test_nobody_is_disturbed_at_night() -> None:
    assert CALENDAR.outside_quiet(local("2026-11-02T21:00")) == local("2026-11-03T08:00")
    assert CALENDAR.outside_quiet(local("2026-11-02T03:00")) == local("2026-11-02T08:00")
    assert CALENDAR.outside_quiet(local("2026-11-02T20:59")) == local("2026-11-02T20:59")
    assert CALENDAR.outside_quiet(local("2026-11-02T08:00")) == local("2026-11-02T08:00")


def test_without_quiet_hours_every_moment_is_as_good() -> None:
    hours = HOURS.model_copy(update={"quiet_from": time(0), "quiet_until": time(0)})
    at = local("2026-11-02T00:00")
    assert Calendar(hours).outside_quiet(at) == at


@given(MOMENTS, st.integers(0, 20))
def test_a_term_ends_later_in_working_time_at_the_end_of_a_day(at: datetime, days: int) -> None:
    end = CALENDAR.respond_by(at, Term(working_days=days))
    assert end > at
    assert CALENDAR.local(end).time() == HOURS.end
    assert CALENDAR.is_workday(CALENDAR.local(end).date())


@given(MOMENTS, MOMENTS, st.integers(0, 20))
def test_what_comes_later_is_due_no_earlier(one: datetime, other: datetime, days: int) -> None:
    first, second = sorted((one, other))
    term = Term(working_days=days)
    assert CALENDAR.respond_by(first, term) <= CALENDAR.respond_by(second, term)
    assert CALENDAR.add_working_days(first, days) <= CALENDAR.add_working_days(second, days)
    assert CALENDAR.next_working_moment(first) <= CALENDAR.next_working_moment(second)
    assert CALENDAR.outside_quiet(first) <= CALENDAR.outside_quiet(second)


@given(odd_hours(), MOMENTS, st.integers(0, 5), st.integers(0, 300), st.integers(0, 300))
def test_shares_are_ordered_and_within_working_time(
    calendar: Calendar, start: datetime, days: int, percent: int, other: int
) -> None:
    end = calendar.respond_by(start, Term(working_days=days))
    moments = [calendar.share(start, end, p) for p in sorted((percent, other))]
    assert start <= moments[0] <= moments[1]
    assert calendar.share(start, end, 100) <= end
    assert all(calendar.next_working_moment(m) == m for m in moments)


@given(MOMENTS, st.integers(0, 5), st.integers(0, 300))
def test_a_share_falls_within_the_hours_on_the_clock(
    start: datetime, days: int, percent: int
) -> None:
    end = CALENDAR.respond_by(start, Term(working_days=days))
    assert works(CALENDAR, CALENDAR.share(start, end, percent))
    assert works(CALENDAR, CALENDAR.add_working_days(start, days))


@given(odd_hours(), MOMENTS, st.integers(0, 60))
def test_any_hours_give_moments_that_never_lie_before(
    calendar: Calendar, at: datetime, days: int
) -> None:
    assert calendar.next_working_moment(at) >= at
    assert calendar.add_working_days(at, days) >= calendar.next_working_moment(at)
    quiet_over = calendar.outside_quiet(at)
    assert quiet_over >= at
    assert calendar.outside_quiet(quiet_over) == quiet_over


@given(MOMENTS, st.integers(0, 400))
def test_moments_come_out_in_utc(at: datetime, days: int) -> None:
    for moment in (
        CALENDAR.next_working_moment(at.astimezone(HERE)),
        CALENDAR.add_working_days(at.astimezone(HERE), days),
        CALENDAR.outside_quiet(at.astimezone(HERE)),
        CALENDAR.days_after(at.astimezone(HERE), days),
    ):
        assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        ("2026-11-23 16:14", "2026-11-23 16:15"),
        ("2026-11-23 16:15", "2026-11-23 16:15"),
        ("2026-11-23 16:46", "2026-11-23 17:00"),
    ],
)
def test_people_are_told_a_quarter_of_an_hour(moment: str, quarter: str) -> None:
    assert CALENDAR.at_a_quarter(local(moment)) == local(quarter)


@given(odd_hours(), MOMENTS)
def test_a_quarter_is_never_after_work(calendar: Calendar, moment: datetime) -> None:
    """It stays in the working day that it is rounded up in."""
    begin = calendar.next_working_moment(moment)
    quarter = calendar.at_a_quarter(begin)
    assert begin <= quarter <= begin + timedelta(minutes=15)
    assert calendar.next_working_moment(quarter) == quarter
