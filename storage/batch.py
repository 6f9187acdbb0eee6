"""The batch: many turns on one map of loaded things, written with a few bulk statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Executable, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.ports import Kept, Records
from bot.core.queue import Input
from storage import schema
from storage import statements as sql
from storage.layer import Layer
from storage.lists import LISTS, Listing, Lookup
from storage.reading import Reader
from storage.records import TurnRecords
from storage.rows import (
    KINDS,
    Row,
    access_row,
    ask_event_row,
    call_row,
    checkin_row,
    event_row,
    heard_row,
    kept_row,
)


class WriteBatch:
    """Implements the port `Batch` on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection, lookup: Lookup) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._lookup = lookup
        self._reader = Reader(connection, lookup)
        self._changes = Layer()
        self._done: list[int] = []

    async def prefetch(self, lanes: Iterable[str]) -> None:
        """Load what these lanes name in one go."""
        await self._reader.prefetch(lanes)

    def turn(self) -> TurnRecords:
        """Records for one turn, on top of what earlier turns changed."""
        return TurnRecords(self._reader, self._changes)

    def merge(self, records: Records, done: Input | None = None) -> None:
        """Keep what the turn changed; its input, if it had one, is done."""
        if not isinstance(records, TurnRecords):
            raise TypeError("Only a turn of this batch can be merged.")
        self._changes.absorb(records.changes)
        if done is not None:
            self._done.append(done.seq)

    async def write(self, now: datetime) -> None:
        """Write everything merged. Raises what the database refused before."""
        if self._reader.broken is not None:
            raise self._reader.broken
        changes = self._changes
        await self._write_things()
        for listing in LISTS:
            await self._write_list(listing)
        await self._insert(schema.events, [event_row(e) for e in changes.events])
        await self._insert(schema.ask_events, [ask_event_row(e) for e in changes.ask_events])
        await self._insert(schema.access_log, [access_row(a) for a in changes.accesses])
        await self._write_checkins()
        await self._insert(schema.outbox, [call_row(call, now) for call in changes.calls])
        await self._write_messages()
        await self._write_again()
        await self._run(sql.done, [{"b_seq": seq} for seq in sorted(self._done)])

    async def _write_things(self) -> None:
        for kind, things in self._changes.things.items():
            # In the order of their keys, so that two workers never wait for each other.
            changed = [things[key] for key in sorted(things) if not self._reader.has(things[key])]
            statement = sql.upsert(KINDS[kind].table, self._dialect)
            await self._run(statement, [kept_row(thing) for thing in changed])

    async def _write_list(self, listing: Listing) -> None:
        """Bring a list up to date, for the things whose rows in it changed."""
        rows: list[Row] = []
        changed: list[str] = []
        for thing in self._changes.things[listing.kind].values():
            now = listing.rows(thing, self._lookup)
            if now != self._listed(listing, thing):
                changed.append(thing.key)
                rows += now
        statement = sql.unlist(listing.table, listing.owner)
        await self._run(statement, [{"b_owner": key} for key in changed])
        await self._insert(listing.table, rows)

    def _listed(self, listing: Listing, thing: Kept) -> list[Row] | None:
        """The rows that the list has for this thing; None when that is not known."""
        if not self._reader.is_loaded(listing.kind, thing.key):
            return None
        before = self._reader.loaded(listing.kind, thing.key)
        return [] if before is None else listing.rows(before, self._lookup)

    async def _write_checkins(self) -> None:
        schedules = self._changes.schedules
        await self._run(sql.unschedule, [{"b_subject": subject} for subject in sorted(schedules)])
        rows = [checkin_row(checkin) for checkins in schedules.values() for checkin in checkins]
        await self._insert(schema.checkins, rows)

    async def _write_messages(self) -> None:
        forgotten = [{"b_chat": chat, "b_id": id_} for chat, id_ in self._changes.forgotten]
        await self._run(sql.forget_message, forgotten)
        rows = [heard_row(heard) for heard in self._changes.heard.values()]
        await self._run(sql.remember(self._dialect), rows)

    async def _write_again(self) -> None:
        for came_in, statement in sql.again.items():
            chosen = [a for a in self._changes.again if a.came_in is came_in]
            await self._run(statement, [{"b_seq": int(a.reference)} for a in chosen])

    async def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        await self._run(sql.insert_into(table), rows)

    async def _run(self, statement: Executable, rows: Sequence[Row]) -> None:
        if rows:
            await self._connection.execute(statement, rows)
