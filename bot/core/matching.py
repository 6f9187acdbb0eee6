"""Matching an ask with neighbours: gates first, then an order; no score, and always a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.circles import Level
from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Neighbour
from bot.core.people import Frozen
from bot.core.worktime import Rules


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
    return Wanted(
        kind=wish.kind,
        area=wish.area,
        circle=wish.circle,
        times=parts,
        level=rules.covenant.kind(wish.kind).level,
        on=rules.calendar.local(now).date(),
        gladly=asker.gladly if asker else (),
        without=tuple(sorted(known)),
    )


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
