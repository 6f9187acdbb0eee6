"""Notices: who is told what, in which language, and what happens when nobody is there."""

import logging
from datetime import datetime
from pathlib import Path

import pytest

from bot.core.checkins import schedule
from bot.core.items import Stage
from bot.core.notices import NoticeKind, Why
from bot.core.people import Role
from bot.core.ports import Parked, Unreachable, Unsent
from handlers.notice_texts import CARDS, COORDINATOR_NEWS, PARTNER, REPORTER, WHY
from tests.dialogues.phones import Phones
from tests.dialogues.village import village
from tests.handlers.partners import MARKERS, NOISE, Partners, partners

SATURDAY = datetime.fromisoformat("2026-03-07T11:00+01:00")


async def test_an_alert_has_the_reference_and_no_contents(tmp_path: Path) -> None:
    """Each member gets it in their own language; nothing of the report is in it."""
    async with partners(tmp_path) as scene:
        await scene.report()
        english, dutch = scene.news("bart")[0], scene.news("bea")[0]
        for alert in (english, dutch):
            assert "GB-7K2F" in alert.text
            assert not any(marker in alert.text for marker in MARKERS)
        assert english.buttons == ("Open", "I can't now")
        assert english.text != dutch.text
        assert not scene.news("carla")


async def test_without_members_the_coordinators_are_alerted(tmp_path: Path) -> None:
    """A partner that nobody joined leaves no item without somebody who knows."""
    async with partners(tmp_path) as scene:
        await scene.report(NOISE.model_copy(update={"landlord": "WON"}))
        alerts = scene.news("carla")
        assert len(alerts) == 1
        assert "the housing association" in alerts[0].text


async def test_without_coordinators_it_is_logged_and_keeps_its_checkins(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody at all to tell: the log names the reference, and the item is asked after again."""
    async with village(tmp_path) as empty:
        scene = Partners(Phones(empty))
        with caplog.at_level(logging.WARNING):
            await scene.report()
        assert any(getattr(r, "item", None) == "GB-7K2F" for r in caplog.records)
        item = await scene.item()
        assert item.stage is Stage.WAITING
        assert schedule(item, empty.rules)


async def test_who_falls_away_is_told_to_the_coordinators(tmp_path: Path) -> None:
    """The professional who picked it up blocks the bot: a coordinator hears the reference."""
    async with partners(tmp_path) as scene:
        await scene.report()
        await scene.act("bart", "[Open]")
        await scene.act("bart", "[Accept]")
        key = (await scene.person("bart")).key
        await scene.signal(Unreachable(chat=key))
        assert [one.text.startswith("Omzien GB-7K2F") for one in scene.news("carla")] == [True]


async def test_the_one_who_reports_is_not_alerted_as_a_member(tmp_path: Path) -> None:
    """A mediator's own report goes to the colleague only."""
    async with partners(tmp_path) as scene:
        await scene.report(reporter="bart")
        assert not [one for one in scene.news("bart") if one.text.startswith("Omzien")]
        assert scene.news("bea")


async def test_a_volunteer_hears_nothing_about_others(tmp_path: Path) -> None:
    """Someone else's loneliness is for the coach; the volunteer hears nothing of it."""
    async with partners(tmp_path) as scene:
        await scene.join("vera", Role.VOLUNTEER, "BC")
        await scene.report(NOISE.model_copy(update={"topic": "company"}))
        item = await scene.item()
        assert not scene.news("vera")
        shown = await scene.act("vera", f"<forged: open:item-1:{item.revision}>")
        assert not any(marker in one.text for one in shown for marker in MARKERS)


async def test_a_parked_message_is_told_to_who_sent_it_and_to_coordinators(tmp_path: Path) -> None:
    """Both get the number, and who sent it reads where to call in danger."""
    async with partners(tmp_path) as scene:
        await scene.report()
        scene.news("sanne"), scene.news("carla")
        await scene.signal(Parked(chat=(await scene.person("sanne")).key, reference="88"))
        assert ["88" in one.text and "112" in one.text for one in scene.news("sanne")] == [True]
        assert ["88" in one.text for one in scene.news("carla")] == [True]


async def test_an_unsent_alert_makes_no_other_alert(tmp_path: Path) -> None:
    """What can't be sent to a resident is told to the coordinators; theirs is only logged."""
    async with partners(tmp_path) as scene:
        await scene.report()
        await scene.signal(Unsent(chat=(await scene.person("sanne")).key, reference="5"))
        assert len(scene.news("carla")) == 1
    again = tmp_path / "again"
    again.mkdir()
    async with partners(again) as scene:
        await scene.signal(Unsent(chat=(await scene.person("carla")).key, reference="6"))
        assert not scene.news("carla")


async def test_urgent_work_is_told_at_once_also_on_saturday(tmp_path: Path) -> None:
    """What is not safe reaches the coordinators at any hour."""
    async with village(tmp_path, SATURDAY) as weekend:
        scene = Partners(Phones(weekend))
        await scene.join("carla", Role.COORDINATOR, "GEM")
        await scene.join("bart", Role.PROFESSIONAL, "BB")
        await scene.report(NOISE.model_copy(update={"unsafe": True}))
        assert len(scene.news("carla")) == 1
        assert not scene.news("bart")


def test_every_kind_has_its_words() -> None:
    """Each notice has a text for whoever can get it, and each reason its sentence."""
    told = {*PARTNER, *CARDS, *REPORTER, *COORDINATOR_NEWS}
    by_outcome = {NoticeKind.CLOSED, NoticeKind.COORDINATOR_ALERT}
    assert set(NoticeKind) <= told | by_outcome
    assert set(WHY) == set(Why)


async def test_coordinators_hear_at_once_also_on_saturday(tmp_path: Path) -> None:
    """They are the last who can respond, so nothing of theirs waits for Monday."""
    async with village(tmp_path, SATURDAY) as weekend:
        scene = Partners(Phones(weekend))
        await scene.join("carla", Role.COORDINATOR, "GEM")
        await scene.report(NOISE.model_copy(update={"landlord": "unknown"}))
        assert len(scene.news("carla")) == 1
