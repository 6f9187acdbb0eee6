"""Urgency: which notices disturb people outside working hours, and which wait for the morning."""

from datetime import datetime

from bot.core.items import Answer, Item
from bot.core.notices import Audience, Notice, NoticeKind, Why
from bot.core.worktime import Rules

_NEW_WORK = frozenset({NoticeKind.ALERT, NoticeKind.REOPENED})
_PRESSING = frozenset({Why.UNSAFE, Why.WORSE})


def urgent(item: Item, notice: Notice, rules: Rules) -> bool:
    """Whether people are disturbed for it at any hour: danger, worse, or a same-day topic."""
    topic = next((t for t in rules.covenant.topics if t.id == item.report.topic), None)
    same_day = topic is not None and topic.respond.working_days == 0
    return same_day or _presses(item, notice)


def _presses(item: Item, notice: Notice) -> bool:
    worse = notice.answer is Answer.WORSE or notice.why in _PRESSING
    return worse or item.report.unsafe


def waits(item: Item, notice: Notice, rules: Rules, now: datetime) -> bool:
    """Whether a new assignment is told by the message of the next working morning.

    The coordinators hear of everything at once, without a sound: they are the last who can.
    """
    last = notice.to is Audience.COORDINATOR or notice.partner == rules.covenant.coordinator
    if last or notice.to is Audience.REPORTER or notice.kind not in _NEW_WORK:
        return False
    fresh = item.assignment.since == now
    return fresh and not working(rules, now) and not urgent(item, notice, rules)


def silent(item: Item, notice: Notice, rules: Rules, now: datetime) -> bool:
    """Whether the phone keeps quiet: in the quiet hours, and for partners when they don't work.

    Only a reporter who is not safe, or says that it is worse, is heard by partners at night.
    """
    night = rules.calendar.quiet(now)
    if notice.to in {Audience.REPORTER, Audience.TALK}:
        return night
    if _presses(item, notice):
        return False
    return night or not (working(rules, now) or urgent(item, notice, rules))


def working(rules: Rules, now: datetime) -> bool:
    """Whether partners work now."""
    return rules.calendar.next_working_moment(now) <= now


def waited(item: Item, rules: Rules, opening: datetime) -> bool:
    """Whether the assignment came after the last working day and before this `opening`."""
    since = item.assignment.since
    return since < opening and rules.calendar.next_working_moment(since) >= opening
