"""The mirror: what every turn changed, as it stands then, to judge what was said by it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.forms import Drafts
from bot.core.helping.asks import Ask, AskEvent
from bot.core.helping.neighbours import Group, Neighbour
from bot.core.people import Person
from bot.core.ports import Call
from bot.core.queue import Input
from handlers.keyboards import Press
from storage.layer import Layer
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.marks import Mark
from tests.bench.neighbourhood.population import Population, Resident


@dataclass(frozen=True)
class Happened:
    """One turn: what came in, and what it changed."""

    input_: Input
    now: datetime
    changes: Layer
    before: Mapping[str, Ask]
    """The changed asks as they were."""
    neighbours: Mapping[str, Neighbour]
    """The changed neighbours as they were."""

    @property
    def asks(self) -> Mapping[str, Ask]:
        """The changed asks as they are now."""
        return self.changes.of(Ask)

    @property
    def events(self) -> list[AskEvent]:
        """What happened to asks."""
        return self.changes.ask_events

    @property
    def press(self) -> Press | None:
        """The button that was pressed, if it was one."""
        query = self.input_.payload.get("callback_query")
        return Press.read(query.get("data")) if isinstance(query, dict) else None


@dataclass
class Mirror:
    """Everything as the last turn left it."""

    population: Population
    asks: dict[str, Ask] = field(default_factory=dict)
    neighbours: dict[str, Neighbour] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    drafts: dict[str, Drafts] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    typed: dict[Mark, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who typed a secret themselves."""
    of_wish: dict[Mark, str] = field(default_factory=dict)
    """The ask that came from what somebody typed, by the secret in that."""
    of_letter: dict[int, str] = field(default_factory=dict)
    """The ask that a message between two people was about."""
    _with: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        """Everyone who lives here at first."""
        self.groups.update({group.key: group for group in self.population.groups})
        for one in self.population.by_key.values():
            self.people[one.key] = one.person
            if one.neighbour is not None:
                self.neighbours[one.key] = one.neighbour

    def turn(self, input_: Input, changes: Layer, now: datetime) -> Happened:
        """Take over what a turn changed."""
        before = {key: self.asks[key] for key in changes.of(Ask) if key in self.asks}
        known = self.neighbours
        neighbours = {key: known[key] for key in changes.of(Neighbour) if key in known}
        self.asks.update(changes.of(Ask))
        self.neighbours.update(changes.of(Neighbour))
        self.people.update(changes.of(Person))
        self.drafts.update(changes.of(Drafts))
        self.groups.update(changes.of(Group))
        for key, ask in changes.of(Ask).items():
            for person in {ask.asker, ask.by, *ask.helping} - {None}:
                self._with[str(person)].add(key)
            for mark in marks.found(ask.wish.text):
                self.of_wish[mark] = key
        for event in changes.ask_events:
            for mark in marks.found(" ".join(map(str, event.data.values()))):
                self.of_letter[mark.number] = event.ask
        return Happened(input_, now, changes, before, neighbours)

    def with_(self, person: str) -> Iterator[Ask]:
        """The asks that this person ever asked or helped with."""
        return (self.asks[key] for key in self._with[person])

    def owner(self, mark: Mark) -> Resident | None:
        """Whose name or address it is."""
        return self.population.by_number.get(mark.number)

    def circle_of_group(self, call: Call) -> str | None:
        """The circle whose group this call goes to."""
        found = (g.key for g in self.groups.values() if g.lane == call.chat)
        return next(found, None)

    def members(self, circle: str) -> int:
        """How many belong to a circle."""
        return sum(n.place_in(circle) is not None for n in self.neighbours.values())

    def coordinates(self, person: str, circle: str | None) -> bool:
        """Whether this is a volunteer or coach of the circle, or staff that stands behind it."""
        neighbour, known = self.neighbours.get(person), self.people.get(person)
        if known is not None and known.memberships:
            return True
        return neighbour is not None and neighbour.coordinates(circle)


def words(call: Call) -> str:
    """All that a call shows: text, caption, buttons, toasts and files."""
    return " ".join(_strings(call.params))


_UNSEEN = frozenset({"callback_data", "url"})
"""What nobody reads: random keys stand in it, which may look like anything."""


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for name, part in value.items():
                if name not in _UNSEEN:
                    yield from _strings(part)
        case list() | tuple():
            for part in value:
                yield from _strings(part)
