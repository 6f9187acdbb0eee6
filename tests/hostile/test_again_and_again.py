"""The same press again: twice at once, twice after each other, or all day long."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.forms import Drafts
from bot.core.items import EventKind, Stage
from storage import schema
from tests.handlers.partners import NOISE, Partners, partners
from tests.hostile.looking import rows, verbs
from tests.hostile.test_buttons import WORKING

OPENING = "open"
"""Each opening is a reading of its own, and logged as such."""
LAST = ("how_worse", "how_same", "how_stop", "how_good", "decline", "reopen", "withdraw_yes")
"""These change what the others find, so they come at the end."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """A report that a mediator holds, closed by nobody."""
    async with partners(tmp_path) as scene:
        yield scene


async def kinds(scene: Partners) -> list[EventKind]:
    """What happened to the item."""
    async with scene.village.store.reading() as records:
        return [event.kind for event in await records.history("item-1")]


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.HELD, Stage.CLOSED])
async def test_a_replayed_press_does_nothing_more(scene: Partners, stage: Stage) -> None:
    """By who may press it: the second time, in the same transaction or later, changes no item."""
    key = await scene.report(NOISE)
    if stage is not Stage.WAITING:
        await scene.act("bart", f"<forged: accept:{key}:2>")
    if stage is Stage.CLOSED:
        for gesture in (f"<forged: close:{key}:3>", "[It is solved]", "[No note]"):
            await scene.act("bart", gesture)
    for verb in (*(v for v in verbs() if v not in (OPENING, *LAST)), *LAST):
        for name in ("bea", "carla") if verb in WORKING else ("sanne",):
            rev = 7 if verb == "every" else (await scene.item()).revision
            press = (name, f"<forged: {verb}:{key}:{rev}>")
            await scene.act(*press)
            once = await rows(scene.village, (schema.items, schema.events))
            await scene.together(press, press)
            again = await rows(scene.village, (schema.items, schema.events))
            assert again == once, f"{name} replays {verb}"
            # Nobody is this fast: it is not the flood that is tried here.
            scene.village.clock.advance(timedelta(seconds=5))


async def test_two_taps_on_stop_drop_one_form(scene: Partners) -> None:
    """A double tap on a reminder's button drops the form it is about, and no other."""
    for gesture in ("/start", "/melden", "[Continue]", "[No]"):
        await scene.act("bart", gesture)
    await scene.report(NOISE)
    await scene.act("bart", "<forged: note:item-1:2>")
    await scene.village.advance(timedelta(hours=23))
    await scene.together(("bart", "[Stop filling in]"), ("bart", "[Stop filling in]"))
    key = (await scene.person("bart")).key
    async with scene.village.store.reading() as records:
        drafts = await records.get(Drafts, key)
    assert drafts is not None
    assert len(drafts.stack) == 1


async def test_nobody_is_told_all_day_long_what_a_reporter_presses(scene: Partners) -> None:
    """Good, worse, good, worse …: after many answers a day the reporter is asked to call."""
    key = await scene.report(NOISE)
    scene.news("carla"), scene.news("bart")
    for number in range(120):
        scene.village.clock.advance(timedelta(seconds=2))
        answer = ("good", "worse")[number % 2]
        await scene.act("sanne", f"<forged: how_{answer}:{key}:{999 if number % 3 else 1}>")
    assert len(scene.news("carla")) <= 40
    assert len(await kinds(scene)) <= 40
    (shown,) = await scene.act("sanne", f"<forged: how_worse:{key}:999>")
    assert "0492 00 00 00" in shown.text
    scene.village.clock.advance(timedelta(days=1))
    await scene.act("sanne", f"<forged: how_worse:{key}:999>")
    assert scene.news("carla"), "the next day counts anew"


async def test_blocking_and_unblocking_all_day_is_told_so_often_and_no_more(
    scene: Partners,
) -> None:
    """Who blocks and unblocks the bot in turn can't flood the partner with news of that."""
    await scene.report(NOISE)
    scene.news("bart")
    for _time in range(60):
        await scene.act("sanne", "<block>")
        await scene.act("sanne", "<unblock>")
    assert len(scene.news("bart")) <= 40


async def test_stop_and_withdraw_and_go_on_ends_somewhere(scene: Partners) -> None:
    """Additions, answers and choices of one day have one limit together."""
    key = await scene.report(NOISE)
    for number in range(60):
        scene.village.clock.advance(timedelta(seconds=2))
        await scene.act("sanne", f"<forged: every:{key}:{(2, 7)[number % 2]}>")
        await scene.act("sanne", f"<forged: later:{key}:1>")
    assert len(await kinds(scene)) <= 40
