"""Records for one turn: what is stored, what the batch changed, and what this turn changes."""

from collections.abc import Callable, Iterable, Sequence

from bot.core.checkins import CheckIn
from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Neighbour
from bot.core.items import Access, Event, Item
from bot.core.matching import Funnel, Wanted
from bot.core.people import Person
from bot.core.ports import Fact, Kept, PutAside, Shown, Thing
from storage import matching
from storage import statements as sql
from storage.layer import Layer
from storage.lists import behalf, board, place, promises
from storage.reading import Reader
from storage.rows import due_day, urgency
from storage.schema import inbox

RAISED = 50
HELD = 200


class TurnRecords:
    """Implements the port `Records`.

    The rule for a query over many rows: take what the database has, leave out what was changed
    since, add the changed things that belong, and put them in order.
    """

    def __init__(self, reader: Reader, batch: Layer) -> None:
        self._reader = reader
        self._batch = batch
        self.changes = Layer()

    async def get(self, kind: type[Thing], key: str) -> Thing | None:
        """The thing with this key, or None."""
        for layer in (self.changes, self._batch):
            if key in layer.of(kind):
                return layer.of(kind)[key]
        return await self._reader.get(kind, key)

    def put(self, thing: Kept) -> None:
        """Keep `thing` in place of what had its key."""
        self.changes.put(thing)

    def discard(self) -> None:
        """Forget everything that this turn changed so far."""
        self.changes = Layer()

    def append(self, fact: Fact) -> None:
        """Add to a history, the access log, the outbox or the chat's messages."""
        self.changes.append(fact)

    def schedule(self, subject: str, checkins: Sequence[CheckIn]) -> None:
        """Replace all check-ins of `subject`."""
        self.changes.schedule(subject, checkins)

    async def scheduled(self, subject: str) -> Sequence[CheckIn]:
        """The check-ins of `subject` by due time."""
        for layer in (self.changes, self._batch):
            if subject in layer.schedules:
                return layer.schedules[subject]
        return await self._reader.scheduled(subject)

    async def members(self, partner: str) -> Sequence[Person]:
        """Everyone with a membership at `partner`."""
        people = await self._reader.members(partner)
        changed = self._changed(Person)
        merged = _overlaid(people, changed, lambda p: partner in p.partners)
        return sorted(merged, key=lambda p: p.key)

    async def item_by_code(self, code: str) -> Item | None:
        """The item that people call `code`, or None."""
        changed = self._changed(Item)
        found = next((item for item in changed.values() if item.code == code), None)
        if found is not None:
            return found
        stored = await self._reader.things(Item, sql.item_of_code, code=code)
        return changed.get(stored[0].key, stored[0]) if stored else None

    async def free_code(self, draw: Callable[[], str]) -> str | None:
        """A code that no item and no ask has, nor had before its contents were erased.

        Several are drawn and looked up at once, also for turns to come; None: all were taken.
        """
        taken = {item.code for item in self._changed(Item).values()}
        taken |= {ask.code for ask in self._changed(Ask).values()}
        free = await self._reader.free_codes(draw)
        while free:
            if (code := free.pop()) not in taken:
                return code
        return None

    async def raised_by(self, person: str) -> Sequence[Item]:
        """The items of this reporter, newest first; at most 50."""
        changed = self._changed(Item)
        stored = await self._reader.things(
            Item, sql.items_raised_by, person=person, limit=RAISED + len(changed)
        )
        merged = _overlaid(stored, changed, lambda item: item.reporter == person)
        return sorted(merged, key=lambda item: item.created, reverse=True)[:RAISED]

    async def held_by(self, partner: str) -> Sequence[Item]:
        """The open items in which `partner` has a part, the most urgent first; at most 200."""
        changed = self._changed(Item)
        stored = await self._reader.things(
            Item, sql.items_held_by, partner=partner, limit=HELD + len(changed)
        )
        merged = _overlaid(stored, changed, lambda item: item.open and partner in item.holders)
        return sorted(merged, key=urgency)[:HELD]

    async def open_items(self, limit: int) -> Sequence[Item]:
        """Open items of all partners, the most urgent first."""
        changed = self._changed(Item)
        stored = await self._reader.things(Item, sql.items_open, limit=limit + len(changed))
        return sorted(_overlaid(stored, changed, lambda i: i.open), key=urgency)[:limit]

    async def ended_items(self, limit: int) -> Sequence[Item]:
        """Items that have ended, the latest first."""
        changed = self._changed(Item)
        stored = await self._reader.things(Item, sql.items_ended, limit=limit + len(changed))
        merged = _overlaid(stored, changed, lambda item: not item.open)
        return sorted(merged, key=lambda i: i.ended or i.created, reverse=True)[:limit]

    async def put_aside(self, limit: int) -> Sequence[PutAside]:
        """What failed for good, the latest first; of each of both sorts at most `limit`."""
        found = [
            PutAside(reference=str(row.seq), came_in=table is inbox, at=row.at)
            for table, statement in sql.put_aside.items()
            for row in await self._reader.rows(statement, {"limit": limit})
        ]
        left = set(found) - self._batch.again - self.changes.again
        return sorted(left, key=lambda aside: (aside.at, aside.reference), reverse=True)

    def again(self, one: PutAside) -> None:
        """Handle or send once more what was put aside; nothing when it no longer is."""
        self.changes.again.add(one)

    async def history(self, item: str) -> Sequence[Event]:
        """All events of `item`, oldest first."""
        stored = await self._reader.history(item)
        return stored + [e for e in (*self._batch.events, *self.changes.events) if e.item == item]

    async def accesses(self, item: str) -> Sequence[Access]:
        """Who read `item`, oldest first."""
        newer = (*self._batch.accesses, *self.changes.accesses)
        return await self._reader.accesses(item) + [a for a in newer if a.item == item]

    async def ask_by_code(self, code: str) -> Ask | None:
        """The ask that people call `code`, or None."""
        changed = self._changed(Ask)
        found = next((ask for ask in changed.values() if ask.code == code), None)
        if found is not None:
            return found
        stored = await self._reader.things(Ask, sql.ask_of_code, code=code)
        return changed.get(stored[0].key, stored[0]) if stored else None

    async def asked_by(self, person: str) -> Sequence[Ask]:
        """The asks of this asker, open ones first, then newest first; at most 50."""
        changed = self._changed(Ask)
        limit = RAISED + len(changed)
        stored = {
            ask.key: ask
            for asked in (sql.open_asks_of, sql.asks_of)
            for ask in await self._reader.things(Ask, asked, person=person, limit=limit)
        }
        merged = _overlaid([*stored.values()], changed, lambda ask: ask.asker == person)
        return sorted(merged, key=lambda ask: (ask.open, ask.created), reverse=True)[:RAISED]

    async def helped_by(self, person: str) -> Sequence[Ask]:
        """The open asks that this person helps with or takes over, the most urgent first."""
        return await self._asks_at(promises(person), lambda ask: person in ask.helping)

    async def put_by(self, person: str) -> Sequence[Ask]:
        """The open asks that this person put for somebody without a chat, most urgent first."""
        return await self._asks_at(behalf(person), lambda ask: not ask.asker and ask.by == person)

    async def asks_in(self, circle: str) -> Sequence[Ask]:
        """The open asks of this circle (empty: of no circle), the most urgent first."""
        return await self._asks_at(board(circle), lambda ask: (ask.wish.circle or "") == circle)

    async def _asks_at(self, name: str, belongs: Callable[[Ask], bool]) -> Sequence[Ask]:
        changed = self._changed(Ask)
        where, limit = place(self._reader.lookup, name), HELD + len(changed)
        stored = await self._reader.things(Ask, sql.asks_at, place=where, limit=limit)
        merged = _overlaid(stored, changed, lambda ask: ask.open and belongs(ask))
        return sorted(merged, key=lambda ask: (due_day(ask), ask.created, ask.key))[:HELD]

    async def ask_history(self, ask: str) -> Sequence[AskEvent]:
        """All events of `ask`, oldest first."""
        newer = (*self._batch.ask_events, *self.changes.ask_events)
        return await self._reader.ask_history(ask) + [e for e in newer if e.ask == ask]

    async def neighbours_in(self, circle: str) -> Sequence[Neighbour]:
        """Everyone with a place in this circle, approved or not, by key."""
        where = place(self._reader.lookup, board(circle))
        stored = await self._reader.things(Neighbour, sql.neighbours_in, circle=where)
        merged = _overlaid(
            stored, self._changed(Neighbour), lambda n: circle in {b.circle for b in n.circles}
        )
        return sorted(merged, key=lambda neighbour: neighbour.key)

    async def helpers_for(self, wanted: Wanted, limit: int) -> Sequence[Neighbour]:
        """Neighbours who fit, in the order in which they are asked; at most `limit`."""
        return await matching.helpers(self._reader, self._changed(Neighbour), wanted, limit)

    async def funnel(self, wanted: Wanted) -> Funnel:
        """How many offers fall at which gate, counted by index."""
        return await matching.funnel(self._reader, self._changed(Neighbour), wanted)

    async def shown(self, chat: str) -> Sequence[Shown]:
        """The messages that stand in this chat, oldest first."""
        stored = {(m.chat, m.message_id): m for m in await self._reader.shown(chat)}
        for layer in (self._batch, self.changes):
            for message in layer.forgotten:
                stored.pop(message, None)
            for message, heard in layer.heard.items():
                if heard.chat == chat and message not in stored:
                    stored[message] = _as_shown(layer, message)
        return [stored[message] for message in sorted(stored)]

    async def message(self, chat: str, message_id: int) -> Shown | None:
        """The message in this chat, or None when it is not remembered."""
        message = (chat, message_id)
        for layer in (self.changes, self._batch):
            if message in layer.heard:
                return _as_shown(layer, message)
            if message in layer.forgotten:
                return None
        return await self._reader.message(chat, message_id)

    def forget_messages(self, chat: str, message_ids: Sequence[int]) -> None:
        """Forget messages that were deleted from the chat."""
        self.changes.forget((chat, message_id) for message_id in message_ids)

    def _changed(self, kind: type[Thing]) -> dict[str, Thing]:
        return self._batch.of(kind) | self.changes.of(kind)


def _overlaid(
    stored: Iterable[Thing], changed: dict[str, Thing], belongs: Callable[[Thing], bool]
) -> list[Thing]:
    """What is stored and was not changed, and what was changed and belongs."""
    kept = [thing for thing in stored if thing.key not in changed]
    return kept + [thing for thing in changed.values() if belongs(thing)]


def _as_shown(layer: Layer, message: tuple[str, int]) -> Shown:
    heard = layer.heard[message]
    return Shown(
        chat=heard.chat,
        message_id=heard.message_id,
        card=None,
        item=heard.item,
        at=heard.at,
        ours=False,
    )
