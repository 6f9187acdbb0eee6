"""What people ask: answers to the questions of the form, by question."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.core.choices import NO, YES
from bot.core.covenant import Covenant
from bot.core.helping.asks import Voice
from bot.core.helping.times import Daypart
from bot.core.helping.wishes import BEFORE, OTHER_PERSON, SELF, WEEKLY, WITHIN_A_WEEK
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.population import Resident

Goal = Mapping[str, Any]
"""Answers by the name of the question; a list where several are chosen."""
_WHEN = {"today": 20, "tomorrow": 20, WITHIN_A_WEEK: 35, BEFORE: 13, WEEKLY: 12}
"""How many of a hundred."""
_FOR_ANOTHER, _CONSENTED, _UNNAMED, _OWN_STREET = 0.08, 0.9, 0.25, 0.8


@dataclass(frozen=True)
class Moment:
    """The day on which somebody asks, and its hour."""

    day: date
    hour: int


def wish(one: Resident, number: int, at: Moment, covenant: Covenant, rng: random.Random) -> Goal:
    """What somebody asks for at this moment; `number` is the wish's own."""
    assert one.circle is not None, "who asks lives in a circle"
    another = rng.random() < _FOR_ANOTHER
    when = rng.choices(list(_WHEN), list(_WHEN.values()))[0]
    days = {"today": at.day.isoformat(), "tomorrow": (at.day + timedelta(days=1)).isoformat()}
    late = at.day + timedelta(days=rng.randint(8, 20))
    return {
        "for_whom": OTHER_PERSON if another else SELF,
        "name": marks.word(marks.NAME, one.number),
        "consent": YES if rng.random() < _CONSENTED else NO,
        "text": f"{marks.word(marks.TEXT, number)} graag in de {rng.choice(['keuken', 'tuin'])}",
        "kind": rng.choice([kind.id for kind in covenant.kinds]),
        "day": days.get(when, when),
        "before": f"{late.day}-{late.month}",
        "weekday": str(rng.randint(1, 7)),
        "parts": _parts(when, at.hour, rng),
        "village": one.circle.area,
        "street_too": YES if rng.random() < _OWN_STREET else NO,
        "street": one.address.rsplit(" ", 1)[0],
        "voice": (Voice.THROUGH_VOLUNTEER if rng.random() < _UNNAMED else Voice.NAMED).value,
    }


def _parts(when: str, hour: int, rng: random.Random) -> list[str]:
    """One or two parts of the day; of today one that is still to come."""
    if when == "today":
        left = [p for p, ends in zip(Daypart, (12, 17, 21), strict=True) if hour + 2 <= ends]
        return [rng.choice(left or [Daypart.EVENING]).value]
    return [part.value for part in rng.sample(list(Daypart), rng.randint(1, 2))]
