"""Forged, stale and others' buttons of asks: nobody does or sees what is not theirs then."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.helping.asks import AskStage
from bot.core.helping.events import AskEventKind
from handlers.acts import Act
from handlers.helping import buttons as b
from handlers.helping.tokens import token
from tests.dialogues.phones import Shown
from tests.handlers.near import KEY, SECRETS, Near, near
from tests.hostile.looking import leaks, verbs

SLOT = "260304m"
OF_HELPER = ("help_address", "help_about", "help_cant", "help_hand_over")
OF_ASKER = (
    "help_agree", "help_rather", "help_off", "help_off_yes", "help_solved", "help_thank",
    "help_gladly", "help_not_again",
)  # fmt: skip
OF_VOLUNTEER = (
    "ask_card",
    "ask_read",
    "ask_propose",
    "ask_who",
    "ask_slot",
    "ask_slot_anyway",
    "ask_end",
    "ask_write",
    "ask_write_helper",
)
EVERYONES = ("my_ask", "help_write", "help_went", "help_answer", "help_again", "help_leave")
CLAIMS = ("help_yes", "help_day", "help_anyway", "help_no", "help_not")
SAFETY = ("block", "block_yes", "halt", "halt_yes", "coach", "coach_says")
ALL = (*OF_HELPER, *OF_ASKER, *OF_VOLUNTEER, *EVERYONES, *CLAIMS, *SAFETY, "help_seen")
IDS = (KEY, f"{KEY}.{SLOT}", f"{KEY}.done", f"{KEY}.aaaaaaaaaa", f"{KEY}.aaaaaaaaaa.{SLOT}")
STRANGERS = (
    ("eve", "looking"), ("eve", "agreed"), ("hans", "proposed"), ("hans", "agreed"),
    ("hilde", "agreed"), ("hilde", "ended"),
)  # fmt: skip
"""A newcomer, and the volunteer and a member of another circle, at some stages."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks; Youssef and Wil are invited."""
    async with near(tmp_path) as scene:
        yield scene


async def nothing_happens(scene: Near, name: str, which: tuple[str, ...]) -> None:
    """Each of these verbs is answered, changes nothing, and shows and tells nobody anything."""
    revision = (await scene.ask()).revision
    before = await scene.rows()
    for verb in which:
        for id_ in IDS:
            scene.clear()
            shown = await scene.act(name, f"<forged: {verb}:{id_}:{revision}>")
            assert shown, f"{verb} by {name} is not answered"
            assert not leaks(shown, SECRETS), f"{verb}:{id_} shows {name} {shown}"
            assert not elsewhere(scene, name), f"{verb}:{id_} by {name} tells others"
    assert await scene.rows() == before


def elsewhere(scene: Near, name: str) -> list[Shown]:
    """What other phones showed."""
    me = scene.phones.user(name)
    return [s for user, news in scene.phones.news.items() if user != me for s in news]


def test_every_verb_of_asks_is_tried() -> None:
    """What is tried here are all the verbs that there are."""
    known = set(verbs())
    named = {act.verb for act in vars(b).values() if isinstance(act, Act)}
    named |= {b.HELP_DAY, b.WENT, b.PROPOSE_WHO, b.PROPOSE_SLOT}
    elsewhere_tested = {b.PASS.verb, b.STAY.verb, b.PAUSE.verb}
    assert set(ALL) <= known
    assert named - elsewhere_tested <= set(ALL)


@pytest.mark.parametrize(("name", "stage"), STRANGERS)
async def test_strangers_do_and_see_nothing(scene: Near, name: str, stage: str) -> None:
    """Whoever is no part of it does and sees nothing, at any stage."""
    await scene.act(name, "/start")
    await reach(scene, stage)
    await nothing_happens(scene, name, ALL)


@pytest.mark.parametrize("stage", ["looking", "proposed", "agreed", "ended"])
async def test_the_asker_can_not_do_what_a_helper_can(scene: Near, stage: str) -> None:
    """The asker claims nothing, reads no card of the volunteer, and can't make the helper leave."""
    await reach(scene, stage)
    which = (*OF_HELPER, *OF_VOLUNTEER, "help_yes", "help_anyway", "help_day", "coach_says")
    revision = (await scene.ask()).revision
    before = await scene.rows()
    for verb in which:
        for id_ in IDS:
            assert await scene.act("anna", f"<forged: {verb}:{id_}:{revision}>")
    assert await scene.rows() == before


