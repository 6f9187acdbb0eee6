"""A real store in a temporary folder and a pretend Telegram in this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import MovableClock, Sandbox, create_sandbox
from bot.telegram import Telegram
from storage import Keys, Store, open_store
from tests.pipeline.bot_process import TOKEN, BotProcess


@pytest.fixture
def clock() -> MovableClock:
    """The time that a test can move."""
    return MovableClock()


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    """A pretend Telegram that outlives the bot."""
    made = create_sandbox(clock=clock, cast=(), token=TOKEN, data=None)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def store(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Store]:
    """An empty database."""
    opened = await open_store(f"sqlite:///{tmp_path / 'test.db'}", Keys.generate(), clock=clock.now)
    yield opened
    await opened.close()


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[Telegram]:
    """A line to the pretend Telegram."""
    line = Telegram(TOKEN, sandbox.url)
    yield line
    await line.close()


@pytest.fixture
async def bot(tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[BotProcess]:
    """The real bot against the pretend Telegram, started; it never outlives its test."""
    process = BotProcess(tmp_path, sandbox.url)
    await process.start()
    yield process
    await process.kill()
