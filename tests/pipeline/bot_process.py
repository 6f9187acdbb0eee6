"""The real bot as a process of its own, to start, kill and start again."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.config import EXAMPLE

TOKEN = "987654:proef"  # opens nothing but the pretend Telegram
STOP_SECONDS = 20


class BotProcess:
    """`omzien run` against a pretend Telegram, with its data and its log in `folder`."""

    def __init__(
        self, folder: Path, url: str, *, rate: float = 10_000, covenant: Path = EXAMPLE
    ) -> None:
        self.folder = folder
        self.log = folder / "bot.log"
        self._environment = {
            "PATH": os.environ["PATH"],
            "OMZIEN_TOKEN": TOKEN,
            "OMZIEN_API_URL": url,
            "OMZIEN_DATA": str(folder / "data"),
            "OMZIEN_COVENANT": str(covenant),
            "OMZIEN_SEND_RATE": str(rate),
            "OMZIEN_CHAT_RATE": str(rate),
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The running process."""
        assert self._process is not None, "start the bot first"
        return self._process

    async def start(self) -> None:
        """Start it; it makes its database when there is none."""
        await self.command("db", "upgrade")
        await self._spawn()

    async def again(self) -> None:
        """Start it on the data that is there."""
        await self._spawn()

    async def kill(self) -> None:
        """Pull the plug; one that has ended already stays ended."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOP_SECONDS):
            await self.process.wait()

    async def command(self, *words: str) -> str:
        """Run another `omzien` command on the same data; returns what it prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode == 0, err.decode()
        return out.decode()

    async def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                Path(sys.executable).with_name("omzien"),
                "run",
                env=self._environment,
                stdout=log,
                stderr=log,
            )
