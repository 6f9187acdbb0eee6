"""The laws between neighbours, circles and partners bite: each finds what it is there to find."""

from pathlib import Path

import pytest

from bot.core.choices import NO, YES
from bot.core.handing import HandedBack, Passed
from bot.core.helping.asks import AskStage
from bot.core.helping.neighbours import Group, Meeting, Neighbour
from bot.core.items import Event, EventKind, Item
from bot.core.ports import Call
from bot.core.queue import Input
from handlers.keyboards import Press
from storage.layer import Layer
from tests.bench.neighbourhood import laws, marks
from tests.bench.neighbourhood.population import Resident
from tests.bench.neighbourhood.size import MONDAY
from tests.handlers.by_hand import Hand, by_hand

PASSED = marks.word(marks.PASSED, 1)


@pytest.fixture
async def hand(tmp_path: Path) -> Hand:
    """An asker, who helps, and somebody else of the same circle; none of them coordinates."""
    return await by_hand(tmp_path)


def _event(kind: EventKind, **data: str) -> Event:
    return Event(item="i", revision=1, at=MONDAY, kind=kind, partner="ZORG", data=data)


def test_what_was_passed_on_is_for_the_partner_and_whose_matter_it_is(hand: Hand) -> None:
    """With a row in the log; not for another partner, nor for who helps."""
    care, police = hand.one("ZORG"), hand.one("POL")
    item = hand.item()
    assert hand.turn(item, calls=hand.said(care, PASSED), log=care.key) == []
    assert hand.turn(calls=hand.said(care, PASSED)) == [laws.MANDATE]
    assert hand.turn(calls=hand.said(hand.asker, PASSED)) == []
    for other in (police, hand.helper, hand.volunteer()):
        assert hand.turn(calls=hand.said(other, PASSED), log=other.key) == [laws.MANDATE]
    ended = item.model_copy(update={"recused": (care.key,)})
    assert hand.turn(ended, calls=hand.said(care, PASSED), log=care.key) == [laws.MANDATE]


def test_a_partner_reads_no_more_of_a_neighbour_than_was_passed_on(hand: Hand) -> None:
    """Not what was asked of neighbours, and the name and the address only when they went along."""
    care = hand.one("ZORG")
    name = marks.word(marks.NAME, hand.asker.number)
    hand.turn(hand.ask(AskStage.LOOKING), hand.item())
    for words in (marks.word(marks.TEXT, 1), name, hand.asker.address):
        assert hand.turn(calls=hand.said(care, words), log=care.key) == [laws.DISCLOSURE]
    named = hand.item(report={"name": name, "address": hand.asker.address})
    for words in (name, hand.asker.address):
        assert hand.turn(named, calls=hand.said(care, words), log=care.key) == []


def test_what_is_noted_stays_with_the_partner_and_the_line_with_who_talks_along(hand: Hand) -> None:
    """A volunteer reads the line as long as they are one, and nobody blocked the other."""
    note, letter = marks.word(marks.NOTE, 1), marks.word(marks.LETTER, 1)
    volunteer, care = hand.volunteer(), hand.one("ZORG")
    wrote = (_event(EventKind.NOTE, text=note), _event(EventKind.TALK, text=letter))
    hand.turn(hand.item(), events=wrote)
    for one in (hand.asker, volunteer):
        assert hand.turn(calls=hand.said(one, note), log=one.key) == [laws.MANDATE]
        assert hand.turn(calls=hand.said(one, letter), log=one.key) == []
    assert hand.turn(calls=hand.said(care, note, letter), log=care.key) == []
    assert laws.MANDATE in hand.turn(calls=hand.said(hand.other, letter), log=hand.other.key)
    assert volunteer.neighbour is not None
    kept = volunteer.neighbour.model_copy(update={"blocked": (hand.asker.key,)})
    for now in (kept, Neighbour(key=volunteer.key)):
        told = hand.said(volunteer, letter)
        assert laws.MANDATE in hand.turn(now, calls=told, log=volunteer.key)


def test_why_a_partner_declined_is_for_the_coordinator(hand: Hand) -> None:
    """And not for the partner that has it now."""
    note, care, coordinator = marks.word(marks.NOTE, 1), hand.one("ZORG"), hand.one("GEM")
    declined = _event(EventKind.DECLINED, note=note).model_copy(update={"partner": "POL"})
    hand.turn(hand.item(), events=(declined,))
    assert hand.turn(calls=hand.said(care, note), log=care.key) == [laws.MANDATE]
    assert hand.turn(calls=hand.said(coordinator, note), log=coordinator.key) == []


def test_a_blocked_volunteer_comes_into_no_line(hand: Hand) -> None:
    """Of who blocked them."""
    blocker = Neighbour(key=hand.asker.key, blocked=(hand.volunteer().key,))
    assert hand.turn(blocker, hand.item()) == [laws.BLOCKED]


