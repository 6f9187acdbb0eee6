"""The mirror: what every turn changed, as it stands then, to judge what was said by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from bot.core.forms import Draft, Drafts
from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Group, Neighbour
from bot.core.items import EventKind, Item
from bot.core.people import Person, Role
from bot.core.ports import Call
from bot.core.queue import Input
from handlers.keyboards import Press
from storage.layer import Layer
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.marks import Mark
from tests.bench.neighbourhood.population import Population, Resident

T = TypeVar("T")


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
    items: Mapping[str, Item]
    """The changed items as they were."""
    draft: Draft | None
    """The form that was open."""

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


class Spot(NamedTuple):
    """Where in an item something is written."""

    item: str
    kind: EventKind | None
    """What happened then; None: it is what was reported."""
    between: str | None = None
    """The partner that declined with these words, which only it and the coordinator read."""
    circles: tuple[str | None, ...] = ()
    """The circles that had a part in it then, whose volunteers may read it; None: it had none."""


@dataclass
class Mirror:
    """Everything as the last turn left it."""

    population: Population
    asks: dict[str, Ask] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    neighbours: dict[str, Neighbour] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    drafts: dict[str, Drafts] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    typed: dict[Mark, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who typed a secret themselves."""
    of_wish: dict[Mark, str] = field(default_factory=dict)
    """The ask that came from what somebody typed, by the secret in that."""
    of_letter: dict[Mark, str] = field(default_factory=dict)
    """The ask that a message between two people was about."""
    of_item: dict[Mark, set[Spot]] = field(default_factory=lambda: defaultdict(set))
    """Where in items somebody wrote a secret: whatever it is, there it is what is read there."""
    of_meeting: dict[Mark, str] = field(default_factory=dict)
    """The circle that meets somewhere, by the secret in the place."""
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The items that tell somebody's name or address, by that person."""
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
        drafts = self.drafts.get(input_.lane)
        happened = Happened(
            input_,
            now,
            changes,
            before=_known(self.asks, changes.of(Ask)),
            neighbours=_known(self.neighbours, changes.of(Neighbour)),
            items=_known(self.items, changes.of(Item)),
            draft=drafts.top if drafts else None,
        )
        self.asks.update(changes.of(Ask))
        self.items.update(changes.of(Item))
        self.neighbours.update(changes.of(Neighbour))
        self.people.update(changes.of(Person))
        self.drafts.update(changes.of(Drafts))
        self.groups.update(changes.of(Group))
        self._index(changes)
        return happened

    def _index(self, changes: Layer) -> None:
        """What each secret belongs to."""
        self._index_asks(changes)
        self._index_items(changes)
        for circle, group in changes.of(Group).items():
            for meeting in group.meetings:
                found = marks.found(f"{meeting.place} {meeting.what}")
                self.of_meeting.update(dict.fromkeys(found, circle))

    def _index_asks(self, changes: Layer) -> None:
        for key, ask in changes.of(Ask).items():
            for person in {ask.asker, ask.by, *ask.helping} - {None}:
                self._with[str(person)].add(key)
            wish = ask.wish
            found = marks.found(f"{wish.text} {wish.for_other} {wish.address}")
            self.of_wish.update(dict.fromkeys(found, key))
        for event in changes.ask_events:
            for mark in marks.found(_said(event.data)):
                self.of_letter[mark] = event.ask

    def _index_items(self, changes: Layer) -> None:
        for key, item in changes.of(Item).items():
            for mark in marks.found(item.report.text):
                self.of_item[mark].add(Spot(key, None))
            for mark in marks.found(f"{item.report.name} {item.report.address}"):
                owner = self.owner(mark) if mark.sort in {marks.NAME, marks.ADDRESS} else None
                if owner:
                    self.names[owner.key].add(key)
                else:  # whatever was typed where the address was asked is what was reported
                    self.of_item[mark].add(Spot(key, None))
        for told in changes.events:
            between = told.partner if told.kind is EventKind.DECLINED else None
            item = self.items[told.item]
            for mark in marks.found(_said(told.data)):
                self.of_item[mark].add(Spot(told.item, told.kind, between, circles_of(item)))

    def of_ask(self, mark: Mark) -> bool:
        """Whether it was typed for an ask, or in a message about one; whatever it is."""
        return mark in self.of_wish or mark in self.of_letter

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

    def belongs(self, person: str, circle: str | None) -> bool:
        """Whether somebody has a place in the circle, or stands behind all."""
        neighbour = self.neighbours.get(person)
        placed = neighbour is not None and neighbour.place_in(circle) is not None
        return placed or self.stands_behind(person)

    def meets(self, mark: Mark, person: str) -> bool:
        """Whether it was typed for a meeting of a circle to which this person belongs."""
        return mark in self.of_meeting and self.belongs(person, self.of_meeting[mark])

    def coordinates(self, person: str, circle: str | None) -> bool:
        """Whether this is a volunteer or coach of the circle, or staff that stands behind it."""
        neighbour = self.neighbours.get(person)
        return self.stands_behind(person) or (
            neighbour is not None and neighbour.coordinates(circle)
        )

    def stands_behind(self, person: str) -> bool:
        """Whether this is a coach of all circles or a coordinator."""
        known = self.people.get(person)
        return known is not None and any(m.role in _BEHIND for m in known.memberships)


_BEHIND = frozenset({Role.COACH, Role.COORDINATOR})


def circles_of(item: Item) -> tuple[str | None, ...]:
    """The circles that passed an item on, or were asked for something; None where none had it."""
    return tuple(part.circle for part in (item.passed, item.back) if part) or (None,)


def _known(things: Mapping[str, T], changed: Iterable[str]) -> dict[str, T]:
    return {key: things[key] for key in changed if key in things}


def _said(data: Mapping[str, object]) -> str:
    return " ".join(map(str, data.values()))


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
