"""What older messages about an ask say and offer, once something else is true."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping.asks import AskStage
from bot.core.people import Role
from handlers.helping import cards
from tests.dialogues.phones import Shown
from tests.handlers.near import SECRETS, Near, near
from tests.hostile.looking import leaks

TAKEN = "Somebody else helps already"
ENDED = "GB-7J2F It has ended. The help was given."
PAST = "GB-7J2F Groceries · past"
_SINCE = 3
"""What Anna read since: the answer on what she pressed, when it is next, and who looks along."""
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
    monkeypatch.setattr(cards, "MOST", 2)
    for _time in range(4):
        await scene.act("anna", "<forged: my_ask:ask1:0>")
    scene.clear()
    await scene.act("youssef", "[Yes, …]")
    assert len([shown for shown in scene.news("anna") if shown.what == "edits"]) == cards.MOST


async def test_when_it_ends_one_message_says_so_and_the_others_what_they_were_about(
    scene: Near,
) -> None:
    """The same line is not read again and again; what has passed is never changed once more."""
    await scene.agreed()
    await scene.act("youssef", "[See the address]")
    await _over(scene)
    scene.clear()
    await scene.act("anna", "[Done]")
    texts = [shown.text for shown in _screen(scene, "youssef")]
    assert texts.count(ENDED) == 1
    assert PAST in texts
    assert not leaks(_screen(scene, "youssef"), SECRETS)
    scene.clear()
    await scene.act("anna", "[Say thanks]")
    assert [shown.what for shown in scene.news("youssef")] == ["bot"]


async def test_of_very_many_messages_all_fade_a_few_at_a_time(
    scene: Near, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not all in one moment, and in the end none is left."""
    monkeypatch.setattr(cards, "MOST", 2)
    await scene.agreed()
    for number in range(5):
        await scene.act("anna", "<forged: help_write:ask1:0>")
        await scene.act("anna", f"Hello {number}, this is Anna")
    scene.clear()
    await scene.act("youssef", "[I can't make it]")
    assert (
        len([shown for shown in scene.news("youssef") if shown.what == "edits"]) == 1 + cards.MOST
    )
    await scene.village.advance(timedelta(minutes=10))
    assert not leaks(_screen(scene, "youssef"), SECRETS)


async def test_what_is_of_an_earlier_time_of_weekly_help_is_past(scene: Near) -> None:
    """When the next time begins; what happens then changes no message of before."""
    await scene.act("anna", "<forged: help_off_yes:ask1:0>")
    await scene.hood.offer("mo", "company")
    await scene.hood.ask("anna", "company", "1 morning", "weekly")
    await scene.act("mo", "[Yes, …]")
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "[No address needed]")
    await scene.village.advance(timedelta(days=1, hours=5))
    await scene.act("anna", "[Done]")
    (past,) = {shown.text for name in ("anna", "mo") for shown in _standing(scene, name, "· past")}
    assert past.startswith("GB-3MPH")
    before = len(_standing(scene, "anna", past))
    await scene.village.advance(timedelta(days=5))
    scene.clear()
    await scene.act("mo", "[Yes, …]")
    assert len(_standing(scene, "anna", past)) == before
    assert len([shown for shown in scene.news("anna") if shown.what == "edits"]) <= _SINCE


async def test_who_coordinates_keeps_no_name_and_no_words_of_what_ended(scene: Near) -> None:
    """On the phones of a volunteer and a coach stand the code and that it ended."""
    await scene.join("carl", Role.COACH, "BC-COACH")
    await scene.act("vera", "<forged: ask_card:ask1:0>")
    for gesture in ("[Propose someone]", "[Youssef]", "[Read what it is about]"):
        await scene.act("vera", gesture)
    await scene.act("vera", "[Write to the asker] (old)")
    await scene.act("vera", "When suits you?")
    await scene.act("anna", '(to "When suits you") At ten, Anna.')
    await scene.agreed()
    await scene.act("vera", "<forged: ask_card:ask1:0>")
    await scene.act("carl", "<forged: ask_read:ask1:0>")
    assert leaks(_screen(scene, "vera"), (*SECRETS, "At ten"))
    assert leaks(_screen(scene, "carl"), SECRETS)
    await scene.act("anna", "<forged: help_off_yes:ask1:0>")
    for name in ("vera", "carl"):
        assert not leaks(_screen(scene, name), (*SECRETS, "At ten"))
        assert _standing(scene, name, "It has ended")


async def test_who_helps_is_said_again_when_somebody_does_not_take_over(scene: Near) -> None:
    """With all that Anna can do, though she answers on the message about Wil."""
    await scene.agreed()
    await scene.act("youssef", "[Hand over]")
    await scene.act("wil", "[Yes, …]")
    await scene.act("anna", "[Rather someone else]")
    assert _buttons(scene, "anna", "Youssef helps") == ["[Send a message]", "[Call it off]", *ROW]
    assert len(_standing(scene, "anna", "Youssef helps")) == 1


async def _over(scene: Near) -> None:
    await scene.village.advance(timedelta(days=2, hours=5))


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
