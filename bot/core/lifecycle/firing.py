"""What a due check-in does. A stale one, that the item no longer plans, does nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.core.checkins import SOON, CheckIn, Due, schedule
from bot.core.items import EventKind, Item, Quiet, Reason, Stage
from bot.core.lifecycle import dates
from bot.core.lifecycle.assigning import tell_coordinator
from bot.core.lifecycle.change import Change
from bot.core.lifecycle.ending import not_confirmed
from bot.core.lifecycle.silence import climb, rehome
from bot.core.notices import Audience, NoticeKind, Why
from bot.core.routing import partner_or_none
from bot.core.worktime import Rules

TWICE = 2
"""Questions without an answer before Omzien draws a conclusion from the silence."""


def fire(item: Item, checkin: CheckIn, rules: Rules, now: datetime) -> Change:
    """Do what is due; without effect when the item no longer plans it or it isn't due yet."""
    if checkin.due > now or checkin not in schedule(item, rules):
        return Change(item=item)
    return _postponed(item, checkin.what, rules, now) or _FIRES[checkin.what](item, rules, now)


def _postponed(item: Item, what: Due, rules: Rules, now: datetime) -> Change | None:
    """What fires late, after an outage, still leaves people in peace; the ladder never waits."""
    if what is Due.RESPOND:
        return None
    at_work = what in {Due.PROGRESS, Due.TOLD}
    calendar = rules.calendar
    until = calendar.next_working_moment(now) if at_work else calendar.outside_quiet(now)
    if until < now + SOON:
        return None
    moved: dict[Due, dict[str, Any]] = {
        Due.PROGRESS: {"progress_at": until},
        Due.TOLD: {"told_at": until},
        Due.REPORTER: {"line": item.line.model_copy(update={"next_at": until})},
        Due.AFTERCARE: {"aftercare_at": until},
    }
    return Change(item=item).record(
        EventKind.POSTPONED, now, data={"what": what.value}, **moved[what]
    )


def _progress(item: Item, rules: Rules, now: datetime) -> Change:
    if partner_or_none(item.assignment.partner, rules.covenant) is None:
        return rehome(item, rules, now)
    asked = item.progress_unanswered + 1
    change = Change(item=item).record(
        EventKind.ASKED_PROGRESS,
        now,
        progress_at=dates.progress_after(item, rules, now),
        progress_unanswered=asked,
    )
    change = change.tell(Audience.HOLDER, NoticeKind.PROGRESS, round=asked)
    if asked > TWICE:
        change = tell_coordinator(change, Why.STUCK, looks=item.assignment.partner)
    return change


def _reporter(item: Item, rules: Rules, now: datetime) -> Change:
    asked = item.line.unanswered + 1
    closed = item.stage is Stage.CLOSED
    if asked > TWICE and closed:
        return not_confirmed(Change(item=item), Reason.UNANSWERED, rules, now)
    rests = asked >= TWICE and not closed
    again = dates.days_after(rules, now, rules.covenant.times.remind_after_days)
    line = item.line.model_copy(
        update={
            "asked": item.line.asked + 1,
            "unanswered": asked,
            "next_at": None if rests else again,
            "quiet": Quiet.RESTING if rests else item.line.quiet,
        }
    )
    change = Change(item=item).record(EventKind.ASKED_REPORTER, now, line=line)
    return change.tell(Audience.REPORTER, NoticeKind.HOW_IS_IT, round=asked)


def _told(item: Item, rules: Rules, now: datetime) -> Change:
    again, deadline = dates.told_again(item, rules, now), dates.told_deadline(item, rules)
    change = Change(item=item).record(EventKind.ASKED_TOLD, now, told_at=again)
    change = change.tell(Audience.HOLDER, NoticeKind.TOLD, by=deadline)
    if now >= deadline:
        change = tell_coordinator(change, Why.NOT_TOLD, looks=item.assignment.partner)
    return change


def _aftercare(item: Item, _rules: Rules, now: datetime) -> Change:
    change = Change(item=item).record(EventKind.AFTERCARE, now, aftercare_at=None)
    return change.tell(Audience.REPORTER, NoticeKind.AFTERCARE)


_FIRES: dict[Due, Callable[[Item, Rules, datetime], Change]] = {
    Due.RESPOND: climb,
    Due.PROGRESS: _progress,
    Due.REPORTER: _reporter,
    Due.TOLD: _told,
    Due.AFTERCARE: _aftercare,
}
