"""The queue's side of storage: what came in, what goes out, and the batch in between."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.core.ports import Call, Records


@dataclass(frozen=True, slots=True)
class Arrival:
    """One input as it came in: a raw update of Telegram, or a signal as JSON data.

    `key` is unique for ever (`tg:<bot>:<update>`, `ci:<check-in>`); the same key again is no news.
    `lane` keeps order: the person key of the chat, or the subject of a check-in. `calls` are sent
    if and only if the arrival is new (the answer to words of danger).
    """

    key: str
    lane: str
    kind: str
    payload: Mapping[str, Any]
    at: datetime
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """One arrival that waits to be handled. `attempts` counts the failures so far."""

    seq: int
    key: str
    lane: str
    kind: str
    payload: Mapping[str, Any]
    at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call that waits to be sent; `seq` orders the calls of a chat."""

    seq: int
    call: Call


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram made of a call: the message ids that came back, if any."""

    seq: int
    call: Call
    message_ids: tuple[int, ...]
    at: datetime


class Batch(Protocol):
    """One write transaction over many turns, with one map of loaded things."""

    async def prefetch(self, lanes: Iterable[str]) -> None:
        """Load the persons and drafts of these chats in one go."""
        ...

    def turn(self) -> Records:
        """Records for one turn, on top of what earlier turns changed."""
        ...

    def merge(self, records: Records, done: Input) -> None:
        """Keep what the turn changed; its input is done."""
        ...


class Queue(Protocol):
    """The durable queues between Telegram, the worker and the sender."""

    async def receive(self, arrivals: Sequence[Arrival]) -> int:
        """Keep what came in, in one transaction, and return how many were new."""
        ...

    async def pending(self, limit: int) -> Sequence[Input]:
        """The oldest inputs, in order per lane; behind a failed one its lane waits."""
        ...

    def batch(self) -> AbstractAsyncContextManager[Batch]:
        """A transaction that commits everything merged, or nothing when it raises."""
        ...

    async def failed(self, input_: Input) -> None:
        """Count an attempt."""
        ...

    async def park(self, input_: Input) -> None:
        """Put an input aside with its payload kept, and queue the signal `Parked`, once."""
        ...

    async def claim_due(self, now: datetime, limit: int) -> int:
        """Move due check-ins to the inbox, in one transaction; returns how many."""
        ...

    async def to_send(
        self, limit: int, busy: Iterable[str], alarmed: Iterable[str] = ()
    ) -> Sequence[Outgoing]:
        """Calls that may go now, at most `limit`, the most pressing chats first.

        All unordered calls, those of danger of every chat that is not in `alarmed`, and of every
        chat that is not in `busy` its first other call: the next one comes when that is `sent`.
        """
        ...

    async def sent(self, results: Sequence[Sent]) -> None:
        """Mark as sent, erase the parameters and remember the messages, in one transaction."""
        ...

    async def drop(self, seqs: Sequence[int]) -> None:
        """Forget calls that no longer matter."""
        ...

    async def refuse(self, outgoing: Outgoing, why: str) -> None:
        """Put a call aside that Telegram refuses for good, and queue the signal `Unsent`."""
        ...

    async def unreachable(self, chat: str) -> None:
        """Drop what waits for this chat, and queue the signal `Unreachable`."""
        ...

    async def message_ids(self, chat: str, card: str) -> Sequence[int]:
        """The ids of the messages that stand in `chat` under the name `card`."""
        ...
