"""What a partner does: steps, questions, telling the person concerned, closing; and progress."""

from datetime import date, timedelta

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due
from bot.core.covenant import About
from bot.core.errors import NotAllowed, Stale
from bot.core.items import EventKind, Item, Outcome, Stage, Step, Told
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
LATER = MONDAY + timedelta(days=1)


def told(item: Item, answer: Told, because: str = "", when: date | None = None) -> Change:
    """The holder records whether the person concerned was told."""
    return lifecycle.told(
        item,
        answer,
        by="pro",
        partner="CARE",
        rules=RULES,
        now=LATER,
        when=when,
        because=because,
    )


def test_the_holder_is_asked_about_progress_each_five_working_days() -> None:
    item = accepted()
    assert due(item, Due.PROGRESS) == local(2026, 11, 30, 10)
    change = fired(item, Due.PROGRESS)
    assert notice(change, Audience.HOLDER).person == "pro"
    assert due(change.item, Due.PROGRESS) == local(2026, 12, 7, 10)


def test_two_unanswered_questions_about_progress_alert_the_coordinator_and_go_on() -> None:
    item = accepted()
    alerted = []
    for _ in range(4):
        change = fired(item, Due.PROGRESS)
        item = change.item
        alerted.append([n.why for n in change.notices if n.to is Audience.COORDINATOR])
        assert (Audience.HOLDER, NoticeKind.PROGRESS) in whom(change)
    assert alerted == [[], [], [Why.STUCK], [Why.STUCK]]


def test_a_step_answers_the_question_about_progress() -> None:
    item = fired(accepted(), Due.PROGRESS).item
    now = local(2026, 12, 1, 11)
    change = lifecycle.step(item, Step.SPOKEN, by="pro", partner="CARE", rules=RULES, now=now)
    assert change.item.progress_unanswered == 0
    assert due(change.item, Due.PROGRESS) == local(2026, 12, 8, 11)
    assert change.events[0].data == {"step": "spoken"}


def test_a_question_about_progress_that_comes_late_waits_for_working_hours() -> None:
    change = fired(accepted(), Due.PROGRESS, late=local(2026, 12, 5, 3))
    assert happened(change) == [EventKind.POSTPONED]
    assert due(change.item, Due.PROGRESS) == local(2026, 12, 7, 9)


def test_a_question_reaches_the_reporter_without_its_text() -> None:
    change = lifecycle.ask(
        reported().item, "Welke kant?", by="pro", partner="CARE", rules=RULES, now=LATER
    )
    sent = notice(change, Audience.REPORTER, NoticeKind.QUESTION)
    assert change.events[-1].revision == sent.revision
    assert change.events[-1].data == {"text": "Welke kant?"}
    answered = lifecycle.answer(change.item, "Links", LATER)
    assert whom(answered) == [(Audience.HOLDER, NoticeKind.ANSWER)]
    assert planned(change.item, Due.RESPOND) == planned(reported().item, Due.RESPOND)


def test_work_on_what_is_closed_is_stale() -> None:
    for act in (lifecycle.note, lifecycle.ask):
        with pytest.raises(Stale):
            act(closed(), "x", by="pro", partner="CARE", rules=RULES, now=LATER)


def test_closing_tells_the_outcome_and_asks_later() -> None:
    change = closing(accepted(), LATER, Outcome.AGREED)
    assert change.item.stage is Stage.CLOSED
    assert change.item.ended is None
    assert notice(change, Audience.REPORTER).outcome is Outcome.AGREED
    assert planned(change.item, Due.PROGRESS) is None
    assert due(change.item, Due.REPORTER) == LATER + timedelta(days=3)


def test_only_who_accepted_closes_and_only_once() -> None:
    with pytest.raises(NotAllowed):
        closing(reported().item)
    with pytest.raises(Stale):
        closing(closed())
    with pytest.raises(NotAllowed):
        lifecycle.close(accepted(), Outcome.HELPED, by="cop", partner="POL", rules=RULES, now=LATER)


def test_the_holder_is_asked_well_within_the_month_whether_the_person_was_told() -> None:
    item = accepted()
    assert due(item, Due.TOLD) == local(2026, 12, 14, 10)
    change = fired(item, Due.TOLD)
    assert notice(change, Audience.HOLDER).by == local(2026, 12, 21, 10)
    assert due(change.item, Due.TOLD) == local(2026, 12, 17, 10)


def test_a_month_without_an_answer_alerts_the_coordinator_each_time() -> None:
    item = accepted()
    days, alerts = [], []
    for _ in range(4):
        change = fired(item, Due.TOLD)
        item = change.item
        days.append(RULES.calendar.local(change.events[-1].at).date().day)
        alerts.append([n.why for n in change.notices if n.to is Audience.COORDINATOR])
    assert days == [14, 17, 21, 24]
    assert alerts == [[], [], [Why.NOT_TOLD], [Why.NOT_TOLD]]


def test_told_or_exempt_settles_it() -> None:
    item = accepted()
    assert planned(told(item, Told.YES, when=date(2026, 11, 24)).item, Due.TOLD) is None
    assert planned(told(item, Told.EXEMPT, because="gevaar").item, Due.TOLD) is None


def test_not_told_yet_is_asked_again_after_a_week() -> None:
    change = told(accepted(), Told.NOT_YET, because="eerst een gesprek")
    assert due(change.item, Due.TOLD) == LATER + timedelta(days=7)
    assert change.events[-1].data["because"] == "eerst een gesprek"


def test_told_needs_its_date_or_its_reason_and_someone_to_tell() -> None:
    for answer in Told:
        with pytest.raises(NotAllowed):
            told(accepted(), answer)
    with pytest.raises(NotAllowed):
        told(accepted(about=About.SELF), Told.EXEMPT, because="mijzelf")


def test_the_duty_to_tell_outlives_the_item() -> None:
    item = lifecycle.unreachable(closed(), RULES, LATER).item
    assert not item.open
    change = fired(item, Due.TOLD)
    assert (Audience.HOLDER, NoticeKind.TOLD) in whom(change)
    assert planned(told(item, Told.YES, when=date(2026, 12, 1)).item, Due.TOLD) is None
