"""Crowds and blocks in a circle: a screen stays one that a phone shows, and counts tell nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping import neighbourly
from bot.core.helping.asks import SearchStep
from bot.core.helping.neighbours import Meeting
from bot.core.people import Person, Role
from handlers.circles import people
from handlers.helping.asks import keep_neighbour
from handlers.paragraphs import MOST_UNITS, units
from handlers.reach import lose
from tests.handlers.near import Near, near

MANY, LONG = 100, "W" * 64
"""Members of a large complex, each with the longest name that Telegram takes."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """The Molenstraat circle, with Vera as its volunteer."""
    async with near(tmp_path) as scene:
        yield scene


async def test_a_meeting_of_many_with_long_names_fits_in_a_message(scene: Near) -> None:
    """The volunteer reads the first names, and that there are more."""
    keys = [f"p{number}" for number in range(MANY)]
    async with scene.village.store.writing() as records:
        for number, key in enumerate(keys):
            person = Person(key=key, address=9000 + number, language="en", first_name=LONG)
            records.put(person)
        turn = scene.turn(records)
        group = await people.group_of(turn, "molenstraat")
        meeting = Meeting(key="m1", at=turn.now + timedelta(days=3), place="Hall", coming=(*keys,))
        records.put(group.model_copy(update={"meetings": (meeting,)}))
    shown = await scene.act("vera", "<forged: circle_meet:molenstraat:0>")
    assert any(LONG in one.text and "…" in one.text for one in shown)
    assert all(units(one.text) <= MOST_UNITS for one in shown)


async def test_numbers_do_not_tell_who_blocked_a_volunteer(scene: Near) -> None:
    """What the volunteer may not see is not counted either."""
    before = await scene.act("vera", "<forged: circle:molenstraat:0>")
    assert any("1 question is open" in one.text for one in before)
    async with scene.village.store.writing() as records:
        pair = (await scene.neighbour("anna"), await scene.neighbour("vera"))
        for one in neighbourly.block(*pair):
            keep_neighbour(scene.turn(records), one)
    scene.clear()
    after = await scene.act("vera", "<forged: circle:molenstraat:0>")
    assert after
    assert not any("question is open" in one.text for one in after)


@pytest.mark.parametrize("how", ["blocks the bot", "leaves the circle"])
async def test_when_the_last_volunteer_is_gone_who_stands_behind_is_asked(
    scene: Near, how: str
) -> None:
    """An ask that waits for the volunteer goes on at once, and not a day later."""
    await scene.join("karin", Role.COACH, "BC-COACH")
    await scene.join("bert", Role.PROFESSIONAL, "BC")
    async with scene.village.store.writing() as records:
        ask = await scene.ask()
        search = ask.search.model_copy(update={"step": SearchStep.VOLUNTEER})
        records.put(ask.model_copy(update={"search": search}))
    scene.clear()
    if how == "leaves the circle":
        await scene.act("vera", "<forged: circle_leave_ok:molenstraat:0>")
    else:
        async with scene.village.store.writing() as records:
            vera = await records.get(Person, scene.key("vera"))
            assert vera is not None
            await lose(scene.turn(records), vera)
        await scene.village.settle()
    told = [*scene.news("karin"), *scene.news("bert")]
    assert any("Nobody was found yet" in shown.text for shown in told)
