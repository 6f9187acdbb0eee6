"""The play: the pretend Telegram and the bot together, until they are interrupted."""

import asyncio
import errno
import webbrowser
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from pydantic import SecretStr

from bot.app import Omzien, opened
from bot.config import EXAMPLE, Settings
from bot.core.errors import OmzienError
from bot.core.worktime import Rules
from bot.covenants import load
from bot.demo.cast import cast
from bot.demo.circle import circle_cast
from bot.pipeline.morning import job_times
from bot.sandbox import MovableClock, Sandbox, create_sandbox
from bot.telegram import Telegram
from bot.upkeep import alone
from handlers.story import story
from storage import Store

TOKEN = "424242:oefenruimte"  # noqa: S105 (opens nothing but the sandbox)
LONGEST_SETTLING = 5.0
"""Seconds; a bot that can't go on must not hold the clock."""
LOOK_AGAIN = 0.02
"""Seconds between two looks whether the bot is done."""
FAST = 1000.0
"""Messages per second: the pretend Telegram has no limits to spare."""


class PortTaken(OmzienError):
    """Another program uses this port. Choose one with --port, or any free one with --port 0."""


async def demo(*, port: int, data: Path, covenant: Path | None, browser: bool) -> None:
    """Play until interrupted; the page's address is printed.

    Raises:
        AlreadyRunning: another demo plays in this folder.
        PortTaken: the page can't be shown there.
    """
    with alone(data):
        await _demo(port=port, data=data, covenant=covenant, browser=browser)


async def _demo(*, port: int, data: Path, covenant: Path | None, browser: bool) -> None:
    rules = load(covenant or EXAMPLE, unfinished=True)
    clock = MovableClock(working_moment(rules, datetime.now(UTC)))
    settings = Settings(
        data=data, token=SecretStr(TOKEN), send_rate=FAST, chat_rate=FAST, covenant=covenant
    )
    fresh = not (data / "sandbox").exists()
    async with opened(settings, clock.now) as store:
        now = clock.now()
        people = await cast(rules, store, now, fresh=fresh)
        neighbours, groups = await circle_cast(rules, store, now, fresh=fresh)
        every = [*people, *neighbours]
        keys = [store.lookup("person", persona.user_id) for persona in every]
        sandbox = create_sandbox(
            clock=clock,
            cast=every,
            groups=groups,
            token=TOKEN,
            data=data / "sandbox",
            story=lambda language: story(store, rules, clock.now(), language, keys),
            next_due=store.next_due,
        )
        clock.advance_to(working_moment(rules, clock.now()))  # a kept game may be at night
        try:
            await _listen(sandbox, port)
            await _play(sandbox, settings, rules, store, browser=browser)
        finally:
            await sandbox.stop()


async def _listen(sandbox: Sandbox, port: int) -> None:
    try:
        await sandbox.start(port=port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken from None
        raise


def working_moment(rules: Rules, now: datetime) -> datetime:
    """Now, or when work begins again: after hours partners hear little, and a game stands still."""
    moment = rules.calendar.next_working_moment(now)
    late = rules.calendar.local(moment).time() >= rules.covenant.hours.same_day_until
    return rules.calendar.next_working_moment(moment + timedelta(hours=12)) if late else moment


async def _play(
    sandbox: Sandbox, settings: Settings, rules: Rules, store: Store, *, browser: bool
) -> None:
    telegram = Telegram(TOKEN, sandbox.url)
    bot = Omzien(settings, rules, store, telegram, sandbox.clock.now)
    stop = partial(_next_stop, rules, store, sandbox.clock)
    sandbox.control.live_through(stop, partial(_settled, bot, store))
    print(f"Omzien plays at {sandbox.url} (stop with Ctrl+C)", flush=True)  # noqa: T201 (for people)
    if browser:
        _show(sandbox.url)
    try:
        await bot.run_until_interrupted()
    finally:
        await telegram.close()


async def _next_stop(rules: Rules, store: Store, clock: MovableClock) -> datetime:
    """What the clock may not jump over: a check-in, and a day's messages."""
    now = clock.now()
    message = next(at for at in _messages(rules, now) if at > now)
    return min(await store.next_due() or message, message)


def _messages(rules: Rules, now: datetime) -> Iterator[datetime]:
    """When a message of the day is due, from today on."""
    today = rules.calendar.local(now).date()
    for ahead in count():
        yield from sorted(job_times(rules, today + timedelta(days=ahead)).values())


async def _settled(bot: Omzien, store: Store) -> None:
    """Wait until the bot has done all that is due, and has sent what came of it."""
    await bot.clock_moved()
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_SETTLING):
            # No one event tells that all loops rest.
            while await _busy(store):  # noqa: ASYNC110 (see above)
                await asyncio.sleep(LOOK_AGAIN)


async def _busy(store: Store) -> bool:
    return bool(await store.pending(1) or await store.to_send(1, ()))


def _show(url: str) -> None:
    """Open a window with the page; a browser inside this terminal would take the terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(url)
