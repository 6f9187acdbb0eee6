"""What the night does, and that two Omziens never share a data folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import opened
from bot.config import EXAMPLE, Settings
from bot.core.people import Invite, Role
from bot.covenants import load
from bot.sandbox import MovableClock
from bot.upkeep import (
    BACKUPS,
    KEY_FILE,
    AlreadyRunning,
    Nightly,
    alone,
    backup,
    keys_of,
    restore,
    rotate,
)
from storage import Keys

AFTERNOON = datetime(2026, 3, 2, 13, tzinfo=UTC)


def backups(settings: Settings) -> list[str]:
    """The names of the backups, oldest first."""
    return sorted(file.name for file in (settings.data / BACKUPS).glob("*"))


async def test_each_night_makes_one_backup_and_drops_the_oldest(tmp_path: Path) -> None:
    """After forty nights the backups of the last thirty days are there, and no others."""
    clock, settings, rules = MovableClock(AFTERNOON), Settings(data=tmp_path), load(EXAMPLE)
    async with opened(settings, clock.now) as store:
        nightly = Nightly(settings, rules, store, clock.now)
        for _ in range(40):
            await nightly()
            await nightly()
            clock.advance(timedelta(days=1))
    assert backups(settings)[0] == "omzien-2026-03-12.sqlite3"
    assert backups(settings)[-1] == "omzien-2026-04-10.sqlite3"
    assert len(backups(settings)) == 30
    made = tmp_path / BACKUPS / backups(settings)[0]
    assert made.stat().st_mode & 0o077 == 0, "others can't read it"


async def test_nothing_happens_before_three_at_night(tmp_path: Path) -> None:
    """Between midnight and three the night's work waits."""
    clock = MovableClock(datetime(2026, 3, 2, 0, 30, tzinfo=UTC))
    settings, rules = Settings(data=tmp_path), load(EXAMPLE)
    async with opened(settings, clock.now) as store:
        await Nightly(settings, rules, store, clock.now)()
    assert not (tmp_path / BACKUPS).exists()


def test_a_second_omzien_is_refused(tmp_path: Path) -> None:
    """One process per data folder; when it ends, the next may start."""
    with alone(tmp_path), pytest.raises(AlreadyRunning), alone(tmp_path):
        pytest.fail("two at once")
    with alone(tmp_path):
        pass


async def test_a_backup_can_be_put_back(tmp_path: Path) -> None:
    """What is in a backup is there again after restoring it, and not while the bot runs."""
    settings = Settings(data=tmp_path / "data")
    async with opened(settings) as store:
        assert await store.began() is True
        await store.ended()
    await backup(settings, tmp_path / "copy.sqlite3")
    (settings.data / "omzien.sqlite3").unlink()
    with alone(settings.data), pytest.raises(AlreadyRunning):
        await restore(settings, tmp_path / "copy.sqlite3")
    await restore(settings, tmp_path / "copy.sqlite3")
    assert (settings.data / "omzien.sqlite3").exists()


async def test_everything_gets_a_new_seal(tmp_path: Path) -> None:
    """After rotating, what was there is read with the new key alone."""
    settings = Settings(data=tmp_path)
    invite = Invite(key="k", partner="WON", role=Role.COACH, expires=AFTERNOON)
    async with opened(settings) as store, store.writing() as records:
        records.put(invite)
    assert await rotate(settings) == 1
    keys = keys_of(settings)
    assert len(keys.sealing) == 2
    Keys(keys.sealing[:1], keys.lookup).replace(tmp_path / KEY_FILE)
    async with opened(settings) as store, store.reading() as records:
        assert await records.get(Invite, "k") == invite
