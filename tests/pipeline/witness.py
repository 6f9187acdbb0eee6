"""Reads what a stopped bot has in its database, with the keys that it left beside it."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import opened
from bot.config import Settings
from bot.core.checkins import CheckIn
from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.neighbours import Neighbour
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


@dataclass(frozen=True)
class Seen:
    """All open asks by code, with their histories and what is planned for them by key."""

    asks: Sequence[Ask]
    histories: Mapping[str, Sequence[AskEvent]]
    planned: Mapping[str, Sequence[CheckIn]]
    neighbours: Mapping[int, Neighbour]
    """By Telegram id."""
    users: Mapping[str, int]
    """The Telegram id by the key of the person."""

    def all_of(self, kind: AskEventKind, ask: Ask) -> Sequence[AskEvent]:
        """What happened of this kind."""
        return [event for event in self.histories[ask.key] if event.kind is kind]


async def asks_of(folder: Path, circles: Iterable[str], users: Iterable[int]) -> Seen:
    """The open asks in these circles and in none, and what these persons are to neighbours."""
    async with store_of(folder) as store, store.reading() as records:
        asks = [ask for circle in ("", *circles) for ask in await records.asks_in(circle)]
        keys = {user: store.lookup("person", user) for user in users}
        found = {user: await records.get(Neighbour, key) for user, key in keys.items()}
        return Seen(
            asks=asks,
            histories={ask.key: await records.ask_history(ask.key) for ask in asks},
            planned={ask.key: await records.scheduled(f"ask:{ask.key}") for ask in asks},
            neighbours={user: one for user, one in found.items() if one},
            users={key: user for user, key in keys.items()},
        )
