"""Stores on both databases, and a clock that stands still until it is moved."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL

from storage import Keys, Store, open_store, upgrade
from storage.schema import metadata
from tests.storage.postgres import postgres


class StandingClock:
    """Time that passes only when told."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 3, 9, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.now

    def pass_(self, **time: float) -> datetime:
        """Let time pass; returns the new moment."""
        self.now += timedelta(**time)
        return self.now


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """One server for the whole session."""
    with postgres() as url:
        yield url


@pytest.fixture
async def tables_in_postgres(postgres_url: URL) -> AsyncIterator[str]:
    """A database with empty tables: emptying them is much faster than making them."""
    address = postgres_url.render_as_string(hide_password=False)
    await upgrade(address)
    names = ", ".join(metadata.tables)
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(f"TRUNCATE {names} RESTART IDENTITY")
        yield address
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without rows; every test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'omzien.db'}"
    return str(request.getfixturevalue("tables_in_postgres"))


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands still."""
    return StandingClock()


@pytest.fixture
def keys() -> Keys:
    """New keys."""
    return Keys.generate()


@pytest.fixture
async def store(url: str, keys: Keys, clock: StandingClock) -> AsyncIterator[Store]:
    """An open store."""
    store = await open_store(url, keys, clock=clock)
    yield store
    await store.close()
