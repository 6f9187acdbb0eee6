"""Bringing a database up to date: all migrations in one transaction, checked at the end."""

from sqlalchemy import Connection, inspect, text

from storage.engine import migrating
from storage.errors import SchemaBehind
from storage.sealing import Keys, Sealer

NEWEST = "0003"
"""The revision that this code is written for; a test holds it to the migrations."""
LOCK = 0x4F4D5A49
"""Number of the advisory lock that lets one process migrate at a time on PostgreSQL."""


async def upgrade(url: str, keys: Keys | None = None) -> None:
    """Bring the database up to date, or change nothing when it is already, or when it fails.

    The keys are for what is sealed and must be moved; an empty database needs none. Raises
    `StorageUnavailable`, and `SchemaBehind` for a database of a newer Omzien.
    """
    async with migrating(url) as connection:
        await connection.run_sync(_upgrade, Sealer(keys) if keys else None)


def _upgrade(connection: Connection, sealer: Sealer | None) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
    current = _current(connection)
    if current == NEWEST:
        return
    # Alembic takes a while to load, which a start without work for it need not wait for.
    from storage.migrating import migrate, revisions  # noqa: PLC0415 (see above)

    if current is not None and current not in revisions():
        raise SchemaBehind
    migrate(connection, sealer=sealer)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
