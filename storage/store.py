"""The store: the queues and the records on one database."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, select

from bot.core.clock import Clock
from bot.core.ports import Records
from bot.core.queue import Arrival, Input, Outgoing, Sent
from bot.core.terms import Retention
from storage import inbox, marks, outbox, schema
from storage import statements as sql
from storage.batch import WriteBatch
from storage.engine import Engines
from storage.layer import Layer
from storage.reading import Reader
from storage.records import TurnRecords
from storage.retention import retain
from storage.rotation import rotate
from storage.sealing import Sealer


class Store:
    """Implements the port `Queue`. Every method is one transaction.

    All of them raise `StorageUnavailable` when the database can't be used now.
    """

    def __init__(self, engines: Engines, sealer: Sealer, clock: Clock) -> None:
        self.engines = engines
        self.sealer = sealer
        self._clock = clock

    async def close(self) -> None:
        """Close every connection."""
        await self.engines.close()

    def lookup(self, kind: str, value: bytes | str | int) -> str:
        """The keyed hash under which `value` is kept: 26 letters."""
        return self.sealer.lookup(kind, value)

    # Inbox

    async def receive(self, arrivals: Sequence[Arrival]) -> int:
        """Keep what came in; returns how many were new."""
        async with self.engines.write() as connection:
            return await inbox.keep(connection, arrivals)

    async def pending(self, limit: int) -> Sequence[Input]:
        """The oldest inputs, in order per lane; behind a failed one its lane waits."""
        async with self.engines.read() as connection:
            return await inbox.pending(connection, limit)

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[WriteBatch]:
        """A transaction that commits everything merged, or nothing when it raises."""
        async with self.engines.write() as connection:
            batch = WriteBatch(connection, self.sealer.lookup)
            yield batch
            await batch.write(self._clock())

    async def failed(self, input_: Input) -> None:
        """Count an attempt."""
        async with self.engines.write() as connection:
            await inbox.count_attempt(connection, input_)

    async def park(self, input_: Input) -> None:
        """Put an input aside with its payload kept, and queue the signal `Parked`."""
        async with self.engines.write() as connection:
            await inbox.park(connection, input_, self._clock())

    async def claim_due(self, now: datetime, limit: int) -> int:
        """Move due check-ins to the inbox; returns how many."""
        async with self.engines.write() as connection:
            return await inbox.claim_due(connection, now, limit)

    # Outbox

    async def to_send(
        self, limit: int, busy: Iterable[str], alarmed: Iterable[str] = ()
    ) -> Sequence[Outgoing]:
        """Calls that may go now, the most pressing chats first.

        Chats in `busy` are left out, and of those in `alarmed` the calls of danger.
        """
        async with self.engines.read() as connection:
            return await outbox.to_send(connection, limit, busy, alarmed)

    async def sent(self, results: Sequence[Sent]) -> None:
        """Mark as sent, erase the parameters and remember the messages."""
        async with self.engines.write() as connection:
            await outbox.sent(connection, results)

    async def drop(self, seqs: Sequence[int]) -> None:
        """Forget calls that no longer matter."""
        async with self.engines.write() as connection:
            await outbox.drop(connection, seqs)

    async def refuse(self, outgoing: Outgoing, why: str) -> None:
        """Put a call aside that Telegram refuses for good, and queue the signal `Unsent`."""
        async with self.engines.write() as connection:
            await outbox.refuse(connection, outgoing, why, self._clock())

    async def unreachable(self, chat: str) -> None:
        """Drop what waits for this chat, and queue the signal `Unreachable`."""
        async with self.engines.write() as connection:
            await outbox.unreachable(connection, chat, self._clock())

    async def message_ids(self, chat: str, card: str) -> Sequence[int]:
        """The ids of the messages that stand in `chat` under the name `card`."""
        async with self.engines.read() as connection:
            found = await connection.execute(sql.message_ids, {"chat": chat, "card": card})
            return list(found.scalars())

    # Around the queues

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Records]:
        """Records at one moment, without a lock; what is put into them is never kept."""
        async with self.engines.read() as connection:
            yield TurnRecords(Reader(connection, self.sealer.lookup), Layer())

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Records]:
        """Records in a transaction of their own, for what no input asked for."""
        async with self.batch() as batch:
            records = batch.turn()
            yield records
            batch.merge(records)

    async def next_due(self) -> datetime | None:
        """When the next check-in is due, or None when there is none."""
        async with self.engines.read() as connection:
            found: datetime | None = await connection.scalar(
                select(func.min(schema.checkins.c.due))
            )
            return found

    async def began(self) -> bool:
        """Note that the bot runs; returns whether it was stopped cleanly before."""
        async with self.engines.write() as connection:
            return await marks.began(connection)

    async def ended(self) -> None:
        """Note a clean stop, as the last thing before `close`."""
        async with self.engines.write() as connection:
            await marks.ended(connection)

    async def retain(self, retention: Retention) -> dict[str, int]:
        """Erase what has passed the covenant's terms; returns how many rows of what."""
        return await retain(self.engines, retention, self._clock())

    async def rotate(self) -> int:
        """Seal again with the newest key what has an older seal; returns how many values."""
        return await rotate(self.engines, self.sealer)
