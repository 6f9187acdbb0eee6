"""My help and reports: what is listed, in which order, and page by page."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.helping import own
from handlers.mine import LISTED
from tests.handlers.near import Near, near

COPIES = 12
"""Asks beside the first one: more than a page holds."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks the Molenstraat circle for groceries in two days."""
    async with near(tmp_path) as scene:
        yield scene


async def many(scene: Near, **changed: object) -> None:
    """Copies of Anna's ask, each a minute younger, with these changes."""
    first = await scene.ask()
    async with scene.village.store.writing() as records:
        for n in range(COPIES):
            at = first.created + timedelta(minutes=n)
            own = {"key": f"copy{n}", "code": f"GB-C{n:02}", "created": at}
            records.put(first.model_copy(update={**own, **changed}))


async def test_a_list_longer_than_a_page_is_turned(scene: Near) -> None:
    """Every entry stands on one page; a page that is no longer there shows the last one."""
    await many(scene)
    (first,) = await scene.act("anna", "/mijn")
    assert first.buttons[LISTED:] == ("Next",)
    (second,) = await scene.act("anna", "[Next]")
    assert second.buttons[COPIES + 1 - LISTED :] == ("Previous",)
    (beyond,) = await scene.act("anna", "<forged: my_items::999>")
    assert beyond.text == second.text
    shown = {*first.buttons, *second.buttons} - {"Next", "Previous"}
    assert len(shown) == COPIES + 1


async def test_who_asked_for_somebody_finds_it_and_others_dont(scene: Near) -> None:
    """Put on behalf of somebody without a phone, it stands with who put it, and opens there."""
    first = await scene.ask()
    wish = first.wish.model_copy(update={"for_other": "Toos"})
    async with scene.village.store.writing() as records:
        behalf = {"key": "toos", "code": "GB-TS", "asker": None, "by": scene.key("vera")}
        records.put(first.model_copy(update={**behalf, "wish": wish}))
    (listed,) = await scene.act("vera", "/mijn")
    assert "For Toos: Groceries" in listed.text
    (card,) = await scene.act("vera", "[GB-TS]")
    assert "It is for Toos." in card.text
    (other,) = await scene.act("anna", "/mijn")
    assert "Toos" not in other.text
    assert not any(
        "Toos" in shown.text for shown in await scene.act("wil", "<forged: my_ask:toos:1>")
    )


async def test_a_helper_who_said_how_it_went_is_not_asked_again(scene: Near) -> None:
    """The list says that the answer of the other is waited for; the asker is still asked."""
    await scene.agreed()
    await scene.village.advance(timedelta(days=2, hours=5))
    (before,) = await scene.act("youssef", "/mijn")
    assert "how did it go?" in before.text
    await scene.act("youssef", "<forged: help_went:ask1.done:1>")
    (listed,) = await scene.act("youssef", "/mijn")
    assert "we wait for an answer" in listed.text
    assert own.waits(await scene.ask(), scene.key("anna"))
    assert not own.waits(await scene.ask(), scene.key("youssef"))
    (card,) = await scene.act("youssef", "[GB-7J2F]")
    assert "How did it go?" not in card.text
