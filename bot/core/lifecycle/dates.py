"""When what is planned next: the covenant's periods, counted from a moment."""

from datetime import datetime

from bot.core.checkins import SOON
from bot.core.covenant import About, Term, Topic
from bot.core.items import Item, Report
from bot.core.worktime import Rules

UNSETTLED_DAYS = 7
"""Calendar days after "not told yet" before it is asked again."""
TOLD_AGAIN = 3
"""Working days after an unanswered question whether the person concerned was told."""
EARLY = 3 / 4
"""Of the period to tell the person concerned has passed when it is asked first."""


def topic_of(topic: str, rules: Rules) -> Topic:
    """The topic; when the covenant no longer has it, its slowest one stands in."""
    topics = rules.covenant.topics
    known = next((t for t in topics if t.id == topic), None)
    return known or max(topics, key=lambda t: (t.respond.working_days, t.id))


def respond_by(topic: str, rules: Rules, now: datetime) -> datetime:
    """The end of a new term that starts now."""
    return rules.calendar.respond_by(now, topic_of(topic, rules).respond)


def unsafe_by(topic: str, rules: Rules, now: datetime) -> datetime:
    """By when the coordinator calls a reporter who is not safe; never later than the topic's."""
    term = Term(working_days=rules.covenant.times.unsafe_working_days)
    return min(rules.calendar.respond_by(now, term), respond_by(topic, rules, now))


def progress_after(item: Item, rules: Rules, now: datetime) -> datetime:
    """When the holder is next asked about progress."""
    days = topic_of(item.report.topic, rules).progress_days
    return rules.calendar.add_working_days(now, days)


def ask_after(item: Item, rules: Rules, now: datetime) -> datetime:
    """When the reporter is next asked, at the interval of the topic or of their own choice.

    By the topic's interval a working day passes first, so that there is something to tell.
    """
    if item.line.every_days:
        return days_after(rules, now, item.line.every_days)
    asked = days_after(rules, now, topic_of(item.report.topic, rules).ask_reporter_days)
    return max(asked, rules.calendar.outside_quiet(rules.calendar.add_working_days(now, 1)))


def days_after(rules: Rules, now: datetime, days: int) -> datetime:
    """So many calendar days later, outside the quiet hours, and never now."""
    return max(rules.calendar.days_after(now, days), rules.calendar.outside_quiet(now + SOON))


def must_tell(report: Report, rules: Rules) -> bool:
    """Whether a person was reported on who must be told (GDPR art. 14)."""
    return report.about is About.OTHER and topic_of(report.topic, rules).about_a_person


def told_first(created: datetime, rules: Rules) -> datetime:
    """When it is first asked whether the person concerned was told."""
    days = int(rules.covenant.times.told_within_days * EARLY)
    return rules.calendar.next_working_moment(days_after(rules, created, days))


def told_deadline(item: Item, rules: Rules) -> datetime:
    """When the covenant's month to tell the person concerned is over."""
    days = rules.covenant.times.told_within_days
    return rules.calendar.next_working_moment(days_after(rules, item.created, days))


def told_again(item: Item, rules: Rules, now: datetime) -> datetime:
    """When it is asked again after no answer; at the deadline at the latest."""
    again = rules.calendar.add_working_days(now, TOLD_AGAIN)
    deadline = told_deadline(item, rules)
    return min(again, deadline) if deadline >= now + SOON else again
