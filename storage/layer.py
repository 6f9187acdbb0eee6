"""What a turn or a batch has changed and not yet written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from bot.core.checkins import CheckIn
from bot.core.forms import Drafts
from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Group, Neighbour
from bot.core.items import Access, Event, Item
from bot.core.people import Invite, Person
from bot.core.ports import Call, Fact, Heard, Kept, PutAside, Thing

Message = tuple[str, int]
"""Chat and message id."""


def _things() -> dict[type[Kept], dict[str, Kept]]:
    return {kind: {} for kind in (Person, Drafts, Invite, Item, Ask, Neighbour, Group)}


@dataclass(slots=True)
class Layer:
    """Changes by key; a later layer lies on top of an earlier one."""

    things: dict[type[Kept], dict[str, Kept]] = field(default_factory=_things)
    events: list[Event] = field(default_factory=list)
    ask_events: list[AskEvent] = field(default_factory=list)
    accesses: list[Access] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    heard: dict[Message, Heard] = field(default_factory=dict)
    forgotten: set[Message] = field(default_factory=set)
    again: set[PutAside] = field(default_factory=set)
    schedules: dict[str, tuple[CheckIn, ...]] = field(default_factory=dict)

    def of(self, kind: type[Thing]) -> dict[str, Thing]:
        """The changed things of one type by key."""
        return cast("dict[str, Thing]", self.things[kind])

    def put(self, thing: Kept) -> None:
        """Keep `thing` in place of what had its key."""
        self.things[type(thing)][thing.key] = thing

    def append(self, fact: Fact) -> None:
        """Add a fact."""
        match fact:
            case Event():
                self.events.append(fact)
            case AskEvent():
                self.ask_events.append(fact)
            case Access():
                self.accesses.append(fact)
            case Call():
                self.calls.append(fact)
            case Heard():
                self.heard[fact.chat, fact.message_id] = fact

    def schedule(self, subject: str, checkins: Sequence[CheckIn]) -> None:
        """Replace the check-ins of `subject`."""
        self.schedules[subject] = tuple(sorted(checkins, key=lambda c: (c.due, c.key)))

    def forget(self, messages: Iterable[Message]) -> None:
        """Forget messages, also those heard before in this layer."""
        for message in messages:
            self.heard.pop(message, None)
            self.forgotten.add(message)

    def absorb(self, newer: "Layer") -> None:
        """Take over everything of a newer layer."""
        for kind, things in newer.things.items():
            self.things[kind].update(things)
        self.events += newer.events
        self.ask_events += newer.ask_events
        self.accesses += newer.accesses
        self.calls += newer.calls
        self.forget(newer.forgotten)
        self.heard.update(newer.heard)
        self.again |= newer.again
        self.schedules.update(newer.schedules)
