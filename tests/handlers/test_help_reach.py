"""Who blocks the bot, leaves the circle or is released keeps nothing, and the help goes on."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping import steps
from bot.core.helping.asks import AskStage, SearchStep
from bot.core.helping.events import AskEventKind
from bot.core.items import Access
from bot.core.people import Role
from handlers.helping import asks
from tests.dialogues.phones import Shown
from tests.handlers.near import KEY, SECRETS, Near, near
from tests.hostile.looking import leaks


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


async def test_a_helper_who_blocks_the_bot_falls_away(scene: Near) -> None:
    """The asker hears it, and it is looked for again."""
    await scene.agreed()
    await scene.act("youssef", "<block>")
    ask = await scene.ask()
    assert (ask.stage, ask.helping) == (AskStage.LOOKING, ())
    assert any("can't go on" in shown.text for shown in scene.news("anna"))


async def test_an_asker_who_blocks_the_bot_is_told_to_the_volunteer_once(scene: Near) -> None:
    """However often Telegram refuses a message to her."""
    await scene.agreed()
    await scene.act("anna", "<block>")
    await scene.village.advance(timedelta(days=1, hours=22))
    lost = [s for s in scene.news("vera") if "can't reach the asker" in s.text]
    assert len(lost) == 1
    assert (await scene.ask()).open


async def test_what_was_opened_goes_when_the_person_comes_back(scene: Near) -> None:
    """An address that could not be taken off the screen in time is taken off then."""
    await scene.agreed()
    await scene.act("youssef", "[See the address]")
    await scene.act("youssef", "<block>")
    await scene.village.advance(timedelta(hours=1))
    assert leaks(on_screen(scene, "youssef"), SECRETS)
    await scene.act("youssef", "<unblock>")
    assert not leaks(on_screen(scene, "youssef"), SECRETS)


async def test_the_address_goes_after_a_while_and_each_look_is_logged(scene: Near) -> None:
    """A look is a row in the log, and the screen is clean after a quarter of an hour."""
    await scene.agreed()
    for _time in range(2):
        shown = await scene.act("youssef", "[See the address]")
        assert leaks(shown, ("Molenstraat 12",))
        await scene.village.advance(timedelta(minutes=16))
        assert not leaks(on_screen(scene, "youssef"), ("Molenstraat 12", "hond"))
    assert [read.what for read in await scene.reads()] == ["address", "address"]


async def test_so_many_looks_a_day(scene: Near) -> None:
    """At what was written and where it is together; tomorrow is another day."""
    await scene.agreed()
    most = scene.village.rules.covenant.limits.acts_per_day
    async with scene.village.store.writing() as records:
        now, person = scene.village.clock.now(), scene.key("youssef")
        for what in ["text"] * (most - 1):
            records.append(Access(item=KEY, person=person, partner=None, at=now, what=what))
    assert leaks(await scene.act("youssef", "[See the address]"), ("Molenstraat 12",))
    [shown] = await scene.act("youssef", "[See the address]")
    assert shown.text == "That is enough for today. You can go on tomorrow."
    assert len(await scene.reads()) == most
    await scene.village.advance(timedelta(days=1))
    assert leaks(await scene.act("youssef", "[See the address]"), ("Molenstraat 12",))


async def test_opening_it_again_leaves_no_second_one(scene: Near) -> None:
    """Whatever is opened within that time, all of it goes off the screen."""
    await scene.act("youssef", "[Yes, …]")
    await scene.act("youssef", "[What should I know?]")
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "Molenstraat 12")
    await scene.act("youssef", "[See the address]")
    await scene.together(("youssef", "[See the address]"), ("youssef", "[See the address]"))
    await scene.village.advance(timedelta(minutes=16))
    assert not leaks(on_screen(scene, "youssef"), ("Molenstraat 12", "hond"))
    assert len(await scene.reads()) == len(("text", *["address"] * 3))


@pytest.mark.parametrize("gesture", ["[I can't make it]", "[End this help]"])
async def test_who_falls_away_keeps_no_name_and_no_address(scene: Near, gesture: str) -> None:
    """At once, not when the time of the address is over."""
    await scene.agreed()
    await scene.act("youssef", "[See the address]")
    await scene.act("youssef", gesture)
    if gesture == "[End this help]":
        await scene.act("youssef", "[Yes, stop]")
    assert not leaks(on_screen(scene, "youssef"), ("Molenstraat 12", "hond", "Anna"))
    assert not leaks(on_screen(scene, "anna"), ("Youssef",))


async def test_after_the_end_nothing_is_left_on_the_screens(scene: Near) -> None:
    """Names, addresses and messages go when it is done."""
    await scene.agreed()
    await scene.act("youssef", "[Send a message]")
    await scene.act("youssef", "I come at ten, Youssef.")
    await scene.act("youssef", "[See the address]")
    await scene.village.advance(timedelta(days=2, hours=5))
    await scene.act("anna", "[Done]")
    assert (await scene.ask()).stage is AskStage.ENDED
    assert not leaks(on_screen(scene, "youssef"), ("Molenstraat 12", "hond", "Anna"))
    assert not leaks(on_screen(scene, "anna"), ("Youssef", "at ten"))


async def test_who_leaves_the_circle_leaves_its_help(scene: Near) -> None:
    """What was promised there goes to somebody else; it is in the history."""
    await scene.agreed()
    async with scene.village.store.writing() as records:
        await asks.without_person(scene.turn(records), scene.key("youssef"), "molenstraat")
    assert (await scene.ask()).helping == ()
    assert (await scene.history())[-1].kind is not AskEventKind.AGREED


async def test_without_a_volunteer_who_can_be_reached_the_partner_hears(scene: Near) -> None:
    """First the circle's volunteer, then who answers for circles, then a coordinator."""
    await scene.join("bob", Role.VOLUNTEER, "BC")
    await scene.join("carla", Role.COORDINATOR, "GEM")
    await scene.act("vera", "<block>")
    await scene.agreed()
    await scene.act("anna", "[Block]")
    await scene.act("anna", "[Yes, block]")
    told = [s.text for s in scene.news("bob")]
    assert any("Somebody fell away" in text for text in told)
    assert not any("Anna" in text or "Youssef" in text for text in told)


@pytest.mark.parametrize("gone", [("<block>",), ("/uitloggen", "[Yes, leave]")])
async def test_an_ask_waits_for_no_coach_who_is_gone(scene: Near, gone: tuple[str, ...]) -> None:
    """The coordinator hears of it at once, and only when no other coach is left."""
    for name in ("cor", "cis"):
        await scene.join(name, Role.COACH, "BC-COACH")
    await scene.join("carla", Role.COORDINATOR, "GEM")
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        called = steps.stand_in(await scene.ask(), SearchStep.COACH, turn.rules, turn.now)
        await asks.keep(turn, called)
    scene.clear()
    for gesture in gone:
        await scene.act("cis", gesture)
    assert not scene.news("carla")
    for gesture in gone:
        await scene.act("cor", gesture)
    assert [s.text for s in scene.news("carla") if "Nobody was found" in s.text]
    assert (await scene.ask()).search.step is SearchStep.COORDINATOR


def on_screen(scene: Near, name: str) -> list[Shown]:
    """What stands on a phone now, without what the person wrote."""
    entries = scene.phones.entries(scene.phones.user(name))
    return [Shown("bot", e.message.get("text", "")) for e in entries if e.from_bot]
