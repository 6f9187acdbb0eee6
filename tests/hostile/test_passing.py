"""A warm hand-over attacked: lost roles, no mandate, forged keys, pressing twice, after the end."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.core import lifecycle
from bot.core.covenant import About
from bot.core.handing import Passed
from bot.core.helping.asks import Ask, AskEnd
from bot.core.helping.lines import READ
from bot.core.helping.neighbours import Neighbour
from bot.core.items import EventKind, Item, Openness, Report
from bot.core.people import Person, Role
from handlers.notices import tell
from tests.dialogues.neighbourhood import Neighbourhood
from tests.dialogues.phones import Phones, Shown
from tests.dialogues.village import village
from tests.handlers.partners import Partners
from tests.hostile.looking import leaks

SECRETS = ("Fridge is empty", "Kerkstraat", "Geheime notitie", "Anna")
TOLD = Report(
    about=About.SELF,
    topic="selfcare",
    text="Fridge is empty",
    area="gemert",
    address="Kerkstraat 1",
    landlord="own",
    openness=Openness.NAMED,
    name="Anna",
    language="en",
)
REFUSED = "You can't do this (any more)."


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """A circle with a volunteer, who passed Anna's matter on to home care, where kim has it."""
    async with village(tmp_path) as place:
        found = Partners(Phones(place))
        found.phones.language = "en"
        await Neighbourhood(found.phones).place("molenstraat", "vera (volunteer)", "anna", "wil")
        await found.join("kim", Role.PROFESSIONAL, "ZORG")
        await found.join("bart", Role.PROFESSIONAL, "BB")
        for name in ("anna", "wil", "stranger"):
            await found.act(name, "/start")
        yield found


async def pass_on(scene: Partners) -> str:
    """What the form does, without its questions."""
    vera, anna = await scene.person("vera"), await scene.person("anna")
    now = scene.village.clock.now()
    change = lifecycle.pass_on(
        TOLD,
        passed=Passed(by=vera.key, circle="molenstraat", agreed=now),
        volunteer=vera.key,
        reporter=anna.key,
        key="item-1",
        code="GB-7K2F",
        rules=scene.village.rules,
        now=now,
    )
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        turn.keep(change)
        await tell(turn, change)
    await scene.village.settle()
    await scene.act("kim", "<forged: accept:item-1:3>")
    await scene.act("kim", "<forged: note:item-1:4>")
    await scene.act("kim", "Geheime notitie")
    scene.news("vera")
    return "item-1"


async def talked(scene: Partners, key: str = "item-1") -> list[str]:
    """What was said in the line."""
    async with scene.village.store.reading() as records:
        history = await records.history(key)
    return [e.data["text"] for e in history if e.kind is EventKind.TALK]


async def without_role(scene: Partners, name: str) -> None:
    """Somebody has no place in a circle any more."""
    person = await scene.person(name)
    async with scene.village.store.writing() as records:
        records.put(Neighbour(key=person.key))


def refused(shown: Sequence[Shown]) -> bool:
    """Whether nothing but a refusal was shown."""
    return [one.text for one in shown] == [REFUSED]


async def test_the_volunteer_sees_no_notes_no_report_and_no_address(scene: Partners) -> None:
    key = await pass_on(scene)
    shown = await scene.act("vera", f"<forged: line:{key}:1>")
    assert shown
    assert not leaks(shown, SECRETS)
    assert refused(await scene.act("vera", f"<forged: open:{key}:1>"))
    assert refused(await scene.act("vera", f"<forged: card:{key}:1>"))


async def test_what_the_volunteer_reads_is_written_down(scene: Partners) -> None:
    key = await pass_on(scene)
    await scene.act("vera", f"<forged: line:{key}:1>")
    vera = (await scene.person("vera")).key
    assert [(a.what, a.partner) for a in await scene.accesses() if a.person == vera] == [
        (READ, "BC")
    ]


@pytest.mark.parametrize(
    "verb", ["line", "line_write", "line_stop", "line_stop_yes", "line_block", "line_block_yes"]
)
@pytest.mark.parametrize("who", ["wil", "bart", "stranger"])
async def test_nobody_else_gets_into_the_line(scene: Partners, who: str, verb: str) -> None:
    key = await pass_on(scene)
    before = await scene.item()
    shown = await scene.act(who, f"<forged: {verb}:{key}:1>")
    assert not leaks(shown, SECRETS)
    assert shown[0].text == REFUSED
    assert await scene.item() == before


async def test_who_lost_the_role_is_out_also_with_a_form_open(scene: Partners) -> None:
    key = await pass_on(scene)
    await scene.act("vera", f"<forged: line_write:{key}:1>")
    await without_role(scene, "vera")
    assert refused(await scene.act("vera", "I still want to say something"))
    assert refused(await scene.act("vera", f"<forged: line:{key}:1>"))
    assert await talked(scene) == []


async def test_who_lost_the_role_hears_of_nothing_any_more(scene: Partners) -> None:
    key = await pass_on(scene)
    await without_role(scene, "vera")
    await scene.act("anna", f"<forged: line_write:{key}:1>")
    await scene.act("anna", "Are you there?")
    assert scene.news("vera") == []


async def test_a_professional_who_left_the_partner_is_out(scene: Partners) -> None:
    key = await pass_on(scene)
    kim = await scene.person("kim")
    async with scene.village.store.writing() as records:
        records.put(kim.model_copy(update={"memberships": ()}))
    assert refused(await scene.act("kim", f"<forged: line:{key}:1>"))


