"""Load: how much the busiest tenth carries, beside the evenest spread that the offers allow.

A help counts when its helper offered it: kind, moment, place and certificate fit, with nothing in
the way. Everyone else whose offer fitted as well could have given it: of a help that the asker's
own circle gave, everyone there, since the own circle is asked first; of any other help, everyone
elsewhere. Among all those people the same helps are spread again, as evenly as can be, and with
hindsight: no help can move to someone with two fewer. The share of the busiest tenth is what the
busiest tenth of that spread carries. So what counts is how the helps were given out, and not how
many people offer to help with something rare. Who never answers counts among those who could have.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.core.circles import Level
from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Neighbour, Offer
from bot.core.worktime import Rules

MOST = 2.0
"""Times its share that the busiest tenth may carry."""
_TENTH = 0.1
_YEAR = 365.25


@dataclass(frozen=True)
class Helped:
    """A help that was given, and everyone who could have given it by their offer."""

    helper: str
    could: frozenset[str]


@dataclass(frozen=True)
class Load:
    """Helps by person, most first, as they were and as they could have been spread."""

    actual: tuple[int, ...]
    even: tuple[int, ...]

    @property
    def busiest(self) -> int:
        """What the busiest tenth carried."""
        return _tenth(self.actual)

    @property
    def share(self) -> int:
        """What the busiest tenth carries when it is spread evenly."""
        return _tenth(self.even)

    @property
    def ratio(self) -> float:
        """How many times its share the busiest tenth carries."""
        return self.busiest / self.share if self.share else 1.0

    @property
    def part(self) -> float:
        """Which part of all helps the busiest tenth gave."""
        return self.busiest / sum(self.actual) if self.actual else 0.0


def measure(helps: Sequence[Helped]) -> Load:
    """The load of everyone who could have helped with anything that was helped with."""
    offered = [one for one in helps if one.helper in one.could]
    people = sorted({person for one in offered for person in one.could})
    actual = dict.fromkeys(people, 0)
    for one in offered:
        actual[one.helper] += 1
    return Load(_ordered(actual), _ordered(_spread([one.could for one in offered], people)))


def could_help(
    ask: Ask, asker: Neighbour | None, everyone: Mapping[str, Neighbour], rules: Rules, on: date
) -> frozenset[str]:
    """Everyone whose offer fits: worked out here once more, apart from the bot's own gates."""
    return frozenset(key for key, one in everyone.items() if offers(one, ask, asker, rules, on))


def as_well(
    helper: str, could: frozenset[str], everyone: Mapping[str, Neighbour], circle: str | None
) -> frozenset[str]:
    """Of those who could, those who come before others as `helper` did: in the circle, or not."""
    own = frozenset(key for key in could if circle in everyone[key].places)
    return own if helper in own else could - own


def offers(one: Neighbour, ask: Ask, asker: Neighbour | None, rules: Rules, on: date) -> bool:
    """Whether somebody's offer fits, and nothing stands between the two."""
    if one.offer is None or one.key in {ask.asker, ask.by}:
        return False
    blocked = ask.asker in one.blocked or (asker is not None and one.key in asker.blocked)
    fits = _fits(one.offer, ask, on) and _place(one, one.offer, ask)
    return fits and not blocked and _may_alone(one, ask, rules, on)


def _fits(offer: Offer, ask: Ask, on: date) -> bool:
    awake = offer.paused_until is None or offer.paused_until <= on
    fits = ask.wish.kind in offer.kinds and bool(offer.times & ask.wish.when.times)
    return awake and fits and not (ask.wish.street and ask.wish.street == offer.street)


def _place(one: Neighbour, offer: Offer, ask: Ask) -> bool:
    return ask.wish.circle in one.places or ask.wish.area in {offer.area, *offer.areas}


def _may_alone(one: Neighbour, ask: Ask, rules: Rules, on: date) -> bool:
    if rules.covenant.kind(ask.wish.kind).level is not Level.ALONE:
        return True
    years = rules.covenant.helping.vog_years
    seen = one.vog is not None and (on - one.vog.seen).days < years * _YEAR
    return seen and known_in(one, ask.wish.circle)


def known_in(one: Neighbour, circle: str | None) -> bool:
    """Whether somebody introduced this neighbour there; for an ask of no circle, anywhere."""
    return bool(one.introduced) if circle is None else circle in one.introduced


def _spread(could: Sequence[AbstractSet[str]], people: Sequence[str]) -> dict[str, int]:
    """As even as can be: first the least busy one each time, then along chains of exchanges."""
    given: dict[str, set[int]] = {person: set() for person in people}
    for help_ in sorted(range(len(could)), key=lambda n: len(could[n])):
        given[min(sorted(could[help_]), key=lambda p: len(given[p]))].add(help_)
    settled: set[str] = set()
    while waiting := [p for p in people if p not in settled and given[p]]:
        busiest = max(waiting, key=lambda p: len(given[p]))
        chain = _chain(busiest, could, given, settled)
        for giver, help_, taker in chain:
            given[giver].remove(help_)
            given[taker].add(help_)
    return {person: len(helps) for person, helps in given.items()}


def _chain(
    busiest: str,
    could: Sequence[AbstractSet[str]],
    given: Mapping[str, set[int]],
    settled: set[str],
) -> list[tuple[str, int, str]]:
    """Exchanges that end at someone with two helps fewer; without any, nobody on the way changes.

    Whoever can't be relieved through people that were settled before can't be relieved at all.
    """
    came: dict[str, tuple[str, int]] = {}
    seen, queue = {busiest}, deque([busiest])
    while queue:
        person = queue.popleft()
        for help_ in sorted(given[person]):
            for other in sorted(could[help_] - seen - settled):
                seen.add(other)
                came[other] = (person, help_)
                if len(given[other]) <= len(given[busiest]) - 2:
                    return _back(other, came)
                queue.append(other)
    settled |= seen
    return []


def _back(last: str, came: Mapping[str, tuple[str, int]]) -> list[tuple[str, int, str]]:
    chain = []
    while last in came:
        giver, help_ = came[last]
        chain.append((giver, help_, last))
        last = giver
    return chain


def _ordered(helps: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(helps.values(), reverse=True))


def _tenth(helps: Sequence[int]) -> int:
    return sum(helps[: ceil(len(helps) * _TENTH)])
