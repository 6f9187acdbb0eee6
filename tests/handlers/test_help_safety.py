"""Block, stop and the coach are one tap away wherever another person is on the screen."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping.asks import AskStage, How, SearchStep
from bot.core.helping.change import News
from bot.core.people import Role
from handlers.helping import parting
from handlers.helping.sayings import COORDINATES
from tests.dialogues.phones import Shown
from tests.handlers.near import Near, near

ROW = ("Block", "End this help", "Coach")
PLAYED = (
    ("youssef", "[Yes, …]"), ("anna", "[Rather someone else]"), ("wil", "[Yes, …]"),
    ("wil", "/mijn"), ("anna", "/mijn"), ("anna", "[GB-7J2F]"), ("anna", "[Yes, please]"),
    ("anna", "Molenstraat 12"), ("wil", "[See the address]"), ("wil", "[Send a message]"),
    ("wil", "Hello Anna, this is Wil"), ("anna", '(to "Hello Anna") Hello Wil'),
    ("anna", "[GB-7J2F] (old)"), ("wil", "[Hand over]"), ("anna", "[Look]"),
)  # fmt: skip


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


def named(shown: Shown, *names: str) -> bool:
    """Whether a message (no toast) names one of these."""
    return shown.what != "toast" and any(name in shown.text for name in names)


async def test_every_screen_with_another_person_has_the_row(scene: Near) -> None:
    """From the invitation to the questions afterwards, for the asker and for the helpers."""
    seen: list[Shown] = []
    for name, gesture in PLAYED:
        scene.clear()
        await scene.act(name, gesture)
        seen += all_of(scene)
    scene.clear()
    await scene.village.advance(timedelta(days=2, hours=5))
    seen += all_of(scene)
    screens = [one for one in seen if named(one, "Anna", "Youssef", "Wil")]
    assert len(screens) > len(PLAYED) / 2
    assert [str(one) for one in screens if one.buttons[-3:] != ROW] == []


def all_of(scene: Near) -> list[Shown]:
    """What the phones of the three showed."""
    return [one for name in ("anna", "youssef", "wil") for one in scene.news(name)]


async def test_an_invitation_has_the_row_though_nobody_is_named(scene: Near) -> None:
    """Somebody is behind it all the same."""
    await scene.hood.ask("anna", "groceries", "3 morning")
    assert [shown.buttons[-3:] for shown in scene.news("wil")] == [ROW]


async def test_a_block_holds_for_all_that_comes_and_is_not_told(scene: Near) -> None:
    """Neither is asked for the other any more, whoever of the two asks."""
    await scene.act("youssef", "[Block]")
    await scene.act("youssef", "[Yes, block]")
    scene.clear()
    await scene.hood.ask("anna", "groceries", "3 morning")
    assert not scene.news("youssef")
    assert scene.news("wil")
    await scene.hood.offer("anna", "groceries")
    await scene.hood.ask("youssef", "groceries", "3 morning")
    assert not [shown for shown in scene.news("anna") if "help a neighbour" in shown.text]
    for name in ("anna", "wil", "vera"):
        assert not any("lock" in shown.text for shown in scene.news(name))


async def test_a_block_in_the_middle_of_it_goes_back_with_neutral_words(scene: Near) -> None:
    """The one who is blocked hears the same as when it was arranged in another way."""
    await scene.agreed()
    await scene.act("anna", "[Block]")
    scene.clear()
    await scene.act("anna", "[Yes, block]")
    assert (await scene.ask()).stage is AskStage.LOOKING
    words = " ".join(one.text for name in ("youssef", "vera") for one in scene.news(name))
    assert "arranged in another way" in words
    assert "Please look" in words
    assert "lock" not in words
    assert "Youssef" not in words


async def test_the_coach_answers_who_wrote_and_nobody_else_does(scene: Near) -> None:
    """A volunteer of the circle is no coach, and an answer needs somebody who wrote."""
    await scene.join("cor", Role.COACH, "BC-COACH")
    await scene.act("wil", "[Coach]")
    scene.clear()
    await scene.act("wil", "I doubt.")
    assert any("I doubt." in shown.text for shown in scene.news("cor"))
    assert not any(
        "I doubt." in shown.text for name in ("vera", "anna") for shown in scene.news(name)
    )
    press = await button(scene, "cor", "Answer")
    shown = await scene.act("vera", f"<forged: {press}>")
    assert shown[0].text == "This is not there any more."
    await scene.act("cor", "[Answer]")
    await scene.act("cor", "Call me.")
    assert any("Call me." in shown.text for shown in scene.news("wil"))


async def button(scene: Near, name: str, label: str) -> str:
    """The data of the newest button with this label."""
    for entry in reversed(scene.phones.entries(scene.phones.user(name))):
        keyboard = entry.message.get("reply_markup", {}).get("inline_keyboard", [])
        for row in keyboard:
            for one in row:
                if one["text"] == label:
                    return str(one["callback_data"])
    raise AssertionError(label)


@pytest.mark.parametrize("news", COORDINATES)
def test_who_coordinates_gets_the_row_below_every_text_with_a_person_in_it(news: News) -> None:
    """And below no other: there is nobody to block."""
    saying = COORDINATES[news]
    assert saying.other is ("{who" in saying.text.lower())


async def test_no_show_is_a_private_note_the_second_time(scene: Near) -> None:
    """No sanction: the volunteer is told once, and the helper hears nothing of it."""
    await scene.agreed()
    await scene.village.advance(timedelta(days=2, hours=5))
    await scene.act("anna", "[No]")
    assert not any("In private" in shown.text for shown in scene.news("vera"))
    await scene.hood.ask("anna", "groceries", "2 morning")
    await scene.act("youssef", "[Yes, …]")
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "[No address needed]")
    await scene.village.advance(timedelta(days=2, hours=5))
    scene.clear()
    await scene.act("anna", "[No]")
    assert any("In private: Youssef" in shown.text for shown in scene.news("vera"))
    assert not scene.news("youssef")
    assert (await scene.ask("ask2")).after.asker is How.NO


async def test_a_block_of_who_was_called_counts_at_once(scene: Near) -> None:
    """Anna blocks the only volunteer, for whom the search waits: the coach is asked now."""
    await scene.join("carl", Role.COACH, "BC-COACH")
    for name in ("youssef", "wil"):
        await scene.act(name, "[I can't]")
    await scene.village.advance(timedelta(hours=25))
    assert (await scene.ask()).search.step is SearchStep.VOLUNTEER
    scene.clear()
    async with scene.village.store.writing() as records:
        await parting.part(scene.turn(records), scene.key("anna"), scene.key("vera"))
    await scene.village.settle()
    assert any("Nobody was found yet" in shown.text for shown in scene.news("carl"))
    assert not scene.news("vera")
