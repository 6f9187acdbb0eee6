"""What is written reaches who it was written to, or nobody."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping import neighbourly
from handlers.helping.asks import keep_neighbour
from tests.handlers.near import KEY, Near, near


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Youssef helps Anna."""
    async with near(tmp_path) as scene:
        await scene.agreed()
        yield scene


async def wil_helps_instead(scene: Near) -> None:
    """Youssef can't come, and Anna agrees to Wil."""
    await scene.act("youssef", f"<forged: help_cant:{KEY}:99>")
    await scene.act("wil", "[Yes, …]")
    await scene.act("anna", "[Yes, please]")
    helper = (await scene.ask()).helper
    assert helper is not None
    assert helper.person == scene.key("wil")
    scene.clear()


@pytest.mark.parametrize(("writer", "verb"), [("vera", "ask_write_helper"), ("anna", "help_write")])
async def test_words_for_one_helper_are_not_read_by_the_next(
    scene: Near, writer: str, verb: str
) -> None:
    """The helper changed while somebody was typing."""
    await scene.act(writer, f"<forged: {verb}:{KEY}:1>")
    await wil_helps_instead(scene)
    said = await scene.act(writer, "Youssef, de sleutel ligt onder de mat")
    assert not [one for one in scene.news("wil") if "sleutel" in one.text]
    assert any("before you" in one.text for one in said)


async def test_an_answer_passes_no_block(scene: Near) -> None:
    """Who wrote and was blocked since gets no words of the other."""
    await scene.act("vera", f"<forged: ask_write_helper:{KEY}:1>")
    await scene.act("vera", "Lukt het zo?")
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        pair = [await turn.neighbour(scene.key(name)) for name in ("youssef", "vera")]
        for neighbour in neighbourly.block(*pair):
            keep_neighbour(turn, neighbour)
    scene.news("vera").clear()
    await scene.act("youssef", "[Answer]")
    await scene.act("youssef", "Ja hoor")
    assert not [one for one in scene.news("vera") if "Ja hoor" in one.text]


async def test_who_helped_stops_nothing_once_the_time_is_over(scene: Near) -> None:
    """They see how it stands instead."""
    await scene.village.advance(timedelta(days=2, hours=2, minutes=30))
    before = await scene.ask()
    said = await scene.act("youssef", f"<forged: halt:{KEY}:1>")
    said += await scene.act("youssef", f"<forged: halt_yes:{KEY}:1>")
    assert await scene.ask() == before
    assert not any("End this help" in one.text or "stopped" in one.text for one in said)
