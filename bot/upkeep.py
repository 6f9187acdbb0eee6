"""Upkeep: what the night does by itself, and the commands for the database."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.config import Settings
from bot.core.clock import Clock
from bot.core.errors import OmzienError
from bot.core.worktime import Rules
from storage import Keys, Store, open_store
from storage import backup as back_up
from storage import restore as put_back
from storage import upgrade as bring_up_to_date
from storage.errors import BackupExists, NotSqlite

log = logging.getLogger(__name__)

KEY_FILE = "omzien.key"
LOCK_FILE = "omzien.lock"
BACKUPS = "backups"
AT = time(3, 0)
"""Local time of the night's upkeep: when nobody waits."""


class AlreadyRunning(OmzienError):
    """Omzien already runs on this data folder; stop it first."""


class Nightly:
    """Once a night: erase what has passed its term, make a backup, drop the oldest ones.

    Doing it twice does no harm, so nothing needs to be remembered over a restart.
    """

    def __init__(self, settings: Settings, rules: Rules, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._rules = rules
        self._store = store
        self._clock = clock
        self._done: date | None = None

    async def __call__(self) -> None:
        """Do the night's work if its time has come and it was not done yet."""
        local = self._rules.calendar.local(self._clock())
        if local.time() < AT or self._done == local.date():
            return
        self._done = local.date()
        retention = self._rules.covenant.retention
        erased = await self._store.retain(retention)
        log.info("erased", extra={name.replace(" ", "_"): n for name, n in erased.items()})
        await self._back_up(local.date(), timedelta(days=retention.backups))

    async def _back_up(self, today: date, kept: timedelta) -> None:
        folder = self._settings.data / BACKUPS
        folder.mkdir(mode=0o700, exist_ok=True)
        try:
            await back_up(self._settings.database_url, folder / _name(today))
        except BackupExists:
            log.info("today's backup is there already")
        except NotSqlite:
            return
        oldest = _name(today - kept)
        for file in folder.glob(_name(None)):
            if file.name <= oldest:
                file.unlink()


def _name(day: date | None) -> str:
    return f"omzien-{day or '*'}.sqlite3"


def keys_of(settings: Settings) -> Keys:
    """The keys of these settings, or of the key file, which is made when there is none."""
    if settings.key:
        return Keys.parse(settings.key.get_secret_value())
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Keys.at(settings.data / KEY_FILE)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a second Omzien off this data folder; the lock goes with the process."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield


async def upgrade(settings: Settings) -> None:
    """Bring the database to the newest version; make it when there is none."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    await bring_up_to_date(settings.database_url, keys_of(settings))


async def backup(settings: Settings, file: Path) -> None:
    """Copy the database to `file`, also while the bot runs; the keys are not in it."""
    await back_up(settings.database_url, file)


async def restore(settings: Settings, file: Path) -> None:
    """Put `file` in place of the database, and erase again what was erased since."""
    with alone(settings.data):
        await put_back(settings.database_url, keys_of(settings), file)


async def rotate(settings: Settings) -> int:
    """Seal everything with a new key; returns how many values. Older backups need the old keys.

    The key file keeps them, behind the new one. With OMZIEN_KEY, its first key is the newest.
    """
    with alone(settings.data):
        if settings.key is None:
            keys_of(settings).rotated().replace(settings.data / KEY_FILE)
        store = await open_store(settings.database_url, keys_of(settings), clock=_no_clock)
        try:
            return await store.rotate()
        finally:
            await store.close()


def _no_clock() -> datetime:
    raise AssertionError("sealing anew asks no clock")
