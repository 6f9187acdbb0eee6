"""Circles: what several people do at once, and what happens when somebody goes in the middle."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.helping import circles
from bot.core.helping.asks import AskStage
from bot.core.helping.neighbours import Group, Vog
from bot.core.people import Role
from bot.core.ports import Unreachable
from bot.core.words import line
from handlers.circles import evening, group
from handlers.helping.asks import keep_neighbour
from storage import schema
from tests.handlers.near import Near, near

CIRCLE = "molenstraat"


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """Anna asks the Molenstraat circle; Youssef and Wil are invited; Vera is the volunteer."""
    async with near(tmp_path) as scene:
        yield scene


async def asked(scene: Near, name: str) -> None:
    """Somebody asks to join with a code of Vera."""
    await scene.act("vera", f"<forged: circle_code:{CIRCLE}:0>")
    await scene.act(name, "/cirkel {code}")
    await scene.act(name, "[Continue]")
    await scene.act(name, "[Yes, ask to join]")


async def linked(scene: Near) -> None:
    """Vera has linked the circle's Telegram group."""
    scene.phones.make_group("Straat", ["vera", "wil"])
    await scene.act("vera", f"<forged: group_code:{CIRCLE}:0>")
    for gesture in ("<add bot>", "/koppel {code}"):
        scene.phones.act("vera", gesture, "Straat")
        await scene.village.settle()
    scene.clear()


async def kept(scene: Near) -> Group:
    """What is kept of the circle."""
    async with scene.village.store.reading() as records:
        return await records.get(Group, CIRCLE) or Group(key=CIRCLE)


async def test_of_two_who_approve_at_once_one_is_heard(scene: Near) -> None:
    """The newcomer is welcomed once."""
    await scene.hood.place(CIRCLE, "wim (volunteer)")
    await asked(scene, "sanne")
    scene.clear()
    await scene.together(("vera", "[Approve]"), ("wim", "[Approve]"))
    assert [s.text for s in scene.news("sanne") if s.what == "bot"] == [
        "You are in the Molenstraat circle now. Welcome! Everything about it is under /cirkel."
    ]
    assert (await scene.neighbour("sanne")).places == (CIRCLE,)
    texts = [s.text for name in ("vera", "wim") for s in scene.news(name) if s.what == "toast"]
    assert texts == ["That was answered already."]


async def test_the_button_of_an_earlier_request_does_nothing(scene: Near) -> None:
    """Who left and asked again is answered on the newer message."""
    await asked(scene, "sanne")
    old = [e for e in scene.phones.entries(scene.phones.user("vera")) if e.from_bot][-1]
    rows = old.message["reply_markup"]["inline_keyboard"]
    data = rows[0][0]["callback_data"]
    await scene.act("sanne", "/cirkel")
    await scene.act("sanne", "[Take back my request]")
    scene.village.clock.advance(timedelta(minutes=5))
    await scene.act("sanne", "/cirkel {code}")
    await scene.act("sanne", "[Yes, ask to join]")
    shown = await scene.act("vera", f"<forged: {data}>")
    assert shown[0].text == "That was answered already."
    assert not (await scene.neighbour("sanne")).places


async def test_who_is_no_volunteer_any_more_approves_nobody(scene: Near) -> None:
    """The role is looked up when the button is pressed."""
    await scene.hood.place(CIRCLE, "wim (volunteer)")
    await asked(scene, "sanne")
    await scene.act("wim", f"<forged: circle_leave_ok:{CIRCLE}:0>")
    shown = await scene.act("wim", "[Approve]")
    assert shown[0].text == "You can't do this (any more)."
    assert not (await scene.neighbour("sanne")).places


