"""Matching an ask with neighbours: gates first, then an order; no score, and always a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from bot.core.circles import Level
from bot.core.helping.asks import Ask, open_slots, wanted_on
from bot.core.helping.neighbours import Neighbour, Offer
from bot.core.labels import fold
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
    """Persons that the asker would gladly have again, and those of `rota`."""
    rota: tuple[str, ...] = ()
    """Who helped before with the same weekly help, the last one last."""
    without: tuple[str, ...] = ()
    """Persons who are left out: invited, declined, blocked, or part of it."""
    hidden: tuple[str, ...] = ()
    """Where somebody lives who must not see it, as `home` says it."""


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
    """The query for an ask; of weekly help, who helped before counts as asked for again.

    `asker` is here, as everywhere, `Ask.speaker`: who answers for the asker's side.
    """
    wish, today = ask.wish, rules.calendar.local(now).date()
    known = {invited.person for invited in ask.search.invited} | _away(ask)
    known |= set(asker.blocked) if asker else set()
    again = asker.gladly if asker else ()
    parts = 0
    for slot in open_slots(ask, rules.calendar, now):
        parts |= slot.bit
    needed = _needed_on(ask, rules, now)
    return Wanted(
        kind=wish.kind,
        area=wish.area,
        circle=wish.circle,
        times=parts,
        level=level_of(wish.kind, rules),
        on=today,
        vog_after=years_before(needed, rules.covenant.helping.vog_years),
        gladly=tuple(dict.fromkeys((*ask.rota, *again))),
        rota=ask.rota,
        without=tuple(sorted(known)),
        hidden=_hidden(ask),
    )


def level_of(kind: str, rules: Rules) -> Level:
    """How careful this kind of help must be; the utmost for what the covenant no longer has."""
    return next((k.level for k in rules.covenant.kinds if k.id == kind), Level.ALONE)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of a leap day, the day before it."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def falls(wanted: Wanted, neighbour: Neighbour) -> Gate | None:
    """The first gate at which `neighbour` falls, as far as storage's index can tell; None: fits.

    What only the ask itself tells comes on top in `gate`.
    """
    offer = neighbour.offer
    if offer is None or wanted.kind not in offer.kinds:
        return Gate.KIND
    checks = {
        Gate.PLACE: wanted.circle in neighbour.places or wanted.area in villages(offer),
        Gate.TIME: bool(offer.times & wanted.times),
        Gate.LEVEL: wanted.level < Level.ALONE or _cleared(wanted, neighbour),
        Gate.PAUSED: not offer.paused(wanted.on),
        Gate.FULL: not full(neighbour),
        Gate.STREET: home(offer) not in wanted.hidden,
        Gate.BLOCKED: neighbour.key not in wanted.without,
    }
    return next((gate for gate, passed in checks.items() if not passed), None)


def rank(wanted: Wanted, neighbour: Neighbour) -> tuple[bool, bool, int, bool, int, datetime, str]:
    """The key to sort by: who is asked first.

    Same circle; asked for again, of weekly help who gave it longest ago before all; same village;
    fewest helps, promised ones too; asked longest ago; and a keyed hash, which is nobody's choice.
    """
    offer, key, rota = neighbour.offer, neighbour.key, wanted.rota
    return (
        wanted.circle not in neighbour.places,
        key not in wanted.gladly,
        rota.index(key) if key in rota else len(rota),
        offer is None or wanted.area != offer.area,
        carries(neighbour),
        neighbour.asked or NEVER,
        key,
    )


def villages(offer: Offer) -> frozenset[str]:
    """Every village to which the neighbour goes."""
    return frozenset((offer.area, *offer.areas))


def home(offer: Offer) -> str:
    """Where somebody lives as far as is known: the street, or of who told none the village."""
    return f"street:{fold(offer.street)}" if offer.street else f"somewhere:{offer.area}"


def full(neighbour: Neighbour) -> bool:
    """Whether what was done and what is promised has reached the neighbour's own maximum."""
    return neighbour.offer is None or carries(neighbour) >= neighbour.offer.most


def carries(neighbour: Neighbour) -> int:
    """Helps that were given and are promised: who promised three is not the least busy."""
    return len(neighbour.helps) + len(neighbour.busy)


def introduced(neighbour: Neighbour, circle: str | None) -> bool:
    """Whether somebody introduced the neighbour there; None: in any circle of theirs."""
    if circle is None:
        return bool(set(neighbour.introduced) & set(neighbour.places))
    return circle in neighbour.introduced


def _cleared(wanted: Wanted, neighbour: Neighbour) -> bool:
    """Whether the neighbour may be alone with someone: a VOG that holds, and an introduction.

    In the circle that asks, by who belongs to it; of an ask without one, in an own circle.
    """
    if wanted.circle is not None and wanted.circle not in neighbour.places:
        return False
    seen = neighbour.vog.seen if neighbour.vog else None
    return seen is not None and seen > wanted.vog_after and introduced(neighbour, wanted.circle)


