"""The agenda: what people are going to do, and when."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.core.worktime import Calendar

Act = Callable[[], None]
UP, TO_BED = 8, 22
"""Local hours between which people look at their phones."""
_BREAKFAST = 90
"""Minutes within which they do in the morning what they left in the evening."""


@dataclass
class Agenda:
    """A heap of acts by moment; two at the same moment keep their order."""

    calendar: Calendar
    rng: random.Random
    _heap: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _count: "count[int]" = field(default_factory=count)

    def at(self, moment: datetime, act: Act) -> None:
        """Do it then, or after the night."""
        heapq.heappush(self._heap, (self.awake(moment), next(self._count), act))

    @property
    def next(self) -> datetime | None:
        """When the next act is."""
        return self._heap[0][0] if self._heap else None

    def due(self, now: datetime) -> list[Act]:
        """What is to be done by now, in order."""
        acts = []
        while self._heap and self._heap[0][0] <= now:
            acts.append(heapq.heappop(self._heap)[2])
        return acts

    def awake(self, moment: datetime) -> datetime:
        """This moment, or one of the next morning."""
        local = self.calendar.local(moment)
        if UP <= local.hour < TO_BED:
            return moment
        morning = local.replace(hour=UP, minute=0, second=0, microsecond=0)
        morning += timedelta(days=local.hour >= TO_BED, minutes=self.rng.uniform(0, _BREAKFAST))
        return morning.astimezone(moment.tzinfo)
