"""When what is planned for an ask comes next: the covenant's periods, counted from a moment.

Nobody is disturbed in quiet hours, except for help that is wanted that same day.
"""

from datetime import datetime, time, timedelta

from bot.core.checkins import SOON
from bot.core.helping.asks import Ask, AskStage, Pending, SearchStep, wanted_on
from bot.core.helping.times import Slot, first_slot, last_slot
from bot.core.worktime import Calendar, Rules

NEAR = timedelta(hours=24)
"""What falls away so shortly before the help can't wait for an answer."""
SHORTEST = timedelta(minutes=10)
"""Who is asked has at least so long, when it is for that very day."""
EVENING = timedelta(hours=2)
"""So long before the quiet hours a volunteer can still ring round for the next day."""

_CONFIRM_WAITS = 3
"""From a proposal: for the asker, for the asker once more, and for the volunteer."""
WEEKLY_LATEST = timedelta(days=2)
"""So long before the next time of weekly help nobody waits any more for a word on the last one."""

PASSED_DAYS = 3
"""So many working days lie between two notes about an ask whose time has passed."""


def for_today(ask: Ask, rules: Rules, at: datetime) -> bool:
    """Whether at this moment the help is needed on the same day, at the latest."""
    return wanted_on(ask) == rules.calendar.local(at).date()


def calm(ask: Ask, at: datetime, rules: Rules) -> datetime:
    """The first moment from `at` on which people may be disturbed for this ask."""
    return at if for_today(ask, rules, at) else rules.calendar.outside_quiet(at)


def is_over(ask: Ask, rules: Rules, now: datetime) -> bool:
    """Whether nobody helps and the last moment that was wanted has passed."""
    return ask.stage is AskStage.LOOKING and not ask.wish.when.slots(rules.calendar, now)


def next_wave(ask: Ask, left: int, rules: Rules, now: datetime) -> datetime:
    """When the next neighbours are asked, or the board, or the volunteer after `left` waits."""
    slot = ask.helper.slot if ask.helper else last_slot(ask.wish.when)
    return _search_at(ask, wave_after(slot, left, rules, now), rules, now)


def wave_after(slot: Slot, left: int, rules: Rules, now: datetime) -> datetime:
    """The covenant's wait for who was asked to help, in time for the volunteer `left` waits on."""
    helping = rules.covenant.helping
    minutes, hours = helping.next_wave_minutes_today, helping.next_wave_hours
    return _in_time(
        slot, left, timedelta(minutes=minutes), timedelta(hours=hours), rules=rules, now=now
    )


def _in_time(
    slot: Slot, left: int, minutes: timedelta, hours: timedelta, *, rules: Rules, now: datetime
) -> datetime:
    """So long a wait; a shorter one if the volunteer, `left` waits on, were asked too late.

    On the day of the help that is before it begins, else on the evening before.
    """
    calendar = rules.calendar
    if slot.day <= calendar.local(now).date():
        begins, ends = slot.begins(calendar), slot.ends(calendar)
        by = begins if now < begins else ends
        return now + min(minutes, max(SHORTEST, (by - now) / left))
    by = calendar.moment(slot.day - timedelta(days=1), calendar.hours.quiet_from) - EVENING
    at = max(now + minutes, min(now + hours, by - minutes * (left - 1)))
    morning = calendar.outside_quiet(calendar.moment(slot.day, time.min))
    return min(at, morning) if morning >= now + SOON else at


def after_silence(ask: Ask, rules: Rules, now: datetime) -> datetime:
    """When somebody has been silent for long enough."""
    helping = rules.covenant.helping
    minutes, hours = helping.next_wave_minutes_today, helping.silence_hours
    waits = ask.stage in {AskStage.LOOKING, AskStage.PROPOSED}
    if waits:
        return calm(ask, _waited(ask, minutes, hours, rules, now), rules)
    at = now + timedelta(hours=hours)
    if ask.wish.when.weekly:
        begins = first_slot(ask.wish.when.next_week()).begins(rules.calendar)
        at = min(at, max(begins - WEEKLY_LATEST, now + SOON))
    return rules.calendar.outside_quiet(at)


def next_call(ask: Ask, step: SearchStep, rules: Rules, now: datetime) -> datetime:
    """When the one after `step`, who is called now, is called as well.

    Coordinators in working time: and then each working day.
    """
    calendar = rules.calendar
    if step is SearchStep.COORDINATOR:
        at = max(calendar.add_working_days(now, 1), now + SOON)
    else:
        at = after_silence(ask, rules, now)
        if step is SearchStep.COACH and not for_today(ask, rules, now):
            at = calendar.next_working_moment(at)
    return _search_at(ask, at, rules, now)


