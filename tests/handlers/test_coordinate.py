"""Coordinating: lists, the morning's message, and the story beside the phones."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.core import lifecycle
from bot.core.items import Stage
from bot.core.people import Role
from handlers.story import story
from tests.dialogues.phones import Phones
from tests.dialogues.village import village
from tests.handlers.partners import MARKERS, NOISE, Partners, partners

FRIDAY_EVENING = datetime.fromisoformat("2026-03-06T18:00+01:00")


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Two mediators and a coordinator."""
    async with partners(tmp_path) as scene:
        yield scene


async def _many(scene: Partners, count: int) -> None:
    now, rules = scene.village.clock.now(), scene.village.rules
    async with scene.village.store.writing() as records:
        for number in range(count):
            change = lifecycle.report(
                NOISE,
                key=f"many-{number:02}",
                code=f"GB-{number:02}XX",
                reporter="somebody",
                rules=rules,
                now=now,
            )
            scene.turn(records).keep(change)


async def test_lists_come_in_pages_of_ten(scene: Partners) -> None:
    """The next page stands in place of the first one."""
    await _many(scene, 23)
    first = (await scene.act("bart", "/werk"))[0]
    assert first.text.startswith("23 open items")
    assert len(first.buttons) == 11
    second = (await scene.act("bart", "[Next]"))[0]
    assert second.what == "edits"
    assert len(second.buttons) == 12
    last = (await scene.act("bart", "[Next]"))[0]
    assert last.buttons[-1] == "Previous"
    assert len(last.buttons) == 4
    assert not set(first.buttons[:10]) & set(second.buttons[:10])


async def test_a_list_shows_only_what_the_mandate_allows(scene: Partners) -> None:
    """A partner without a part in the items has an empty list, and is told so kindly."""
    await scene.join("pol", Role.PROFESSIONAL, "POL")
    await _many(scene, 1)
    shown = await scene.act("pol", "/werk")
    assert len(shown) == 1
    assert not any(marker in shown[0].text for marker in MARKERS)


async def test_only_coordinators_have_the_overview(scene: Partners) -> None:
    """Also a forged button or a made-up pile opens nothing."""
    await _many(scene, 1)
    for gesture in ("/regie", "<forged: pile:open:0>", "<forged: steer::0>", "<forged: failed::0>"):
        shown = await scene.act("bart", gesture)
        assert len(shown) == 1
        assert "GB-" not in shown[0].text
    await scene.act("carla", "/regie")
    assert "GB-" not in (await scene.act("carla", "<forged: pile:nonsense:0>"))[0].text


async def test_failed_messages_are_listed_by_number(scene: Partners) -> None:
    """What Telegram refused for good stands in the overview."""
    await _many(scene, 1)
    store = scene.village.store
    async with store.writing() as records:
        scene.turn(records).call("sendMessage", {"text": ""}, to=await scene.person("bart"))
    await scene.village.settle()
    overview = (await scene.act("carla", "/regie"))[-1]
    assert overview.buttons[-1] == "Failed messages: 1"
    assert "could not be sent" in (await scene.act("carla", "[Failed messages: 1]"))[0].text


async def test_what_came_on_friday_evening_is_told_once_on_monday(tmp_path: Path) -> None:
    """Nothing in the weekend, one message on Monday, nothing more on Tuesday."""
    async with village(tmp_path, FRIDAY_EVENING) as late:
        scene = Partners(Phones(late))
        await scene.join("bart", Role.PROFESSIONAL, "BB")
        await scene.report()
        await _go_to(scene, "2026-03-08T23:00+01:00")
        assert not scene.news("bart")
        await _go_to(scene, "2026-03-09T08:31+01:00")
        assert ["GB-7K2F" in one.buttons for one in scene.news("bart")] == [True]
        await _go_to(scene, "2026-03-10T08:31+01:00")
        assert not scene.news("bart")


async def test_nobody_gets_a_message_about_nothing(scene: Partners) -> None:
    """A morning on which nothing waits is a quiet morning."""
    await scene.village.advance(datetime.fromisoformat("2026-03-03T09:00+01:00") - _now(scene))
    assert not scene.news("carla")
    assert not scene.news("bart")


async def test_assigning_needs_a_coordinator_when_the_form_ends(scene: Partners) -> None:
    """Who lost the role in between gives nothing to anybody."""
    await scene.report()
    item = await scene.item()
    await scene.act("carla", f"<forged: assign:item-1:{item.revision}>")
    await scene.act("carla", "[The municipality]")
    await scene.act("carla", "/uitloggen")
    await scene.act("carla", "[Yes, leave]")
    await scene.act("carla", "We do it")
    assert await scene.item() == item


async def test_the_story_tells_who_and_why_and_nothing_that_was_written(scene: Partners) -> None:
    """Open and ended items are told, without the reporter's words, name or address."""
    await scene.report()
    told = await story(scene.village.store, scene.village.rules, _now(scene), "en")
    assert [one["code"] for one in told] == ["GB-7K2F"]
    assert told[0]["holder"] == "neighbourhood mediation"
    assert "talk about noise" in told[0]["because"]
    assert told[0]["history"]
    assert told[0]["next"]
    assert not any(word in str(told) for word in ("Loud", "Kerkstraat", "Sanne"))
    await scene.act("sanne", "/start")
    async with scene.village.store.writing() as records:
        change = lifecycle.withdraw(
            await scene.item(), opened=False, rules=scene.village.rules, now=_now(scene)
        )
        scene.turn(records).keep(change)
    assert (await scene.item()).stage is Stage.WITHDRAWN
    told = await story(scene.village.store, scene.village.rules, _now(scene), "en")
    assert [one["code"] for one in told] == ["GB-7K2F"]


async def _go_to(scene: Partners, moment: str) -> None:
    await scene.village.advance(datetime.fromisoformat(moment) - _now(scene))


def _now(scene: Partners) -> datetime:
    return scene.village.clock.now()
