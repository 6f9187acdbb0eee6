"""The ladder: what happens while a partner, or the coordinator, does not respond."""

from datetime import datetime, timedelta

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due, schedule
from bot.core.covenant import LadderStep, LadderTo
from bot.core.items import EventKind, Item, Stage
from bot.core.notices import Audience, NoticeKind, Why
from bot.core.routing import Because
from bot.core.worktime import Rules
from tests.core.lives import MONDAY, due, fired, happened, notice, reported, whom
from tests.core.strategies import LADDER, local, small

RULES = small()
MISSED = local(2026, 11, 25, 17)
"""Two working days after Monday."""


def silent(steps: int, topic: str = "noise", rules: Rules = RULES) -> Item:
    """An item whose ladder went up so many steps."""
    item = reported(topic, rules=rules).item
    for _ in range(steps):
        item = fired(item, Due.RESPOND, rules=rules).item
    return item


def test_at_half_of_the_working_time_the_holder_is_reminded() -> None:
    item = reported().item
    # From Monday 10:00 to Wednesday 17:00 is 23 working hours; half of it is Tuesday 13:30.
    assert due(item, Due.RESPOND) == local(2026, 11, 24, 13, 30)
    change = fired(item, Due.RESPOND)
    assert whom(change) == [(Audience.HOLDER, NoticeKind.REMIND)]
    assert notice(change, Audience.HOLDER).by == MISSED


def test_at_the_term_the_deputy_is_called_and_the_reporter_told_the_same_day() -> None:
    item = silent(1)
    assert due(item, Due.RESPOND) == MISSED
    change = fired(item, Due.RESPOND)
    assert happened(change) == [EventKind.DEPUTY_CALLED, EventKind.TERM_MISSED]
    assert change.item.assignment.partner == "CARE"
    assert change.item.holders == ("CARE", "LEADER", "POL")
    deputy, reporter = notice(change, Audience.DEPUTY), notice(change, Audience.REPORTER)
    assert (deputy.partner, deputy.looks) == ("LEADER", "CARE")
    assert (reporter.kind, reporter.looks) == (NoticeKind.TERM_MISSED, "LEADER")
    assert reporter.by == deputy.by == due(change.item, Due.RESPOND) == local(2026, 11, 27, 12, 30)


def test_without_a_deputy_the_coordinator_is_asked_right_then() -> None:
    change = fired(silent(1, "theft"), Due.RESPOND)
    assert change.item.holders == ("POL",)
    alert = notice(change, Audience.COORDINATOR)
    assert (alert.why, alert.looks) == (Why.SILENT, "POL")
    assert notice(change, Audience.REPORTER).looks == "GEM"


def test_a_deputy_without_the_mandate_is_none() -> None:
    partners = tuple(
        p.model_copy(update={"mandates": (), "part_of": None}) if p.id == "LEADER" else p
        for p in RULES.covenant.partners
    )
    change = fired(silent(1), Due.RESPOND, rules=small(partners=partners))
    assert change.item.assignment.deputy is None
    assert notice(change, Audience.COORDINATOR).why is Why.SILENT


def test_half_a_term_later_the_coordinator_holds_it_with_a_new_term() -> None:
    change = fired(silent(2), Due.RESPOND)
    new = change.item.assignment
    assert (new.partner, new.because, change.item.stage) == ("GEM", Because.SILENT, Stage.WAITING)
    assert new.respond_by == local(2026, 12, 1, 17)
    former = [n.partner for n in change.notices if n.to is Audience.FORMER]
    assert former == ["CARE", "LEADER", "POL"]
    told = notice(change, Audience.REPORTER)
    assert (told.kind, told.looks, told.by) == (NoticeKind.TERM_MISSED, "GEM", new.respond_by)


def test_a_silent_coordinator_is_alerted_each_working_day_without_end() -> None:
    item = silent(4)
    change = fired(item, Due.RESPOND)
    assert notice(change, Audience.REPORTER).looks == "GEM"
    moments = []
    for _ in range(20):
        change = fired(change.item, Due.RESPOND)
        assert whom(change) == [(Audience.COORDINATOR, NoticeKind.COORDINATOR_ALERT)]
        moments.append(change.events[-1].at)
    # Wednesday 2 December to 31 December, past a weekend each week and Christmas Day.
    assert moments[0] == local(2026, 12, 2, 17)
    assert moments[-1] == local(2026, 12, 30, 17)
    assert local(2026, 12, 25, 17) not in moments


