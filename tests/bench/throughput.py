"""How many updates a second, from Telegram's hands to the reply, beside a bare echo bot."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox import MovableClock, Sandbox, create_sandbox
from tests.pipeline.bot_process import TOKEN, BotProcess

CHATS = 300
RUNS = 3

# A whole report, typed: the same questions that a person on a phone gets.
REPORT = (
    "/melden",
    "Verder",
    "Nee",
    "Iemand anders",
    "Al {chat} nachten harde muziek van de buren op nummer {chat}.",
    "Geluidsoverlast",
    "Dorpsstraat {chat}, Bakel",
    "Weet ik niet",
    "Nee, alleen via deze chat",
    "Versturen",
)
HELP = ("/help",) * len(REPORT)
"""One known answer to each update: the same work as an echo's, but kept and sealed."""
UPDATES = CHATS * len(REPORT)


Start = Callable[["StandIn"], Awaitable[Callable[[], Awaitable[None]]]]
"""Starts a bot against a stand-in; returns what stops it."""


@dataclass
class StandIn:
    """The pretend Telegram of one run, counting what comes back."""

    sandbox: Sandbox
    replies: int = 0
    first_poll: float = 0.0
    last_reply: float = 0.0
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    def watch(self) -> None:
        """Note when the bot first asks for updates, and count its messages from then on."""
        self.sandbox.world.listeners.append(self._on_change)
        updates = self.sandbox.world.updates
        take = updates.take

        async def noted(offset: int, limit: int, wait: float) -> list[bytes]:
            self.first_poll = self.first_poll or time.perf_counter()
            return await take(offset, limit, wait)

        setattr(updates, "take", noted)  # noqa: B010 (the one place that looks over its shoulder)

    def _on_change(self, change: dict[str, object]) -> None:
        if change["kind"] == "message":
            self.replies += 1
            self.last_reply = time.perf_counter()
            if self.replies >= UPDATES:
                self.enough.set()


async def measure(start_bot: Start, texts: Sequence[str] = REPORT) -> float:
    """Updates per second of one bot: all are waiting when it comes up."""
    sandbox = create_sandbox(clock=MovableClock(), cast=(), token=TOKEN, data=None)
    await sandbox.start()
    for chat in range(CHATS):
        sandbox.control.add_user(10_000 + chat, f"Bewoner {chat}", "nl")
    for text in texts:
        for chat in range(CHATS):
            sandbox.control.text(10_000 + chat, text.format(chat=chat + 1))
    stand_in = StandIn(sandbox)
    stand_in.watch()
    stop = await start_bot(stand_in)
    try:
        async with asyncio.timeout(300):
            await stand_in.enough.wait()
    finally:
        await stop()
        await sandbox.stop()
    return UPDATES / (stand_in.last_reply - stand_in.first_poll)


async def with_omzien(stand_in: StandIn) -> Callable[[], Awaitable[None]]:
    """The real bot: its own process, a database with full fsync, sealed."""
    folder = Path(tempfile.mkdtemp(prefix="omzien-bench-"))
    bot = BotProcess(folder, stand_in.sandbox.url, rate=100_000)
    await bot.start()
    return bot.stop


async def with_echo(stand_in: StandIn) -> Callable[[], Awaitable[None]]:
    """The bare echo bot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.echo",
        stand_in.sandbox.url,
        TOKEN,
        stdout=asyncio.subprocess.DEVNULL,
    )

    async def stop() -> None:
        process.kill()
        await process.wait()

    return stop


async def throughput() -> tuple[float, float, float]:
    """Updates per second: echo, Omzien with one answer each, Omzien with whole reports.

    Medians of three runs each, taken in turns.
    """
    echo, answers, reports = [], [], []
    for _ in range(RUNS):
        echo.append(await measure(with_echo))
        answers.append(await measure(with_omzien, HELP))
        reports.append(await measure(with_omzien, REPORT))
    return statistics.median(echo), statistics.median(answers), statistics.median(reports)
