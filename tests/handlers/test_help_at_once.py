"""What two people do to one ask before the bot looks: one story, told to both."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.helping.asks import AskEnd, AskStage
from bot.core.helping.events import AskEventKind
from tests.core.strategies import local
from tests.handlers.near import Near, near


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


CALLS_OFF = ("anna", "<forged: help_off_yes:ask1:0>")
"""The last tap of calling it off."""
CLAIMS = ("youssef", "[Yes, …]")


async def test_who_claims_just_before_it_is_called_off_is_free_again(scene: Near) -> None:
    """Youssef is first: he hears it, and nothing is left of his promise."""
    await scene.together(CLAIMS, CALLS_OFF)
    ask = await scene.ask()
    assert (ask.stage, ask.end) == (AskStage.ENDED, AskEnd.CANCELLED)
    assert AskEventKind.CLAIMED in {event.kind for event in await scene.history()}
    assert (await scene.neighbour("youssef")).busy == ()


async def test_who_claims_just_after_it_is_called_off_promises_nothing(scene: Near) -> None:
    """Anna is first: who taps then hears that it is over."""
    await scene.together(CALLS_OFF, CLAIMS)
    assert AskEventKind.CLAIMED not in {event.kind for event in await scene.history()}
    assert (await scene.neighbour("youssef")).busy == ()
    assert scene.news("youssef")


@pytest.mark.parametrize("first", ["anna", "youssef"])
async def test_agreeing_to_who_can_t_any_more_leaves_nobody_agreed(scene: Near, first: str) -> None:
    """Whoever is first: it is looked for again, and nobody is shown an address."""
    await scene.act("youssef", "[Yes, …]")
    await scene.act("anna", "[Yes, please]")
    acts = {"anna": "Molenstraat 12", "youssef": "[I can't make it]"}
    await scene.together(*sorted(acts.items(), reverse=first == "youssef"))
    ask = await scene.ask()
    assert ask.stage is AskStage.LOOKING
    assert ask.helping == ()
    assert (await scene.neighbour("youssef")).busy == ()
    assert await scene.reads() == []


async def test_a_helper_who_falls_away_that_morning_wakes_the_asker(scene: Near) -> None:
    """At seven phones keep quiet, except when help of this very day is in danger."""
    await scene.agreed()
    village = scene.village
    await village.advance(local(2026, 3, 4, 7) - village.clock.now())
    params = await scene.decided("youssef", "[I can't make it]", "anna")
    said = [one for one in params if "at once" in one.get("text", "")]
    assert said
    assert not any("disable_notification" in one for one in said)
