"""Reading records from one connection, with a map of what is known."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.checkins import CheckIn
from bot.core.forms import Drafts
from bot.core.items import Access, Event, Item
from bot.core.people import Person
from bot.core.ports import Kept, Shown, Thing
from storage import statements as sql
from storage.rows import KINDS, read_access, read_checkin, read_event


class Reader:
    """Loads things once; each load is one statement by an index."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._known: dict[tuple[type[Kept], str], Kept | None] = {}
        self._members: dict[str, list[Person]] = {}
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
        return cast("Thing | None", self._known.get((kind, key)))

    def has(self, thing: Kept) -> bool:
        """Whether the database is known to have exactly this."""
        return self._known.get((type(thing), thing.key)) == thing

    def is_loaded(self, kind: type[Kept], key: str) -> bool:
        """Whether it is known what the database has under this key, if anything."""
        return (kind, key) in self._known

    async def prefetch(self, lanes: Iterable[str]) -> None:
        """Load persons and drafts of these chats, and the items among the other lanes."""
        keys = {_chat(lane) for lane in lanes}
        await self._load(Person, keys)
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

    async def items(self, statement: Executable, **values: Any) -> list[Item]:
        """The items of a query; those whose contents were erased are left out."""
        rows = await self.rows(statement, values)
        return [Item.model_validate_json(row.body) for row in rows if row.body is not None]

    async def history(self, item: str) -> list[Event]:
        """All events of `item`, oldest first."""
        return [read_event(row) for row in await self.rows(sql.history, {"item": item})]

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


def _chat(lane: str) -> str:
    """The person of a lane such as `chat:PERSON` or `card:PERSON:CARD`, else the lane."""
    parts = lane.split(":")
    return parts[1] if len(parts) > 1 else lane