async def test_the_line_ends_with_the_item(scene: Partners) -> None:
    key = await pass_on(scene)
    for gesture in (f"<forged: close:{key}:5>", "[Help has started]", "[No note]"):
        await scene.act("kim", gesture)
    await scene.act("vera", f"<forged: line_write:{key}:1>")
    await scene.act("anna", f"<forged: how_good:{key}:1>")
    assert refused(await scene.act("vera", "Too late"))
    for who in ("vera", "anna", "kim"):
        assert refused(await scene.act(who, f"<forged: line:{key}:1>"))
    assert await talked(scene) == []


@pytest.mark.parametrize("verb", ["line", "line_write", "line_stop_yes", "line_block_yes"])
@pytest.mark.parametrize("key", ["", "nothing", "item-2"])
async def test_a_forged_key_finds_nothing(scene: Partners, verb: str, key: str) -> None:
    await pass_on(scene)
    (shown,) = await scene.act("vera", f"<forged: {verb}:{key}:1>")
    assert shown.text == "This is not there any more."


async def test_to_block_twice_blocks_once_and_works_both_ways(scene: Partners) -> None:
    key = await pass_on(scene)
    twice = (("anna", f"<forged: line_block_yes:{key}:1>"),) * 2
    await scene.together(*twice)
    vera, anna = await scene.person("vera"), await scene.person("anna")
    async with scene.village.store.reading() as records:
        one, other = await records.get(Neighbour, vera.key), await records.get(Neighbour, anna.key)
        history = await records.history(key)
    assert one is not None
    assert other is not None
    assert (one.blocked, other.blocked) == ((anna.key,), (vera.key,))
    assert sum(e.kind is EventKind.LEFT_TALK for e in history) == 1
    assert (await scene.item()).talk == (anna.key,)


async def test_what_was_read_goes_off_the_screen_of_who_is_stopped(scene: Partners) -> None:
    key = await pass_on(scene)
    await scene.act("anna", f"<forged: line_write:{key}:1>")
    await scene.act("anna", "Only for you")
    await scene.act("vera", f"<forged: line:{key}:1>")
    scene.news("vera")
    await scene.act("anna", f"<forged: line_stop_yes:{key}:1>")
    edited = [one for one in scene.news("vera") if one.what == "edits"]
    assert edited
    assert not leaks(edited, ("Only for you",))


async def test_only_who_coordinates_passes_an_ask_on(scene: Partners) -> None:
    await Neighbourhood(scene.phones).ask("anna", "groceries", "2 morning")
    for who in ("wil", "bart", "kim", "anna"):
        await scene.act(who, "<forged: ask_pass:ask1:1>")
        assert refused(await scene.act(who, "<forged: ask_pass:ask1:1>")), who


async def passing(scene: Partners, *more: str) -> None:
    """The volunteer fills in the form as far as the review."""
    await scene.act("vera", "<forged: ask_pass:ask1:1>")
    for gesture in (
        "She is not eating and is thin",
        "[Not looking after themselves]",
        *("[Yes]", "[No]", "[No, the partner takes over]"),
        *more,
    ):
        await scene.act("vera", gesture)


async def test_who_loses_the_role_in_the_middle_passes_nothing_on(scene: Partners) -> None:
    await Neighbourhood(scene.phones).ask("anna", "groceries", "2 morning")
    await passing(scene)
    await without_role(scene, "vera")
    assert refused(await scene.act("vera", "[Send]"))
    assert await raised(scene) == []


async def test_what_ended_in_the_meantime_is_not_passed_on(scene: Partners) -> None:
    await Neighbourhood(scene.phones).ask("anna", "groceries", "2 morning")
    await passing(scene)
    await scene.act("anna", "<forged: help_off_yes:ask1:1>")
    await scene.act("vera", "[Send]")
    assert await raised(scene) == []


async def test_to_send_twice_passes_on_once(scene: Partners) -> None:
    await Neighbourhood(scene.phones).ask("anna", "groceries", "2 morning")
    await passing(scene)
    await scene.act("vera", "[Send] (twice)")
    (item,) = await raised(scene)
    async with scene.village.store.reading() as records:
        ask = await records.get(Ask, "ask1")
    assert ask is not None
    assert (ask.end, ask.item) == (AskEnd.PASSED_ON, item.key)
    assert item.report.name is None
    assert item.report.address is None


async def raised(scene: Partners) -> Sequence[Item]:
    """What Anna is the reporter of."""
    async with scene.village.store.reading() as records:
        return await records.raised_by((await scene.person("anna")).key)


async def test_only_who_leads_it_asks_a_circle(scene: Partners) -> None:
    key = await pass_on(scene)
    for who in ("vera", "anna", "wil", "bart"):
        assert refused(await scene.act(who, f"<forged: to_circle:{key}:1>")), who


async def test_who_has_no_mandate_any_more_asks_no_circle(scene: Partners) -> None:
    key = await pass_on(scene)
    for gesture in (
        f"<forged: to_circle:{key}:1>",
        "[The Molenstraat circle]",
        "A cup of coffee each week",
        "[A walk or coffee together]",
        "[Within a week]",
        *("morning", "[Ready]", "[Yes]"),
    ):
        await scene.act("kim", gesture)
    kim = await scene.person("kim")
    async with scene.village.store.writing() as records:
        records.put(Person.model_validate({**kim.model_dump(), "memberships": ()}))
    assert refused(await scene.act("kim", "[Send]"))
    assert (await scene.item()).back is None


async def test_the_coach_is_asked_once_and_by_nobody_else(scene: Partners) -> None:
    await scene.join("bea", Role.COACH, "BC-COACH")
    key = await pass_on(scene)
    assert refused(await scene.act("wil", f"<forged: line_coach:{key}:1>"))
    await scene.act("anna", f"<forged: line_coach:{key}:1>")
    await scene.act("anna", "I don't feel well with this")
    (told,) = scene.news("bea")
    assert "I don't feel well with this" in told.text