async def test_who_leaves_in_the_middle_is_missed_by_nobody(scene: Near) -> None:
    """The helper leaves the circle: the help falls through, and others are looked for."""
    await scene.agreed()
    await scene.act("youssef", f"<forged: circle_leave_ok:{CIRCLE}:0>")
    ask = await scene.ask()
    assert ask.stage is AskStage.LOOKING
    assert "youssef" not in ask.helping
    assert [s for s in scene.news("anna") if s.what == "bot"]
    assert (await scene.neighbour("youssef")).busy == ()


async def test_who_is_put_out_in_the_middle_too(scene: Near) -> None:
    """The same when the volunteer takes a helper out of the circle."""
    await scene.agreed()
    mark = scene.village.house.lookup("circle", CIRCLE)[:8]
    key = scene.key("youssef")
    await scene.act("vera", f"<forged: member_out_yes:{key}.{mark}:0>")
    assert (await scene.ask()).stage is AskStage.LOOKING
    assert not (await scene.neighbour("youssef")).circles
    assert any("no longer in the Molenstraat circle" in s.text for s in scene.news("youssef"))


async def test_a_block_ends_what_was_agreed_between_the_two(scene: Near) -> None:
    """The volunteer who helps blocks the asker from the list of members."""
    await scene.hood.offer("vera", "groceries")
    await scene.act("vera", f"<forged: help_yes:ask1.260304m:{(await scene.ask()).revision}>")
    ask = await scene.ask()
    mark = scene.village.house.lookup("circle", CIRCLE)[:8]
    await scene.act("vera", f"<forged: member_block_ok:{scene.key('anna')}.{mark}:0>")
    after = await scene.ask()
    assert scene.key("vera") not in after.helping
    assert after.stage is AskStage.LOOKING
    assert scene.key("vera") in (await scene.neighbour("anna")).blocked
    assert ask.open


async def test_the_group_of_who_lost_the_role_hears_only_that_it_ends(scene: Near) -> None:
    """Nobody answers for who is in it then."""
    await linked(scene)
    assert (await kept(scene)).chat is not None
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        neighbour = await turn.neighbour(scene.key("vera"))
        keep_neighbour(turn, circles.left(neighbour, CIRCLE))
    async with scene.village.store.writing() as records:
        await group.post(scene.turn(records), CIRCLE, line("Geheim"))
    await scene.village.settle()
    (said,) = scene.news("Straat")
    assert "Ik vertel hier niets meer" in said.text
    assert (await kept(scene)).chat is None


async def test_a_group_that_telegram_refuses_is_linked_no_more(scene: Near) -> None:
    """The bot was put out while it was not running."""
    await linked(scene)
    await scene.signal(Unreachable(chat=(await kept(scene)).lane))
    assert (await kept(scene)).chat is None


async def test_a_group_that_becomes_a_supergroup_stays_linked(scene: Near) -> None:
    """Telegram gives it another id then, and says so in the old one."""
    await linked(scene)
    before = (await kept(scene)).chat
    said = {
        "message_id": 77,
        "date": 1,
        "chat": {"id": before, "type": "group", "title": "Straat"},
        "from": {"id": 5, "is_bot": False, "first_name": "Jan"},
        "migrate_to_chat_id": -1_009_999,
    }
    await scene.village.receiver.keep([{"update_id": 999_999, "message": said}])
    await scene.village.settle()
    after = await kept(scene)
    assert after.chat == -1_009_999
    assert after.lane == scene.village.house.lookup("chat", "-1009999")


async def test_a_small_circle_only_hears_of_a_question(scene: Near) -> None:
    """With five members a task tells who asks."""
    await linked(scene)
    async with scene.village.store.writing() as records:
        await group.post(scene.turn(records), CIRCLE, line("Geheim"), [[("Look", "ask_x")]])
    await scene.village.settle()
    [shown] = scene.news("Straat")
    assert shown.text == "Er is een hulpvraag in buurtcirkel Molenstraat."


