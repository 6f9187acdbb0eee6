"""Migrations make exactly the tables that the code is written for, and keep what is in them."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Integer, create_engine, text

from bot.core.forms import Drafts
from bot.core.items import Item
from bot.core.matching import Gate
from bot.core.people import Invite
from storage import Keys, SchemaBehind, Sealer, Store, open_store, upgrade
from storage.engine import engines, migrating
from storage.errors import ReferencesBroken
from storage.migrating import migrate, revisions
from storage.schema import metadata
from storage.upgrade import NEWEST
from tests.storage.conftest import StandingClock
from tests.storage.samples import (
    access,
    arrival,
    ask,
    call,
    checkin,
    drafts,
    event,
    invite,
    item,
    neighbour,
    offering,
    person,
    wanted,
)
from tests.storage.turns import append, keep, turn


@pytest.fixture(params=["sqlite", "postgresql"])
async def no_tables(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database that is empty, without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'omzien.db'}"
        return
    address = request.getfixturevalue("postgres_url").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()
    yield address


async def test_the_migrated_tables_are_the_tables_in_the_schema(store: Store) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    async with store.engines.write() as connection:
        assert await connection.run_sync(differences) == []


def test_the_code_is_written_for_the_newest_migration() -> None:
    assert revisions()[0] == NEWEST


async def test_upgrading_twice_changes_nothing(url: str, store: Store) -> None:
    await keep(store, person("marieke", "WON"), item())
    await append(store, event())
    await upgrade(url)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == item()
        assert await records.history("i1") == [event()]
        assert await records.members("WON") == [person("marieke", "WON")]


async def test_an_empty_database_gets_every_table(no_tables: str) -> None:
    await upgrade(no_tables)
    await upgrade(no_tables)


async def test_a_filled_database_of_the_first_version_keeps_everything(
    no_tables: str, keys: Keys, clock: StandingClock
) -> None:
    async with migrating(no_tables) as connection:
        await connection.run_sync(migrate, "0001")
    sealer = Sealer(keys)
    old = Store(engines(no_tables, sealer), sealer, clock)
    await keep(old, person("marieke", "WON"), item(), drafts(), invite())
    await append(old, event(), access(), call(card="main", item="i1"))
    await old.receive([arrival(1)])
    async with turn(old) as records:
        records.schedule("i1", [checkin(hours=1)])
    await old.close()
    store = await open_store(no_tables, keys, clock=clock)
    async with store.reading() as records:
        assert await records.members("WON") == [person("marieke", "WON")]
        assert await records.held_by("WON") == [item()]
        assert await records.get(Drafts, "anna") == drafts()
        assert await records.get(Invite, "secret") == invite()
        assert await records.history("i1") == [event()]
        assert await records.accesses("i1") == [access()]
        assert await records.scheduled("i1") == [checkin(hours=1)]
        assert await records.asks_in("molenstraat") == []
    assert [i.payload for i in await store.pending(10)] == [arrival(1).payload]
    assert [o.call for o in await store.to_send(10, ())] == [call(card="main", item="i1")]
    await keep(store, ask(), neighbour("ria", "molenstraat"))
    async with store.reading() as records:
        assert await records.asks_in("molenstraat") == [ask()]
    await store.close()


async def test_who_offered_help_before_is_kept_out_of_the_own_street(
    no_tables: str, keys: Keys, clock: StandingClock
) -> None:
    store = await open_store(no_tables, keys, clock=clock)
    here = neighbour("ria", "molenstraat")
    await keep(store, here, offering(here, street="Kerkstraat").model_copy(update={"key": "tom"}))
    async with store.engines.write() as connection:
        await connection.execute(text("ALTER TABLE openings DROP COLUMN home"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    await store.close()
    store = await open_store(no_tables, keys, clock=clock)
    async with store.reading() as records:
        found = [
            (await records.funnel(wanted(hidden=hidden))).fell[Gate.STREET]
            for hidden in (("street:kerkstraat",), ("somewhere:bakel",), ("somewhere:gemert",))
        ]
    await store.close()
    assert found == [1, 1, 0]


async def test_the_database_of_a_newer_omzien_is_left_alone(url: str, store: Store) -> None:
    async with store.engines.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(SchemaBehind):
            await upgrade(url)
    finally:
        async with store.engines.write() as connection:
            statement = text("UPDATE alembic_version SET version_num = :number")
            await connection.execute(statement, {"number": NEWEST})


def rebuild_items(connection: Connection) -> None:
    """What a migration on SQLite does to change a column: copy, drop, rename."""
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("items", recreate="always") as items:
        items.alter_column("revision", existing_type=Integer(), nullable=True)


async def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    tmp_path: Path, keys: Keys, clock: StandingClock
) -> None:
    url = f"sqlite:///{tmp_path / 'omzien.db'}"
    store = await open_store(url, keys, clock=clock)
    await keep(store, item())
    await append(store, event())
    await store.close()
    async with migrating(url) as connection:
        await connection.run_sync(rebuild_items)
    store = await open_store(url, keys, clock=clock)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == item()
        assert await records.history("i1") == [event()]
        assert await records.held_by("WON") == [item()]
    await store.close()


async def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'omzien.db'}"
    await upgrade(url)
    before = _definitions(tmp_path / "omzien.db")
    with pytest.raises(ZeroDivisionError):
        await _fail_half_way(url)
    assert _definitions(tmp_path / "omzien.db") == before


async def _fail_half_way(url: str) -> None:
    async with migrating(url) as connection:
        await connection.run_sync(rebuild_items)
        await connection.execute(text("DROP TABLE messages"))
        raise ZeroDivisionError


async def test_a_migration_that_loses_references_changes_nothing(
    tmp_path: Path, keys: Keys, clock: StandingClock
) -> None:
    url = f"sqlite:///{tmp_path / 'omzien.db'}"
    store = await open_store(url, keys, clock=clock)
    await keep(store, item())
    await append(store, event())
    with pytest.raises(ReferencesBroken):
        await _lose_items(url)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == item()
    await store.close()


async def _lose_items(url: str) -> None:
    async with migrating(url) as connection:
        await connection.execute(text("DELETE FROM items"))


async def test_partial_indexes_and_clustering_are_as_the_schema_says(tmp_path: Path) -> None:
    """Alembic compares neither."""
    migrated, made = tmp_path / "migrated.db", tmp_path / "made.db"
    await upgrade(f"sqlite:///{migrated}")
    engine = create_engine(f"sqlite:///{made}")
    metadata.create_all(engine)
    engine.dispose()
    assert _definitions(migrated) == _definitions(made)


def _definitions(file: Path) -> dict[str, str | tuple[bool, bool]]:
    """Every index as text, and of every table whether it is clustered and how it counts."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
    return {
        name: " ".join(sql.split())
        if type_ == "index"
        else ("WITHOUT ROWID" in sql, "AUTOINCREMENT" in sql)
        for type_, name, sql in rows
    }
