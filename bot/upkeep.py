"""The commands for the database."""

from bot.config import Settings
from storage.upgrade import upgrade as upgrade_database


async def upgrade(settings: Settings) -> None:
    """Bring the database to the newest version; make it when there is none."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    await upgrade_database(settings.database_url)
