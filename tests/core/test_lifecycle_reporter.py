"""The questions to a reporter, what each answer does, and when silence ends them."""

from datetime import datetime, timedelta

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due, schedule
from bot.core.errors import NotAllowed
from bot.core.items import (
    Answer,
    EventKind,
    Item,
    Outcome,
    Quiet,
    Reason,
    Stage,
)
from bot.core.lifecycle import Change
from bot.core.notices import Audience, NoticeKind, Why
from tests.core.lives import (
    MONDAY,
    accepted,
    closed,
    closing,
    due,
    fired,
    happened,
    notice,
    planned,
    reported,
    whom,
)
from tests.core.strategies import local, small

RULES = small()
LATER = MONDAY + timedelta(days=3)
STAGES = [reported().item, accepted()]


def say(item: Item, answer: Answer, now: datetime = LATER) -> Change:
    """The reporter answers."""
    return lifecycle.say(item, answer, RULES, now)


def ended(answer: Answer = Answer.GOOD) -> Item:
    """An item that ended, by default on the reporter's word."""
    return say(closed(), answer).item


def test_the_first_question_comes_after_the_days_of_the_topic() -> None:
    assert due(reported().item, Due.REPORTER) == local(2026, 11, 28, 10)


def test_the_first_question_waits_until_a_working_day_has_passed() -> None:
    """Asked after a day, a report of Friday is asked about on Monday, not in the weekend."""
    friday = reported("today", now=local(2026, 11, 27, 10))
    assert due(friday.item, Due.REPORTER) == local(2026, 11, 30, 10)
    assert due(reported("today").item, Due.REPORTER) == local(2026, 11, 24, 10)


def test_no_question_comes_in_the_quiet_hours() -> None:
    assert due(reported(now=local(2026, 11, 23, 23)).item, Due.REPORTER) == local(2026, 11, 29, 8)
    item = reported().item
    change = fired(item, Due.REPORTER, late=local(2026, 11, 28, 22, 30))
    assert happened(change) == [EventKind.POSTPONED]
    assert change.notices == ()
    assert due(change.item, Due.REPORTER) == local(2026, 11, 29, 8)


@pytest.mark.parametrize("day", [local(2026, 3, 26, 2, 30), local(2026, 10, 22, 2, 30)])
def test_questions_keep_their_local_hour_over_a_night_of_changing_clocks(day: datetime) -> None:
    when = RULES.calendar.local(due(reported(now=day).item, Due.REPORTER))
    assert (when.hour, when.minute) == (8, 0)


@pytest.mark.parametrize("item", STAGES)
def test_two_unanswered_questions_rest_and_end_nothing(item: Item) -> None:
    first = fired(item, Due.REPORTER)
    assert notice(first, Audience.REPORTER).kind is NoticeKind.HOW_IS_IT
    assert due(first.item, Due.REPORTER) == local(2026, 12, 2, 10)
    second = fired(first.item, Due.REPORTER)
    assert notice(second, Audience.REPORTER).round == 2
    assert second.item.line.quiet is Quiet.RESTING
    assert planned(second.item, Due.REPORTER) is None
    assert second.item.stage is item.stage
    assert any(c.due > second.events[-1].at for c in schedule(second.item, RULES))


def test_questions_that_rest_go_on_when_the_partner_closes() -> None:
    item = accepted()
    for _ in range(2):
        item = fired(item, Due.REPORTER).item
    change = closing(item, local(2026, 12, 8))
    assert change.item.line.quiet is None
    assert due(change.item, Due.REPORTER) == local(2026, 12, 11)


def test_a_closed_item_with_two_unanswered_questions_ends_not_confirmed_and_says_so() -> None:
    item = closed()
    assert due(item, Due.REPORTER) == local(2026, 11, 26, 10)
    item = fired(item, Due.REPORTER).item
    assert due(item, Due.REPORTER) == local(2026, 11, 30, 10)
    item = fired(item, Due.REPORTER).item
    change = fired(item, Due.REPORTER)
    assert change.events[-1].at == local(2026, 12, 4, 10)
    assert (change.item.stage, change.item.reason) == (Stage.NOT_CONFIRMED, Reason.UNANSWERED)
    assert (Audience.REPORTER, NoticeKind.NOT_CONFIRMED) in whom(change)
    assert change.events[-1].data == {"reason": "unanswered", "outcome": "helped"}


@pytest.mark.parametrize("item", STAGES)
@pytest.mark.parametrize("answer", [Answer.GOOD, Answer.BETTER, Answer.SAME])
def test_an_answer_while_a_partner_works_is_asked_again_at_the_interval(
    item: Item, answer: Answer
) -> None:
    change = say(fired(item, Due.REPORTER).item, answer, local(2026, 11, 28, 11))
    assert change.item.stage is item.stage
    assert (change.item.line.unanswered, change.item.line.answers) == (0, (answer,))
    assert due(change.item, Due.REPORTER) == local(2026, 12, 3, 11)
    told = [(Audience.HOLDER, NoticeKind.SAID)] if answer is Answer.GOOD else []
    assert whom(change) == told


