"""Bringing a database up to date: all migrations in one transaction, checked at the end."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.engine import migrating
from storage.errors import SchemaBehind

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x4F4D5A49
"""Number of the advisory lock that lets one process migrate at a time on PostgreSQL."""


async def upgrade(url: str) -> None:
    """Bring the database up to date, or change nothing when it is already, or when it fails.

    Raises `StorageUnavailable`, and `SchemaBehind` for a database of a newer Omzien.
    """
    async with migrating(url) as connection:
        await connection.run_sync(_upgrade)


def newest() -> str:
    """The revision that this code is written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
    current = _current(connection)
    if current == newest():
        return
    config = _config()
    if current is not None and current not in _known(config):
        raise SchemaBehind
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
