"""Working time: terms and moments counted in the covenant's hours, zone, holidays and quiet hours.

Every moment that goes in or comes out is an aware datetime, in UTC when it comes out.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from bot.core.covenant import Covenant, Term
from bot.core.terms import Hours

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_QUARTER = timedelta(minutes=15)
_Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Calendar:
    """The hours that partners work, and the days on which they don't."""

    hours: Hours
    holidays: Container[date] = ()

    def is_workday(self, day: date) -> bool:
        """Whether partners work on this day."""
        return day.isoweekday() in self.hours.workdays and day not in self.holidays

    def local(self, at: datetime) -> datetime:
        """The moment as people there read it from the clock."""
        return at.astimezone(self.hours.timezone)

    def next_working_moment(self, at: datetime) -> datetime:
        """The first moment at or after `at` within working hours (their end included)."""
        return max(at.astimezone(UTC), next(self._spans(at))[0])

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The same time of day, `days` working days after the first working moment from `start`."""
        begin = self.next_working_moment(start)
        opens, closes = next(islice(self._spans(begin), days, None))
        clock = self.local(begin)
        same_time = self._at(self.local(opens).date(), clock.time(), fold=clock.fold)
        return min(max(opens, same_time), closes)

    def respond_by(self, start: datetime, term: Term) -> datetime:
        """The end of the working day by which a partner responds to what came in at `start`.

        0 working days: the same working day, or the next one when `start` is past the cut-off
        hour or no working day; n: the n-th working day after the day of `start`.
        """
        clock = self.local(start)
        cut_off = min(self.hours.same_day_until, self.hours.end)
        in_time = clock.time() < cut_off and self.is_workday(clock.date())
        if term.working_days == 0 and in_time:
            return self._at(clock.date(), self.hours.end)
        later = self._days_from(clock.date() + _DAY)
        return next(islice(later, max(term.working_days, 1) - 1, None))[1]

    def share(self, start: datetime, end: datetime, percent: int) -> datetime:
        """The moment when `percent` of the working time from `start` to `end` has passed.

        More than 100 goes on after `end` at the same measure. Always within working hours.
        """
        return self._advance(start, self.worked(start, end) * percent / 100)

    def at_a_quarter(self, at: datetime) -> datetime:
        """The next full quarter of an hour, or the end of the working day that comes before it.

        People are told such moments: nobody says 16.14.
        """
        quarter = at + (datetime.min.replace(tzinfo=UTC) - at.astimezone(UTC)) % _QUARTER
        return min(quarter, next(self._spans(at))[1])

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """The working time between two moments."""
        total = _NOTHING
        for opens, closes in self._spans(start):
            if opens >= end:
                return total
            total += max(min(closes, end) - max(opens, start), _NOTHING)
        return total

    def outside_quiet(self, at: datetime) -> datetime:
        """The first moment at or after `at` on which residents may be disturbed."""
        clock, begin, end = self.local(at), self.hours.quiet_from, self.hours.quiet_until
        now = clock.time()
        if begin < end and begin <= now < end:
            day = clock.date()
        elif begin > end and (now >= begin or now < end):
            day = clock.date() + (_DAY if now >= begin else _NOTHING)
        else:
            return at.astimezone(UTC)
        over = self._at(day, end, fold=clock.fold if day == clock.date() else 0)
        # Where the clock skips this end, it may be quiet again on the other side.
        return over if self.local(over).time() == end else self.outside_quiet(over)

    def on_day_of(self, at: datetime, moments: Iterable[datetime]) -> tuple[datetime, ...]:
        """Those of the moments that are on the same day, for people, as `at`."""
        day = self.local(at).date()
        return tuple(one for one in moments if self.local(one).date() == day)

    def quiet(self, at: datetime) -> bool:
        """Whether residents are left in peace at `at`."""
        return self.outside_quiet(at) > at

    def days_after(self, start: datetime, days: int) -> datetime:
        """The same time of day, `days` calendar days later, moved out of the quiet hours."""
        clock = self.local(start)
        return self.outside_quiet(self._at(clock.date() + days * _DAY, clock.time()))

    def _advance(self, start: datetime, working: timedelta) -> datetime:
        left = working
        for opens, closes in self._spans(start):
            begin = max(opens, start.astimezone(UTC))
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise AssertionError("working days never end")

    def _spans(self, at: datetime) -> Iterator[_Span]:
        """The working spans that end at or after `at`, in order, without end."""
        return (s for s in self._days_from(self.local(at).date()) if s[1] >= at)

    def _days_from(self, day: date) -> Iterator[_Span]:
        while True:
            if self.is_workday(day):
                yield self._at(day, self.hours.start), self._at(day, self.hours.end)
            day += _DAY

    def moment(self, day: date, clock: time) -> datetime:
        """This time of this day, in UTC."""
        return self._at(day, clock)

    def _at(self, day: date, clock: time, *, fold: int = 0) -> datetime:
        return _in_utc(day, clock, self.hours.timezone, fold)


@lru_cache(maxsize=1024)  # the same openings and closings are asked for all day
def _in_utc(day: date, clock: time, zone: ZoneInfo, fold: int) -> datetime:
    return datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)


@dataclass(frozen=True)
class Rules:
    """The covenant with the calendar that its terms are counted on."""

    covenant: Covenant
    calendar: Calendar
