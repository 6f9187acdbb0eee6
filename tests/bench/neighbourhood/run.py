"""Running it: the clock goes from one moment at which something happens to the next."""

import logging
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bot.core.worktime import Rules
from bot.sandbox import create_sandbox
from storage import Keys, Store, open_store, schema
from tests.bench.neighbourhood import population, walks
from tests.bench.neighbourhood.agenda import Act, Agenda
from tests.bench.neighbourhood.fingers import World
from tests.bench.neighbourhood.laws import NEXT_STEP, Laws
from tests.bench.neighbourhood.mirror import Happened, Mirror
from tests.bench.neighbourhood.people import People
from tests.bench.neighbourhood.phones import Phones
from tests.bench.neighbourhood.size import MONDAY, Size, covenant, places
from tests.bench.neighbourhood.tally import Tally
from tests.bench.neighbourhood.watch import Alarms, Watch, WatchedLine
from tests.dialogues.village import BOT_ID, Line, StillClock, Village

_KEYS = Keys(sealing=(b"s" * 32,), lookup=b"l" * 32)
"""Always the same, so that a seed gives the same neighbourhood again."""
_AT_ONCE = 100
"""Turns in one transaction, as the worker has them."""
_MOST_DUE = 1000
_GIVE_UP = 200
"""Rounds in which one moment must come to rest."""
_BLOCK_BOT, _LEAVE = 0.004, 0.004
"""Of everyone, in a week."""
_LOOK_AT_BOARD, _REPORT = 0.25, 0.015
"""By everyone, in a month."""
_MEET, _WORRY, _TAKE_OUT = 0.4, 0.4, 0.05
"""By each volunteer, in a month: announces a meeting, passes on a worry, takes somebody out."""
_QUIT = 0.01
"""Of the professionals, in a week."""
_WEEK, _MONTH = timedelta(days=7), timedelta(days=30.4)


@dataclass
class Outcome:
    """All that is to be reported."""

    size: Size
    rules: Rules
    mirror: Mirror
    laws: Laws
    tally: Tally
    sent: int = 0
    pressed: int = 0
    typed: int = 0
    seconds: float = 0.0
    open_by_day: dict[date, int] = field(default_factory=dict)


