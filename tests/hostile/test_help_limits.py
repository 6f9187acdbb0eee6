"""What one person may cause among neighbours: nobody is disturbed without end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping.change import AskChange
from bot.core.helping.events import AskEventKind
from bot.core.items import Access
from bot.core.people import Role
from handlers.helping import asks
from tests.handlers.near import KEY, Near, near

ASKS, ACTS = 5, 30
"""As the covenant has them: asks in a day, and messages."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


async def test_who_calls_off_and_asks_again_disturbs_only_so_often(scene: Near) -> None:
    """Looking once more counts as asking: the neighbours get no endless invitations."""
    for _round in range(ASKS + 3):
        await scene.act("anna", f"<forged: help_off_yes:{KEY}:99>")
        await scene.act("anna", f"<forged: help_again:{KEY}:99>")
    again = [e for e in await scene.history() if e.kind is AskEventKind.AGAIN]
    assert len(again) == ASKS
    assert any("more is not possible" in shown.text for shown in scene.news("anna"))
    assert not (await scene.ask()).open


async def test_a_second_tap_on_look_once_more_asks_nobody_more(scene: Near) -> None:
    """Three taps before the bot looks are one, for the asker and for the volunteer."""
    for name in ("anna", "vera"):
        revision = (await scene.ask()).revision
        tap = (name, f"<forged: help_again:{KEY}:{revision}>")
        await scene.together(tap, tap, tap)
        again = [e for e in await scene.history() if e.kind is AskEventKind.AGAIN]
        assert [e.revision > revision for e in again].count(True) == 1


async def talk(scene: Near, name: str, button: str, times: int) -> None:
    """Write so often after this button."""
    for number in range(times):
        await scene.act(name, button)
        await scene.act(name, f"Praatje {number}")


@pytest.mark.parametrize("button", [f"coach:{KEY}:1", "circle_coach:molenstraat:0"])
async def test_the_coach_is_written_to_so_often_in_a_day(scene: Near, button: str) -> None:
    """Whoever writes to the coach, about an ask or not, stays under one limit."""
    await scene.join("karin", Role.PROFESSIONAL, "BC-COACH")
    scene.clear()
    async with scene.village.store.writing() as records:
        talks = (scene.village.clock.now(),) * (ACTS - 1)
        records.put((await scene.neighbour("anna")).model_copy(update={"talks": talks}))
    await talk(scene, "anna", f"<forged: {button}>", 3)
    got = [s for s in scene.news("karin") if "Praatje" in s.text]
    assert len(got) == 1
    shown = await scene.act("anna", f"<forged: {button}>")
    assert any("again tomorrow" in one.text for one in shown)


@pytest.mark.parametrize("who", ["anna", "youssef"])
async def test_how_it_went_is_said_so_often_in_a_day(scene: Near, who: str) -> None:
    """Who changes the answer without end disturbs nobody without end."""
    await scene.agreed()
    await scene.village.advance(timedelta(days=2, hours=5))
    await said_before(scene, who, AskEventKind.SAID)
    for how in ("partly", "no", "partly"):
        shown = await scene.act(who, f"<forged: help_went:{KEY}.{how}:1>")
    assert any("enough for today" in one.text for one in shown)
    said = [e for e in await scene.history() if e.kind is AskEventKind.SAID]
    assert len(said) == ACTS


async def test_the_address_is_shown_so_often_in_a_day(scene: Near) -> None:
    """And whether somebody would gladly come again is said so often."""
    await scene.agreed()
    async with scene.village.store.writing() as records:
        now, me = scene.village.clock.now(), scene.key("youssef")
        for _look in range(ACTS - 1):
            records.append(Access(item=KEY, person=me, partner="", at=now, what="address"))
    for _look in range(3):
        shown = await scene.act("youssef", "[See the address]")
    assert any("enough for today" in one.text for one in shown)
    assert len(await scene.reads()) == ACTS
    await scene.village.advance(timedelta(days=2, hours=5))
    await scene.act("anna", "[Done]")
    await said_before(scene, "anna", AskEventKind.GLADLY)
    for _tap in range(2):
        await scene.act("anna", f"<forged: help_gladly:{KEY}:1>")
        await scene.act("anna", f"<forged: help_not_again:{KEY}:1>")
    assert sum(e.kind is AskEventKind.GLADLY for e in await scene.history()) == ACTS


async def said_before(scene: Near, who: str, kind: AskEventKind) -> None:
    """Somebody did this all but once as often as may be in a day."""
    async with scene.village.store.writing() as records:
        change = AskChange(ask=await scene.ask())
        for _time in range(ACTS - 1):
            change = change.record(kind, scene.village.clock.now(), by=scene.key(who))
        await asks.keep(scene.turn(records), change)
    scene.clear()


async def test_a_talk_with_the_coach_leaves_a_row_and_no_words(scene: Near) -> None:
    """The history says that somebody wrote, and when; never what."""
    await scene.join("karin", Role.PROFESSIONAL, "BC-COACH")
    await talk(scene, "youssef", f"<forged: coach:{KEY}:1>", 1)
    event = (await scene.history())[-1]
    assert (event.kind, event.by) == (AskEventKind.COACH_TALK, scene.key("youssef"))
    assert event.data == {}


async def test_who_coordinates_writes_to_the_asker_so_often_in_a_day(scene: Near) -> None:
    """Thirty messages in a day, and none about what has ended."""
    async with scene.village.store.writing() as records:
        change = AskChange(ask=await scene.ask())
        for _message in range(ACTS - 1):
            now, by = scene.village.clock.now(), scene.key("vera")
            change = change.record(AskEventKind.MESSAGE, now, by=by, data={"text": "Hoi"})
        await asks.keep(scene.turn(records), change)
    await talk(scene, "vera", f"<forged: ask_write:{KEY}:1>", 3)
    assert sum("Praatje" in shown.text for shown in scene.news("anna")) == 1
    await scene.act("anna", f"<forged: help_off_yes:{KEY}:99>")
    scene.clear()
    await scene.act("vera", f"<forged: ask_write:{KEY}:99>")
    assert "before you" in " ".join(shown.text for shown in scene.news("vera"))
