"""The laws of the simulated neighbourhood bite: each finds what it is there to find."""

import itertools
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.helping.asks import AskStage, Helper, Invited, Search, Voice
from bot.core.helping.neighbours import Neighbour
from bot.core.ports import Call
from bot.core.queue import Input
from storage import Keys, open_store
from storage.layer import Layer
from tests.bench.neighbourhood import laws, load, marks
from tests.bench.neighbourhood.load import Helped
from tests.bench.neighbourhood.population import Resident
from tests.bench.neighbourhood.run import without_next_step
from tests.bench.neighbourhood.size import MONDAY
from tests.handlers.by_hand import SLOT, Hand, by_hand


@pytest.fixture
async def hand(tmp_path: Path) -> Hand:
    """An asker, who helps, and somebody else of the same circle; none of them coordinates."""
    return await by_hand(tmp_path)


def _name(one: Resident) -> str:
    return marks.word(marks.NAME, one.number)


def test_a_name_comes_with_the_proposal(hand: Hand) -> None:
    """To who wants to help, unless the asker wants no name; and to nobody else."""
    told = hand.said(hand.helper, _name(hand.asker))
    assert hand.turn(hand.ask(AskStage.LOOKING), calls=told) == [laws.DISCLOSURE]
    assert hand.turn(hand.ask(AskStage.PROPOSED), calls=told) == []
    unnamed = hand.ask(AskStage.PROPOSED, voice=Voice.THROUGH_VOLUNTEER)
    assert hand.turn(unnamed, calls=told) == [laws.DISCLOSURE]
    agreed = hand.ask(AskStage.AGREED, agreed=True, voice=Voice.THROUGH_VOLUNTEER)
    assert hand.turn(agreed, calls=told) == [laws.DISCLOSURE]
    other = hand.said(hand.other, _name(hand.asker))
    assert hand.turn(hand.ask(AskStage.PROPOSED), calls=other) == [laws.DISCLOSURE]
    assert hand.turn(hand.ask(AskStage.ENDED), calls=told) == [laws.DISCLOSURE]


def test_an_address_comes_with_the_yes(hand: Hand) -> None:
    """To the helper alone, and with a row in the log."""
    told = hand.said(hand.helper, hand.asker.address)
    proposed = hand.ask(AskStage.PROPOSED)
    agreed = hand.ask(AskStage.AGREED, agreed=True)
    assert hand.turn(proposed, calls=told, log=hand.helper.key) == [laws.DISCLOSURE]
    assert hand.turn(agreed, calls=told) == [laws.DISCLOSURE]
    assert hand.turn(agreed, calls=told, log=hand.helper.key) == []
    other = hand.said(hand.other, hand.asker.address)
    assert hand.turn(agreed, calls=other, log=hand.other.key) == [laws.DISCLOSURE]


def test_what_somebody_asks_is_for_who_may_read_it(hand: Hand) -> None:
    """Not for who is only invited, and for nobody once it has ended."""
    told = hand.said(hand.helper, marks.word(marks.TEXT, 1))
    log = hand.helper.key
    assert hand.turn(hand.ask(AskStage.LOOKING), calls=told, log=log) == [laws.DISCLOSURE]
    assert hand.turn(hand.ask(AskStage.AGREED, agreed=True), calls=told, log=log) == []
    assert hand.turn(hand.ask(AskStage.ENDED), calls=told, log=log) == [laws.DISCLOSURE]


def test_a_group_hears_no_secret_and_a_small_one_no_task(hand: Hand) -> None:
    """Whatever the stage."""
    group = hand.mirror.groups["c00"].model_copy(update={"lane": "g", "chat": -1})
    for word in (_name(hand.asker), hand.asker.address, marks.word(marks.TEXT, 1)):
        call = Call(chat="g", method="sendMessage", params={"chat_id": -1, "text": word})
        assert hand.turn(group, hand.ask(AskStage.AGREED), calls=(call,)) == [laws.DISCLOSURE]
    call = Call(chat="g", method="sendMessage", params={"chat_id": -1, "text": "Huisdier."})
    few = [n.key for n in hand.mirror.neighbours.values() if n.place_in("c00")][3:]
    gone = [Neighbour(key=key) for key in few]
    assert hand.turn(group, *gone, calls=(call,)) == [laws.DISCLOSURE]


def test_a_helper_has_no_second_one(hand: Hand) -> None:
    """Nobody takes the place of a helper who was not handed over."""
    hand.turn(hand.ask(AskStage.AGREED, agreed=True))
    second = Helper(person=hand.other.key, slot=SLOT, since=MONDAY)
    assert hand.turn(hand.ask(AskStage.AGREED, helper=second)) == [laws.ONE_CLAIM]


def test_two_are_not_told_yes(hand: Hand) -> None:
    """Who is late is told otherwise."""
    update = {"callback_query": {"data": "help_yes:a.260303m:1"}}
    for one, asks in ((hand.helper, [hand.ask(AskStage.PROPOSED)]), (hand.other, [])):
        changes = Layer(calls=list(hand.said(one, "Ja, fijn!")))
        for ask in asks:
            changes.put(ask)
        input_ = Input(1, "k", one.key, "Update", update, MONDAY, 0)
        hand.laws.turn(hand.mirror.turn(input_, changes, MONDAY))
    assert [law for law, _what in hand.laws.broken] == [laws.ONE_CLAIM]
    assert (hand.laws.raced, hand.laws.tied) == (1, 1)


def test_nobody_unchecked_is_alone_with_somebody(hand: Hand) -> None:
    """Also when the proposal came another way."""
    assert hand.helper.neighbour is not None
    bare = hand.helper.neighbour.model_copy(update={"vog": None})
    proposed = hand.ask(AskStage.PROPOSED, kind="visit")
    assert hand.turn(bare, proposed) == [laws.SAFEGUARDING]


def test_who_is_blocked_is_not_invited(hand: Hand) -> None:
    """Whoever of the two did it."""
    blocker = Neighbour(key=hand.other.key, blocked=(hand.asker.key,))
    invited = Search(invited=(Invited(person=hand.other.key, at=MONDAY, round=1),))
    broken = hand.turn(blocker, hand.ask(AskStage.LOOKING, search=invited))
    assert broken == [laws.BLOCKED, laws.OFFERED]


async def test_an_ask_without_a_check_in_is_found(hand: Hand, tmp_path: Path) -> None:
    """In storage, by what is planned there."""
    keys = Keys.generate()
    store = await open_store(f"sqlite:///{tmp_path / 'y.db'}", keys, clock=lambda: MONDAY)
    async with store.writing() as records:
        records.put(hand.ask(AskStage.LOOKING))
    assert await without_next_step(store, MONDAY) == ["GB-1"]
    await store.close()


CASES = st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1), min_size=1, max_size=6)


@given(CASES)
def test_the_evenest_spread_is_the_evenest(could: list[frozenset[str]]) -> None:
    """No other way of giving out the same helps is more even."""
    helps = [Helped(min(who), who) for who in could]
    found = sum(n * n for n in load.measure(helps).even)
    ways = itertools.product(*map(sorted, could))
    assert found == min(sum(n * n for n in Counter(way).values()) for way in ways)


def test_one_who_does_all_carries_more_than_the_share() -> None:
    """And the others count, though they did nothing."""
    everyone = frozenset(f"p{n}" for n in range(20))
    measured = load.measure([Helped("p0", everyone)] * 40)
    assert (measured.busiest, measured.share, measured.ratio) == (40, 4, 10)
