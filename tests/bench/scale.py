"""Cold start with many items, and memory with many persons, of the real bot as a process."""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox import MovableClock, Sandbox, create_sandbox
from bot.sandbox.phone import Phone
from bot.upkeep import KEY_FILE
from storage import Keys
from tests.bench.crowd import fill_items, fill_people
from tests.pipeline.bot_process import TOKEN, BotProcess

TALKERS = 200
"""Chats that say something before memory is read, so that it is the memory of a working bot."""


async def cold_start(folder: Path, items: int) -> float:
    """Seconds from starting the process until it waits for updates, with this many items."""
    async with _prepared(folder) as (bot, sandbox):
        fill_items(_database(bot), _keys(bot), items)
        begin = time.perf_counter()
        await bot.again()
        await sandbox.world.updates.polled.wait()
        seconds = time.perf_counter() - begin
        await bot.stop()
    return seconds


async def memory(folder: Path, persons: int) -> float:
    """Resident memory in MiB after 200 chats talked, with this many persons known."""
    async with _prepared(folder) as (bot, sandbox):
        fill_people(_database(bot), _keys(bot), persons)
        await bot.again()
        for user in range(TALKERS):
            phone = Phone(sandbox, 50_000 + user)
            await phone.send("/help")
            await phone.expect(lambda bubble: bubble.from_bot, within=60)
        status = Path(f"/proc/{bot.process.pid}/status").read_text(encoding="ascii")
        await bot.stop()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


@asynccontextmanager
async def _prepared(folder: Path) -> AsyncIterator[tuple[BotProcess, Sandbox]]:
    folder.mkdir()
    sandbox = create_sandbox(clock=MovableClock(), cast=(), token=TOKEN, data=None)
    await sandbox.start()
    bot = BotProcess(folder, sandbox.url)
    await bot.command("db", "upgrade")
    yield bot, sandbox
    await sandbox.stop()


def _database(bot: BotProcess) -> Path:
    return bot.folder / "data" / "omzien.sqlite3"


def _keys(bot: BotProcess) -> Keys:
    return Keys.at(bot.folder / "data" / KEY_FILE)
