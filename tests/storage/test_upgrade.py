"""Migrations make exactly the tables that the code is written for, and keep what is in them."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from storage import Store, upgrade
from storage.schema import metadata


async def test_the_migrated_tables_are_the_tables_in_the_schema(store: Store) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    async with store.engines.write() as connection:
        assert await connection.run_sync(differences) == []


async def test_upgrading_twice_changes_nothing(url: str, store: Store) -> None:
    await upgrade(url)
    assert await store.next_due() is None
