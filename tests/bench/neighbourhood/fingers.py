"""Fingers: pressing a button after a while, or at some moment before the help."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.worktime import Rules
from handlers.keyboards import Press
from tests.bench.neighbourhood.agenda import Agenda
from tests.bench.neighbourhood.mirror import Mirror
from tests.bench.neighbourhood.phones import Phones, Shown

_STALE_TAP = 0.3
"""Of buttons that no longer stand there, which are pressed all the same."""


@dataclass(frozen=True)
class World:
    """Where people live: the agreement, how all stands, and the time."""

    rules: Rules
    mirror: Mirror
    agenda: Agenda
    phones: Phones
    clock: Callable[[], datetime]


class Fingers:
    """What all people can do."""

    def __init__(self, world: World) -> None:
        self.phones = world.phones
        self._rules = world.rules
        self._mirror = world.mirror
        self._agenda = world.agenda
        self._rng = world.agenda.rng
        self._clock = world.clock

    def _happens(self, chance: float) -> bool:
        """Whether something happens that has this chance."""
        return self._rng.random() < chance

    def _soon(self, about: float) -> float:
        """Minutes until somebody comes to it; half of them sooner than about this."""
        return self._rng.expovariate(1 / about)

    def _before(self, shown: Shown) -> float:
        """Minutes until some moment between now and the help; long after it when that is past."""
        ask = self._mirror.asks.get(ask_of(shown))
        helper = ask.helper if ask else None
        if helper is None:
            return self._rng.uniform(10, 600)
        left = helper.slot.begins(self._rules.calendar) - self._clock()
        return max(1.0, self._rng.uniform(0, left / timedelta(minutes=1)))

    def _press(self, minutes: float, shown: Shown, verb: str) -> None:
        """Press one of the buttons with this verb after so many minutes."""
        if choices := shown.with_verb(verb):
            press = self._rng.choice(choices)
            self._later(minutes, lambda: self._tap(shown, press))

    def _tap(self, shown: Shown, press: Press) -> None:
        """Press it, also now and then when it no longer stands there."""
        if self.phones.stands(shown, press) or self._rng.random() < _STALE_TAP:
            self.phones.press(shown, press)

    def _later(self, minutes: float, act: Callable[[], None]) -> None:
        self._agenda.at(self._clock() + timedelta(minutes=minutes), act)


def ask_of(shown: Shown) -> str:
    """The ask that a message is about: what stands before the dot."""
    return next(
        (p.id.split(".")[0] for p in shown.presses if p.verb.startswith(("help", "ask"))), ""
    )
