"""Nothing is lost and nothing is doubled when the plug is pulled again and again."""

import asyncio
from collections import Counter
from itertools import chain

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.pipeline.bot_process import BotProcess
from tests.pipeline.leaks import leaks
from tests.pipeline.plug import join, pull_the_plug
from tests.pipeline.reporters import CODE, Neighbour
from tests.pipeline.witness import items_of

CHATS = 200
KILLS = 20
PROFESSIONAL = 7_200_000_001
COORDINATOR = 7_200_000_002


async def test_every_report_arrives_once_over_twenty_kills(
    sandbox: Sandbox, bot: BotProcess
) -> None:
    """200 chats report at once while the bot is killed 20 times: all arrive, once, in order."""
    professional = await join(bot, sandbox, PROFESSIONAL, "professional", "WON")
    coordinator = await join(bot, sandbox, COORDINATOR, "coordinator", "GEM")
    neighbours = [Neighbour(sandbox, number) for number in range(CHATS)]
    reports = asyncio.gather(*(n.report() for n in neighbours))
    await pull_the_plug(bot, sandbox, KILLS, seed=20)
    codes = await reports
    assert len(set(codes)) == CHATS
    # The landlord is unknown, so every report is the coordinator's.
    async with asyncio.timeout(120):
        while not set(codes) <= (alerted := codes_on(coordinator)):
            await coordinator.changed()
    assert alerted == set(codes)
    assert not codes_on(professional)
    assert all(n.asked_in_order() for n in neighbours)
    # Pulled once more, so that the write-ahead log is there to look through, as is a backup.
    await bot.command("db", "backup", str(bot.folder / "copy.sqlite3"))
    await bot.kill()
    assert (bot.folder / "data" / "omzien.sqlite3-wal").stat().st_size > 0
    assert leaks(bot.folder, chain.from_iterable(n.markers() for n in neighbours)) == []

    items = await items_of(bot.folder)
    told = Counter((i.report.text, i.report.voice) for i in items)
    assert told == Counter(n.report_told for n in neighbours)
    assert {i.code for i in items} == set(codes)
    assert {i.report.address for i in items} == {n.marker.address for n in neighbours}
    assert {i.report.name for i in items} == {n.marker.name for n in neighbours}


def codes_on(phone: Phone) -> set[str]:
    """The reference codes in all messages on a phone."""
    return {code for bubble in phone.messages for code in CODE.findall(bubble.text)}


@pytest.mark.parametrize(
    "trouble", ["too_many_requests", "bad_gateway", "drop_before", "drop_after"]
)
async def test_trouble_with_telegram_loses_nothing(
    sandbox: Sandbox, bot: BotProcess, trouble: str
) -> None:
    """While a fifth of all calls fails, every report still arrives once, in order."""
    coordinator = await join(bot, sandbox, COORDINATOR, "coordinator", "GEM")
    sandbox.control.fail(trouble, probability=0.2, seed=7)
    neighbours = [Neighbour(sandbox, number) for number in range(20)]
    codes = await asyncio.gather(*(n.report() for n in neighbours))
    sandbox.control.recover()
    async with asyncio.timeout(60):
        while not set(codes) <= codes_on(coordinator):
            await coordinator.changed()
    assert all(n.asked_in_order() for n in neighbours)
    await bot.stop()
    items = await items_of(bot.folder)
    told = Counter((i.report.text, i.report.voice) for i in items)
    assert told == Counter(n.report_told for n in neighbours)
