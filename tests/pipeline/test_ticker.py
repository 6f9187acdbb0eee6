"""The ticker: whatever it is given is really done."""

import asyncio
from datetime import UTC, datetime

from bot.pipeline.loops import Wake
from bot.pipeline.ticker import Ticker
from storage import Store

SECONDS = 10


class Work:
    """An object that is called, as the night's work is."""

    def __init__(self) -> None:
        self.done = asyncio.Event()

    async def __call__(self) -> None:
        self.done.set()


async def test_the_morning_and_the_night_are_awaited(store: Store) -> None:
    """Both jobs of the scheduler do their work, also when it is an object."""
    morning, night = Work(), Work()

    def clock() -> datetime:
        return datetime(2026, 3, 2, 13, tzinfo=UTC)

    ticker = Ticker(store, clock=clock, received=Wake(), morning=morning, nightly=night)
    ticker.start()
    try:
        for job in ticker._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))
        async with asyncio.timeout(SECONDS):
            await morning.done.wait()
            await night.done.wait()
    finally:
        await ticker.stop()


async def test_what_is_at_work_is_finished_before_it_stops(store: Store) -> None:
    """A cancelled statement would keep the database's lock."""
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def morning() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    def clock() -> datetime:
        return datetime(2026, 3, 2, 13, tzinfo=UTC)

    ticker = Ticker(store, clock=clock, received=Wake(), morning=morning, nightly=Work())
    ticker.start()
    for job in ticker._scheduler.get_jobs():
        job.modify(next_run_time=datetime.now(UTC))
    async with asyncio.timeout(SECONDS):
        await begun.wait()
        stopping = asyncio.create_task(ticker.stop())
        may_end.set()
        await stopping
    assert ended.is_set()
