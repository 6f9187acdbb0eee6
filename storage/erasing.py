"""Erasing from what has ended, and a log of it so that a restored backup forgets the same again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, Column, Table, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.items import Event, EventKind, Item
from storage import schema
from storage import statements as sql
from storage.rows import Row, ask_event_row, event_row, kept_row, read_ask_event, read_event


class What(StrEnum):
    """What is erased of an item or an ask."""

    REPORTER = "reporter"
    """Who reported it, or asked."""
    CONTENTS = "contents"
    """Everything that was said; what stays is a bare row."""
    ROW = "row"
    """All of it, except its entries in the access log, which have a term of their own."""


@dataclass(frozen=True)
class Matter:
    """A kind of thing that ends: its tables, and who it was of."""

    kind: type[Item] | type[Ask]
    table: Table
    events: Table
    list_: Table
    name: str
    """How the other tables call its key."""
    of: str
    """The column, and the field, of who it was of."""
    read_event: Callable[[Any], Event | AskEvent]
    event_row: Callable[[Any], Row]
    subject: str
    """What stands before its key in the subject of its check-ins."""

    @property
    def event_key(self) -> Column[Any]:
        """The column by which its events are found."""
        return self.events.c[self.name]


ITEMS = Matter(
    kind=Item,
    table=schema.items,
    events=schema.events,
    list_=schema.holdings,
    name="item",
    of="reporter",
    read_event=read_event,
    event_row=event_row,
    subject="",
)
ASKS = Matter(
    kind=Ask,
    table=schema.asks,
    events=schema.ask_events,
    list_=schema.boards,
    name="ask",
    of="asker",
    read_event=read_ask_event,
    event_row=ask_event_row,
    subject="ask:",
)
_TALKING = frozenset({EventKind.PASSED_ON, EventKind.TALK, EventKind.LEFT_TALK})
_keys: BindParameter[Sequence[str]] = bindparam("keys", expanding=True)
_log = select(schema.erasures).order_by(schema.erasures.c.at, schema.erasures.c.item)


async def erase(connection: AsyncConnection, what: What, keys: Sequence[str], at: datetime) -> None:
    """Erase `what` of the items and asks with these keys, and log it; what is gone stays gone."""
    if not keys:
        return
    for matter in (ITEMS, ASKS):
        match what:
            case What.REPORTER:
                await _unlink(connection, matter, keys)
            case What.CONTENTS:
                await _blank(connection, matter, keys)
            case What.ROW:
                await _remove(connection, matter, keys)
    rows = [{"item": key, "what": what.value, "at": at} for key in keys]
    await connection.execute(sql.insert_new(schema.erasures, connection.dialect.name), rows)


async def logged(connection: AsyncConnection) -> list[tuple[What, str, datetime]]:
    """What was erased of which item or ask and when, oldest first."""
    return [(What(row.what), row.item, row.at) for row in await connection.execute(_log)]


async def _blank(connection: AsyncConnection, matter: Matter, keys: Sequence[str]) -> None:
    blank_events = update(matter.events).where(matter.event_key.in_(_keys)).values(body=None)
    await connection.execute(blank_events, {"keys": keys})
    blank = update(matter.table).where(matter.table.c.key.in_(_keys))
    await connection.execute(blank.values({"body": None, matter.of: None}), {"keys": keys})


async def _remove(connection: AsyncConnection, matter: Matter, keys: Sequence[str]) -> None:
    subject = schema.checkins.c.subject
    subjects = [matter.subject + key for key in keys]
    await connection.execute(delete(schema.checkins).where(subject.in_(_keys)), {"keys": subjects})
    for column in (matter.list_.c[matter.name], matter.event_key, matter.table.c.key):
        await connection.execute(delete(column.table).where(column.in_(_keys)), {"keys": keys})


async def _unlink(connection: AsyncConnection, matter: Matter, keys: Sequence[str]) -> None:
    bodies = select(matter.table.c.body).where(matter.table.c.key.in_(_keys))
    found = await connection.execute(bodies, {"keys": keys})
    things = [matter.kind.model_validate_json(body) for body in found.scalars() if body is not None]
    if not things:
        return
    await _unname(connection, matter, {thing.key: getattr(thing, matter.of) for thing in things})
    rows = [kept_row(thing.unlinked()) for thing in things]
    await connection.execute(sql.upsert(matter.table, connection.dialect.name), rows)


async def _unname(connection: AsyncConnection, matter: Matter, of: dict[str, str | None]) -> None:
    """Take the person out of the events that were theirs."""
    events = matter.events.c
    named = select(matter.events).where(matter.event_key.in_(_keys), events.body.is_not(None))
    found = await connection.execute(named, {"keys": list(of)})
    read = ((getattr(row, matter.name), matter.read_event(row)) for row in found)
    theirs = [e for key, e in read if e.by and (e.by == of[key] or _talked_along(e))]
    rows = [matter.event_row(event.model_copy(update={"by": None})) for event in theirs]
    statement = (
        update(matter.events)
        .where(matter.event_key == bindparam(f"b_{matter.name}"))
        .where(events.revision == bindparam("b_revision"))
        .values(body=bindparam("b_body"))
    )
    if rows:
        await connection.execute(statement, [{f"b_{k}": v for k, v in r.items()} for r in rows])


def _talked_along(event: Event | AskEvent) -> bool:
    """Whether a volunteer did it who talked along after a hand-over: no more to know than who."""
    return isinstance(event, Event) and event.partner is None and event.kind in _TALKING
