"""Forged buttons: every verb that there is, pressed by everyone who has no right to it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.covenant import About
from bot.core.items import Report, Stage
from bot.core.people import Role
from tests.handlers.partners import NOISE, Partners, partners
from tests.hostile.looking import NEGLECT, commands, leaks, rows, verbs

LEAD = ("accept", "cover", "decline", "close", "spoken", "nobody_home", "later_today")
"""Only for the partner that holds the item."""
STEERING = ("assign", "give", "reopen", "steer", "pile", "failed")
"""Only for coordinators."""
WORKING = (*LEAD, *STEERING, "open", "card", "cannot", "ask_reporter", "note", "told")
"""Only for partners; the others are a resident's, who has them for their own items."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Two mediators (BB) and a coordinator (GEM)."""
    async with partners(tmp_path) as scene:
        yield scene


async def held(scene: Partners, report: Report = NEGLECT) -> str:
    """A report with a note, held by the coordinator; returns its key."""
    key = await scene.report(report)
    await scene.act("carla", "[Open]")
    await scene.act("carla", f"<forged: accept:{key}:2>")
    await scene.act("carla", f"<forged: note:{key}:3>")
    await scene.act("carla", "Geheime notitie")
    assert (await scene.item()).stage is Stage.HELD
    return key


async def nothing_happens(scene: Partners, name: str, key: str, which: tuple[str, ...]) -> None:
    """Each of these verbs is answered, changes no item and shows nothing of it."""
    before = await rows(scene.village)
    revision = (await scene.item()).revision
    for verb in which:
        # Slowly: who taps faster than people do is not read.
        scene.village.clock.advance(timedelta(seconds=5))
        id_ = f"{key}.1" if verb == "give" else key
        shown = await scene.act(name, f"<forged: {verb}:{id_}:{revision}>")
        assert shown, f"{verb} by {name} is not answered"
        assert not leaks(shown), f"{verb} shows {name} what is in the item"
        assert not [one for one in shown if one.what == "toast" and "<" in one.text], verb
    after = await rows(scene.village)
    for table, rows_before in before.items():
        assert after[table] == rows_before, f"{name} changed {table}"


async def resident(scene: Partners, _key: str) -> str:
    """Somebody with a report of their own, so with buttons of their own."""
    await scene.act("eve", "/start")
    return "eve"


async def outsider(scene: Partners, _key: str) -> str:
    """A professional of a partner without a mandate for this."""
    await scene.join("pol", Role.PROFESSIONAL, "POL")
    return "pol"


async def volunteer(scene: Partners, _key: str) -> str:
    """A volunteer of a circle."""
    await scene.join("vera", Role.VOLUNTEER, "BC")
    return "vera"


async def former(scene: Partners, _key: str) -> str:
    """Someone who opened and left."""
    await scene.join("fred", Role.PROFESSIONAL, "GGD")
    await scene.act("fred", "<forged: open:item-1:2>")
    await scene.act("fred", "/uitloggen")
    await scene.act("fred", "[Yes, leave]")
    return "fred"


async def other_deputy(scene: Partners, _key: str) -> str:
    """A professional of the deputy of who is involved, before it was called in."""
    await scene.join("dirk", Role.PROFESSIONAL, "GGD-TL")
    return "dirk"


@pytest.mark.parametrize(
    "intruder", [resident, outsider, volunteer, former, other_deputy], ids=lambda f: f.__name__
)
async def test_no_button_works_for_who_has_no_right(scene: Partners, intruder: object) -> None:
    """Every verb, pressed with somebody else's item, changes nothing and shows nothing."""
    key = await held(scene)
    assert callable(intruder)
    name = await intruder(scene, key)
    await nothing_happens(scene, name, key, verbs())


@pytest.mark.parametrize("command", [f"/{name}" for name in commands()])
async def test_no_command_shows_others_items(scene: Partners, command: str) -> None:
    """Every command, also with a code or a key behind it, is about one's own things only."""
    await held(scene)
    before = await rows(scene.village)
    for name in ("eve", "pol"):
        if name == "pol":
            await outsider(scene, "")
        for words in ("", " item-1", " GB-7K2F", " inv_item-1"):
            shown = await scene.act(name, command + words)
            assert shown
            assert not leaks(shown, ("GB-7K2F", "Gemert,", *("Achterdoor", "Kerkstraat")))
    after = await rows(scene.village)
    assert [before[t] == after[t] for t in ("items", "events", "access_log")] == [True] * 3


