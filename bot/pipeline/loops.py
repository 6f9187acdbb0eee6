"""Loops that run while there is work, back off when something outside fails, and stop cleanly."""

import asyncio
import contextlib
import logging
import random
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

log = logging.getLogger(__name__)

_T = TypeVar("_T")

FIRST_WAIT = 0.1
LONGEST_WAIT = 15.0


class Wake:
    """A bell: `ring` tells a loop that there may be work."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits."""
        self._event.set()

    async def wait(self, seconds: float | None = None) -> None:
        """Wait for a ring, at most `seconds`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        self._event.clear()


class Stopping:
    """Says when to stop: loops look at it between two transactions and are never cut off in one."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def stop(self) -> None:
        """Ask every loop to end."""
        self._event.set()

    async def wait(self) -> None:
        """Wait until it is time to stop."""
        await self._event.wait()

    async def race(self, work: Coroutine[Any, Any, _T]) -> _T | None:
        """Do `work`, but give it up when it is time to stop; only for waits on the network."""
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self._event.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for waiting in (task, stop):
                waiting.cancel()
            await asyncio.gather(task, stop, return_exceptions=True)

    async def pause(self, seconds: float) -> None:
        """Wait `seconds`, or less when it is time to stop."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)


async def keep_trying(
    work: Callable[[], Awaitable[None]], *, name: str, stopping: Stopping
) -> None:
    """Run `work` again and again until it is time to stop; after a failure wait, longer each time.

    Nothing ends a loop but stopping: a full disk or a lost connection passes, and then it goes on.
    """
    wait = FIRST_WAIT
    while not stopping:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 (whatever fails outside a turn must not end the loop)
            log.warning("loop failed, trying again", extra={"loop": name, "error": kind(error)})
            # Spread the attempts, so that loops do not knock at the same moment.
            await stopping.pause(wait * random.uniform(0.5, 1.5))  # noqa: S311 (no secret)
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            wait = FIRST_WAIT


def kind(error: BaseException) -> str:
    """What may be logged of an exception: its type and place, never its text, which may quote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
