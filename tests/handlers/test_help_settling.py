"""What older messages about an ask say and offer, once something else is true."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping.asks import AskStage
from handlers.helping import settling
from tests.dialogues.phones import Shown
from tests.handlers.near import Near, near

TAKEN = "Somebody else helps already"
ROW = ["[Block]", "[End this help]", "[Coach]"]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


async def test_the_claim_has_only_the_ways_out_once_the_asker_agreed(scene: Near) -> None:
    """What Youssef said yes on, and was asked to wait for, says that he helps."""
    await scene.act("youssef", "[Yes, …]")
    assert "[I can't make it]" in _buttons(scene, "youssef", "You want to help")
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "Molenstraat 12")
    assert not _standing(scene, "youssef", "says yes first")
    assert _buttons(scene, "youssef", "You help Anna: Wednesday") == ROW


async def test_the_invitation_of_others_says_that_somebody_helps(scene: Near) -> None:
    """Once the asker agreed to Youssef, Wil can press nothing any more."""
    await scene.agreed()
    assert _standing(scene, "wil", TAKEN)
    assert not _buttons(scene, "wil", TAKEN)


async def test_the_claim_has_no_buttons_once_it_is_called_off(scene: Near) -> None:
    """Before the asker agreed, too."""
    await scene.act("youssef", "[Yes, …]")
    await scene.act("anna", "<forged: help_off_yes:ask1:0>")
    assert (await scene.ask()).stage is AskStage.ENDED
    assert not _standing(scene, "youssef", "You want to help")
    assert not _all_buttons(scene, "youssef") & {"[I can't make it]", "[Yes, …]"}


async def test_only_the_newest_question_has_buttons(scene: Near) -> None:
    """The question whether Youssef is right goes on in the reminder of it; after the help the
    reminder of that is settled by the question how it went."""
    await scene.act("youssef", "[Yes, …]")
    await scene.village.advance(timedelta(hours=25))
    assert _buttons(scene, "anna", "still waits for your answer")
    assert not _standing(scene, "anna", "Youssef wants to help")
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "Molenstraat 12")
    await scene.village.advance(timedelta(days=2))
    assert not _standing(scene, "anna", "comes to help you")
    assert not _standing(scene, "youssef", "You help Anna: Groceries")
    for name in ("anna", "youssef"):
        assert _buttons(scene, name, "How did it go?")


async def test_nothing_is_changed_where_nothing_else_is_true(scene: Near) -> None:
    """Who can't says so, and nobody's message is touched but their own."""
    await scene.act("youssef", "[Yes, …]")
    scene.clear()
    await scene.act("wil", "[I can't]")
    assert not scene.news("anna")
    assert not scene.news("youssef")


async def test_few_messages_are_changed_at_once(
    scene: Near, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest ones, however many stand in the chat."""
    monkeypatch.setattr(settling, "MOST", 2)
    for _time in range(4):
        await scene.act("anna", "<forged: my_ask:ask1:0>")
    scene.clear()
    await scene.act("youssef", "[Yes, …]")
    assert len([shown for shown in scene.news("anna") if shown.what == "edits"]) == settling.MOST


def _screen(scene: Near, name: str) -> list[Shown]:
    entries = scene.phones.entries(scene.phones.user(name))
    return [
        Shown("bot", e.message.get("text", ""), tuple(_labels(e.message)))
        for e in entries
        if e.from_bot
    ]


def _labels(message: dict[str, object]) -> list[str]:
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [f"[{button['text']}]" for row in rows for button in row]


def _standing(scene: Near, name: str, text: str) -> list[Shown]:
    return [shown for shown in _screen(scene, name) if text in shown.text]


def _buttons(scene: Near, name: str, text: str) -> list[str]:
    found = _standing(scene, name, text)
    assert found, f"nothing says {text!r}: {_screen(scene, name)}"
    return list(found[-1].buttons)


def _all_buttons(scene: Near, name: str) -> set[str]:
    return {button for shown in _screen(scene, name) for button in shown.buttons}