def _passes(hand: Hand, item: Item, **answers: str) -> list[str]:
    """The laws broken when the volunteer sends the form of passing on with these answers."""
    return _sends(hand, item, EventKind.PASSED_ON, "pass_on", **answers)


def _sends(hand: Hand, item: Item, kind: EventKind, form: str, **answers: str) -> list[str]:
    hand.turn(hand.answered(form, **answers))
    changes = Layer()
    changes.put(item)
    changes.append(_event(kind))
    input_ = Input(1, "k", hand.volunteer().key, "Update", {}, MONDAY, 0)
    hand.laws.broken.clear()
    hand.laws.turn(hand.mirror.turn(input_, changes, MONDAY))
    return [law for law, _what in hand.laws.broken]


def test_nothing_is_passed_on_but_what_was_agreed(hand: Hand) -> None:
    """Whatever the item says of it: what was answered in the form counts."""
    named = hand.item(report={"name": marks.word(marks.NAME, hand.asker.number)})
    assert _passes(hand, hand.item(), agreed=YES, named=NO) == []
    assert _passes(hand, named, agreed=YES, named=YES) == []
    assert _passes(hand, named, agreed=YES, named=NO) == [laws.CONSENT]
    assert _passes(hand, hand.item(), agreed=NO) == [laws.CONSENT]
    urgent = Passed(by=hand.volunteer().key, circle="c01", reason="Het kan niet wachten.")
    assert _passes(hand, hand.item(passed=urgent), agreed=NO) == []
    assert _passes(hand, hand.item(passed=urgent, report={"topic": "money"}), agreed=NO) == [
        laws.CONSENT
    ]


def test_nothing_is_handed_back_without_a_yes_or_with_an_address(hand: Hand) -> None:
    """The resident gives the address to the helper."""
    bare = hand.ask(AskStage.LOOKING)
    bare = bare.model_copy(update={"wish": bare.wish.model_copy(update={"address": ""})})
    given = HandedBack(by=hand.one("ZORG").key, circle="c01", ask="a", agreed=MONDAY)
    item = hand.item(back=given)

    def sends(agreed: str) -> list[str]:
        return _sends(hand, item, EventKind.HANDED_BACK, "to_circle", agreed=agreed)

    hand.turn(bare)
    assert sends(YES) == []
    assert sends(NO) == [laws.CONSENT]
    hand.turn(hand.ask(AskStage.LOOKING))
    assert sends(YES) == [laws.CONSENT]


def _shown(to: Resident, press: Press) -> tuple[Call, ...]:
    keyboard = {"inline_keyboard": [[{"text": "·", "callback_data": press.data}]]}
    params = {"text": "·", "reply_markup": keyboard}
    return (Call(chat=to.key, method="sendMessage", params=params),)


def test_a_circle_s_screens_are_for_its_own(hand: Hand) -> None:
    """By the circle's id, or its mark behind a key; who asked to join may only take that back."""
    mark = next(m for m, circle in hand.mirror.population.marks.items() if circle == "c01")
    board, sign = Press("circle_open", "c01"), Press("meeting_yes", f"k.{mark}")
    for press in (board, sign):
        assert hand.turn(calls=_shown(hand.other, press)) == []
    assert hand.other.neighbour is not None
    place = hand.other.neighbour.circles[0].model_copy(update={"approved": False})
    for circles in ((), (place,)):
        hand.turn(Neighbour(key=hand.other.key, circles=circles))
        for press in (board, sign):
            assert hand.turn(calls=_shown(hand.other, press)) == [laws.IN_CIRCLE]
    assert hand.turn(calls=_shown(hand.other, Press("circle_leave_ok", "c01"))) == []


def _meeting(hand: Hand, *coming: str) -> Group:
    place = marks.word(marks.PLACE, 1)
    meeting = Meeting(key="m", at=MONDAY, place=place, coming=coming)
    return hand.mirror.groups["c01"].model_copy(update={"meetings": (meeting,)})


def test_the_place_of_a_meeting_stays_in_the_circle(hand: Hand) -> None:
    """Nobody outside it gets that, a partner neither."""
    told = marks.word(marks.PLACE, 1)
    hand.turn(_meeting(hand))
    assert hand.turn(calls=hand.said(hand.other, told)) == []
    assert hand.turn(calls=hand.said(hand.one("ZORG"), told)) == [laws.IN_CIRCLE]
    left = Neighbour(key=hand.other.key)
    assert hand.turn(left, calls=hand.said(hand.other, told)) == [laws.IN_CIRCLE]


def test_nothing_counts_on_who_left(hand: Hand) -> None:
    """No help that they promised there, and no meeting."""
    hand.turn(hand.ask(AskStage.AGREED, agreed=True), _meeting(hand, hand.other.key))
    assert hand.turn(Neighbour(key=hand.helper.key)) == [laws.LEFT]
    assert hand.turn(Neighbour(key=hand.other.key)) == [laws.LEFT]
    assert hand.turn(_meeting(hand, hand.other.key)) == [laws.LEFT]
