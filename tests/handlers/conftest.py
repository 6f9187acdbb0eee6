"""One village for the tests of a module's case, and a look at what went wrong in it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.forms import Draft, Drafts
from bot.core.people import Person
from bot.sandbox.state import Json, Query
from storage import schema
from tests.dialogues.phones import FIRST_USER
from tests.dialogues.village import Village, village


@dataclass
class Stranger:
    """Someone of whom anything can come, and what the bot said before that."""

    village: Village
    user: int
    seen: frozenset[int] = frozenset()
    toasts: int = 0

    @property
    def key(self) -> str:
        """The person key."""
        return self.village.house.person_key(self.user)

    def next_id(self) -> int:
        """A message id that was not used."""
        return self.village.sandbox.world.counters.next_message()

    def hand_over(self, update: Mapping[str, Any]) -> None:
        """Let Telegram hand over an update; it is handled when the village settles."""
        world = self.village.sandbox.world
        chat = world.chats[self.user]
        self.seen, self.toasts = frozenset(chat.entries), len(chat.toasts)
        query = update.get("callback_query")
        if query:
            world.queries[query["id"]] = Query(self.user, self.user, world.timestamp())
        world.updates.push({"update_id": world.counters.next_update(), **update})

    def said(self) -> list[Json]:
        """What the bot said since the last update."""
        chat = self.village.sandbox.world.chats[self.user]
        new = [e.message for id_, e in chat.entries.items() if id_ not in self.seen]
        return [*new, *chat.toasts[self.toasts :]]

    async def drafts(self) -> Drafts:
        """The forms that are open."""
        async with self.village.store.reading() as records:
            return await records.get(Drafts, self.key) or Drafts(key=self.key)


class Street:
    """Strangers, and all that went wrong with them."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self._strangers: list[Stranger] = []

    def stranger(self) -> Stranger:
        """Someone new, to whom the bot may write."""
        user = FIRST_USER + len(self._strangers)
        self.village.sandbox.control.add_user(user, "Jan")
        self.village.sandbox.control.open_chat(user)
        self._strangers.append(Stranger(self.village, user))
        return self._strangers[-1]

    async def stand(self, drafts: Mapping[int, Draft]) -> None:
        """Let strangers (by Telegram id) have read the notice, with this form open."""
        now = self.village.clock.now()
        async with self.village.store.writing() as records:
            for user, draft in drafts.items():
                key = self.village.house.person_key(user)
                records.put(Person(key=key, address=user, language="nl", informed=now))
                records.put(Drafts(key=key, stack=(draft,)))

    async def settle(self) -> None:
        """Handle all that came in; nothing may fail, be put aside or be refused."""
        await self.village.settle(at_once=100)
        inbox, outbox = schema.inbox.c, schema.outbox.c
        failed = select(inbox.lane).where(inbox.attempts > 0)
        refused = select(outbox.lane).where(outbox.state == schema.PARKED)
        async with self.village.store.engines.read() as connection:
            lanes = {lane for q in (failed, refused) for lane in await connection.scalars(q)}
        users = [s.user for s in self._strangers if s.key in lanes]
        assert not lanes, f"trouble with {users or lanes}"


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    """An empty street on a working morning."""
    async with village(tmp_path) as scene:
        yield Street(scene)