@pytest.mark.parametrize("stage", ["proposed", "agreed", "ended"])
async def test_the_helper_can_not_do_what_the_asker_can(scene: Near, stage: str) -> None:
    """The helper agrees to nothing and calls nothing off; before that the address stays hidden."""
    await reach(scene, stage)
    hidden = () if stage == "agreed" else ("help_address",)
    await no_change(scene, "youssef", (*OF_ASKER, *OF_VOLUNTEER, *hidden, "help_again"))


async def test_an_invited_neighbour_sees_no_more_than_the_invitation(scene: Near) -> None:
    """Before the asker agreed, and after someone else helps, nothing of it is shown."""
    which = (*OF_HELPER, *OF_ASKER, *OF_VOLUNTEER, *EVERYONES)
    await nothing_happens(scene, "wil", which)
    await scene.agreed()
    await nothing_happens(scene, "wil", (*which, "help_yes", "help_anyway"))


async def no_change(scene: Near, name: str, which: tuple[str, ...]) -> None:
    """Each of these verbs is answered and changes nothing."""
    revision = (await scene.ask()).revision
    before = await scene.rows()
    for verb in which:
        for id_ in IDS:
            assert await scene.act(name, f"<forged: {verb}:{id_}:{revision}>"), verb
    assert await scene.rows() == before


async def reach(scene: Near, stage: str) -> None:
    """Bring the ask so far."""
    if stage == "looking":
        return
    if stage == "proposed":
        await scene.act("youssef", "[Yes, …]")
    else:
        await scene.agreed()
    if stage == "ended":
        await scene.act("anna", "[Call it off]")
        await scene.act("anna", "[Yes, call it off]")
    scene.clear()


async def test_an_old_yes_does_not_agree_to_someone_else(scene: Near) -> None:
    """The asker's yes is for who was on the screen, not for who is proposed now."""
    await scene.act("youssef", "[Yes, …]")
    shown = (await scene.ask()).revision
    await scene.act("youssef", "[I can't make it]")
    await scene.act("wil", "[Yes, …]")
    assert (await scene.ask()).stage is AskStage.PROPOSED
    await scene.act("anna", f"<forged: help_agree:{KEY}:{shown}>")
    assert (await scene.ask()).stage is AskStage.PROPOSED
    await scene.act("anna", "[Yes, please]")
    await scene.act("anna", "[No address needed]")
    ask = await scene.ask()
    assert ask.helping == (scene.key("wil"),)


async def test_an_address_typed_for_someone_who_left_goes_to_nobody(scene: Near) -> None:
    """The helper falls away while the asker types: the words are kept from who comes next."""
    await scene.act("youssef", "[Yes, …]")
    await scene.act("anna", "[Yes, please]")
    await scene.act("youssef", "[I can't make it]")
    await scene.act("wil", "[Yes, …]")
    await scene.act("anna", "Molenstraat 12")
    ask = await scene.ask()
    assert (ask.stage, ask.wish.address) == (AskStage.PROPOSED, "")


async def test_of_two_who_claim_at_once_one_helps(scene: Near) -> None:
    """Both taps are in one transaction: the first one wins, the other is thanked."""
    await scene.together(("wil", "[Yes, …]"), ("youssef", "[Yes, …]"))
    claims = [e for e in await scene.history() if e.kind is AskEventKind.CLAIMED]
    assert len(claims) == 1
    late = "youssef" if claims[0].by == scene.key("wil") else "wil"
    assert any("said yes just before you" in shown.text for shown in scene.news(late))


@pytest.mark.parametrize(
    ("name", "label"),
    [("youssef", "[Yes, …]"), ("youssef", "[I can't]"), ("wil", "[End this help]")],
)
async def test_double_taps_count_once(scene: Near, name: str, label: str) -> None:
    """A second tap on the same button changes nothing more."""
    await scene.together((name, label), (name, label), (name, label))
    once = await scene.rows()
    kinds = [e.kind for e in await scene.history() if e.by == scene.key(name)]
    assert len(kinds) == len(set(kinds))
    assert len(once["asks"]) == 1


