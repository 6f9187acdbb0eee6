"""Reading records from one connection, with a map of what is known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.checkins import CheckIn
from bot.core.forms import Drafts
from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Neighbour
from bot.core.items import Access, Event, Item
from bot.core.people import Person
from bot.core.ports import Kept, Shown, Thing
from storage import statements as sql
from storage.lists import Lookup
from storage.rows import KINDS, read_access, read_ask_event, read_checkin, read_event

ASK = "ask:"
"""How the lane of an ask's check-ins begins."""

DRAWN = 16
"""Codes that are drawn at once: a batch of turns then looks a few times, not once a turn."""


class Reader:
    """Loads things once; each load is one statement by an index."""

    def __init__(self, connection: AsyncConnection, lookup: Lookup) -> None:
        self._connection = connection
        self.lookup = lookup
        self._known: dict[tuple[type[Kept], str], Kept | None] = {}
        self._members: dict[str, list[Person]] = {}
        self._free_codes: list[str] = []
        self.broken: Exception | None = None
        """What the database refused: after it, nothing of this transaction counts."""

    async def get(self, kind: type[Thing], key: str) -> Thing | None:
        """The thing with this key, or None; one whose contents were erased is None."""
        if (kind, key) not in self._known:
            rows = await self.rows(sql.body_of(KINDS[kind].table), {"key": key})
            self._know(kind, key, rows[0].body if rows else None)
        return cast("Thing | None", self._known[kind, key])

    def known(self, kind: type[Thing], key: str) -> Thing | None:
        """The thing as it was loaded; None when it is not there or was never loaded."""
        return cast("Thing | None", self.loaded(kind, key))

    def loaded(self, kind: type[Kept], key: str) -> Kept | None:
        """The same, for a thing of any type."""
        return self._known.get((kind, key))

    def has(self, thing: Kept) -> bool:
        """Whether the database is known to have exactly this."""
        return self._known.get((type(thing), thing.key)) == thing

    def is_loaded(self, kind: type[Kept], key: str) -> bool:
        """Whether it is known what the database has under this key, if anything."""
        return (kind, key) in self._known

    async def prefetch(self, lanes: Iterable[str]) -> None:
        """Load who these chats are and their drafts, and the items and asks among the lanes."""
        named = {lane: _named(lane) for lane in lanes}
        asks = {key for lane, key in named.items() if lane.startswith(ASK)}
        await self._load(Ask, asks)
        parties = {p for key in asks if (ask := self.known(Ask, key)) for p in ask.parties}
        keys = {key for lane, key in named.items() if not lane.startswith(ASK)}
        await self._load(Neighbour, keys | parties)
        await self._load(Person, keys | parties)
        await self._load(Drafts, keys)
        await self._load(Item, {key for key in keys if self.known(Person, key) is None})

    async def _load(self, kind: type[Kept], keys: set[str]) -> None:
        missing = sorted(key for key in keys if (kind, key) not in self._known)
        if not missing:
            return
        found = await self.rows(sql.bodies_of(KINDS[kind].table), {"keys": missing})
        bodies = {row.key: row.body for row in found}
        for key in missing:
            self._know(kind, key, bodies.get(key))

    async def members(self, partner: str) -> Sequence[Person]:
        """Everyone with a membership at `partner`."""
        if partner not in self._members:
            rows = await self.rows(sql.members_of, {"partner": partner})
            self._members[partner] = [Person.model_validate_json(row.body) for row in rows]
        return self._members[partner]

    async def free_codes(self, draw: Callable[[], str]) -> list[str]:
        """Codes that nothing in the database has; whoever takes one takes it out."""
        if not self._free_codes:
            drawn = list(dict.fromkeys(draw() for _n in range(DRAWN)))
            taken = {row.code for row in await self.rows(sql.codes_taken, {"codes": drawn})}
            self._free_codes = [code for code in drawn if code not in taken]
        return self._free_codes

    async def things(self, kind: type[Thing], statement: Executable, **values: Any) -> list[Thing]:
        """The things of a query; those whose contents were erased are left out."""
        rows = await self.rows(statement, values)
        return [kind.model_validate_json(row.body) for row in rows if row.body is not None]

    async def many(self, kind: type[Thing], keys: Iterable[str]) -> list[Thing]:
        """The things with these keys that there are, in one go."""
        wanted = sorted(set(keys))
        await self._load(kind, set(wanted))
        return [thing for key in wanted if (thing := self.known(kind, key)) is not None]

    async def history(self, item: str) -> list[Event]:
        """All events of `item`, oldest first."""
        return [read_event(row) for row in await self.rows(sql.history, {"item": item})]

    async def ask_history(self, ask: str) -> list[AskEvent]:
        """All events of `ask`, oldest first."""
        return [read_ask_event(row) for row in await self.rows(sql.ask_history, {"ask": ask})]

    async def accesses(self, item: str) -> list[Access]:
        """Who read `item`, oldest first."""
        return [read_access(row) for row in await self.rows(sql.accesses, {"item": item})]

    async def scheduled(self, subject: str) -> list[CheckIn]:
        """The check-ins of `subject` by due time."""
        return [read_checkin(row) for row in await self.rows(sql.scheduled, {"subject": subject})]

    async def shown(self, chat: str) -> list[Shown]:
        """The messages in this chat, oldest first."""
        rows = await self.rows(sql.shown, {"chat": chat})
        return [Shown.model_validate(dict(row._mapping)) for row in rows]  # noqa: SLF001 (public in SQLAlchemy: the underscore only keeps column names free)

    async def message(self, chat: str, message_id: int) -> Shown | None:
        """One message, or None."""
        rows = await self.rows(sql.message, {"chat": chat, "message_id": message_id})
        return Shown.model_validate(dict(rows[0]._mapping)) if rows else None  # noqa: SLF001 (as above)

    async def rows(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Every row of a statement."""
        try:
            return (await self._connection.execute(statement, dict(values))).all()
        except DBAPIError as error:
            self.broken = error
            raise

    def _know(self, kind: type[Kept], key: str, body: bytes | None) -> None:
        self._known[kind, key] = None if body is None else kind.model_validate_json(body)


def _named(lane: str) -> str:
    """The key in a lane such as `chat:PERSON`, `card:PERSON:CARD` or `ask:ASK`, else the lane."""
    parts = lane.split(":")
    return parts[1] if len(parts) > 1 else lane
