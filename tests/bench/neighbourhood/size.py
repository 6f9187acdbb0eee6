"""How large a simulation is, and the covenant that goes with it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import EXAMPLE
from bot.core.circles import Circle, CircleKind
from bot.core.worktime import Rules
from bot.covenants import load

MONDAY = datetime.fromisoformat("2026-03-02T07:30+01:00")
"""Before people are up, so that the first day is a whole one."""
_SMALLEST, _LARGEST = 6, 12
"""Of a buurtcirkel."""
_MOST = 500
_KINDS = (CircleKind.BUURTCIRKEL, CircleKind.MIXED, CircleKind.COURTYARD)
_WEIGHTS = {CircleKind.MIXED: 3, CircleKind.COURTYARD: 2}
"""A complex is larger than a courtyard."""


@dataclass(frozen=True)
class Size:
    """What is simulated. The same seed gives the same people, wishes and moments."""

    seed: int
    people: int
    circles: int
    days: int
    asks_per_month: float
    """By each person, on average."""
    grain: timedelta = timedelta(minutes=15)
    """What happens within so long comes in together, and is handled in one transaction."""
    bustle: float = 1.0
    """How many times as often as usual people meet, report, pass on, leave and so on."""

    @property
    def end(self) -> datetime:
        """When the simulation stops."""
        return MONDAY + timedelta(days=self.days)


FULL = Size(seed=2026, people=2000, circles=40, days=91, asks_per_month=0.3)
SMALL = Size(
    seed=2026,
    people=60,
    circles=3,
    days=14,
    asks_per_month=1.0,
    grain=timedelta(minutes=30),
    bustle=4.0,
)


@dataclass(frozen=True)
class Place:
    """A circle, with how many people belong to it at first."""

    circle: Circle
    people: int


def places(size: Size, rng: random.Random) -> list[Place]:
    """The circles over all villages: small buurtcirkels, and complexes and courtyards."""
    areas = [area.id for area in load(EXAMPLE).covenant.areas]
    kinds = [_KINDS[n % len(_KINDS)] for n in range(size.circles)]
    small = {
        n: rng.randint(_SMALLEST, _LARGEST)
        for n, kind in enumerate(kinds)
        if kind is CircleKind.BUURTCIRKEL
    }
    weights = [_WEIGHTS.get(kind, 0) for kind in kinds]
    left, found = size.people - sum(small.values()), []
    for n, kind in enumerate(kinds):
        people = small.get(n) or left * weights[n] // sum(weights[n:])
        left -= 0 if n in small else people
        weights[n] = 0
        found.append(Place(_circle(n, kind, areas[n % len(areas)]), people))
    return found


def _circle(number: int, kind: CircleKind, area: str) -> Circle:
    title = dict.fromkeys(("nl", "en", "pl"), f"cirkel {number:02d}")
    most = _LARGEST if kind is CircleKind.BUURTCIRKEL else _MOST
    return Circle(
        id=f"c{number:02d}",
        title=title,
        kind=kind,
        area=area,
        partner="BC",
        coach="BC-COACH",
        most=most,
    )


def covenant(found: list[Place]) -> Rules:
    """The worked example with these circles in place of its own."""
    rules = load(EXAMPLE)
    circles = tuple(place.circle for place in found)
    return Rules(rules.covenant.model_copy(update={"circles": circles}), rules.calendar)
