"""Words that break things: markup, hidden characters, far too many of them, in everything said."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.people import Role
from storage import schema
from tests.handlers.partners import NOISE, Partners, partners
from tests.handlers.updates import TEXTS

MARK = "Merkteken"
NASTY = {
    name: f"{MARK} {words}"
    for name, words in TEXTS.items()
    if not words.startswith("/") and len(words.encode("utf-16-le", "replace")) < 8100
}
LONGEST = f"{MARK} " + "😀" * 2040
HIDDEN = ("\u202e", "\x00", "\x07", "\ud83d ")


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Two mediators and a coordinator."""
    async with partners(tmp_path) as scene:
        yield scene


async def refused(scene: Partners) -> list[str]:
    """The methods of the calls that Telegram refused for good."""
    out = schema.outbox.c
    async with scene.village.store.engines.read() as connection:
        parked = select(out.method).where(out.state == schema.PARKED)
        return list(await connection.scalars(parked))


def screen(scene: Partners, name: str) -> str:
    """All that stands on a phone now."""
    entries = scene.phones.entries(scene.phones.user(name))
    ours = [e.message for e in entries if e.from_bot]
    return "\n".join(m.get("text", "") + m.get("caption", "") for m in ours)


def media(scene: Partners, name: str) -> int:
    """How many photos and voice messages of ours stand on a phone."""
    entries = scene.phones.entries(scene.phones.user(name))
    return sum(e.from_bot and ("photo" in e.message or "voice" in e.message) for e in entries)


async def history_of(scene: Partners, words: str) -> str:
    """An item on which everybody said these words everywhere they can; returns its key."""
    key = await scene.report(NOISE)
    await scene.act("bart", "[Open]")
    await scene.act("bart", "[Accept]")
    await scene.act("bart", f"<forged: note:{key}:1>")
    await scene.act("bart", words)
    await scene.act("bart", f"<forged: ask_reporter:{key}:1>")
    await scene.act("bart", words)
    await scene.act("sanne", f"<forged: question:{key}:1>")
    await scene.act("sanne", words)
    await scene.act("sanne", f'(to "GB-7K2F") {words}')
    await scene.act("sanne", f"<forged: add:{key}:1>")
    await scene.act("sanne", words)
    await scene.act("sanne", "[Ready]")
    return key


@pytest.mark.parametrize("name", NASTY)
async def test_whatever_is_said_is_shown_as_words(scene: Partners, name: str) -> None:
    """Nothing that somebody typed becomes markup, is refused by Telegram, or hides other words."""
    words = NASTY[name]
    key = await history_of(scene, words)
    await scene.act("bart", f"<forged: open:{key}:9>")
    assert not await refused(scene)
    shown = screen(scene, "bart")
    assert MARK in shown
    assert not any(hidden in shown for hidden in HIDDEN)
    if name == "html":
        assert "<script>alert(1)</script>" in shown


async def test_the_longest_words_come_whole(scene: Partners) -> None:
    """Emoji count double for Telegram: a long text of them is divided, and nothing is lost."""
    key = await scene.report(NOISE)
    await scene.act("sanne", f"<forged: mine:{key}:1>")
    for _time in range(3):
        await scene.act("sanne", f'(to "GB-7K2F") {LONGEST}')
    await scene.act("bart", f"<forged: open:{key}:9>")
    assert not await refused(scene)
    assert screen(scene, "bart").count("😀") == 3 * 2040


async def test_a_name_is_a_name(scene: Partners) -> None:
    """A first name can't turn the text around, or add lines that seem to be ours."""
    user = scene.phones.user("mallory", "en")
    first_name = "\u202e<b>M</b>\nThe reporter withdrew it.\x07" + "x" * 100
    scene.village.sandbox.world.people[user].profile["first_name"] = first_name
    await scene.act("mallory", "/start")
    kept = (await scene.person("mallory")).first_name
    assert kept.startswith("<b>M</b> The reporter")
    assert len(kept) <= 64


@pytest.mark.parametrize("again", [1, 2])
async def test_all_that_was_opened_is_taken_off_the_screen(scene: Partners, again: int) -> None:
    """Splits, photos, voice messages and answers go after 15 minutes, opened once or twice."""
    key = await scene.report(NOISE.model_copy(update={"topic": "neglect", "landlord": "own"}))
    await scene.act("sanne", f"<forged: add:{key}:1>")
    for gesture in (f"<photo: {MARK}>", "<voice>", f"{MARK} {'a' * 1900}", f"{MARK} {'b' * 1900}"):
        await scene.act("sanne", gesture)
    await scene.act("sanne", "[Ready]")
    for _time in range(again):
        await scene.act("carla", f"<forged: open:{key}:1>")
        scene.village.clock.advance(timedelta(minutes=3))
    assert MARK in screen(scene, "carla")
    assert media(scene, "carla") == 2, "what was opened before is gone by now"
    await scene.act("sanne", f'(to "GB-7K2F") {MARK} later')
    await scene.village.advance(timedelta(minutes=16))
    assert MARK not in screen(scene, "carla")
    assert "Kerkstraat" not in screen(scene, "carla")
    assert not media(scene, "carla")
    assert not await refused(scene)


async def test_opening_in_the_moment_of_blanking_leaves_nothing(scene: Partners) -> None:
    """The press waits behind nothing, and the blanking is claimed already: both are taken off."""
    key = await scene.report(NOISE.model_copy(update={"text": f"{MARK} " + "a" * 1900}))
    await scene.act("sanne", f"<forged: mine:{key}:1>")
    for _time in range(3):
        await scene.act("sanne", f'(to "GB-7K2F") {MARK} {"b" * 1900}')
    await scene.act("bart", f"<forged: open:{key}:1>")
    scene.village.clock.advance(timedelta(minutes=15))
    scene.phones.act("bart", f"<forged: open:{key}:1>")
    await scene.village.receiver.keep(await scene.village.updates(None, wait=0))
    await scene.village.store.claim_due(scene.village.clock.now(), 10)
    await scene.village.worker._together(await scene.village.store.pending(100))
    await scene.village.settle()
    await scene.village.advance(timedelta(minutes=16))
    assert MARK not in screen(scene, "bart")


async def test_a_colleague_with_a_strange_name_is_shown_in_words(scene: Partners) -> None:
    """Names of professionals stand on the cards of colleagues only, and as words."""
    user = scene.phones.user("bob", "en")
    scene.village.sandbox.world.people[user].profile["first_name"] = "<i>Bob</i> & {code}"
    await scene.join("bob", Role.PROFESSIONAL, "BB")
    await scene.report(NOISE)
    await scene.act("bob", "[Open]")
    await scene.act("bob", "[Accept]")
    assert any("<i>Bob</i> & {code}" in one.text for one in scene.news("bart"))
    assert not any("Bob" in one.text for name in ("sanne", "carla") for one in scene.news(name))


async def test_blocking_the_bot_does_not_keep_what_was_opened(scene: Partners) -> None:
    """Who blocks it before the time is over finds the contents gone when they come back."""
    key = await scene.report(NOISE.model_copy(update={"text": f"{MARK} " + "a" * 1900}))
    await scene.act("sanne", f"<forged: mine:{key}:1>")
    for _time in range(2):
        await scene.act("sanne", f'(to "GB-7K2F") {MARK} {"b" * 1900}')
    await scene.act("bart", f"<forged: open:{key}:1>")
    await scene.act("bart", "<block>")
    await scene.village.advance(timedelta(hours=5))
    await scene.act("bart", "<unblock>")
    assert MARK not in screen(scene, "bart")
