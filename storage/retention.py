"""Retention: what has passed the covenant's terms is erased, in short transactions."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.items import Stage
from bot.core.terms import Retention
from storage import schema
from storage.engine import Engines
from storage.erasing import ASKS, ITEMS, What, erase

CHUNK = 500
"""Rows in one transaction, so that nobody waits long for the lock."""

_open = union_all(
    *(select(table.c.key).where(table.c.due.is_not(None)) for table in (schema.items, schema.asks))
)


async def retain(engines: Engines, retention: Retention, now: datetime) -> dict[str, int]:
    """Erase what has passed its term at `now`; returns how many rows of what."""
    counts: Counter[str] = Counter()
    for matter, terms in ((ITEMS, _item_terms), (ASKS, _ask_terms)):
        for what, condition in terms(retention, now):
            counts[what.value] += await _erase(engines, matter.table, what, condition, now)
    for table, condition in _row_terms(retention, now):
        counts[table.name] = await _clear(engines, table, condition)
    return counts


def _item_terms(retention: Retention, now: datetime) -> list[tuple[What, ColumnElement[bool]]]:
    """Which ended items lose what."""
    items = schema.items.c
    withdrawn = and_(
        items.stage == Stage.WITHDRAWN.value, items.ended < _ago(now, retention.withdrawn)
    )
    old = or_(items.ended < _ago(now, retention.contents), withdrawn)
    unlinked = items.ended < _ago(now, retention.reporter_link)
    return [
        (What.ROW, items.ended < _ago(now, retention.bare_row)),
        (What.CONTENTS, and_(items.body.is_not(None), old)),
        (What.REPORTER, and_(items.reporter.is_not(None), unlinked)),
    ]


def _ask_terms(retention: Retention, now: datetime) -> list[tuple[What, ColumnElement[bool]]]:
    """Which ended asks lose what."""
    asks = schema.asks.c
    unlinked = asks.ended < _ago(now, retention.reporter_link)
    return [
        (What.ROW, asks.ended < _ago(now, retention.bare_row)),
        (What.CONTENTS, and_(asks.body.is_not(None), asks.ended < _ago(now, retention.help_done))),
        (What.REPORTER, and_(asks.asker.is_not(None), unlinked)),
    ]


def _row_terms(retention: Retention, now: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
    """Which rows of the other tables go."""
    handled = _ago(now, retention.handled_ids)
    # What was put aside keeps its text for people to look at, as long as an item would.
    aside = _ago(now, retention.contents)
    messages = schema.messages.c
    cards = or_(messages.item.is_(None), messages.item.not_in(_open))
    return [
        (schema.inbox, _passed(schema.inbox, handled, aside)),
        (schema.outbox, _passed(schema.outbox, handled, aside)),
        (schema.messages, and_(messages.at < handled, cards)),
        (schema.drafts, or_(schema.drafts.c.touched.is_(None), schema.drafts.c.touched < handled)),
        (schema.invites, schema.invites.c.expires < handled),
        (schema.access_log, schema.access_log.c.at < _ago(now, retention.access_log)),
        (schema.erasures, schema.erasures.c.at < _ago(now, retention.backups)),
    ]


def _passed(queue: Table, handled: datetime, aside: datetime) -> ColumnElement[bool]:
    done = and_(queue.c.state == schema.DONE, queue.c.at < handled)
    return or_(done, and_(queue.c.state == schema.PARKED, queue.c.at < aside))


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


async def _erase(
    engines: Engines, table: Table, what: What, condition: ColumnElement[bool], now: datetime
) -> int:
    statement = select(table.c.key).where(table.c.due.is_(None), condition).limit(CHUNK)
    total = 0
    while True:
        async with engines.write() as connection:
            keys = list((await connection.execute(statement)).scalars())
            await erase(connection, what, keys, now)
        total += len(keys)
        if len(keys) < CHUNK:
            return total


async def _clear(engines: Engines, table: Table, condition: ColumnElement[bool]) -> int:
    total = 0
    while True:
        async with engines.write() as connection:
            count = await _clear_chunk(connection, table, condition)
        total += count
        if count < CHUNK:
            return total


async def _clear_chunk(
    connection: AsyncConnection, table: Table, condition: ColumnElement[bool]
) -> int:
    keys = list(table.primary_key)
    found = (await connection.execute(select(*keys).where(condition).limit(CHUNK))).all()
    if found:
        by_key = [column == bindparam(f"b_{column.name}") for column in keys]
        rows = [{f"b_{c.name}": v for c, v in zip(keys, row, strict=True)} for row in found]
        await connection.execute(delete(table).where(*by_key), rows)
    return len(found)
