"""When help is wanted and when somebody has time: days of the week by part of the day."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from bot.core.people import Frozen
from bot.core.worktime import Calendar

WEEK = 7


class Daypart(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


BEGINS = {
    Daypart.MORNING: time(9),
    Daypart.AFTERNOON: time(13),
    Daypart.EVENING: time(18),
}
"""When each part begins; whoever agrees on another hour says so to the other."""
ENDS = {
    Daypart.MORNING: time(12),
    Daypart.AFTERNOON: time(17),
    Daypart.EVENING: time(21),
}
_PARTS = tuple(Daypart)


class Slot(Frozen):
    """One part of one day."""

    day: date
    part: Daypart

    @property
    def bit(self) -> int:
        """Its place in a week: see `times`."""
        return times([self.day.isoweekday()], [self.part])

    def begins(self, calendar: Calendar) -> datetime:
        """Its first moment, in UTC."""
        return calendar.moment(self.day, BEGINS[self.part])

    def ends(self, calendar: Calendar) -> datetime:
        """Its last moment, in UTC."""
        return calendar.moment(self.day, ENDS[self.part])


class When(Frozen):
    """When help is wanted: from `first` to `last`, inclusive, in these parts of the day.

    Weekly help is wanted on the weekday of `first` (which is `last` too), again each week.
    """

    first: date
    last: date
    parts: tuple[Daypart, ...]
    weekly: bool = False

    @property
    def times(self) -> int:
        """The parts of the week in which it may be: see `times`."""
        return times({day.isoweekday() for day in self.days[:WEEK]}, self.parts)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it may be."""
        return tuple(
            self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)
        )

    def slots(self, calendar: Calendar, now: datetime) -> tuple[Slot, ...]:
        """The parts of days that have not ended at `now`, the first one first."""
        every = (Slot(day=day, part=part) for day in self.days for part in _ordered(self.parts))
        return tuple(slot for slot in every if slot.ends(calendar) > now)

    def next_week(self) -> Self:
        """The same a week later."""
        week = timedelta(days=WEEK)
        return self.model_copy(update={"first": self.first + week, "last": self.last + week})


def last_slot(when: When) -> Slot:
    """The last part of the last day that helps."""
    return Slot(day=when.last, part=_ordered(when.parts)[-1])


def first_slot(when: When) -> Slot:
    """The first part of the first day."""
    return Slot(day=when.first, part=_ordered(when.parts)[0])


def times(weekdays: Iterable[int], parts: Iterable[Daypart]) -> int:
    """Parts of the week as bits: three for each ISO weekday, Monday's morning is the lowest."""
    chosen = [_PARTS.index(part) for part in parts]
    return sum({1 << (WEEKDAY_BITS * (day - 1) + part) for day in weekdays for part in chosen})


WEEKDAY_BITS = len(_PARTS)


def _ordered(parts: Iterable[Daypart]) -> list[Daypart]:
    return sorted(parts, key=_PARTS.index)
