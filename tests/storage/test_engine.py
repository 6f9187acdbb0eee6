"""One writes at a time, readers never wait, and what fails outside a turn says so."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.core.people import Person
from bot.core.queue import Batch
from storage import OUTSIDE, Keys, StorageUnavailable, Store, open_store
from tests.storage.conftest import StandingClock
from tests.storage.samples import arrival, person
from tests.storage.turns import keep


@pytest.fixture
async def on_sqlite(tmp_path: Path, clock: StandingClock) -> AsyncIterator[Store]:
    """A store in a file."""
    store = await open_store(f"sqlite:///{tmp_path / 'omzien.db'}", Keys.generate(), clock=clock)
    yield store
    await store.close()


async def test_readers_see_the_last_commit_while_a_batch_is_open(store: Store) -> None:
    await keep(store, person())
    async with store.batch() as batch:
        records = batch.turn()
        records.put(person("piet"))
        async with asyncio.timeout(5), store.reading() as reading:
            assert await reading.get(Person, "anna") == person()
            assert await reading.get(Person, "piet") is None


async def test_writers_take_turns(store: Store) -> None:
    """The receiver, the worker and the sender write at the same time and all come through."""
    await asyncio.gather(*(store.receive([arrival(n)]) for n in range(40)))
    assert len(await store.pending(100)) == 40


async def test_a_batch_that_waits_does_not_deadlock_the_receiver(on_sqlite: Store) -> None:
    received = asyncio.Event()

    async def receive() -> None:
        await on_sqlite.receive([arrival(1)])
        received.set()

    async with asyncio.TaskGroup() as group, on_sqlite.batch() as batch:
        await _read_something(batch)
        group.create_task(receive())
        await asyncio.sleep(0)
        assert not received.is_set()
    assert received.is_set()


async def _read_something(batch: Batch) -> None:
    assert await batch.turn().get(Person, "anna") is None


async def test_every_commit_reaches_the_disk(on_sqlite: Store) -> None:
    async with on_sqlite.engines.write() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
        ):
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_the_reading_side_can_not_write(on_sqlite: Store) -> None:
    with pytest.raises(StorageUnavailable):
        await _write_while_reading(on_sqlite)


async def _write_while_reading(store: Store) -> None:
    async with store.engines.read() as connection:
        await connection.execute(text("DELETE FROM people"))


async def test_the_database_is_for_its_owner_only(on_sqlite: Store, tmp_path: Path) -> None:
    await keep(on_sqlite, person())
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert modes.keys() >= {"omzien.db", "omzien.db-wal"}
    assert set(modes.values()) == {0}


async def test_a_full_disk_is_nobodys_fault(on_sqlite: Store) -> None:
    await on_sqlite.receive([arrival(1)])
    async with on_sqlite.engines.write() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(OUTSIDE):
        await on_sqlite.receive([arrival(n, text="x" * 1000) for n in range(2, 200)])
    assert len(await on_sqlite.pending(10)) == 1


async def test_a_file_that_is_no_database_is_reported(tmp_path: Path, clock: StandingClock) -> None:
    (tmp_path / "omzien.db").write_text("not a database" * 1000)
    with pytest.raises(StorageUnavailable):
        await open_store(f"sqlite:///{tmp_path / 'omzien.db'}", Keys.generate(), clock=clock)


async def test_a_server_that_is_away_is_reported(clock: StandingClock) -> None:
    address = "postgresql://nobody@127.0.0.1:9/none"
    with pytest.raises(StorageUnavailable):
        await open_store(address, Keys.generate(), clock=clock)


async def test_refused_data_is_the_turns_own_fault(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await _refer_to_nobody(store)


async def _refer_to_nobody(store: Store) -> None:
    async with store.engines.write() as connection:
        await connection.execute(text("INSERT INTO members (partner, person) VALUES ('a', 'b')"))


def test_the_database_is_whole_for_other_tools(tmp_path: Path) -> None:
    async def fill() -> None:
        url = f"sqlite:///{tmp_path / 'omzien.db'}"
        store = await open_store(url, Keys.generate(), clock=StandingClock())
        await keep(store, person())
        await store.close()

    asyncio.run(fill())
    connection = sqlite3.connect(tmp_path / "omzien.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
