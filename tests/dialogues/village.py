"""A whole Omzien in one process: real handlers, storage and sender against a pretend Telegram."""

import json
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.config import EXAMPLE
from bot.core.people import Person, Role
from bot.core.worktime import Rules
from bot.covenants import load
from bot.invites import make_invite
from bot.pipeline.limits import Limits, Rates
from bot.pipeline.loops import Wake
from bot.pipeline.morning import Morning
from bot.pipeline.receiver import Receiver
from bot.pipeline.sender import Sender
from bot.pipeline.worker import Worker
from bot.sandbox import MovableClock, Sandbox, create_sandbox
from bot.sandbox.calls import Call, Upload
from bot.sandbox.errors import ApiError
from bot.sandbox.state import Json
from bot.telegram import Refused, attachment
from handlers import all_handlers
from handlers.dispatch import Dispatch, SilentBot
from handlers.door import Door
from handlers.turn import House
from storage import Keys, Store, open_store
from tests.dialogues.agreement import agreed

MONDAY = datetime.fromisoformat("2026-03-02T10:00+01:00")
"""A working morning, far from holidays and the change of the clocks."""
KEYS = Keys((bytes(range(32)),), bytes(range(32, 64)))
"""The same in every run: people stand in the order of their keyed hashes."""
BOT_ID, BOT_NAME = 424242, "OmzienOefenBot"
NO_LIMIT = 1e9


class StillClock(MovableClock):
    """A clock that stands still until it is moved, so that every run is the same."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._now = start.astimezone(tz=None).astimezone(tz=MONDAY.tzinfo)

    def now(self) -> datetime:
        """The moment that it was moved to."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Jump forward."""
        self._now += by


class Line:
    """Where the sender's calls go: to the pretend Telegram, without a network."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call a method of the Bot API, with all its checks."""
        try:
            # What Telegram gets is JSON: nothing else can be in a call.
            given = json.loads(json.dumps(dict(params)))
            file = attachment(given)
            uploads = {"document": Upload(*file)} if file else {}
            if file:
                del given["document"]
            call = Call(self._sandbox.world, given, uploads)
            body = await self._sandbox.api._answer(method, call)
        except ApiError as error:
            raise Refused(error.code, error.description) from None
        except KeyError:
            raise Refused(404, f"Not Found: {method}") from None
        return json.loads(body)["result"]


@cache
def example() -> Rules:
    """The worked example of a covenant."""
    return load(EXAMPLE)


class Village:
    """Everyone's phones, the bot, and the clock; every turn is committed and loaded again."""

    def __init__(self, sandbox: Sandbox, store: Store, rules: Rules, clock: StillClock) -> None:
        self.sandbox = sandbox
        self.store = store
        self.rules = rules
        self.clock = clock
        house = House(rules, store.lookup, random.Random(7).randrange, BOT_NAME)
        self.dispatch = Dispatch(house, all_handlers(), SilentBot(BOT_ID, BOT_NAME))
        self.house = house
        wake = Wake()
        line = Line(sandbox)
        self.receiver = Receiver(
            self, store, Door(house, self._language), bot_id=BOT_ID, clock=clock.now,
            received=wake, danger=wake,
        )  # fmt: skip
        self.worker = Worker(
            store, self.dispatch, clock=clock.now, received=wake, decided=wake, outside=()
        )
        limits = Limits(Rates(total=NO_LIMIT, chat=NO_LIMIT), lambda: 0.0)
        self.sender = Sender(line, store, limits, clock=clock.now, decided=wake)
        self.morning = Morning(rules, store, clock=clock.now)

    async def updates(self, offset: int | None, *, wait: int) -> list[Json]:
        """What waits on the pretend Telegram, without waiting."""
        del offset, wait
        waiting = self.sandbox.world.updates
        bodies = [json.loads(pending.body) for pending in waiting.waiting]
        waiting.clear()
        return bodies

    async def settle(self, *, at_once: int = 1) -> None:
        """Handle everything that came in, so many turns per transaction, and send what came out."""
        await self.receiver.keep(await self.updates(None, wait=0))
        while inputs := await self.store.pending(at_once):
            await self.worker._together(inputs)
            await self._send()
        await self._send()

    async def advance(self, by: timedelta) -> None:
        """Move the clock, and let everything happen at its own moment on the way."""
        until = self.clock.now() + by
        while (moment := await self._next(until)) < until:
            self.clock.advance(moment - self.clock.now())
            await self._tick()
        self.clock.advance(until - self.clock.now())
        await self._tick()

    async def invite(self, role: Role, partner: str) -> str:
        """A one-time invitation: what stands after `/start`."""
        return await make_invite(self.store, self.rules, role, partner, self.clock.now())

    async def _language(self, key: str) -> str | None:
        async with self.store.reading() as records:
            person = await records.get(Person, key)
        return person.language if person and person.language_chosen else None

    async def _tick(self) -> None:
        await self.morning()
        await self.store.claim_due(self.clock.now(), 1000)
        await self.settle()

    async def _next(self, until: datetime) -> datetime:
        """The next moment at which something is due: a check-in or a message of the day."""
        now = self.clock.now()
        due = await self.store.next_due()
        covenant = self.rules.covenant
        daily = [self._next_time(at) for at in (covenant.hours.start, covenant.helping.evening)]
        return min([until, *daily, *([max(due, now)] if due else [])])

    def _next_time(self, at: time) -> datetime:
        local = self.rules.calendar.local(self.clock.now())
        today = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return today if today > local else today + timedelta(days=1)

    async def _send(self) -> None:
        while outgoing := await self.store.to_send(100, ()):
            for one in outgoing:
                await self.sender._send(one)
            await self.sender._keep()


@asynccontextmanager
async def village(
    folder: Path, start: datetime = MONDAY, changes: Sequence[str] = ()
) -> AsyncIterator[Village]:
    """A village with its database in `folder`, and these changes in its covenant."""
    rules = agreed(example(), changes, start.date())
    clock = StillClock(start)
    sandbox = create_sandbox(clock=clock, cast=(), token=f"{BOT_ID}:proef", data=None)
    store = await open_store(
        f"sqlite+aiosqlite:///{folder / 'proef.sqlite3'}", KEYS, clock=clock.now
    )
    try:
        yield Village(sandbox, store, rules, clock)
    finally:
        await store.close()
