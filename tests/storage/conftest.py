"""Stores on both databases, and a clock that stands still until it is moved."""

import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL

from storage import Keys, Store, open_store, upgrade
from tests.storage.postgres import postgres

TEMPLATE = "omzien_template"
_numbers = itertools.count(1)


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
async def fresh_postgres(postgres_url: URL) -> AsyncIterator[str]:
    """A database of its own with the tables in it, copied from a template."""
    name = f"omzien_{next(_numbers)}"
    connection = await asyncpg.connect(postgres_url.render_as_string(hide_password=False))
    try:
        found = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE)
        if not found:
            await connection.execute(f"CREATE DATABASE {TEMPLATE}")
            await upgrade(_named(postgres_url, TEMPLATE))
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield _named(postgres_url, name)
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; every test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'omzien.db'}"
    return str(request.getfixturevalue("fresh_postgres"))


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


def _named(url: URL, name: str) -> str:
    return url.set(database=name).render_as_string(hide_password=False)
