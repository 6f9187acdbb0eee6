"""Rotation: everything sealed with an old key gets a new seal, so that the old key can go."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    LargeBinary,
    Table,
    bindparam,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Sealed
from storage.engine import Engines
from storage.schema import metadata
from storage.sealing import Sealer

CHUNK = 500


async def rotate(engines: Engines, sealer: Sealer) -> int:
    """Seal again with the newest key what has an older seal; returns how many values."""
    total = 0
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, Sealed):
                total += await _rotate_column(engines, sealer, table, column)
    return total


async def _rotate_column(
    engines: Engines, sealer: Sealer, table: Table, column: Column[Any]
) -> int:
    keys = list(table.primary_key)
    raw = type_coerce(column, LargeBinary).label("sealed")
    # Walking along the primary key, so that each row is looked at once.
    page = select(*keys, raw).where(column.is_not(None)).order_by(*keys).limit(CHUNK)
    total, after = 0, None
    while True:
        async with engines.write() as connection:
            here = page if after is None else page.where(tuple_(*keys) > tuple_(*after))
            rows = (await connection.execute(here)).all()
            total += await _seal_again(connection, sealer, column, rows)
        if len(rows) < CHUNK:
            return total
        after = [bindparam(None, v, k.type) for k, v in zip(keys, rows[-1], strict=False)]


async def _seal_again(
    connection: AsyncConnection, sealer: Sealer, column: Column[Any], rows: Sequence[Any]
) -> int:
    keys = list(column.table.primary_key)
    old = [row for row in rows if not sealer.is_newest(row.sealed)]
    if old:
        statement = (
            update(column.table)
            .where(*(key == bindparam(f"b_{key.name}") for key in keys))
            .values({column.name: bindparam("b_value")})
        )
        place = str(column)
        values = [
            {f"b_{k.name}": v for k, v in zip(keys, row, strict=False)}
            | {"b_value": sealer.open_(place, row.sealed)}
            for row in old
        ]
        await connection.execute(statement, values)
    return len(old)