@pytest.mark.parametrize(
    "acts",
    [
        ("[I can't make it]", "[Hand over]", "[Send a message]", "[See the address]"),
        ("[Hand over]", "[I can't make it]", "[I can't make it]"),
        ("[See the address]", "[See the address]", "[I can't make it]", "[See the address]"),
    ],
    ids=["leaves first", "leaves last", "reads after leaving"],
)
async def test_many_taps_at_once_leave_one_story(scene: Near, acts: tuple[str, ...]) -> None:
    """Whatever is tapped before the bot looks: revisions have no gap, and reads a row each."""
    await scene.agreed()
    await scene.together(*(("youssef", act) for act in acts))
    history = await scene.history()
    assert [event.revision for event in history] == list(range(1, len(history) + 1))
    fell = [e.revision for e in history if e.kind is AskEventKind.FELL_THROUGH]
    read = [e.revision for e in history if e.kind is AskEventKind.READ]
    assert len(fell) == 1
    assert all(revision < fell[0] for revision in read)
    assert len(await scene.reads()) == len(read)


async def test_who_lost_the_place_in_the_circle_claims_nothing(scene: Near) -> None:
    """The board is the circle's: who left can't use its buttons any more."""
    await scene.act("youssef", "[I can't]")
    await scene.act("wil", "[I can't]")
    assert any("board" in shown.text for shown in scene.news("mo"))
    async with scene.village.store.writing() as records:
        records.put((await scene.neighbour("mo")).model_copy(update={"circles": ()}))
    await nothing_happens(scene, "mo", (*CLAIMS, *SAFETY))


async def test_who_is_blocked_claims_nothing(scene: Near) -> None:
    """A block holds for invitations that stand on the screen already, and is not told."""
    marked = await mark_of(scene, "youssef")
    await scene.act("youssef", "[Yes, …]")
    await scene.act("anna", "[Block]")
    await scene.act("anna", "[Yes, block]")
    assert scene.key("anna") in (await scene.neighbour("youssef")).blocked
    shown = await scene.act("youssef", f"<forged: help_yes:{KEY}.{SLOT}:9>")
    assert not leaks(shown, ("lock", "Anna"))
    assert (await scene.ask()).helping == ()
    assert marked not in scene.key("youssef"), "a mark is no part of a key"


async def mark_of(scene: Near, name: str) -> str:
    """What stands for somebody in the buttons of the ask."""
    async with scene.village.store.reading() as records:
        return token(scene.turn(records), await scene.ask(), scene.key(name))


@pytest.mark.parametrize("slot", ["681231m", "260304e", "260302m"])
async def test_no_button_promises_a_time_that_nobody_wants(scene: Near, slot: str) -> None:
    """In a volunteer's hands and in a neighbour's, far off, another part, or over already."""
    marked, before = await mark_of(scene, "wil"), await scene.rows()
    forged = {
        "vera": tuple(
            f"{verb}:{KEY}.{marked}.{slot}:9" for verb in ("ask_slot", "ask_slot_anyway")
        ),
        "wil": (f"help_yes:{KEY}.{slot}:9", f"help_anyway:{KEY}.{slot}:9"),
    }
    for name, data in forged.items():
        for one in data:
            assert await scene.act(name, f"<forged: {one}>")
    assert await scene.rows() == before


async def test_a_mark_tells_nothing_in_another_ask(scene: Near) -> None:
    """The same person is another mark in another ask, so nobody can be followed."""
    first = await mark_of(scene, "anna")
    await scene.hood.ask("anna", "groceries", "3 morning")
    async with scene.village.store.reading() as records:
        second = token(scene.turn(records), await scene.ask("ask2"), scene.key("anna"))
    assert first != second


async def test_who_stops_coordinating_has_no_cards(scene: Near) -> None:
    """The volunteer's buttons end with the place in the circle."""
    assert any(
        "Groceries" in s.text for s in await scene.act("vera", f"<forged: ask_card:{KEY}:1>")
    )
    async with scene.village.store.writing() as records:
        records.put((await scene.neighbour("vera")).model_copy(update={"circles": ()}))
    await nothing_happens(scene, "vera", OF_VOLUNTEER)


@pytest.mark.parametrize(
    "key", ["", "ask1", "ask2", "../ask1", "x" * 60, "inv_ask1", "ask1.260304m"]
)
async def test_a_link_tells_strangers_nothing(scene: Near, key: str) -> None:
    """A link from the group, also a guessed one, says the same to everyone outside the circle."""
    said = {s.text for s in await scene.act("hilde", f"/start ask_{key}")}
    assert said == {"That is for members of the circle. Its volunteer can let you join."}
