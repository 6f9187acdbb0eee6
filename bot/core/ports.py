"""The ports: what the core's world asks of storage, and what it hands to the sender."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol, TypeVar

from bot.core.checkins import CheckIn
from bot.core.forms import Drafts
from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Group, Neighbour
from bot.core.items import Access, Event, Item
from bot.core.matching import Funnel, Wanted
from bot.core.people import Frozen, Invite, Person


class Priority(IntEnum):
    """Which chats go first; within one chat messages keep their order."""

    DANGER = 0
    ANSWER = 1
    CHECKIN = 2
    BULK = 3


class Call(Frozen):
    """One call of the Bot API, decided and not yet sent.

    `params` are the method's parameters as JSON, `chat_id` included; a small text file is
    `{"document": {"name": "bijeenkomst.ics", "content": "…"}}` for sendDocument. With `card`, the
    message that comes back is remembered under that name in that chat; an edit or a deletion names
    the card and the sender fills in `message_id`. `unordered` calls (answers to button presses) are
    best effort: outside the order, dropped when they fail.
    """

    chat: str
    method: str
    params: Mapping[str, Any]
    priority: Priority = Priority.ANSWER
    card: str | None = None
    item: str | None = None
    """The key of the item that the message is about: replies to it belong to that item."""
    unordered: bool = False


class Heard(Frozen):
    """A message that came in, so that its chat can be cleared and replies be placed.

    Heard again, it keeps its moment and gets the item.
    """

    chat: str
    message_id: int
    at: datetime
    item: str | None = None
    """The key of the item that it is about, once that is known."""


class Shown(Frozen):
    """A message that stands in a chat: ours (`card` may name it) or theirs."""

    chat: str
    message_id: int
    card: str | None
    item: str | None
    at: datetime
    ours: bool


class Parked(Frozen):
    """Signal: an input failed three times and was put aside with its text kept."""

    chat: str
    """The person key of who sent it; empty for what nobody sent, such as a check-in."""
    reference: str


class Unreachable(Frozen):
    """Signal: Telegram refuses messages to this person (blocked, deactivated)."""

    chat: str


class Unsent(Frozen):
    """Signal: Telegram refused a message for good; `reference` is its outbox number."""

    chat: str
    reference: str


class TooMuch(Frozen):
    """Signal: a person sends more than is read; the rest of it was not kept."""

    chat: str


class Job(Frozen):
    """Signal: a daily job of the scheduler is due (`digest`)."""

    name: str
    due: datetime


class PutAside(Frozen):
    """What failed for good and waits for a human: an input that came in, or a call that goes out.

    `reference` is the number that the person and the coordinators were told.
    """

    reference: str
    came_in: bool
    at: datetime


Signal = CheckIn | Parked | Unreachable | Unsent | TooMuch | Job
SIGNALS: Mapping[str, type[Signal]] = {
    signal.__name__: signal for signal in (CheckIn, Parked, Unreachable, Unsent, TooMuch, Job)
}
"""Every signal by the kind that its inbox row has."""
Kept = Person | Drafts | Item | Invite | Ask | Neighbour | Group
Fact = Event | Access | Call | Heard | AskEvent
Thing = TypeVar("Thing", Person, Drafts, Item, Invite, Ask, Neighbour, Group)


class Records(Protocol):
    """What one turn may read and change; changes count only when the turn succeeds.

    A turn sees its own changes and those of the turns before it in the same batch. Reading never
    locks. Every method may raise the storage's own errors, which abandon the batch.
    """

    async def get(self, kind: type[Thing], key: str) -> Thing | None:
        """The thing with this key, or None."""
        ...

    def put(self, thing: Kept) -> None:
        """Keep `thing` in place of what had its key."""
        ...

    def discard(self) -> None:
        """Forget everything that this turn changed so far."""
        ...

    def append(self, fact: Fact) -> None:
        """Add to a history, the access log or the outbox."""
        ...

    def schedule(self, subject: str, checkins: Sequence[CheckIn]) -> None:
        """Replace all check-ins of `subject`."""
        ...

    async def scheduled(self, subject: str) -> Sequence[CheckIn]:
        """The check-ins of `subject` by due time."""
        ...

    async def members(self, partner: str) -> Sequence[Person]:
        """Everyone with a membership at `partner`."""
        ...

    async def item_by_code(self, code: str) -> Item | None:
        """The item that people call `code`, or None."""
        ...

    async def free_code(self, draw: Callable[[], str]) -> str | None:
        """A code that no item and no ask has, nor had before its contents were erased.

        Several are drawn and looked up at once, also for turns to come; None: all were taken.
        """
        ...

    async def raised_by(self, person: str) -> Sequence[Item]:
        """The items of this reporter, newest first; at most 50."""
        ...

    async def held_by(self, partner: str) -> Sequence[Item]:
        """The open items that `partner` holds, stands in for or is involved in; at most 200,
        the most urgent first."""
        ...

    async def open_items(self, limit: int) -> Sequence[Item]:
        """Open items of all partners, the most urgent first."""
        ...

    async def ended_items(self, limit: int) -> Sequence[Item]:
        """Items that have ended, the latest first."""
        ...

    async def put_aside(self, limit: int) -> Sequence[PutAside]:
        """What failed for good, the latest first; of each of both sorts at most `limit`."""
        ...

    def again(self, one: PutAside) -> None:
        """Handle or send once more what was put aside; nothing when it no longer is."""
        ...

    async def history(self, item: str) -> Sequence[Event]:
        """All events of `item`, oldest first."""
        ...

    async def accesses(self, item: str) -> Sequence[Access]:
        """Who read `item`, oldest first."""
        ...

    async def ask_by_code(self, code: str) -> Ask | None:
        """The ask that people call `code`, or None. No item and ask share a code."""
        ...

    async def asked_by(self, person: str) -> Sequence[Ask]:
        """The asks of this asker, open ones first, then newest first; at most 50."""
        ...

    async def helped_by(self, person: str) -> Sequence[Ask]:
        """The open asks that this person helps with or takes over, the most urgent first."""
        ...

    async def put_by(self, person: str) -> Sequence[Ask]:
        """The open asks that this person put for somebody without a chat of their own, the most
        urgent first."""
        ...

    async def asks_in(self, circle: str) -> Sequence[Ask]:
        """The open asks of this circle (empty: of no circle), the most urgent first; at most
        200."""
        ...

    async def ask_history(self, ask: str) -> Sequence[AskEvent]:
        """All events of `ask`, oldest first."""
        ...

    async def neighbours_in(self, circle: str) -> Sequence[Neighbour]:
        """Everyone with a place in this circle, approved or not, by key."""
        ...

    async def helpers_for(self, wanted: Wanted, limit: int) -> Sequence[Neighbour]:
        """Neighbours with an offer for whom `matching.falls` is None, in the order of `rank`.

        What an index can't tell is for `matching.gate`.
        """
        ...

    async def funnel(self, wanted: Wanted) -> Funnel:
        """How many offers fall at which gate, counted by index."""
        ...

    async def shown(self, chat: str) -> Sequence[Shown]:
        """The messages that stand in this chat, oldest first."""
        ...

    async def message(self, chat: str, message_id: int) -> Shown | None:
        """The message in this chat, or None when it is not remembered."""
        ...

    def forget_messages(self, chat: str, message_ids: Sequence[int]) -> None:
        """Forget messages that were deleted from the chat."""
        ...
