"""A circle of neighbours with an ask, and short ways to look at what followed."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Neighbour
from bot.core.items import Access
from storage import schema
from tests.dialogues.neighbourhood import Neighbourhood
from tests.dialogues.phones import Phones, Shown
from tests.dialogues.village import village
from tests.handlers.partners import Partners

KEY = "ask1"
SECRETS = ("Molenstraat 12", "hond is lief", "Anna", "Youssef")
"""What only some may see at some stage: address, words and first names."""
TABLES = (schema.asks, schema.ask_events, schema.neighbours, schema.access_log)
MEMBERS = ("vera (volunteer)", "anna", "youssef", "wil", "mo")


@dataclass
class Near(Partners):
    """The phones of a circle, and what the database holds of its asks."""

    hood: Neighbourhood = field(init=False)

    def __post_init__(self) -> None:
        """Its neighbours speak English."""
        self.phones.language = "en"
        self.hood = Neighbourhood(self.phones)

    async def act(self, name: str, gesture: str) -> list[Shown]:
        """As for partners; a moment later, since nobody taps without end in one moment."""
        self.village.clock.advance(timedelta(seconds=2))
        return await super().act(name, gesture)

    async def decided(self, name: str, gesture: str, reader: str) -> list[dict[str, Any]]:
        """What is to be sent to `reader` after `name` did this, before it is sent."""
        village, outbox = self.village, schema.outbox.c
        self.phones.act(name, gesture)
        await village.receiver.keep(await village.updates(None, wait=0))
        await village.worker._together(await village.store.pending(100))
        waits = (outbox.lane == self.key(reader)) & (outbox.state == schema.WAITING)
        async with village.store.engines.read() as connection:
            found = await connection.scalars(select(outbox.params).where(waits))
            return [json.loads(one) for one in found if one]

    async def ask(self, key: str = KEY) -> Ask:
        """The ask as it is stored now."""
        async with self.village.store.reading() as records:
            found = await records.get(Ask, key)
        assert found is not None
        return found

    async def neighbour(self, name: str) -> Neighbour:
        """Somebody among neighbours, as they are stored now."""
        async with self.village.store.reading() as records:
            return await records.get(Neighbour, self.key(name)) or Neighbour(key=self.key(name))

    async def history(self, key: str = KEY) -> Sequence[AskEvent]:
        """All events of the ask."""
        async with self.village.store.reading() as records:
            return await records.ask_history(key)

    async def reads(self, key: str = KEY) -> Sequence[Access]:
        """Who read the ask."""
        async with self.village.store.reading() as records:
            return await records.accesses(key)

    def key(self, name: str) -> str:
        """The person key of a phone."""
        return self.village.house.person_key(self.phones.user(name))

    async def agreed(self) -> None:
        """Youssef helps Anna, who told him where."""
        await self.act("youssef", "[Yes, …]")
        await self.act("anna", "[Yes, please]")
        await self.act("anna", "Molenstraat 12")
        self.clear()

    def clear(self) -> None:
        """Forget what the phones have shown."""
        for news in self.phones.news.values():
            news.clear()

    async def rows(self) -> Mapping[str, Any]:
        """All that is kept of asks and neighbours, and when they are asked after."""
        found: dict[str, Any] = {}
        async with self.village.store.engines.read() as connection:
            for table in TABLES:
                result = await connection.execute(select(table).order_by(*table.primary_key))
                found[table.name] = [tuple(row) for row in result]
            planned = select(schema.checkins).where(~schema.checkins.c.subject.like("chat:%"))
            found["checkins"] = [tuple(row) for row in await connection.execute(planned)]
        return found


@asynccontextmanager
async def near(folder: Path) -> AsyncIterator[Near]:
    """Anna asks the Molenstraat circle for groceries in two days; Youssef and Wil are invited."""
    async with village(folder) as scene:
        here = Near(Phones(scene))
        await here.hood.place("molenstraat", *MEMBERS)
        await here.hood.place("de-hoeve", "hans (volunteer)", "hilde")
        await here.hood.offer("youssef", "groceries")
        await here.hood.offer("wil", "groceries")
        await here.hood.ask("anna", "groceries", "2 morning")
        for name in ("anna", "vera"):
            await here.act(name, "/help")
        here.clear()
        yield here
