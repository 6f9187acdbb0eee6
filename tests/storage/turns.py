"""Short ways to make a turn happen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.core.ports import Fact, Kept, Records
from bot.core.queue import Input
from storage import Store
from tests.storage.samples import arrival


async def arrived(store: Store, number: int = 1, lane: str = "anna") -> Input:
    """One input that waits."""
    await store.receive([arrival(number, lane)])
    return next(i for i in await store.pending(1000) if i.key.endswith(f":{number}"))


@asynccontextmanager
async def turn(store: Store) -> AsyncIterator[Records]:
    """A turn in a batch of its own, kept when it succeeds."""
    async with store.writing() as records:
        yield records


async def keep(store: Store, *things: Kept) -> None:
    """Keep things."""
    async with turn(store) as records:
        for thing in things:
            records.put(thing)


async def append(store: Store, *facts: Fact) -> None:
    """Append facts."""
    async with turn(store) as records:
        for fact in facts:
            records.append(fact)
