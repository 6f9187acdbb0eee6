"""Backups of an SQLite database while it is in use, and putting one back."""

import asyncio
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sqlalchemy import make_url

from storage import marks
from storage.engine import engines
from storage.erasing import What, erase, logged
from storage.errors import BackupExists, NoBackup, NoDatabase, NotSqlite, WrongKeys
from storage.sealing import PRIVATE_MODE, Keys, Sealer
from storage.upgrade import upgrade

_FINGERPRINT = "SELECT value FROM meta WHERE name = ?"
Erased = tuple[What, str, datetime]


async def backup(url: str, file: Path) -> None:
    """Write a whole copy to `file` (mode 0600); the bot may go on meanwhile.

    It stands under its name only when it is whole. Raises `NotSqlite`, `NoDatabase` and
    `BackupExists`.
    """
    source = database_file(url)
    if not source.exists():
        raise NoDatabase
    await asyncio.to_thread(_back_up, source, file)


async def restore(url: str, keys: Keys, file: Path) -> None:
    """Put the backup `file` in place of the database, and erase again what was erased since.

    The bot must not run. Raises `NotSqlite`, `NoBackup` and `WrongKeys`; then nothing changed.
    """
    target = database_file(url)
    await asyncio.to_thread(_check, file, marks.fingerprint(Sealer(keys)))
    erased = await _erased(url, keys) if target.exists() else []
    await asyncio.to_thread(_copy, file, target, one_file=False)
    await upgrade(url, keys)
    await _erase_again(url, keys, erased)


def database_file(url: str) -> Path:
    """The file of an SQLite database. Raises `NotSqlite`."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise NotSqlite
    return Path(address.database)


def _back_up(source: Path, file: Path) -> None:
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE))
    try:
        _copy(source, part, one_file=True)
        file.hardlink_to(part)
    except FileExistsError:
        raise BackupExists from None
    finally:
        part.unlink()


def _copy(source: Path, target: Path, *, one_file: bool) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        if one_file:
            new.execute("PRAGMA journal_mode = DELETE")
    target.chmod(PRIVATE_MODE)


def _check(file: Path, fingerprint: str) -> None:
    """Refuse what is no whole backup, or one that was made with other keys."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as backup_:
            whole = backup_.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            made_with = backup_.execute(_FINGERPRINT, (marks.LOOKUP,)).fetchone()
    except sqlite3.DatabaseError:
        raise NoBackup from None
    if not whole or made_with is None:
        raise NoBackup
    if made_with != (fingerprint,):
        raise WrongKeys


async def _erased(url: str, keys: Keys) -> list[Erased]:
    database = engines(url, Sealer(keys))
    try:
        async with database.read() as connection:
            return await logged(connection)
    finally:
        await database.close()


async def _erase_again(url: str, keys: Keys, erased: list[Erased]) -> None:
    database = engines(url, Sealer(keys))
    try:
        async with database.write() as connection:
            for (what, at), group in groupby(erased, key=itemgetter(0, 2)):
                await erase(connection, what, [item for _, item, _ in group], at)
    finally:
        await database.close()
