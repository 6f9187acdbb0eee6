"""Floods of what comes in: one stranger, or one lane that fails, must not stop the others."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.queue import Arrival
from bot.pipeline.inflow import BURST
from tests.dialogues.phones import Phones
from tests.dialogues.village import Village, village
from tests.handlers.partners import Partners


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """An empty village."""
    async with village(tmp_path) as scene:
        yield Partners(Phones(scene))


async def waiting(scene: Village) -> int:
    """How many inputs wait to be handled."""
    return len(await scene.store.pending(100_000))


async def arrive(scene: Village) -> None:
    """Let Telegram hand over what waits there, a hundred at a time."""
    updates = await scene.updates(None, wait=0)
    for start in range(0, len(updates), 100):
        await scene.receiver.keep(updates[start : start + 100])


async def test_a_lane_that_fails_leaves_the_window_to_others(scene: Partners) -> None:
    """Hundreds of messages behind a failed one don't keep the worker from those of others."""
    store, now = scene.village.store, scene.village.clock.now()
    lanes = ["poison"] * 300 + ["other"] * 3
    await store.receive(
        [Arrival(f"tg:1:{n}", lane, "Update", {"n": n}, now) for n, lane in enumerate(lanes)]
    )
    await store.failed((await store.pending(1))[0])
    assert [one.lane for one in await store.pending(100)] == ["poison", "other", "other", "other"]


async def test_thousands_of_messages_of_one_stranger_are_cut_short(scene: Partners) -> None:
    """A stranger gets a long row of messages read and no more, and hears so; others go on."""
    scene.phones.user("flooder", "en"), scene.phones.user("anna")
    for number in range(1000):
        scene.phones.act("flooder", f"Elke nacht harde muziek {number}")
    scene.phones.act("anna", "/start")
    await arrive(scene.village)
    assert await waiting(scene.village) <= BURST + 2
    await scene.village.settle(at_once=100)
    told = [one for one in scene.news("flooder") if "did not come in" in one.text]
    assert len(told) == 1
    assert "112" in told[0].text
    assert scene.news("anna")


async def test_after_a_while_the_flooder_is_read_again(scene: Partners) -> None:
    """The limit is one of speed: whoever waits as asked is heard as ever."""
    scene.phones.user("flooder")
    for _number in range(3 * BURST):
        scene.phones.act("flooder", "/help")
    await scene.village.settle(at_once=100)
    scene.village.clock.advance(timedelta(minutes=1))
    assert await scene.act("flooder", "/mijn")


async def test_danger_is_heard_in_the_middle_of_a_flood(scene: Partners) -> None:
    """Words of danger far beyond the limit still get their number."""
    scene.phones.user("flooder")
    for number in range(5 * BURST):
        scene.phones.act("flooder", f"lawaai {number}")
    scene.phones.act("flooder", "hij heeft een mes")
    await scene.village.settle(at_once=100)
    assert any("Bel nu 112" in one.text for one in scene.news("flooder"))