def test_a_term_over_the_weekend_counts_working_time_only() -> None:
    item = reported(now=local(2026, 11, 27, 16)).item
    assert item.assignment.respond_by == local(2026, 12, 1, 17)
    # 1 hour on Friday, 8 on Monday and 8 on Tuesday: half of 17 is Monday 16:30.
    assert due(item, Due.RESPOND) == local(2026, 11, 30, 16, 30)


@pytest.mark.parametrize(
    ("friday", "monday", "tuesday"),
    [
        (local(2026, 3, 27, 16), local(2026, 3, 30, 16, 30), local(2026, 3, 31, 17)),
        (local(2026, 10, 23, 16), local(2026, 10, 26, 16, 30), local(2026, 10, 27, 17)),
    ],
)
def test_a_term_over_a_night_of_changing_clocks_keeps_the_local_hours(
    friday: datetime, monday: datetime, tuesday: datetime
) -> None:
    item = reported(now=friday).item
    assert item.assignment.respond_by == tuesday
    assert due(item, Due.RESPOND) == monday


def test_a_same_day_term_that_is_missed_is_told_the_same_day() -> None:
    item = fired(reported("today", now=local(2026, 11, 23, 14, 59)).item, Due.RESPOND).item
    assert due(item, Due.RESPOND) == local(2026, 11, 23, 17)
    change = fired(item, Due.RESPOND)
    assert (Audience.REPORTER, NoticeKind.TERM_MISSED) in whom(change)


def test_what_comes_after_the_cut_off_hour_counts_as_the_next_working_day() -> None:
    item = reported("today", now=local(2026, 11, 27, 15)).item
    assert item.assignment.respond_by == local(2026, 11, 30, 17)


def test_after_an_outage_the_highest_step_that_is_due_is_taken_once() -> None:
    item = reported().item
    change = fired(item, Due.RESPOND, late=MISSED + timedelta(minutes=5))
    assert happened(change) == [EventKind.DEPUTY_CALLED, EventKind.TERM_MISSED]
    assert change.item.assignment.steps_done == 2
    change = fired(item, Due.RESPOND, late=MISSED + timedelta(days=9))
    assert change.item.assignment.partner == "GEM"
    assert happened(change) == [EventKind.TERM_MISSED, EventKind.ASSIGNED]


def test_an_unsafe_report_never_calls_a_deputy_outside() -> None:
    item = reported(unsafe=True).item
    assert item.holders == ("GEM",)
    item = lifecycle.assign(item, "CARE", by="co", reason="", rules=RULES, now=MONDAY).item
    item = fired(item, Due.RESPOND).item
    change = fired(item, Due.RESPOND)
    assert change.item.holders == ("CARE",)
    assert notice(change, Audience.COORDINATOR).why is Why.SILENT


def test_a_covenant_without_a_ladder_still_ends_at_the_coordinator() -> None:
    rules = small(ladder=())
    item = reported(rules=rules).item
    assert due(item, Due.RESPOND, rules) == MISSED
    change = fired(item, Due.RESPOND, rules=rules)
    assert change.item.assignment.partner == "GEM"
    assert notice(change, Audience.REPORTER).kind is NoticeKind.TERM_MISSED


def test_a_ladder_without_a_step_at_the_term_still_tells_the_reporter() -> None:
    rules = small(ladder=(LADDER[0], LadderStep(at_percent=200, to=LadderTo.COORDINATOR)))
    item = fired(reported(rules=rules).item, Due.RESPOND, rules=rules).item
    change = fired(item, Due.RESPOND, rules=rules)
    told = notice(change, Audience.REPORTER)
    assert (told.looks, told.by) == ("CARE", due(change.item, Due.RESPOND, rules))


def test_a_coordinator_called_before_the_term_is_no_missed_term() -> None:
    rules = small(ladder=(LadderStep(at_percent=50, to=LadderTo.COORDINATOR),))
    change = fired(reported(rules=rules).item, Due.RESPOND, rules=rules)
    assert change.item.assignment.partner == "GEM"
    assert notice(change, Audience.REPORTER).kind is NoticeKind.REASSIGNED


def test_accepting_ends_the_ladder() -> None:
    item = reported().item
    old = schedule(item, RULES)[0]
    item = lifecycle.accept(item, by="pro", partner="CARE", rules=RULES, now=MONDAY).item
    assert lifecycle.fire(item, old, RULES, old.due) == lifecycle.Change(item=item)
