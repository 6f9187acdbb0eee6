"""`omzien demo` as a process of its own, to start, stop and start again."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

START_SECONDS = 40
STOP_SECONDS = 20


class DemoProcess:
    """The command with its game kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> str:
        """Start it on a free port; returns the address that it prints."""
        self._process = await self._spawn(0)
        assert self._process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            said = (await self._process.stdout.readline()).decode()
        found = re.fullmatch(r"Omzien plays at (http://\S+) \(stop with Ctrl\+C\)\n", said)
        assert found, said
        return found[1]

    async def interrupt(self) -> tuple[int | None, str]:
        """Press Ctrl+C; returns the exit code and whatever it said after its first line."""
        assert self._process is not None, "start the demo first"
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        return await self._end(self._process)

    @property
    def started(self) -> bool:
        """Whether there is something to end."""
        return self._process is not None

    async def refused(self, port: int) -> tuple[int | None, str]:
        """Start it on a port that it can't have; returns the exit code and what it said."""
        return await self._end(await self._spawn(port))

    async def _spawn(self, port: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--no-browser"),
            *("--port", str(port), "--data", str(self._folder)),
            env={"PATH": os.environ["PATH"]},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def _end(self, process: asyncio.subprocess.Process) -> tuple[int | None, str]:
        async with asyncio.timeout(START_SECONDS + STOP_SECONDS):
            said, _nothing = await process.communicate()
        return process.returncode, said.decode()
