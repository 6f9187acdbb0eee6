"""The ticker: APScheduler asks what is due; what is due lives in the database."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.clock import Clock
from bot.core.queue import Queue
from bot.pipeline.loops import Wake

EVERY = timedelta(seconds=5)
NIGHTLY_EVERY = timedelta(minutes=1)
CHUNK = 1000
"""Check-ins claimed in one transaction."""


class Ticker:
    """One tick for what is due. A missed tick, a restart or a second worker loses nothing."""

    def __init__(
        self,
        queue: Queue,
        *,
        clock: Clock,
        received: Wake,
        morning: Callable[[], Awaitable[None]],
        nightly: Callable[[], Awaitable[None]],
    ) -> None:
        """Wire the ticker; `morning` and `nightly` see for themselves whether it is time."""
        self._queue = queue
        self._clock = clock
        self._received = received
        self._morning = morning
        self._nightly = nightly
        self._at_work: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for work, every in ((self.tick, EVERY), (self.night, NIGHTLY_EVERY)):
            # Late is better than never, and a heap of missed ticks is one tick.
            self._scheduler.add_job(
                partial(self._do, work),
                "interval",
                seconds=every.total_seconds(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; what is at work is finished first."""
        self._scheduler.shutdown(wait=False)
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def tick(self) -> None:
        """Queue everything that is due now."""
        await self._morning()
        while await self._queue.claim_due(self._clock(), CHUNK) == CHUNK:
            self._received.ring()
        self._received.ring()

    async def night(self) -> None:
        """Do the night's work when it is time."""
        await self._nightly()

    async def _do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do a job out of the scheduler's reach: it cancels what it runs when it is shut down, and
        a cancelled statement keeps the database's lock.
        """
        task = asyncio.create_task(work())
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        await asyncio.shield(task)
