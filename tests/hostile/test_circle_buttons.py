"""Forged buttons of circles: strangers, members and volunteers of elsewhere do and see nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.dialogues.phones import Shown
from tests.handlers.near import Near, near
from tests.hostile.looking import leaks, verbs

OF_VOLUNTEER = (
    "circle_code", "circle_new", "circle_people", "circle_board", "circle_for", "circle_group",
    "circle_evening", "circle_settings", "group_code", "group_off", "meeting_new",
)  # fmt: skip
OF_MEMBER = (
    "circle_standby", "circle_open", "circle_leave", "circle_coach", "circle_meet", "circle_place",
)  # fmt: skip
ABOUT_SOMEONE = (
    "circle_yes", "circle_no", "circle_person", "member_standby", "member_vog", "member_vog_ok",
    "member_intro", "member_intro_ok", "member_out", "member_out_yes", "member_block",
    "member_block_ok", "coach_answer", "worry_about",
)  # fmt: skip
ABOUT_A_MEETING = ("meeting_yes", "meeting_no", "meeting_off", "meeting_off_yes", "evening_mute")
HARMLESS = ("circle", "circles", "circle_leave_ok")
NAMES = ("Anna", "Youssef", "Wil", "Mo", "Vera", "De Eendracht")
"""The people of the circle, and where its meeting is."""
FORM = "Stop filling in"
"""The button below every question of a form: none is opened for who may not finish it."""
STRANGERS = ("eve", "hans", "hilde")
"""A newcomer, and the volunteer and a member of another circle."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """The Molenstraat circle, with Vera as its volunteer, and a meeting."""
    async with near(tmp_path) as scene:
        await scene.hood.meet("molenstraat", "1")
        yield scene


def ids(scene: Near, which: str) -> list[str]:
    """The ids with which somebody would forge a button of the Molenstraat circle."""
    mark = scene.village.house.lookup("circle", "molenstraat")[:8]
    if which in {*ABOUT_SOMEONE, *ABOUT_A_MEETING}:
        people = [scene.key(name) for name in ("wil", "vera", "eve")]
        about = (*people, "meeting1", "open", "x", "")
        return [*(f"{one}.{mark}" for one in about), mark, f"x.{mark}x"]
    return ["molenstraat", "nergens", ""]


async def nothing_happens(scene: Near, name: str, which: tuple[str, ...]) -> None:
    """Each of these verbs is answered, changes nothing, and shows and tells nobody anything."""
    before = await scene.rows()
    for verb in which:
        for id_ in ids(scene, verb):
            for revision in (0, 1):
                scene.clear()
                shown = await scene.act(name, f"<forged: {verb}:{id_}:{revision}>")
                assert shown, f"{verb} by {name} is not answered"
                assert not leaks(shown, (*NAMES, FORM)), f"{verb}:{id_} shows {name} {shown}"
                assert not _elsewhere(scene, name), f"{verb}:{id_} by {name} tells others"
    assert await scene.rows() == before


def _elsewhere(scene: Near, name: str) -> list[Shown]:
    me = scene.phones.user(name)
    return [s for user, news in scene.phones.news.items() if user != me for s in news]


def test_every_verb_of_circles_is_tried() -> None:
    """What is tried here are all the verbs that there are."""
    known = {v for v in verbs() if v.startswith(("circle", "member_", "meeting_", "group_"))}
    known |= {"coach_answer", "evening_mute", "worry_about"}
    tried = {*OF_VOLUNTEER, *OF_MEMBER, *ABOUT_SOMEONE, *ABOUT_A_MEETING, *HARMLESS}
    assert known == tried


@pytest.mark.parametrize("name", STRANGERS)
async def test_strangers_do_and_see_nothing(scene: Near, name: str) -> None:
    """Whoever does not belong to the circle, whatever they are elsewhere."""
    await scene.act(name, "/start")
    every = (*OF_VOLUNTEER, *OF_MEMBER, *ABOUT_SOMEONE, *ABOUT_A_MEETING)
    await nothing_happens(scene, name, every)


async def test_members_do_nothing_of_volunteers(scene: Near) -> None:
    """A member joins in, and decides about nobody."""
    await scene.act("wil", "/start")
    await nothing_happens(
        scene, "wil", (*OF_VOLUNTEER, *ABOUT_SOMEONE, "meeting_off", "meeting_off_yes")
    )


async def test_a_volunteer_vouches_for_nobody(scene: Near) -> None:
    """That a VOG was seen is for the coach to say; and nobody decides about themselves."""
    mark = scene.village.house.lookup("circle", "molenstraat")[:8]
    before = await scene.rows()
    await scene.act("vera", f"<forged: member_vog_ok:{scene.key('wil')}.{mark}:0>")
    for verb in ABOUT_SOMEONE:
        await scene.act("vera", f"<forged: {verb}:{scene.key('vera')}.{mark}:0>")
    assert await scene.rows() == before


async def test_codes_of_the_group_are_for_one_person_once(scene: Near) -> None:
    """A code that others read over a shoulder links nothing, and no second group."""
    for title in ("Een", "Twee"):
        scene.phones.make_group(title, ["vera", "wil", "hans"])
    await scene.act("vera", "<forged: group_code:molenstraat:0>")
    said: list[str] = []
    for name, title in (("wil", "Een"), ("hans", "Een"), ("vera", "Een"), ("vera", "Twee")):
        scene.phones.act(name, "<add bot>", title) if name in {"wil", "vera"} else None
        await scene.village.settle()
        scene.clear()
        scene.phones.act(name, "/koppel {code}", title)
        await scene.village.settle()
        said += [shown.text[:30] for shown in scene.news(title)]
    no = "Daarmee kan ik deze groep niet"
    assert said == [no, no, "Deze groep hoort nu bij buurtc", no]
