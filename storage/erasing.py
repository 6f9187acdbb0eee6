"""Erasing from ended items, and a log of it so that a restored backup forgets the same again."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BindParameter, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.items import Item
from storage import schema
from storage import statements as sql
from storage.rows import event_row, kept_row, read_event


class What(StrEnum):
    """What is erased of an item."""

    REPORTER = "reporter"
    """Who reported it."""
    CONTENTS = "contents"
    """Everything that was said; what stays is a bare row."""
    ROW = "row"
    """All of it, except its entries in the access log, which have a term of their own."""


_keys: BindParameter[Sequence[str]] = bindparam("keys", expanding=True)
_bodies = select(schema.items.c.body).where(schema.items.c.key.in_(_keys))
_events = select(schema.events).where(
    schema.events.c.item.in_(_keys), schema.events.c.body.is_not(None)
)
_unname = (
    update(schema.events)
    .where(schema.events.c.item == bindparam("b_item"))
    .where(schema.events.c.revision == bindparam("b_revision"))
    .values(body=bindparam("b_body"))
)
_blank_items = update(schema.items).where(schema.items.c.key.in_(_keys))
_blank_events = update(schema.events).where(schema.events.c.item.in_(_keys))
_removals = (
    delete(schema.checkins).where(schema.checkins.c.subject.in_(_keys)),
    delete(schema.holdings).where(schema.holdings.c.item.in_(_keys)),
    delete(schema.events).where(schema.events.c.item.in_(_keys)),
    delete(schema.items).where(schema.items.c.key.in_(_keys)),
)
_log = select(schema.erasures).order_by(schema.erasures.c.at, schema.erasures.c.item)


async def erase(connection: AsyncConnection, what: What, keys: Sequence[str], at: datetime) -> None:
    """Erase `what` of the items with these keys, and log it; what is gone stays gone."""
    if not keys:
        return
    match what:
        case What.REPORTER:
            await _forget_reporters(connection, keys)
        case What.CONTENTS:
            values = {"keys": keys}
            await connection.execute(_blank_events.values(body=None), values)
            await connection.execute(_blank_items.values(body=None, reporter=None), values)
        case What.ROW:
            for removal in _removals:
                await connection.execute(removal, {"keys": keys})
    rows = [{"item": key, "what": what.value, "at": at} for key in keys]
    await connection.execute(sql.insert_new(schema.erasures, connection.dialect.name), rows)


async def logged(connection: AsyncConnection) -> list[tuple[What, str, datetime]]:
    """What was erased of which item and when, oldest first."""
    return [(What(row.what), row.item, row.at) for row in await connection.execute(_log)]


async def _forget_reporters(connection: AsyncConnection, keys: Sequence[str]) -> None:
    found = await connection.execute(_bodies, {"keys": keys})
    items = [Item.model_validate_json(body) for body in found.scalars() if body is not None]
    reporters = {item.key: item.reporter for item in items}
    events = [read_event(row) for row in await connection.execute(_events, {"keys": keys})]
    theirs = [event for event in events if event.by and event.by == reporters.get(event.item)]
    if theirs:
        rows = [event_row(event.model_copy(update={"by": None})) for event in theirs]
        await connection.execute(_unname, [{f"b_{k}": v for k, v in row.items()} for row in rows])
    if items:
        rows = [kept_row(item.unlinked()) for item in items]
        await connection.execute(sql.upsert(schema.items, connection.dialect.name), rows)
