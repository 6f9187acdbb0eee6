"""Reads what a stopped bot has in its database, with the keys that it left beside it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import opened
from bot.config import Settings
from bot.core.items import Item
from storage import Store

MOST = 10_000


@asynccontextmanager
async def store_of(folder: Path) -> AsyncIterator[Store]:
    """The store of the bot whose data is in `folder`."""
    async with opened(Settings(data=folder / "data")) as store:
        yield store


async def items_of(folder: Path) -> Sequence[Item]:
    """The open items of the bot whose data is in `folder`."""
    async with store_of(folder) as store, store.reading() as records:
        return await records.open_items(MOST)
