"""A reporter who withdraws, adds, falls away or comes back, and an item that is opened again."""

from datetime import timedelta

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due, schedule
from bot.core.errors import NotAllowed, Stale
from bot.core.items import Addition, Answer, Item, Quiet, Reason, Stage
from bot.core.lifecycle import Change
from bot.core.notices import Audience, NoticeKind
from bot.core.terms import Limits
from tests.core.lives import MONDAY, accepted, closed, closing, due, notice, planned, reported, whom
from tests.core.strategies import small

RULES = small()
LATER = MONDAY + timedelta(days=3)
STAGES = [reported().item, accepted()]


def test_what_nobody_opened_is_withdrawn_whole() -> None:
    change = lifecycle.withdraw(reported().item, opened=False, rules=RULES, now=LATER)
    assert (change.item.stage, change.item.reason) == (Stage.WITHDRAWN, Reason.WITHDRAWN)
    assert [(n.to, n.partner) for n in change.notices] == [
        (Audience.FORMER, "CARE"),
        (Audience.FORMER, "POL"),
    ]
    assert schedule(change.item, RULES) == ()
    with pytest.raises(Stale):
        lifecycle.say(change.item, Answer.GOOD, RULES, LATER)
    with pytest.raises(Stale):
        lifecycle.answer(change.item, "x", LATER)


@pytest.mark.parametrize("item", STAGES)
def test_what_a_partner_opened_stays_there_when_it_is_withdrawn(item: Item) -> None:
    change = lifecycle.withdraw(item, opened=True, rules=RULES, now=LATER)
    assert change.item.stage is item.stage
    assert planned(change.item, Due.REPORTER) is None
    assert [(n.to, n.kind, n.stays) for n in change.notices] == [
        (Audience.HOLDER, NoticeKind.WITHDRAWN, True)
    ]


def test_who_withdrew_is_sent_nothing_more() -> None:
    item = lifecycle.withdraw(accepted(), opened=True, rules=RULES, now=LATER).item
    change = closing(item, LATER)
    assert change.item.reason is Reason.WITHDRAWN
    assert all(n.to is not Audience.REPORTER for n in change.notices)
    with pytest.raises(NotAllowed):
        lifecycle.ask(item, "Bent u thuis?", by="pro", partner="CARE", rules=RULES, now=LATER)


def test_an_old_question_answered_after_withdrawing_starts_no_new_ones() -> None:
    """The answer is kept and the holder hears it; the questions stay away."""
    item = lifecycle.withdraw(accepted(), opened=True, rules=RULES, now=LATER).item
    change = lifecycle.say(item, Answer.GOOD, RULES, LATER)
    assert change.item.line.quiet is Quiet.WITHDRAWN
    assert planned(change.item, Due.REPORTER) is None
    assert whom(change) == [(Audience.HOLDER, NoticeKind.SAID)]
    with pytest.raises(Stale):
        lifecycle.every(item, 7, RULES, LATER)
    with pytest.raises(Stale):
        lifecycle.later(item, RULES, LATER)


def test_an_unreachable_reporter_is_not_asked_and_the_holder_hears_it() -> None:
    change = lifecycle.unreachable(accepted(), RULES, LATER)
    assert whom(change) == [(Audience.HOLDER, NoticeKind.UNREACHABLE)]
    assert change.item.stage is Stage.HELD
    assert planned(change.item, Due.REPORTER) is None
    assert lifecycle.unreachable(change.item, RULES, LATER) == Change(item=change.item)
    assert closing(change.item, LATER).item.reason is Reason.UNREACHABLE
    assert lifecycle.unreachable(closed(), RULES, LATER).item.reason is Reason.UNREACHABLE


def test_a_reporter_who_comes_back_is_asked_again() -> None:
    item = lifecycle.unreachable(accepted(), RULES, LATER).item
    change = lifecycle.reachable(item, RULES, LATER)
    assert due(change.item, Due.REPORTER) == LATER + timedelta(days=5)
    assert lifecycle.reachable(change.item, RULES, LATER) == Change(item=change.item)


def test_an_erased_reporter_leaves_the_item_to_its_partner() -> None:
    item = lifecycle.unlink(accepted(), RULES, LATER).item
    assert (item.reporter, item.stage) == (None, Stage.HELD)
    change = closing(item, LATER)
    assert change.item.reason is Reason.ERASED
    assert all(n.to is not Audience.REPORTER for n in change.notices)


def test_an_addition_joins_the_report_and_reaches_the_holder() -> None:
    addition = Addition(at=LATER, text="Nu ook 's nachts.")
    change = lifecycle.add(accepted(), addition, RULES, LATER)
    assert change.item.report.additions == (addition,)
    assert notice(change, Audience.HOLDER, NoticeKind.ADDED).person == "pro"


def test_additions_keep_to_the_limits_and_photos_to_topics_that_take_them() -> None:
    rules = small(limits=Limits(additions_per_item=2, photos_per_item=1))
    text, photo = Addition(at=LATER, text="x"), Addition(at=LATER, photo="file")
    item = lifecycle.add(reported().item, photo, rules, LATER).item
    with pytest.raises(NotAllowed):
        lifecycle.add(item, photo, rules, LATER)
    item = lifecycle.add(item, text, rules, LATER).item
    with pytest.raises(NotAllowed):
        lifecycle.add(item, text, rules, LATER)
    with pytest.raises(NotAllowed):
        lifecycle.add(reported("theft").item, photo, rules, LATER)


def test_the_coordinator_reopens_what_ended_but_not_what_was_withdrawn() -> None:
    ended = lifecycle.say(closed(), Answer.GOOD, RULES, LATER).item
    change = lifecycle.reopen(ended, by="co", reason="signaal", rules=RULES, now=LATER)
    assert change.item.stage is Stage.WAITING
    assert (Audience.REPORTER, NoticeKind.REOPENED) in whom(change)
    gone = lifecycle.withdraw(reported().item, opened=False, rules=RULES, now=LATER).item
    with pytest.raises(NotAllowed):
        lifecycle.reopen(gone, by="co", reason="", rules=RULES, now=LATER)
    with pytest.raises(Stale):
        lifecycle.reopen(accepted(), by="co", reason="", rules=RULES, now=LATER)
