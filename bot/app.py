"""Assembles the parts; the only room that knows them all."""

import asyncio
import gc
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from bot.config import Settings
from bot.core.clock import Clock
from bot.core.errors import OmzienError
from bot.core.people import Person
from bot.core.worktime import Rules
from bot.pipeline.limits import Limits, Rates
from bot.pipeline.loops import FIRST_WAIT, LONGEST_WAIT, Stopping, Wake
from bot.pipeline.morning import Morning
from bot.pipeline.receiver import Receiver
from bot.pipeline.sender import Sender
from bot.pipeline.ticker import Ticker
from bot.pipeline.worker import Worker
from bot.telegram import Refused, Telegram, Unanswered
from bot.upkeep import Nightly, alone, keys_of
from handlers import all_handlers
from handlers.dispatch import Dispatch, SilentBot
from handlers.door import Door
from handlers.menu import commands
from handlers.turn import House
from storage import OUTSIDE, Store, open_store

log = logging.getLogger(__name__)


NOT_OURS = (401, 404)
"""How Telegram answers to a token that it does not know."""
GARBAGE = 20_000
"""New objects between two looks of the garbage collector; Python's own number is 700."""
LOOKUPS = 4096
"""Keyed hashes that are remembered: a chat's is needed with each of its updates."""

Loop = Callable[[Stopping], Coroutine[Any, Any, None]]


class WrongToken(OmzienError):
    """Telegram does not know this token; ask BotFather for the right one."""


class NoToken(OmzienError):
    """Set OMZIEN_TOKEN to the token that BotFather gave you."""


def real_time() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


@dataclass
class Bells:
    """What wakes the loops."""

    received: Wake
    decided: Wake

    def ring(self) -> None:
        """Wake them all."""
        self.received.ring()
        self.decided.ring()


class Omzien:
    """The running bot: four loops around one database."""

    def __init__(
        self, settings: Settings, rules: Rules, store: Store, telegram: Telegram, clock: Clock
    ) -> None:
        self._settings = settings
        self._rules = rules
        self._store = store
        self._telegram = telegram
        self._clock = clock
        self._stopping = Stopping()
        self._bells = Bells(Wake(), Wake())
        self._ticker = Ticker(
            store,
            clock=clock,
            received=self._bells.received,
            morning=Morning(rules, store, clock=clock),
            nightly=Nightly(settings, rules, store, clock),
        )

    async def run(self) -> None:
        """Run until `stop`; what is in a transaction then is finished first."""
        _spare_the_collector()
        me = await self._introduce()
        if me is None:
            return
        loops = self._loops(me, careful=not await self._store.began())
        self._ticker.start()
        tasks = [asyncio.create_task(loop(self._stopping)) for loop in loops]
        tasks.append(asyncio.create_task(self._tell_commands()))
        log.info("running", extra={"bot": me["username"]})
        await self._stopping.wait()
        await self._ticker.stop()
        await asyncio.gather(*tasks)

    async def run_until_interrupted(self) -> None:
        """Run until SIGINT or SIGTERM; mark a clean stop."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self.stop)
        await self.run()
        await self._store.ended()

    def stop(self) -> None:
        """End all loops between two transactions."""
        self._stopping.stop()
        self._bells.ring()

    async def clock_moved(self) -> None:
        """Look at once for what the new time makes due."""
        await self._ticker.tick()

    def _loops(self, me: dict[str, Any], *, careful: bool) -> list[Loop]:
        house = House(
            rules=self._rules,
            lookup=lru_cache(LOOKUPS)(self._store.lookup),
            random=secrets.randbelow,
            bot_name=me["username"],
        )
        bells = self._bells
        receiver = Receiver(
            self._telegram,
            self._store,
            Door(house, self._language_of),
            bot_id=me["id"],
            clock=self._clock,
            received=bells.received,
            danger=bells.decided,
        )
        worker = Worker(
            self._store,
            Dispatch(house, all_handlers(), SilentBot(me["id"], me["username"])),
            clock=self._clock,
            received=bells.received,
            decided=bells.decided,
            outside=OUTSIDE,
            careful=careful,
        )
        rates = Rates(total=self._settings.send_rate, chat=self._settings.chat_rate)
        limits = Limits(rates, asyncio.get_running_loop().time)
        sender = Sender(
            self._telegram, self._store, limits, clock=self._clock, decided=bells.decided
        )
        return [receiver.run, worker.run, sender.run]

    async def _introduce(self) -> dict[str, Any] | None:
        """Ask Telegram who we are, as often as needed; None when it is time to stop.

        A webhook from an earlier life would keep updates from us, so it goes; none is dropped.
        """
        wait = FIRST_WAIT
        while not self._stopping:
            try:
                me = dict(await self._telegram.call("getMe", {}))
                await self._telegram.call("deleteWebhook", {})
            except (Unanswered, Refused) as error:
                if isinstance(error, Refused) and error.code in NOT_OURS:
                    raise WrongToken from None
                log.warning("Telegram does not answer yet")
                await self._stopping.pause(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                return me
        return None

    async def _language_of(self, person: str) -> str | None:
        async with self._store.reading() as records:
            known = await records.get(Person, person)
        return known.language if known and known.language_chosen else None

    async def _tell_commands(self) -> None:
        for params in commands(self._rules.covenant):
            with suppress(Unanswered, Refused):
                await self._telegram.call("setMyCommands", params)


def _spare_the_collector() -> None:
    """Leave modules and covenant out of garbage collection, and look at the rest less often.

    A turn makes many values and hardly a cycle: looking after each 700 is time lost.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)


@asynccontextmanager
async def opened(settings: Settings, clock: Clock = real_time) -> AsyncIterator[Store]:
    """The database of these settings, open; its folder and key file are made if need be."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = await open_store(settings.database_url, keys_of(settings), clock=clock)
    try:
        yield store
    finally:
        await store.close()


async def run(settings: Settings, rules: Rules, clock: Clock) -> None:
    """Run the bot on Telegram until it is interrupted."""
    if settings.token is None:
        raise NoToken
    telegram = Telegram(settings.token.get_secret_value(), settings.api_url)
    try:
        with alone(settings.data):
            async with opened(settings, clock) as store:
                await Omzien(settings, rules, store, telegram, clock).run_until_interrupted()
    finally:
        await telegram.close()


async def bot_link(settings: Settings, start: str) -> str:
    """The address that opens the bot with `/start` and this word behind it."""
    if settings.token is None:
        raise NoToken
    telegram = Telegram(settings.token.get_secret_value(), settings.api_url)
    try:
        me = await telegram.call("getMe", {})
    except Refused:
        raise WrongToken from None
    finally:
        await telegram.close()
    return f"https://t.me/{me['username']}?start={start}"