async def test_who_is_involved_leads_nothing(scene: Partners) -> None:
    """Public health looks along: it sees and notes, and takes no decision."""
    key = await held(scene)
    await scene.join("gina", Role.PROFESSIONAL, "GGD")
    await nothing_happens(scene, "gina", key, (*LEAD, *STEERING))
    asked_at = (await scene.item()).progress_at
    scene.village.clock.advance(timedelta(days=1))
    await scene.act("gina", f"<forged: note:{key}:1>")
    assert (await scene.act("gina", "Gezien"))[0].what == "bot"
    assert (await scene.item()).progress_at == asked_at, "her note answers for who holds it"


async def test_who_works_for_two_partners_acts_for_the_one_that_holds_it(scene: Partners) -> None:
    """The other one only looks along; the access log and the item name the right one."""
    await scene.join("paul", Role.PROFESSIONAL, "POL")
    await scene.join("paul", Role.PROFESSIONAL, "GEM")
    key = await scene.report(NEGLECT.model_copy(update={"topic": "unsafe"}))
    await scene.act("paul", f"<forged: open:{key}:2>")
    await scene.act("paul", f"<forged: accept:{key}:2>")
    assert [one.partner for one in await scene.accesses()] == ["POL"]
    assert (await scene.item()).assignment.by == (await scene.person("paul")).key


async def test_a_reporter_is_no_professional_on_their_own_report(scene: Partners) -> None:
    """Also the coordinator who reports reads and decides nothing of it."""
    key = await scene.report(NEGLECT, reporter="carla")
    await scene.join("chris", Role.COORDINATOR, "GEM")
    await nothing_happens(scene, "carla", key, tuple(v for v in WORKING if v not in STEERING[3:]))


async def test_a_report_that_is_not_safe_is_the_coordinators_alone(scene: Partners) -> None:
    """Who would lead it otherwise, and who would be involved, see and do nothing."""
    key = await scene.report(NEGLECT.model_copy(update={"unsafe": True}))
    await scene.join("gina", Role.PROFESSIONAL, "GGD")
    await scene.join("willem", Role.PROFESSIONAL, "WON")
    await scene.join("vera", Role.VOLUNTEER, "BC")
    for name in ("gina", "willem", "vera", "bart"):
        await nothing_happens(scene, name, key, verbs())


async def test_after_its_end_an_item_is_closed_to_partners(scene: Partners) -> None:
    """Who held it and who was involved lose it with its end; only the duty to tell remains."""
    key = await scene.report(NOISE.model_copy(update={"about": About.SELF}))
    await scene.act("bart", f"<forged: open:{key}:2>")
    await scene.act("bart", f"<forged: accept:{key}:2>")
    await scene.act("bart", f"<forged: close:{key}:3>")
    await scene.act("bart", "[It is solved]")
    await scene.act("bart", "[No note]")
    await scene.village.advance(timedelta(days=20))
    assert (await scene.item()).stage is Stage.NOT_CONFIRMED
    for name in ("bart", "bea"):
        await nothing_happens(scene, name, key, WORKING)


async def test_buttons_of_a_resident_are_for_their_own_items(scene: Partners) -> None:
    """A professional who holds it can't answer, withdraw or add as if they were the reporter."""
    key = await held(scene)
    # Turning a page of a list that was never shown is answered by its absence.
    theirs = tuple(verb for verb in verbs() if verb not in {*WORKING, "work_page"})
    await nothing_happens(scene, "carla", key, theirs)


@pytest.mark.parametrize(
    "data",
    [
        "", ":", "::", "x" * 64, "é" * 32, "open", "open:", "open:item-1", "open:item-1:x",
        "open:item-1:-1", "open:item-1:1:1", "open:item-1 :1", "OPEN:item-1:1", "open:item-1:٣",
        "open:\u202eitem-1:1", "open:'; drop table items; --:1", "open:item-1\x00:1",
        "give:item-1.:1", "give:item-1.99:1", "give:.0:1", "give:item-1.-1:1", "pile:__class__:0",
        "leave:constructor:0", "language:../../x:0", "my_items:item-1:999999999", "every:item-1:0",
        "work_page::999999999", "answer:{0.__class__}:1",
    ],
)  # fmt: skip
async def test_button_data_of_another_shape_does_nothing(scene: Partners, data: str) -> None:
    """Whatever a changed app sends instead of our data is answered and changes nothing."""
    await held(scene)
    await scene.act("eve", "/start")
    before = await rows(scene.village)
    assert await scene.act("eve", f"<forged: {data}>")
    assert await rows(scene.village) == before
