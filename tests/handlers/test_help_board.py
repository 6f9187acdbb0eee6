"""An invitation or a card of the board works as long as it stands, or it is said kindly why not."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping import circles
from bot.core.helping.asks import AskStage
from bot.core.helping.events import AskEvent, AskEventKind
from handlers.helping import slots
from tests.handlers.near import Near, near


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Youssef helps Anna and hands over; Wil is asked, then the circle, where Mo sees it."""
    async with near(tmp_path) as scene:
        await scene.agreed()
        await scene.act("youssef", "[Hand over]")
        await scene.village.advance(timedelta(hours=25))
        assert any("board of your circle" in one.text for one in scene.news("mo"))
        yield scene


@pytest.mark.parametrize("name", ["mo", "wil"])
async def test_it_works_still_when_the_hand_over_fell_through(scene: Near, name: str) -> None:
    """Youssef can't make it at all any more; nobody who was asked has to be asked anew."""
    asked = _times(await scene.history(), scene)
    await scene.act("youssef", "[I can't make it]")
    assert _times(await scene.history(), scene) == asked
    await scene.act(name, "[Yes, …]")
    ask = await scene.ask()
    assert (ask.stage, ask.helping) == (AskStage.PROPOSED, (scene.key(name),))


async def test_a_hand_over_that_fell_through_goes_on_to_the_volunteer(scene: Near) -> None:
    """Everyone was asked already, and their cards stand; so nobody waits once more for them."""
    await scene.act("youssef", "[I can't make it]")
    assert any("Nobody was found yet" in one.text for one in scene.news("vera"))


@pytest.mark.parametrize("taps", [("[I can't]",), ("[End this help]", "[Yes, stop]")])
async def test_who_says_no_on_the_board_is_not_asked_again(
    scene: Near, taps: tuple[str, ...]
) -> None:
    """Nor in private, when it is looked for anew and they offer such help since."""
    for tap in taps:
        await scene.act("mo", tap)
    await scene.hood.offer("mo", "groceries")
    await scene.act("youssef", "[I can't make it]")
    ask = await scene.ask()
    assert scene.key("mo") in ask.search.declined
    assert scene.key("mo") not in {invited.person for invited in ask.search.invited}


async def test_who_is_on_standby_hears_that_somebody_fell_away(scene: Near) -> None:
    """Also who was asked to take over, and was silent."""
    async with scene.village.store.writing() as records:
        wil = circles.on_standby(await scene.neighbour("wil"), "molenstraat", standby=True)
        records.put(wil)
    await scene.act("youssef", "[I can't make it]")
    assert any("Somebody fell away" in one.text for one in scene.news("wil"))


async def test_who_was_asked_in_an_earlier_search_reads_kindly_that_it_is_gone(scene: Near) -> None:
    """Mo's phone still showed the card of before; nobody says that he may not do this."""
    await scene.act("wil", "[Yes, …]")
    await scene.act("anna", "[Yes, please] (old)")
    await scene.hood.place("molenstraat", "ben")
    await scene.hood.offer("ben", "groceries")
    await scene.act("wil", "[Hand over]")
    ask = await scene.ask()
    assert ask.helper
    assert not ask.search.on_board
    shown = await scene.act("mo", f"<forged: help_yes:ask1.{slots.token(ask.helper.slot)}:0>")
    assert [one.text for one in shown] == ["Someone was before you. Look at the newest message."]


def _times(history: Sequence[AskEvent], scene: Near) -> int:
    return sum(
        scene.key("wil") in event.data.get("persons", ())
        for event in history
        if event.kind is AskEventKind.INVITED
    )
