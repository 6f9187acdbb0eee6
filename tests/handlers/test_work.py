"""Partners at work: who comes first, what is logged, and what old or forged buttons do."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.items import EventKind, Stage
from tests.handlers.partners import MARKERS, Partners, partners


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """A report waits for two mediators."""
    async with partners(tmp_path) as scene:
        await scene.report()
        yield scene


async def test_of_two_who_accept_at_once_one_wins(scene: Partners) -> None:
    """Both presses are in one transaction; the second sees the first and says so kindly."""
    press = "<forged: accept:item-1:2>"
    scene.news("bea")
    await scene.together(("bart", press), ("bea", press))
    item = await scene.item()
    assert item.stage is Stage.HELD
    assert item.assignment.by == (await scene.person("bart")).key
    toasts = [shown.text for shown in scene.news("bea") if shown.what == "toast"]
    assert len(toasts) == 1


async def test_a_double_tap_records_one_step(scene: Partners) -> None:
    """Two taps on the same button before the card changes are one step."""
    await scene.act("bart", "[Open]")
    await scene.act("bart", "[Accept]")
    await scene.together(("bart", "[Spoken]"), ("bart", "[Spoken]"))
    async with scene.village.store.reading() as records:
        kinds = [event.kind for event in await records.history("item-1")]
    assert kinds.count(EventKind.STEP) == 1


async def test_every_opening_is_logged_and_a_refused_one_shows_nothing(scene: Partners) -> None:
    """No log row, no read; who may not open it sees no contents."""
    await scene.act("bart", "[Open]")
    log = await scene.accesses()
    assert [(a.person, a.partner) for a in log] == [((await scene.person("bart")).key, "BB")]
    shown = await scene.act("sanne", "<forged: open:item-1:1>")
    assert not any(marker in one.text for one in shown for marker in MARKERS)
    assert len(await scene.accesses()) == 1


async def test_contents_are_protected_and_blanked(scene: Partners) -> None:
    """Forwarding and copying is forbidden, and after 15 minutes the contents are gone."""
    await scene.act("bart", "[Open]")
    entries = scene.phones.entries(scene.phones.user("bart"))
    told = [e.message for e in entries if "Kerkstraat 1" in e.message.get("text", "")]
    assert told
    assert all(message.get("has_protected_content") for message in told)
    await scene.village.advance(_minutes(16))
    left = scene.phones.entries(scene.phones.user("bart"))
    assert not any("Kerkstraat 1" in e.message.get("text", "") for e in left)


@pytest.mark.parametrize(
    "verb",
    [
        "accept", "decline", "spoken", "nobody_home", "later_today", "ask_reporter",
        "note", "close", "told", "assign", "reopen", "card", "cannot", "open", "steer",
    ],
)  # fmt: skip
async def test_nobody_without_a_mandate_changes_anything(scene: Partners, verb: str) -> None:
    """Forged buttons of a resident, the reporter and an outsider leave the item as it was."""
    before = await scene.item()
    scene.phones.user("eve", "en")
    await scene.act("eve", "/start")
    for name in ("eve", "sanne"):
        await scene.act(name, f"<forged: {verb}:item-1:{before.revision}>")
    assert await scene.item() == before
    assert not await scene.accesses()


async def test_a_form_that_was_open_when_the_role_ended_records_nothing(scene: Partners) -> None:
    """Who leaves in the middle of closing an item closes nothing, and is free of the form."""
    await scene.act("bart", "[Open]")
    await scene.act("bart", "[Accept]")
    await scene.act("bart", "[Done]")
    await scene.act("bart", "/uitloggen")
    await scene.act("bart", "[Yes, leave]")
    await scene.act("bart", "[It is solved]")
    shown = await scene.act("bart", "[No note]")
    assert (await scene.item()).stage is Stage.HELD
    assert [one.what for one in shown] == ["bot"]


async def test_after_the_end_nobody_but_a_coordinator_opens_it(scene: Partners) -> None:
    """Access ends with the item; the coordinator can look back and open it again."""
    await scene.act("bart", "[Open]")
    await scene.act("bart", "[Accept]")
    await scene.act("bart", "[Done]")
    await scene.act("bart", "[It is solved]")
    await scene.act("bart", "[No note]")
    await scene.village.advance(_minutes(60 * 24 * 20))
    item = await scene.item()
    assert item.stage is Stage.NOT_CONFIRMED
    logged = len(await scene.accesses())
    await scene.act("bart", f"<forged: open:item-1:{item.revision}>")
    assert len(await scene.accesses()) == logged
    await scene.act("carla", "/regie")
    await scene.act("carla", f"<forged: reopen:item-1:{item.revision}>")
    await scene.act("carla", "It was not solved")
    assert (await scene.item()).stage is Stage.WAITING


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
