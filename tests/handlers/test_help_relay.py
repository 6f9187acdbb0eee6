"""Messages between the two go through the bot: words only, and only while it is agreed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.helping.events import AskEventKind
from tests.handlers.near import KEY, Near, near


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


async def messages(scene: Near) -> list[str]:
    """What was passed on."""
    history = await scene.history()
    return [e.data["text"] for e in history if e.kind is AskEventKind.MESSAGE]


async def test_a_reply_goes_to_the_other_side(scene: Near) -> None:
    """Below a message about the ask, both ways, and it can't be forwarded."""
    await scene.agreed()
    await scene.act("youssef", '(to "glad with your help") I come at ten.')
    assert any("I come at ten." in shown.text for shown in scene.news("anna"))
    last = scene.phones.entries(scene.phones.user("anna"))[-1].message
    assert last.get("has_protected_content")
    await scene.act("anna", '(to "I come at ten") Fine!')
    assert await messages(scene) == ["I come at ten.", "Fine!"]


@pytest.mark.parametrize("words", ["x" * 1001, "…" * 2000])
async def test_what_is_too_long_is_not_passed_on(scene: Near, words: str) -> None:
    """It is said how much fits."""
    await scene.agreed()
    shown = await scene.act("youssef", f'(to "glad with your help") {words}')
    assert "1000" in shown[-1].text
    assert not await messages(scene)


async def test_a_reply_before_it_is_agreed_goes_nowhere(scene: Near) -> None:
    """Who is only proposed writes nothing to the asker, and neither does the asker."""
    await scene.act("youssef", "[Yes, …]")
    await scene.act("anna", '(to "wants to help") Who are you?')
    await scene.act("youssef", '(to "Thank you") Me!')
    assert not await messages(scene)
    assert not any("Me!" in shown.text for shown in scene.news("anna"))


async def test_after_the_end_nobody_writes_any_more(scene: Near) -> None:
    """Neither with an old button nor with a reply."""
    await scene.agreed()
    await scene.act("anna", "[Call it off]")
    await scene.act("anna", "[Yes, call it off]")
    await scene.act("anna", f"<forged: help_write:{KEY}:99>")
    await scene.act("anna", '(to "called off") Are you there?')
    await scene.act("youssef", '(to "not needed") Hello?')
    assert not await messages(scene)


async def test_a_flood_of_messages_stops(scene: Near) -> None:
    """As many a day as the covenant says, so that nobody is flooded by the other."""
    await scene.agreed()
    most = scene.village.rules.covenant.limits.acts_per_day
    for number in range(most + 2):
        shown = await scene.act("youssef", f'(to "glad with your help") {number}.')
    assert "enough for today" in shown[-1].text
    assert len(await messages(scene)) == most


async def test_markup_in_a_message_stays_words(scene: Near) -> None:
    """What looks like markup is shown as it was typed."""
    await scene.agreed()
    await scene.act("youssef", "[Send a message]")
    await scene.act("youssef", "Say <b>hi</b> & {who} %s")
    assert any("<b>hi</b> & {who} %s" in shown.text for shown in scene.news("anna"))
