"""Matching an ask with neighbours: gates first, then an order; no score, and always a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from bot.core.circles import Level
from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Neighbour, Offer
from bot.core.people import Frozen
from bot.core.worktime import Rules

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Who was never asked to help was asked before everyone else."""


class Gate(StrEnum):
    """Where a neighbour falls, in this order."""

    KIND = "kind"
    PLACE = "place"
    TIME = "time"
    LEVEL = "level"
    """No VOG seen, or no introduction."""
    PAUSED = "paused"
    FULL = "full"
    """At the own maximum."""
    STREET = "street"
    BLOCKED = "blocked"
    """Blocked, declined before, or the asker or somebody's own ask."""


class Wanted(Frozen):
    """What storage looks for by index: everything about an ask that a gate or the order needs."""

    kind: str
    area: str | None
    circle: str | None
    times: int
    level: Level
    on: date
    """Today: who is paused until later falls."""
    vog_after: date
    """A VOG that was seen on this day or before it does not hold any more."""
    gladly: tuple[str, ...] = ()
    """Persons that the asker would gladly have again."""
    without: tuple[str, ...] = ()
    """Persons who are left out: invited, declined, blocked, or part of it."""


class Funnel(Frozen):
    """How many neighbours with an offer were looked at, and how many fell at each gate."""

    all: int = 0
    fell: Mapping[Gate, int] = {}
    left: int = 0


@dataclass(frozen=True)
class Reasons:
    """Why this neighbour: the words are for the handlers."""

    same_circle: bool
    again: bool
    same_village: bool
    helps: int
    """In the covenant's `count_days`."""


def wanted(ask: Ask, asker: Neighbour | None, rules: Rules, now: datetime) -> Wanted:
    """The query for an ask."""
    wish, search = ask.wish, ask.search
    known = {p for p in (ask.asker, ask.by, *ask.helping) if p}
    known |= {invited.person for invited in search.invited} | set(search.declined)
    known |= set(asker.blocked) if asker else set()
    parts = 0
    for slot in wish.when.slots(rules.calendar, now):
        parts |= slot.bit
    today = rules.calendar.local(now).date()
    return Wanted(
        kind=wish.kind,
        area=wish.area,
        circle=wish.circle,
        times=parts,
        level=rules.covenant.kind(wish.kind).level,
        on=today,
        vog_after=years_before(today, rules.covenant.helping.vog_years),
        gladly=asker.gladly if asker else (),
        without=tuple(sorted(known)),
    )


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of a leap day, the day before it."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def falls(wanted: Wanted, neighbour: Neighbour) -> Gate | None:
    """The first gate at which `neighbour` falls, as far as storage's index can tell; None: fits.

    What only the ask itself tells comes on top in `gate`: the street, and days that are taken.
    """
    offer = neighbour.offer
    if offer is None or wanted.kind not in offer.kinds:
        return Gate.KIND
    checks = {
        Gate.PLACE: wanted.circle in neighbour.places or wanted.area in villages(offer),
        Gate.TIME: bool(offer.times & wanted.times),
        Gate.LEVEL: wanted.level < Level.ALONE or _cleared(wanted, neighbour),
        Gate.PAUSED: offer.paused_until is None or offer.paused_until <= wanted.on,
        Gate.FULL: not full(neighbour),
        Gate.BLOCKED: neighbour.key not in wanted.without,
    }
    return next((gate for gate, passed in checks.items() if not passed), None)


def rank(wanted: Wanted, neighbour: Neighbour) -> tuple[bool, bool, bool, int, datetime, str]:
    """The key to sort by: who is asked first.

    Same circle; asked for again; same village; fewest helps; asked longest ago; and a keyed hash,
    which is nobody's choice.
    """
    offer = neighbour.offer
    return (
        wanted.circle not in neighbour.places,
        neighbour.key not in wanted.gladly,
        offer is None or wanted.area != offer.area,
        len(neighbour.helps),
        neighbour.asked or NEVER,
        neighbour.key,
    )


def villages(offer: Offer) -> frozenset[str]:
    """Every village to which the neighbour goes."""
    return frozenset((offer.area, *offer.areas))


def full(neighbour: Neighbour) -> bool:
    """Whether what was done and what is promised has reached the neighbour's own maximum."""
    taken = len(neighbour.helps) + len(neighbour.busy)
    return neighbour.offer is None or taken >= neighbour.offer.most


def introduced(neighbour: Neighbour, circle: str | None) -> bool:
    """Whether somebody introduced the neighbour there; None: in any circle of theirs."""
    if circle is None:
        return bool(set(neighbour.introduced) & set(neighbour.places))
    return circle in neighbour.introduced


def _cleared(wanted: Wanted, neighbour: Neighbour) -> bool:
    """Whether the neighbour may be alone with someone: a VOG that holds, and an introduction.

    In the circle that asks when the neighbour belongs to it, else in a circle of their own.
    """
    circle = wanted.circle if wanted.circle in neighbour.places else None
    seen = neighbour.vog.seen if neighbour.vog else None
    return seen is not None and seen > wanted.vog_after and introduced(neighbour, circle)


def gate(
    ask: Ask, asker: Neighbour | None, neighbour: Neighbour, rules: Rules, now: datetime
) -> Gate | None:
    """The first gate at which `neighbour` falls for this ask; None: may help."""
    raise NotImplementedError


def cleared(neighbour: Neighbour, rules: Rules, on: date) -> Level:
    """The highest level for which this neighbour was checked on that day, apart from the
    introduction in a circle."""
    raise NotImplementedError


def order(ask: Ask, asker: Neighbour | None, neighbour: Neighbour) -> tuple[object, ...]:
    """The key to sort by: who is asked first."""
    raise NotImplementedError


def reasons(ask: Ask, asker: Neighbour | None, neighbour: Neighbour) -> Reasons:
    """Why this neighbour was chosen."""
    raise NotImplementedError
