"""Check-ins: their names, and that they follow from an item's state alone."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core import lifecycle
from bot.core.checkins import CheckIn, Due, ladder, schedule
from bot.core.covenant import LadderTo
from bot.core.items import Item
from bot.core.worktime import Rules
from tests.core.lives import MONDAY, accepted, closed, planned, reported
from tests.core.strategies import rules, small

RULES = small()


def test_a_check_in_is_named_after_its_moment() -> None:
    checkin = CheckIn.at("chat:rep", Due.DRAFT, MONDAY)
    assert checkin.key == f"chat:rep/draft/{int(MONDAY.timestamp())}"
    assert checkin.key != CheckIn.at("chat:rep", Due.DRAFT, MONDAY + timedelta(seconds=1)).key


def test_each_stage_has_its_check_ins() -> None:
    def asks(item: Item) -> set[Due]:
        return {c.what for c in schedule(item, RULES)}

    assert asks(reported().item) == {Due.RESPOND, Due.REPORTER, Due.TOLD}
    assert asks(accepted()) == {Due.PROGRESS, Due.REPORTER, Due.TOLD}
    assert asks(closed()) == {Due.REPORTER, Due.TOLD}
    assert asks(accepted("theft")) == {Due.PROGRESS, Due.REPORTER}


def test_check_ins_come_in_order_of_time() -> None:
    moments = [c.due for c in schedule(reported().item, RULES)]
    assert moments == sorted(moments)


def test_a_check_in_that_is_not_due_or_of_another_item_does_nothing() -> None:
    item = reported().item
    checkin = planned(item, Due.REPORTER)
    assert checkin is not None
    early = lifecycle.fire(item, checkin, RULES, checkin.due - timedelta(seconds=1))
    other = checkin.model_copy(update={"subject": "other"})
    stale = lifecycle.fire(item, other, RULES, checkin.due)
    assert early == stale == lifecycle.Change(item=item)


def test_a_check_in_fires_once() -> None:
    item = reported().item
    checkin = planned(item, Due.REPORTER)
    assert checkin is not None
    change = lifecycle.fire(item, checkin, RULES, checkin.due)
    assert change.events
    again = lifecycle.fire(change.item, checkin, RULES, checkin.due)
    assert again == lifecycle.Change(item=change.item)


@given(rules_=rules(), partner=st.sampled_from(["GEM", "CARE", "LEADER", "POL"]))
def test_every_ladder_rises_and_ends_at_the_coordinator(rules_: Rules, partner: str) -> None:
    steps = ladder(partner, rules_.covenant)
    percents = [s.at_percent for s in steps]
    assert percents == sorted(percents)
    assert steps[-1].to is LadderTo.COORDINATOR
    assert all(s.to is not LadderTo.COORDINATOR for s in steps[:-1])
    assert percents[-1] < 100 or 100 in percents
