"""Marks in the database: whether the bot runs, and which keys it was made with."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements as sql
from storage.errors import WrongKeys
from storage.schema import meta
from storage.sealing import Sealer

RUNNING = "running"
LOOKUP = "lookup"

_value = select(meta.c.value).where(meta.c.name == bindparam("name"))


async def began(connection: AsyncConnection) -> bool:
    """Note that the bot runs; returns whether it was stopped cleanly before."""
    before = await _read(connection, RUNNING)
    await _write(connection, RUNNING, "yes")
    return before != "yes"


async def ended(connection: AsyncConnection) -> None:
    """Note a clean stop."""
    await _write(connection, RUNNING, "no")


async def check_keys(connection: AsyncConnection, sealer: Sealer) -> None:
    """Refuse a look-up key other than the one this database was made with: nobody would be found.

    Raises `WrongKeys`.
    """
    before = await _read(connection, LOOKUP)
    if before is None:
        await _write(connection, LOOKUP, fingerprint(sealer))
    elif before != fingerprint(sealer):
        raise WrongKeys


def fingerprint(sealer: Sealer) -> str:
    """Tells look-up keys apart and tells nothing of them."""
    return sealer.lookup("this database", "")


async def _read(connection: AsyncConnection, name: str) -> str | None:
    found: str | None = await connection.scalar(_value, {"name": name})
    return found


async def _write(connection: AsyncConnection, name: str, value: str) -> None:
    statement = sql.upsert(meta, connection.dialect.name)
    await connection.execute(statement, [{"name": name, "value": value}])