def gate(
    ask: Ask, asker: Neighbour | None, neighbour: Neighbour, rules: Rules, now: datetime
) -> Gate | None:
    """The first gate at which `neighbour` falls for this ask; None: may be invited to help.

    Who was invited already still passes.
    """
    found = wanted(ask, asker, rules, now).model_copy(update={"without": ()})
    fell = falls(found, neighbour)
    last = kept_away(ask, asker, neighbour, rules, now)
    if last is None and neighbour.key in _away(ask):
        last = Gate.BLOCKED
    both = [gate for gate in (fell, last) if gate]
    return min(both, key=tuple(Gate).index, default=None)


def may_claim(
    ask: Ask, asker: Neighbour | None, neighbour: Neighbour, rules: Rules, now: datetime
) -> Gate | None:
    """The gate that keeps `neighbour` from promising this help; None: may.

    Who was invited may, and who fits; on the board every member of the circle, also without an
    offer. Safeguarding, the asker's own street and blocks hold for all of them.
    """
    place = neighbour.place_in(ask.wish.circle)
    invited = any(one.person == neighbour.key for one in ask.search.invited)
    on_board = ask.search.on_board or (place is not None and place.standby)
    if not invited and not (place and on_board):
        return gate(ask, asker, neighbour, rules, now)
    if place is None and (
        neighbour.offer is None or ask.wish.area not in villages(neighbour.offer)
    ):
        return Gate.PLACE
    away = Gate.BLOCKED if neighbour.key in _away(ask) else None
    return kept_away(ask, asker, neighbour, rules, now) or away


def kept_away(
    ask: Ask, asker: Neighbour | None, neighbour: Neighbour, rules: Rules, now: datetime
) -> Gate | None:
    """What keeps `neighbour` away from this help whatever anybody wants: the level, the street
    that the asker does not want to see it, and blocks; nobody helps with their own ask."""
    own = ask.speaker
    blocked = (asker is not None and neighbour.key in asker.blocked) or own in neighbour.blocked
    if not _may_meet(ask, neighbour, rules, now):
        return Gate.LEVEL
    if _may_live_there(ask, neighbour):
        return Gate.STREET
    return Gate.BLOCKED if blocked or neighbour.key == own else None


def cleared(neighbour: Neighbour, rules: Rules, on: date) -> Level:
    """The highest level for which this neighbour was checked on that day, apart from the
    introduction in a circle."""
    after = years_before(on, rules.covenant.helping.vog_years)
    holds = neighbour.vog is not None and neighbour.vog.seen > after
    return Level.ALONE if holds else Level.IN_PUBLIC


def reasons(ask: Ask, asker: Neighbour | None, neighbour: Neighbour) -> Reasons:
    """Why this neighbour was chosen."""
    offer = neighbour.offer
    return Reasons(
        same_circle=ask.wish.circle in neighbour.places,
        again=asker is not None and neighbour.key in asker.gladly,
        same_village=offer is not None and ask.wish.area == offer.area,
        helps=len(neighbour.helps),
    )


def _away(ask: Ask) -> set[str]:
    """Who is part of it, said no before, or was refused."""
    part = (p for p in (ask.asker, ask.by, *ask.helping) if p)
    return {*part, *ask.search.declined, *ask.refused}


def _may_meet(ask: Ask, neighbour: Neighbour, rules: Rules, now: datetime) -> bool:
    """Whether the safeguarding level allows it: a VOG that holds on the day of the help, and an
    introduction.

    In the circle that asks; of an ask without one, in an own circle of the same village.
    """
    if level_of(ask.wish.kind, rules) < Level.ALONE:
        return True
    if cleared(neighbour, rules, _needed_on(ask, rules, now)) < Level.ALONE:
        return False
    if ask.wish.circle is not None:
        return introduced(neighbour, ask.wish.circle)
    here = {c.id for c in rules.covenant.circles if c.area == ask.wish.area}
    return bool(here & set(neighbour.introduced) & set(neighbour.places))


def _needed_on(ask: Ask, rules: Rules, now: datetime) -> date:
    """The last day on which the help may be, and on which a VOG must hold still."""
    return max(wanted_on(ask), rules.calendar.local(now).date())


def _may_live_there(ask: Ask, neighbour: Neighbour) -> bool:
    """Whether the neighbour lives in the street that must not see it, as far as is known; who
    has no offer may."""
    hidden, offer = _hidden(ask), neighbour.offer
    return bool(hidden) and (offer is None or home(offer) in hidden)


def _hidden(ask: Ask) -> tuple[str, ...]:
    """The street that must not see it; who lives in that village and told no street may live
    there."""
    street, area = ask.wish.street, ask.wish.area
    return (f"street:{fold(street)}", f"somewhere:{area}") if street else ()
