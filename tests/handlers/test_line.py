"""Talking together after a hand-over: by code, by a reply, before it is picked up, at the end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core import lifecycle
from bot.core.covenant import About
from bot.core.handing import Passed
from bot.core.items import EventKind, Openness, Report
from bot.core.people import Role
from handlers.notices import tell
from tests.dialogues.neighbourhood import Neighbourhood
from tests.dialogues.phones import Phones
from tests.dialogues.village import village
from tests.handlers.partners import Partners

REPORT = Report(
    about=About.SELF,
    topic="selfcare",
    text="Eet bijna niet",
    area="gemert",
    landlord="own",
    openness=Openness.VIA_BOT,
    language="en",
)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Vera of the circle passed Anna's matter on to home care, where kim and kees work."""
    async with village(tmp_path) as place:
        found = Partners(Phones(place))
        found.phones.language = "en"
        await Neighbourhood(found.phones).place("molenstraat", "vera (volunteer)", "anna")
        for name in ("kim", "kees"):
            await found.join(name, Role.PROFESSIONAL, "ZORG")
        await pass_on(found)
        yield found


async def pass_on(scene: Partners) -> None:
    """What the form does, without its questions."""
    now = scene.village.clock.now()
    vera, anna = await scene.person("vera"), await scene.person("anna")
    change = lifecycle.pass_on(
        REPORT,
        passed=Passed(by=vera.key, circle="molenstraat", agreed=now),
        volunteer=vera.key,
        reporter=anna.key,
        key="item-1",
        code="GB-7C2F",
        rules=scene.village.rules,
        now=now,
    )
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        turn.keep(change)
        await tell(turn, change)
    await scene.village.settle()
    for name in ("anna", "vera"):
        await scene.act(name, "/start")


async def said(scene: Partners) -> list[tuple[str, str]]:
    """Who wrote what."""
    async with scene.village.store.reading() as records:
        history = await records.history("item-1")
    talk = [e for e in history if e.kind is EventKind.TALK]
    return [(e.data["side"], e.data["text"]) for e in talk]


async def test_a_volunteer_finds_the_line_again_by_its_code(scene: Partners) -> None:
    (shown,) = await scene.act("vera", "gb 7c2f")
    assert "You talk here with the others about GB-7C2F." in shown.text
    assert "Eet bijna niet" not in shown.text
    assert "Write to the others" in shown.buttons


async def test_before_it_is_picked_up_the_card_tells_what_was_written(scene: Partners) -> None:
    await scene.act("vera", "<forged: line_write:item-1:1>")
    await scene.act("vera", "Please ring twice")
    (told,) = scene.news("kees")[-1:]
    assert (told.text, told.buttons) == (
        "Omzien GB-7C2F. There is a message for you.",
        ("Open",),
    )
    card = await scene.act("kees", "[Open]")
    assert any("Please ring twice" in one.text for one in card)


async def test_a_colleague_who_does_not_have_it_is_not_in_the_line(scene: Partners) -> None:
    await scene.act("kim", "<forged: accept:item-1:3>")
    shown = await scene.act("kees", "<forged: line:item-1:4>")
    assert [one.text for one in shown] == ["You can't do this (any more)."]


async def test_who_takes_over_from_a_colleague_talks_along(scene: Partners) -> None:
    await scene.act("kim", "<forged: accept:item-1:3>")
    await scene.act("kees", "<forged: cover:item-1:4>")
    (shown,) = await scene.act("kees", "<forged: line:item-1:5>")
    assert "Nobody wrote anything yet." in shown.text
    refused = await scene.act("kim", "<forged: line:item-1:5>")
    assert [one.text for one in refused] == ["You can't do this (any more)."]


async def test_a_reply_of_the_resident_goes_to_all_three(scene: Partners) -> None:
    """And is no addition to the report."""
    await scene.act("anna", "<forged: line:item-1:1>")
    await scene.act("anna", '(to "You talk here") I am at home today')
    assert await said(scene) == [("resident", "I am at home today")]
    assert (await scene.item()).report.additions == ()
    assert scene.news("vera")[-1].text == "There is a message for you about GB-7C2F."


async def test_who_reads_no_more_is_not_named_as_a_reader(scene: Partners) -> None:
    """A volunteer who left the circle is out of the line, and those who write there know it."""
    await scene.act("kim", "<forged: accept:item-1:3>")
    (shown,) = await scene.act("kim", "<forged: line:item-1:4>")
    assert "They read it: the resident, the volunteer and the home care service." in shown.text
    await scene.act("vera", "<forged: circle_leave_ok:molenstraat:0>")
    (shown,) = await scene.act("kim", "<forged: line:item-1:4>")
    assert "They read it: the resident and the home care service." in shown.text


async def test_the_volunteer_hears_that_it_ended(scene: Partners) -> None:
    await scene.act("kim", "<forged: accept:item-1:3>")
    for gesture in ("<forged: close:item-1:4>", "[It is solved]", "[No note]"):
        await scene.act("kim", gesture)
    scene.news("vera")
    await scene.act("anna", "<forged: how_good:item-1:1>")
    (ended,) = [one for one in scene.news("vera") if one.what == "bot"]
    assert ended.text == "GB-7C2F has ended, and so has your talk. Thank you."
    assert ended.buttons == ()


async def test_who_withdraws_ends_the_line(scene: Partners) -> None:
    await scene.act("kim", "<forged: open:item-1:3>")
    await scene.act("anna", "<forged: withdraw_yes:item-1:1>")
    item = await scene.item()
    assert item.open
    assert item.talk == ()
    for name in ("anna", "vera"):
        shown = await scene.act(name, "<forged: line:item-1:1>")
        assert [one.text for one in shown] == ["You can't do this (any more)."]


async def test_what_was_opened_goes_off_the_screen_of_all_but_the_resident(
    scene: Partners,
) -> None:
    await scene.act("anna", "<forged: line_write:item-1:1>")
    await scene.act("anna", "Only for us")
    for name in ("anna", "vera"):
        await scene.act(name, "<forged: line:item-1:1>")
        scene.news(name)
    await scene.village.advance(timedelta(minutes=16))
    (faded,) = scene.news("vera")
    assert faded.text == "GB-7C2F. What was here is taken off the screen."
    assert scene.news("anna") == []
