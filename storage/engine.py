"""Engines: one that writes, one that reads; SQLite and PostgreSQL behind the same code."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.columns import seal_with
from storage.errors import ReferencesBroken, StorageUnavailable, UnknownDatabase
from storage.sealing import PRIVATE_MODE, Sealer

LOCK_WAIT = 30
"""Seconds to wait for SQLite's lock or a free connection."""
READERS = 3
CONNECTIONS = 5
CACHE_KIB = 32_768

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {LOCK_WAIT * 1000}",
    f"PRAGMA cache_size = -{CACHE_KIB}",
    "PRAGMA temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True)
class Engines:
    """Two engines on one database. On PostgreSQL they are the same one."""

    writing: AsyncEngine
    reading: AsyncEngine

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.writing.dialect.name

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits, or rolls back when it raises."""
        async with reachable(), self.writing.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one moment and never locks a writer out."""
        async with reachable(), self.reading.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        if self.writing is not self.reading:
            await self.writing.dispose()


def engines(url: str, sealer: Sealer) -> Engines:
    """Engines for a URL such as `sqlite:///data/omzien.db` or `postgresql://…`."""
    address = with_async_driver(url)
    if address.get_backend_name() == "sqlite":
        writing = _sqlite(address, pool_size=1, begin="BEGIN IMMEDIATE", pragmas=_SQLITE_PRAGMAS)
        reading = _sqlite(
            address,
            pool_size=READERS,
            begin="BEGIN",
            pragmas=(*_SQLITE_PRAGMAS, "PRAGMA query_only = ON"),
        )
    else:
        writing = reading = create_async_engine(
            address, hide_parameters=True, pool_size=CONNECTIONS, pool_pre_ping=True
        )
    for engine in (writing, reading):
        seal_with(engine.dialect, sealer)
        event.listen(engine.sync_engine, "handle_error", _unavailable)
    return Engines(writing, reading)


@asynccontextmanager
async def migrating(url: str) -> AsyncIterator[AsyncConnection]:
    """One transaction on an engine of its own that leaves foreign keys alone.

    SQLite ignores the switch inside a transaction, so it is off before; rebuilding a table with
    it on would touch the rows that refer to it. At the end every reference is checked.
    """
    address = with_async_driver(url)
    if address.get_backend_name() == "sqlite":
        _make_private(address)
        pragmas = (*_SQLITE_PRAGMAS, "PRAGMA foreign_keys = OFF")
        engine = _sqlite(address, pool_size=1, begin="BEGIN IMMEDIATE", pragmas=pragmas)
    else:
        engine = create_async_engine(address, hide_parameters=True)
    event.listen(engine.sync_engine, "handle_error", _unavailable)
    try:
        async with reachable(), engine.begin() as connection:
            yield connection
            if engine.dialect.name == "sqlite":
                await _check_references(connection)
    finally:
        await engine.dispose()


async def _check_references(connection: AsyncConnection) -> None:
    # Looking at every row takes long, so only when a row was changed; a migration notes itself.
    if not await connection.scalar(text("SELECT total_changes()")):
        return
    if (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first() is not None:
        raise ReferencesBroken


def with_async_driver(url: str) -> URL:
    """The URL with the driver that we use for its database; `UnknownDatabase` for another one."""
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    try:
        address = make_url(url)
        return address.set(drivername=drivers[address.get_backend_name()])
    except (ArgumentError, KeyError):
        # The address may hold a password: it is not quoted.
        raise UnknownDatabase from None


def _sqlite(address: URL, *, pool_size: int, begin: str, pragmas: tuple[str, ...]) -> AsyncEngine:
    # Without isolation_level=None the driver would begin transactions at its own moments.
    engine = create_async_engine(
        address,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": LOCK_WAIT},
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=LOCK_WAIT,
    )

    def connected(dbapi_connection: Any, _record: object) -> None:
        cursor = dbapi_connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine


def _make_private(address: URL) -> None:
    """Make the file for its owner only, before SQLite would make it for everyone."""
    if address.database:
        with suppress(FileExistsError):
            os.close(os.open(address.database, os.O_CREAT | os.O_EXCL, PRIVATE_MODE))


def _unavailable(context: Any) -> Exception | None:
    """Everything but refused data means that the database can't be used now."""
    if isinstance(context.sqlalchemy_exception, IntegrityError | DataError):
        return None
    return StorageUnavailable()


@asynccontextmanager
async def reachable() -> AsyncIterator[None]:
    """Turn what fails before a statement runs into `StorageUnavailable`."""
    try:
        yield
    except (PoolTimeout, OSError) as error:
        raise StorageUnavailable from error
