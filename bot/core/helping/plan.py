"""What is planned for an ask, and what happens when it is due.

A stale check-in, that the ask no longer plans, does nothing. Every open ask has one to come.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.core.checkins import SOON, CheckIn, Due
from bot.core.helping import afterwards, moments, steps
from bot.core.helping.asks import Ask, AskStage, SearchStep
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.worktime import Rules

_CALLS_BEGIN = 2
"""After a question and one reminder the others are called."""


def schedule(ask: Ask) -> tuple[CheckIn, ...]:
    """All check-ins of `ask` that are still to come, by due time."""
    moments_ = {
        Due.SEARCH: ask.search.next_at,
        Due.CONFIRM: ask.confirm_at,
        Due.BEFORE: ask.remind_at,
        Due.AFTER: ask.after.next_at,
    }
    planned = [(what, due) for what, due in moments_.items() if due and ask.open]
    if ask.pending and not ask.pending.called:
        planned.append((Due.SEEN, ask.pending.until))
    found = (CheckIn.at(f"ask:{ask.key}", what, due) for what, due in planned)
    return tuple(sorted(found, key=lambda checkin: (checkin.due, checkin.what)))


def fire(
    ask: Ask, checkin: CheckIn, rules: Rules, now: datetime, *, helper: Neighbour | None
) -> AskChange:
    """Do what is due; without effect when the ask no longer plans it or it isn't due yet.
    `helper` is the neighbour who promised to help.

    It may change nothing but ask to `seek`.
    """
    if checkin.due > now or checkin not in schedule(ask):
        return AskChange(ask=ask)
    if late := _postponed(ask, checkin.what, rules, now):
        return late
    if checkin.what is Due.AFTER:
        return _after(ask, helper, rules, now)
    return _FIRES[checkin.what](ask, rules, now)


def _postponed(ask: Ask, what: Due, rules: Rules, now: datetime) -> AskChange | None:
    """What fires late, after an outage, still leaves people in peace."""
    hurry = what is not Due.AFTER
    until = moments.calm(ask, now, rules) if hurry else rules.calendar.outside_quiet(now)
    if until < now + SOON:
        return None
    moved: dict[Due, dict[str, Any]] = {
        Due.SEARCH: {"search": ask.search.model_copy(update={"next_at": until})},
        Due.CONFIRM: {"confirm_at": until},
        Due.BEFORE: {"remind_at": until},
        Due.AFTER: {"after": ask.after.model_copy(update={"next_at": until})},
        Due.SEEN: {"pending": ask.pending and ask.pending.model_copy(update={"until": until})},
    }
    data = {"what": what.value}
    return AskChange(ask=ask).record(AskEventKind.POSTPONED, now, data=data, **moved[what])


def _search(ask: Ask, rules: Rules, now: datetime) -> AskChange:
    change = AskChange(ask=ask)
    if ask.stage is AskStage.LOOKING:
        over = moments.is_over(ask, rules, now) and not ask.search.over
        return steps.passed(change, rules, now) if over else steps.go_on(change, rules, now)
    assert ask.helper is not None, "only a helper hands over"
    if ask.helper.slot.ends(rules.calendar) <= now:
        rests = steps.at_rest(ask.search)
        data = {"what": Due.SEARCH.value}
        return change.record(AskEventKind.POSTPONED, now, data=data, search=rests)
    return steps.go_on(change, rules, now)


def _confirm(ask: Ask, rules: Rules, now: datetime) -> AskChange:
    new = ask.successor or ask.helper
    assert new is not None, "somebody is proposed"
    if new.slot.ends(rules.calendar) <= now:
        return lapsed(ask, rules, now)
    asked, change = ask.confirm_asked, AskChange(ask=ask)
    details = {"who": new.person, "slot": new.slot}
    if asked == 0:
        data = {"what": Due.CONFIRM.value}
        change = change.record(AskEventKind.REMINDED, now, data=data, confirm_asked=1)
        change = change.also(confirm_at=moments.confirm_at(change.ask, new.slot, rules, now))
        return change.tell(To.ASKER, News.PROPOSED_AGAIN, **details)
    step = _rung(asked - 1)
    again = moments.no_later(moments.next_call(ask, step, rules, now), new.slot, rules, now)
    state = {
        "confirm_at": again,
        "confirm_asked": asked + 1,
        "search": ask.search.model_copy(update={"step": step}),
    }
    change = steps.call(change, step, News.NO_ANSWER, now, details=details, **state)
    if asked > 1:
        return change
    return change.tell(To.PERSON, News.WAIT, person=new.person, slot=new.slot)


def lapsed(ask: Ask, rules: Rules, now: datetime) -> AskChange:
    """The time of a proposal has passed without the asker's word."""
    new = ask.successor or ask.helper
    assert new is not None, "somebody is proposed"
    kept = {"successor": None} if ask.successor else {"helper": None, "stage": AskStage.LOOKING}
    change = AskChange(ask=ask).record(
        AskEventKind.FELL_THROUGH,
        now,
        data={"helper": new.person},
        confirm_at=None,
        confirm_asked=0,
        **kept,
    )
    change = steps.free(change, new)
    change = change.tell(To.PERSON, News.UNANSWERED, person=new.person, slot=new.slot)
    if ask.successor:
        return change
    if moments.is_over(change.ask, rules, now):
        return steps.passed(change, rules, now)
    change = change.tell(To.ASKER, News.FELL_THROUGH, who=new.person, slot=new.slot)
    return steps.seek(change, rules, now)