@pytest.mark.parametrize("item", STAGES)
def test_worse_reaches_the_holder_and_the_coordinator(item: Item) -> None:
    change = say(item, Answer.WORSE)
    assert notice(change, Audience.HOLDER).answer is Answer.WORSE
    assert notice(change, Audience.COORDINATOR).why is Why.WORSE
    assert planned(change.item, Due.REPORTER) is not None


@pytest.mark.parametrize("item", STAGES)
def test_stop_ends_the_questions_and_not_the_care(item: Item) -> None:
    change = say(item, Answer.STOP)
    assert change.item.stage is item.stage
    assert planned(change.item, Due.REPORTER) is None
    assert schedule(change.item, RULES)


def test_a_partner_who_closes_after_stop_ends_it_with_the_outcome_as_reason() -> None:
    change = closing(say(accepted(), Answer.STOP).item, LATER, Outcome.NOTHING_FOUND)
    assert (change.item.stage, change.item.reason) == (Stage.NOT_CONFIRMED, Reason.STOPPED)
    assert change.events[-1].data == {"reason": "stopped", "outcome": "nothing_found"}
    assert planned(change.item, Due.AFTERCARE) is None
    assert (Audience.REPORTER, NoticeKind.CLOSED) in whom(change)


def test_good_after_closing_confirms_it() -> None:
    change = say(closed(), Answer.GOOD)
    assert (change.item.stage, change.item.reason) == (Stage.CONFIRMED, None)
    assert whom(change) == [
        (Audience.HOLDER, NoticeKind.CONFIRMED),
        (Audience.INVOLVED, NoticeKind.CONFIRMED),
        (Audience.REPORTER, NoticeKind.CONFIRMED),
    ]


def test_better_after_closing_is_asked_once_more_at_the_interval() -> None:
    item = fired(closed(), Due.REPORTER).item
    change = say(item, Answer.BETTER)
    assert change.item.stage is Stage.CLOSED
    assert due(change.item, Due.REPORTER) == LATER + timedelta(days=5)
    item = change.item
    for _ in range(3):
        item = fired(item, Due.REPORTER).item
    assert item.stage is Stage.NOT_CONFIRMED


@pytest.mark.parametrize("answer", [Answer.SAME, Answer.WORSE])
@pytest.mark.parametrize("item", [closed(), ended()])
def test_same_or_worse_after_closing_opens_it_again_at_the_same_partner(
    item: Item, answer: Answer
) -> None:
    change = say(item, answer)
    new = change.item
    assert (new.stage, new.assignment.partner) == (Stage.WAITING, "CARE")
    assert new.assignment.respond_by == local(2026, 11, 30, 17)
    assert (new.outcome, new.ended, new.assignment.by) == (None, None, None)
    holder = notice(change, Audience.HOLDER)
    assert (holder.kind, holder.answer) == (NoticeKind.REOPENED, answer)
    coordinator = [n.why for n in change.notices if n.to is Audience.COORDINATOR]
    assert coordinator == ([Why.WORSE] if answer is Answer.WORSE else [])
    assert planned(new, Due.REPORTER) is not None
    assert planned(new, Due.RESPOND) is not None


def test_stop_after_closing_ends_it_with_that_reason() -> None:
    change = say(closed(), Answer.STOP)
    assert (change.item.stage, change.item.reason) == (Stage.NOT_CONFIRMED, Reason.STOPPED)


def test_good_after_it_ended_unconfirmed_still_confirms_it() -> None:
    item = ended(Answer.STOP)
    assert say(item, Answer.GOOD).item.stage is Stage.CONFIRMED


def test_aftercare_comes_four_weeks_after_the_end_and_silence_changes_nothing() -> None:
    item = ended()
    assert due(item, Due.AFTERCARE) == LATER + timedelta(days=28)
    change = fired(item, Due.AFTERCARE)
    assert whom(change) == [(Audience.REPORTER, NoticeKind.AFTERCARE)]
    assert change.item.stage is Stage.CONFIRMED
    assert planned(change.item, Due.AFTERCARE) is None


def test_a_reporter_may_choose_another_interval_which_starts_the_questions_again() -> None:
    item = say(accepted(), Answer.STOP).item
    change = lifecycle.every(item, 14, RULES, LATER)
    assert due(change.item, Due.REPORTER) == LATER + timedelta(days=14)
    again = say(change.item, Answer.BETTER)
    assert due(again.item, Due.REPORTER) == LATER + timedelta(days=14)
    for days in (0, 61):
        with pytest.raises(NotAllowed):
            lifecycle.every(item, days, RULES, LATER)


def test_later_asks_again_tomorrow() -> None:
    item = fired(accepted(), Due.REPORTER).item
    change = lifecycle.later(item, RULES, local(2026, 11, 28, 12))
    assert due(change.item, Due.REPORTER) == local(2026, 11, 29, 12)
    assert change.item.line.unanswered == 0