@pytest.mark.parametrize(("hours", "silent"), [(1, False), (14, True)])
async def test_in_the_quiet_hours_no_phone_of_the_group_sounds(
    scene: Near, hours: int, *, silent: bool
) -> None:
    """As with messages in private."""
    await linked(scene)
    scene.village.clock.advance(timedelta(hours=hours))
    async with scene.village.store.writing() as records:
        await group.post(scene.turn(records), CIRCLE, line("Geheim"))
    outbox = schema.outbox.c
    lane, waits = (await kept(scene)).lane, outbox.state == schema.WAITING
    async with scene.village.store.engines.read() as connection:
        found = await connection.scalars(select(outbox.params).where(outbox.lane == lane, waits))
        [params] = [json.loads(one) for one in found if one]
    assert ("disable_notification" in params) is silent


@pytest.mark.parametrize(("before", "silent"), [(9, False), (10, True)])
async def test_after_much_news_of_meetings_one_is_called_off_in_silence(
    scene: Near, before: int, *, silent: bool
) -> None:
    """Who signed up need not stand before a closed door, and no phone sounds all day."""
    await scene.hood.meet(CIRCLE, "1")
    await scene.act("wil", "/cirkel")
    await scene.act("wil", "[Meetings]")
    await scene.act("wil", "[I'm coming]")
    async with scene.village.store.writing() as records:
        now = scene.village.clock.now()
        records.put((await kept(scene)).model_copy(update={"told": (now,) * before}))
    await scene.act("vera", f"<forged: circle_meet:{CIRCLE}:0>")
    await scene.act("vera", "[Call off the meeting]")
    params = await scene.decided("vera", "[Yes, call it off]", "wil")
    said = [one for one in params if "called off" in one["text"]]
    assert any("disable_notification" in one for one in said) is silent
    assert len((await kept(scene)).told) == before + 1


async def test_a_press_in_the_group_says_where_it_works(scene: Near) -> None:
    """And does nothing."""
    await linked(scene)
    before = await scene.rows()
    scene.phones.act("wil", f"<forged: group_off:{CIRCLE}:0>", "Straat")
    await scene.village.settle()
    assert [s.what for s in scene.news("Straat")] == ["toast"]
    assert (await kept(scene)).chat is not None
    assert await scene.rows() == before


async def test_members_hear_in_time_of_a_vog_that_ends(scene: Near) -> None:
    """A month before, on one evening; the coach hears of it each evening until it is new."""
    await scene.hood.place(CIRCLE, "cor (coach)")
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        one = await turn.neighbour(scene.key("wil"))
        vog = Vog(seen=date(2023, 4, 2), by=scene.key("cor"))
        keep_neighbour(turn, one.model_copy(update={"vog": vog}))
    told: list[tuple[bool, bool]] = []
    for _evening in range(3):
        scene.clear()
        async with scene.village.store.writing() as records:
            await evening.send(scene.turn(records))
        await scene.village.settle()
        heard = any("Your VOG was seen" in s.text for s in scene.news("wil"))
        told.append(
            (heard, any("has to be renewed soon: Wil" in s.text for s in scene.news("cor")))
        )
        scene.village.clock.advance(timedelta(days=1))
    assert sum(wil for wil, _cor in told) == 1
    assert told[-1] == (False, True)


async def test_an_evening_without_news_has_no_message(scene: Near) -> None:
    """Nobody waits, asks, helped or offered anything in the other circle."""
    async with scene.village.store.writing() as records:
        await evening.send(scene.turn(records))
    await scene.village.settle()
    assert scene.news("vera")
    assert not scene.news("hans")


async def test_an_invitation_gives_a_place_and_no_membership(scene: Near) -> None:
    """A volunteer of a circle sees none of the reports that its partner has."""
    await scene.join("wim", Role.VOLUNTEER, CIRCLE)
    assert (await scene.person("wim")).memberships == ()
    assert (await scene.neighbour("wim")).coordinates(CIRCLE)
    assert not (await scene.neighbour("wim")).coordinates("de-hoeve")