class Simulation:
    """One neighbourhood with everything that happens in it."""

    def __init__(self, size: Size, village: Village, rules: Rules, rng: random.Random) -> None:
        self._size = size
        self._village = village
        self._rules = rules
        self._rng = rng
        people = population.populate(
            village.store, rules, places(size, random.Random(size.seed)), rng
        )
        self.mirror = Mirror(people)
        self.laws = Laws(rules, self.mirror)
        self.tally = Tally(rules)
        self.agenda = Agenda(rules.calendar, rng)
        self._phones = Phones(village.sandbox, self.mirror)
        world = World(rules, self.mirror, self.agenda, self._phones, village.clock.now)
        self._people = People(world)
        self._phones.looker = self._people
        self._line = WatchedLine(Line(village.sandbox), self.laws)
        village.sender._line = self._line
        village.worker._handle = Watch(village.dispatch, self.mirror, self.laws, self._listen)
        self._open_by_day: dict[date, int] = {}
        self._alarms = Alarms(self.laws)

    async def run(self) -> Outcome:
        """Live through all days."""
        everyone = self.mirror.population
        staff, residents = everyone.staff, everyone.residents
        await population.keep(self._village.store, [*residents, *staff], everyone.groups)
        self._phones.enter()
        self._plan()
        logging.getLogger("bot.pipeline").addHandler(self._alarms)
        begin = time.perf_counter()
        try:
            while (moment := await self._next()) < self._size.end:
                await self._until(moment)
        finally:
            logging.getLogger("bot.pipeline").removeHandler(self._alarms)
        return self._outcome(time.perf_counter() - begin)

    def _plan(self) -> None:
        """When everyone asks for help, and who leaves; and what else happens now and then."""
        people, gathering = self._people, self._people.gathering
        for one in self.mirror.population.residents:
            for moment in self._moments(self._size.asks_per_month, _MONTH):
                self.agenda.at(moment, partial(people.ask, one))
            self._often(_LOOK_AT_BOARD, partial(gathering.look, one))
            self._often(_REPORT, partial(people.report, one))
            if one.neighbour is None:
                at = MONDAY + self._rng.random() * timedelta(days=self._size.days)
                self.agenda.at(at, partial(people.join, one))
            self._once(_BLOCK_BOT, partial(people.block_bot, one))
            self._once(_LEAVE, partial(gathering.begin, one, walks.LEAVE))
            if one.volunteer:
                self._often(_MEET, partial(gathering.steer, one, walks.MEET))
                self._often(_WORRY, partial(gathering.steer, one, walks.WORRY))
                self._often(_TAKE_OUT, partial(gathering.steer, one, walks.OUT))
        for one in self.mirror.population.staff[population.COORDINATORS :]:
            self._once(_QUIT, partial(people.quit, one))

    def _often(self, times: float, act: Act) -> None:
        """Plan it so many times a month, by chance."""
        for moment in self._moments(times * self._size.bustle, _MONTH):
            self.agenda.at(moment, act)

    def _once(self, times: float, act: Act) -> None:
        """Plan it for the first time that it happens, so many times a week."""
        for moment in self._moments(times * self._size.bustle, _WEEK)[:1]:
            self.agenda.at(moment, act)

    def _moments(self, times: float, period: timedelta) -> list[datetime]:
        """Moments that come so many times in a period, by chance."""
        moments, at = [], MONDAY
        while (at := at + period * self._rng.expovariate(times)) < self._size.end:
            moments.append(at)
        return moments

    async def _next(self) -> datetime:
        """When something happens next, at the next full grain."""
        now, village = self._village.clock.now(), self._village
        covenant = self._rules.covenant
        jobs = [village._next_time(at) for at in (covenant.hours.start, covenant.helping.evening)]
        due = await village.store.next_due()
        found = min(m for m in (*jobs, due, self.agenda.next) if m is not None)
        grain = self._size.grain
        late = (found - MONDAY) % grain
        return max(found + (grain - late if late else timedelta(0)), now + grain)

    async def _until(self, moment: datetime) -> None:
        """Go to a moment, and let all that is due then happen and come to rest."""
        village = self._village
        if self._day(moment) != self._day(village.clock.now()):
            await self._day_is_over()
        village.clock.advance(moment - village.clock.now())
        for act in self.agenda.due(moment):
            act()
        await village.morning()
        await village.store.claim_due(moment, _MOST_DUE)
        for _round in range(_GIVE_UP):
            if not await self._worked():
                return
        raise AssertionError("one moment never came to rest")

    async def _worked(self) -> bool:
        """Handle all that came in, together, and send what was decided; False when all is done."""
        village, did = self._village, False
        if updates := await village.updates(None, wait=0):
            await village.receiver.keep(updates)
        while inputs := await village.store.pending(_AT_ONCE):
            await village.worker._together(inputs)
            did = True
        if did:
            await village._send()
        return did

    async def _day_is_over(self) -> None:
        """Every open ask still has a next step; and what is old is put away."""
        self._phones.tidy()
        store, now = self._village.store, self._village.clock.now()
        day = self._day(now)
        await store.retain(self._rules.covenant.retention)
        open_ = await without_next_step(store, now)
        self._open_by_day[day] = sum(ask.open for ask in self.mirror.asks.values())
        self.laws.looked[NEXT_STEP] += self._open_by_day[day]
        for code in open_:
            self.laws.breach(NEXT_STEP, f"{code} on {day}")

    def _day(self, moment: datetime) -> date:
        return self._rules.calendar.local(moment).date()

    def _listen(self, happened: Happened) -> None:
        self._line.decided(happened)
        self.tally.turn(happened, self.mirror)

    def _outcome(self, seconds: float) -> Outcome:
        return Outcome(
            size=self._size, rules=self._rules, mirror=self.mirror, laws=self.laws,
            tally=self.tally, sent=self._line.sent, pressed=self._phones.pressed,
            typed=self._phones.typed, seconds=seconds, open_by_day=self._open_by_day,
        )  # fmt: skip


async def without_next_step(store: Store, now: datetime) -> list[str]:
    """The codes of open asks for which nothing is planned after `now`."""
    asks, checkins = schema.asks, schema.checkins
    latest = (
        select(func.max(checkins.c.due))
        .where(checkins.c.subject == "ask:" + asks.c.key)
        .scalar_subquery()
    )
    open_ = select(asks.c.code, latest.label("due")).where(asks.c.stage != "ended")
    async with store.engines.read() as connection:
        rows = (await connection.execute(open_)).all()
    return [code for code, due in rows if due is None or due <= now.astimezone(UTC)]


@asynccontextmanager
async def opened(size: Size, folder: Path) -> AsyncIterator[Simulation]:
    """A simulation with its database in `folder`."""
    rules = covenant(places(size, random.Random(size.seed)))
    clock = StillClock(MONDAY)
    sandbox = create_sandbox(clock=clock, cast=(), token=f"{BOT_ID}:proef", data=None)
    url = f"sqlite+aiosqlite:///{folder / 'buurt.sqlite3'}"
    store = await open_store(url, _KEYS, clock=clock.now)
    try:
        yield Simulation(
            size, Village(sandbox, store, rules, clock), rules, random.Random(size.seed)
        )
    finally:
        await store.close()


async def simulate(size: Size, folder: Path) -> Outcome:
    """Live through a neighbourhood's months."""
    async with opened(size, folder) as simulation:
        return await simulation.run()
