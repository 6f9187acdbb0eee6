"""Opened cards: everything that was said, whole, in messages that Telegram takes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.items import Addition, Openness
from tests.dialogues.village import MONDAY
from tests.handlers.partners import NOISE, Partners, partners

MOST = 4096
"""UTF-16 units of a message's text (Bot API, sendMessage)."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Two mediators and a coordinator."""
    async with partners(tmp_path) as scene:
        yield scene


async def test_long_reports_come_in_several_messages_and_all_go_again(scene: Partners) -> None:
    """Nothing is cut: 15,000 characters, markup included, come whole; then all are taken away."""
    words = "<b>&amp; zażółć 🙂</b> " * 100
    added = tuple(Addition(at=MONDAY, text=f"{n} {words}") for n in range(8))
    report = NOISE.model_copy(update={"text": words, "additions": added})
    await scene.report(report)
    shown = await scene.act("bart", "[Open]")
    texts = [one.text for one in shown if one.what == "bot"]
    assert len(texts) > 5
    assert all(len(text.encode("utf-16-le")) // 2 <= MOST for text in texts)
    assert sum(text.count("zażółć") for text in texts) == 900
    await scene.village.advance(_quarter())
    left = scene.phones.entries(scene.phones.user("bart"))
    assert not any("zażółć" in entry.message.get("text", "") for entry in left)


async def test_pictures_and_voice_are_shown_protected_and_taken_away(scene: Partners) -> None:
    """They go to the professional's own chat by their id, and are deleted after 15 minutes."""
    await scene.act("sanne", "/start")
    control, sanne = scene.village.sandbox.control, scene.phones.user("sanne")
    control.photo(sanne, caption="")
    control.voice(sanne)
    messages = [e.message for e in scene.phones.entries(sanne)]
    photo = next(m["photo"][-1]["file_id"] for m in messages if "photo" in m)
    voice = next(m["voice"]["file_id"] for m in messages if "voice" in m)
    added = (Addition(at=MONDAY, photo=photo), Addition(at=MONDAY, voice=voice))
    await scene.report(NOISE.model_copy(update={"additions": added}))
    await scene.act("bart", "[Open]")
    bart = scene.phones.user("bart")
    media = [e.message for e in scene.phones.entries(bart) if {"photo", "voice"} & set(e.message)]
    assert len(media) == 2
    assert all(message.get("has_protected_content") for message in media)
    await scene.village.advance(_quarter())
    assert not [e for e in scene.phones.entries(bart) if {"photo", "voice"} & set(e.message)]


async def test_opening_again_leaves_one_copy(scene: Partners) -> None:
    """The earlier messages are blanked when the contents are shown again."""
    await scene.report()
    await scene.act("bart", "[Open]")
    await scene.act("bart", "[Open]")
    left = scene.phones.entries(scene.phones.user("bart"))
    assert sum("Kerkstraat 1" in e.message.get("text", "") for e in left) == 1
    assert len(await scene.accesses()) == 2


async def test_a_name_is_shown_only_when_the_reporter_allows_it(scene: Partners) -> None:
    """Who answers through the chat only stays unknown."""
    await scene.report(NOISE.model_copy(update={"openness": Openness.VIA_BOT}))
    shown = await scene.act("bart", "[Open]")
    assert not any("Sanne" in one.text for one in shown)


def _quarter() -> timedelta:
    return timedelta(minutes=16)
