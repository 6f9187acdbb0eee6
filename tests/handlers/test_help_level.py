"""Who may be alone with somebody is asked at each step: a VOG can run out after a promise."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.helping.asks import AskStage
from bot.core.helping.neighbours import Vog
from handlers.helping import asks
from tests.handlers.near import Near, near
from tests.hostile.looking import leaks

JOBS = "ask2"


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks for an odd job indoors, and Wil says yes."""
    async with near(tmp_path) as scene:
        await checked(scene, "wil")
        await scene.hood.offer("wil", "jobs")
        await scene.hood.ask("anna", "jobs", "2 morning")
        await scene.act("wil", "[Yes, …]")
        yield scene


async def checked(scene: Near, name: str, *, holds: bool = True) -> None:
    """Of this neighbour a VOG was seen, or it does not hold any more."""
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        today = turn.rules.calendar.local(turn.now).date()
        years = turn.rules.covenant.helping.vog_years
        seen = today if holds else today.replace(year=today.year - years)
        neighbour = await turn.neighbour(scene.key(name))
        news = {"vog": Vog(seen=seen, by=scene.key("vera")), "introduced": ("molenstraat",)}
        asks.keep_neighbour(turn, neighbour.model_copy(update=news))


@pytest.mark.parametrize("before", ["[Yes, please]", "Molenstraat 12"])
async def test_without_a_vog_nothing_is_agreed(scene: Near, before: str) -> None:
    """The asker hears that it can't go on, and somebody else is looked for."""
    gestures = ["[Yes, please]", "Molenstraat 12"]
    while gestures[0] != before:
        await scene.act("anna", gestures.pop(0))
    await checked(scene, "wil", holds=False)
    shown = await scene.act("anna", gestures[0])
    ask = await scene.ask(JOBS)
    assert (ask.stage, ask.helping, ask.wish.address) == (AskStage.LOOKING, (), "")
    assert any("can't go on" in one.text for one in shown)


async def test_without_a_vog_the_address_is_not_shown(scene: Near) -> None:
    """The helper hears why, and who coordinates that somebody fell away."""
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "Molenstraat 12")
    await checked(scene, "wil", holds=False)
    shown = await scene.act("wil", "[See the address]")
    assert not leaks(shown, ("Molenstraat 12",))
    assert any("gets to know you first" in one.text for one in shown)
    assert (await scene.ask(JOBS)).helping == ()
    assert any("Somebody fell away" in one.text for one in scene.news("vera"))
    assert not await scene.reads(JOBS)


async def test_without_a_vog_what_was_written_is_not_shown(scene: Near) -> None:
    """Also before anything is agreed."""
    await checked(scene, "wil", holds=False)
    shown = await scene.act("wil", "[What should I know?]")
    assert not leaks(shown, ("hond",))
    assert (await scene.ask(JOBS)).helping == ()
