"""Running the migrations: the one place that needs Alembic, and only when there is work for it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.sealing import Sealer

FOLDER = Path(__file__).parent / "migrations"


def migrate(connection: Connection, to: str = "head", sealer: Sealer | None = None) -> None:
    """Run the migrations that this database lacks up to `to`, in the transaction given."""
    config = _config()
    config.attributes["connection"] = connection
    config.attributes["sealer"] = sealer
    command.upgrade(config, to)


def revisions() -> list[str]:
    """All revisions, the newest first."""
    scripts = ScriptDirectory.from_config(_config())
    return [script.revision for script in scripts.walk_revisions()]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