def next_after(step: SearchStep, rules: Rules, now: datetime) -> datetime:
    """When, after the wanted time, the asker and the next one after `step` are asked again."""
    days = PASSED_DAYS if step is SearchStep.COORDINATOR else 1
    at = rules.calendar.add_working_days(now, days)
    return rules.calendar.outside_quiet(max(at, now + SOON))


def confirm_at(ask: Ask, slot: Slot, rules: Rules, now: datetime) -> datetime:
    """When it is looked at why the asker has not agreed; at the end of that time at the latest.

    The asker is reminded first, then the volunteer is called, who needs a while as well.
    """
    helping, left = rules.covenant.helping, _CONFIRM_WAITS - ask.confirm_asked
    minutes, hours = helping.confirm_minutes_today, helping.confirm_hours
    at = _in_time(
        slot, left, timedelta(minutes=minutes), timedelta(hours=hours), rules=rules, now=now
    )
    return no_later(calm(ask, at, rules), slot, rules, now)


def no_later(at: datetime, slot: Slot, rules: Rules, now: datetime) -> datetime:
    """`at`, or the end of `slot` when that comes before it and has not passed."""
    ends = rules.calendar.outside_quiet(slot.ends(rules.calendar))
    return min(at, ends) if ends >= now + SOON else at


def reminder(slot: Slot, rules: Rules, after: datetime) -> datetime | None:
    """The first reminder of the help in `slot` that is due after a moment."""
    begins = slot.begins(rules.calendar)
    hours = rules.covenant.helping.remind_hours
    moments = (_reminds(begins - timedelta(hours=h), begins, rules.calendar) for h in hours)
    return min((at for at in moments if at > after), default=None)


def afterwards(slot: Slot, rules: Rules, now: datetime) -> datetime:
    """When both are asked how it went."""
    ends = slot.ends(rules.calendar)
    at = ends + timedelta(hours=rules.covenant.helping.after_hours)
    return rules.calendar.outside_quiet(max(at, now + SOON))


def weekly_search(slot: Slot, rules: Rules, now: datetime) -> datetime:
    """When someone is looked for, for the next time of weekly help."""
    ahead = timedelta(days=rules.covenant.helping.weekly_ahead_days)
    begins = Slot(day=slot.day - ahead, part=slot.part).begins(rules.calendar)
    return rules.calendar.outside_quiet(max(begins, now + SOON))


def is_near(slot: Slot, rules: Rules, now: datetime) -> bool:
    """Whether help in `slot` is so close that somebody must know of a change at once."""
    return slot.begins(rules.calendar) - now <= NEAR and slot.ends(rules.calendar) > now


def must_see(person: str, ask: Ask, rules: Rules, now: datetime) -> Pending:
    """The message that goes to `person` now must be seen soon."""
    minutes = timedelta(minutes=rules.covenant.helping.seen_minutes)
    if for_today(ask, rules, now):
        return Pending(person=person, until=now + minutes)
    until = rules.calendar.outside_quiet(rules.calendar.outside_quiet(now) + minutes)
    return Pending(person=person, until=until)


def _waited(ask: Ask, minutes: int, hours: int, rules: Rules, now: datetime) -> datetime:
    """When it was waited for so many hours; on the day of the help minutes, from the morning on."""
    if for_today(ask, rules, now):
        return now + timedelta(minutes=minutes)
    at, calendar = now + timedelta(hours=hours), rules.calendar
    morning = calendar.outside_quiet(calendar.moment(wanted_on(ask), time.min))
    return min(at, morning) if morning >= now + SOON else at


def _search_at(ask: Ask, at: datetime, rules: Rules, now: datetime) -> datetime:
    """Outside quiet hours; when the wanted time ends before that, it is said then."""
    at = calm(ask, at, rules)
    if ask.stage is not AskStage.LOOKING:
        return at
    return no_later(at, last_slot(ask.wish.when), rules, now)


def _reminds(at: datetime, begins: datetime, calendar: Calendar) -> datetime:
    """The end of the quiet hours when that is still before the help, else just before them."""
    moved = calendar.outside_quiet(at)
    if moved < begins or moved == at:
        return moved
    quiet_from = calendar.hours.quiet_from
    day = calendar.local(at).date()
    starts = calendar.moment(day, quiet_from)
    if starts > at:
        starts = calendar.moment(day - timedelta(days=1), quiet_from)
    return starts - SOON