def _before(ask: Ask, rules: Rules, now: datetime) -> AskChange:
    assert ask.helper is not None, "help is agreed"
    who, slot = ask.helper.person, ask.helper.slot
    change, again = AskChange(ask=ask), moments.reminder(slot, rules, now)
    data = {"what": Due.BEFORE.value}
    if slot.begins(rules.calendar) <= now:
        return change.record(AskEventKind.POSTPONED, now, data=data, remind_at=None)
    change = change.record(AskEventKind.REMINDED, now, data=data, remind_at=again)
    for to in (To.ASKER, To.HELPER):
        change = change.tell(to, News.REMIND, who=who, slot=slot)
    return change


def _seen(ask: Ask, _rules: Rules, now: datetime) -> AskChange:
    assert ask.pending is not None, "a message had to be seen"
    person = ask.pending.person
    called = ask.pending.model_copy(update={"called": True}) if ask.open else None
    data = {"person": person}
    change = AskChange(ask=ask).record(AskEventKind.NOT_SEEN, now, data=data, pending=called)
    return change.tell(To.VOLUNTEER, News.PHONE, person=person)


def _after(ask: Ask, helper: Neighbour | None, rules: Rules, now: datetime) -> AskChange:
    change, asked = AskChange(ask=ask), ask.after.asked + 1
    if ask.stage is AskStage.AGREED:
        change = afterwards.over(change, rules, now)
        change = change.record(AskEventKind.ASKED_AFTER, now)
        return change.tell(To.ASKER, News.HOW_WAS_IT).tell(To.HELPER, News.HOW_WAS_IT)
    if asked <= _CALLS_BEGIN:
        next_at = moments.after_silence(ask, rules, now)
        after = ask.after.model_copy(update={"asked": asked, "next_at": next_at})
        change = change.record(AskEventKind.ASKED_AFTER, now, after=after)
        change = change.tell(To.ASKER, News.HOW_AGAIN)
        silent = ask.helper and ask.after.helper is None
        return change.tell(To.HELPER, News.HOW_AGAIN) if silent else change
    if ask.wish.when.weekly:
        return afterwards.go_on(ask, helper, rules, now)
    step = _rung(asked - _CALLS_BEGIN - 1)
    next_at = moments.next_call(ask, step, rules, now)
    after = ask.after.model_copy(update={"asked": asked, "next_at": next_at})
    search = ask.search.model_copy(update={"step": step})
    said = ask.after.asker
    news, details = (News.SAID, {"how": said}) if said else (News.SILENT_AFTER, {})
    return steps.call(change, step, news, now, details=details, after=after, search=search)


def _rung(number: int) -> SearchStep:
    return steps.LADDER[min(number, len(steps.LADDER) - 1)]


_FIRES: dict[Due, Callable[[Ask, Rules, datetime], AskChange]] = {
    Due.SEARCH: _search,
    Due.CONFIRM: _confirm,
    Due.BEFORE: _before,
    Due.SEEN: _seen,
}
