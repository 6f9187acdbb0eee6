"""What a partner does with an item: accept, work, ask, tell, close."""

from datetime import date, datetime
from typing import Any

from bot.core.errors import NotAllowed, Stale
from bot.core.items import EventKind, Item, Outcome, Quiet, ReporterLine, Stage, Step, Told
from bot.core.lifecycle import dates
from bot.core.lifecycle.assigning import must_hold
from bot.core.lifecycle.change import Change, hears
from bot.core.lifecycle.ending import not_confirmed, unaskable
from bot.core.notices import Audience, NoticeKind
from bot.core.worktime import Rules


def accept(item: Item, *, by: str, partner: str, rules: Rules, now: datetime) -> Change:
    """Take it on; the first one wins.

    Raises `Stale` when it waits no longer, `NotAllowed` for a partner that doesn't hold it.
    """
    if item.stage is not Stage.WAITING:
        raise Stale
    must_hold(item, partner)
    assignment = item.assignment.model_copy(update={"by": by, "accepted": now})
    change = Change(item=item).record(
        EventKind.ACCEPTED,
        now,
        by=by,
        partner=partner,
        stage=Stage.HELD,
        assignment=assignment,
        progress_at=dates.progress_after(item, rules, now),
        progress_unanswered=0,
    )
    change = change.tell(Audience.REPORTER, NoticeKind.ACCEPTED, looks=partner)
    change = change.tell_talk(NoticeKind.ACCEPTED, besides=by, looks=partner)
    change = change.tell_others(NoticeKind.TAKEN, besides=by, looks=partner)
    if item.assignment.missed_told:
        change = change.tell(Audience.COORDINATOR, NoticeKind.TAKEN, looks=partner)
    return change


def cover(item: Item, *, by: str, partner: str, rules: Rules, now: datetime) -> Change:
    """Take it over from a colleague, who may be ill; the partner stays the one voice outside.

    Raises `Stale` when nobody else has it, `NotAllowed` for a partner that doesn't hold it.
    """
    former = item.assignment.by
    if item.stage is not Stage.HELD or former == by:
        raise Stale
    must_hold(item, partner)
    change = Change(item=item).record(
        EventKind.COVERED,
        now,
        by=by,
        partner=partner,
        assignment=item.assignment.model_copy(update={"by": by, "accepted": now}),
        progress_at=dates.progress_after(item, rules, now),
        progress_unanswered=0,
    )
    change = change.tell_others(NoticeKind.TAKEN, besides=by, looks=partner)
    return change.tell(Audience.COLLEAGUE, NoticeKind.COVERED, person=former, looks=partner)


def step(item: Item, step: Step, *, by: str, partner: str, rules: Rules, now: datetime) -> Change:
    """Record with one tap what was done.

    Raises `Stale` when it is closed, `NotAllowed` for a partner that doesn't hold it.
    """
    must_hold(item, partner)
    return _worked(
        item, EventKind.STEP, {"step": step.value}, by=by, partner=partner, rules=rules, now=now
    )


def note(
    item: Item, text: str, *, by: str, partner: str | None, rules: Rules, now: datetime
) -> Change:
    """Record a note. Raises `Stale` when it is closed."""
    return _worked(
        item, EventKind.NOTE, {"text": text}, by=by, partner=partner, rules=rules, now=now
    )


def ask(
    item: Item, question: str, *, by: str, partner: str | None, rules: Rules, now: datetime
) -> Change:
    """Ask the reporter something, through the bot.

    Raises `Stale` when it is closed, `NotAllowed` when the reporter can't be reached any more.
    """
    change = _worked(
        item, EventKind.QUESTION, {"text": question}, by=by, partner=partner, rules=rules, now=now
    )
    if not hears(item):
        raise NotAllowed
    return change.tell(Audience.REPORTER, NoticeKind.QUESTION, looks=partner)


def told(
    item: Item,
    told: Told,
    *,
    by: str,
    partner: str | None,
    rules: Rules,
    now: datetime,
    when: date | None = None,
    because: str = "",
) -> Change:
    """Record whether the person concerned was told; also after the item ended, for the law stays.

    Raises `NotAllowed` for a "yes" without a date or another answer without a reason, and for an
    item that is not about another person.
    """
    needed = when is not None if told is Told.YES else bool(because.strip())
    if not needed or not dates.must_tell(item.report, rules) or item.stage is Stage.WITHDRAWN:
        raise NotAllowed
    again = dates.days_after(rules, now, dates.UNSETTLED_DAYS)
    again_at = rules.calendar.next_working_moment(again) if told is Told.NOT_YET else None
    data = {"told": told.value, "when": when.isoformat() if when else None, "because": because}
    return Change(item=item).record(
        EventKind.TOLD, now, by=by, partner=partner, data=data, told=told, told_at=again_at
    )


def close(
    item: Item,
    outcome: Outcome,
    *,
    by: str,
    partner: str,
    rules: Rules,
    now: datetime,
    note: str = "",
) -> Change:
    """Close it: the reporter hears the outcome, and is asked later to confirm it.

    When the reporter can't be asked, it ends at once. Raises `NotAllowed` before it is accepted
    or for a partner that doesn't hold it, `Stale` when it is closed already.
    """
    if item.stage is Stage.WAITING:
        raise NotAllowed
    if item.stage is not Stage.HELD:
        raise Stale
    must_hold(item, partner)
    change = Change(item=item).record(
        EventKind.CLOSED,
        now,
        by=by,
        partner=partner,
        data={"outcome": outcome.value, "note": note},
        stage=Stage.CLOSED,
        outcome=outcome,
        progress_at=None,
        progress_unanswered=0,
        line=_to_confirm(item, rules, now),
    )
    change = change.tell(Audience.REPORTER, NoticeKind.CLOSED, outcome=outcome, looks=partner)
    change = change.tell_talk(NoticeKind.CLOSED, besides=by, looks=partner)
    change = change.tell_others(NoticeKind.CLOSED, besides=by, outcome=outcome, looks=partner)
    reason = unaskable(change.item)
    return not_confirmed(change, reason, rules, now) if reason else change


def _to_confirm(item: Item, rules: Rules, now: datetime) -> ReporterLine:
    quiet = None if item.line.quiet is Quiet.RESTING else item.line.quiet
    days = rules.covenant.times.confirm_after_days
    next_at = None if unaskable(item) else dates.days_after(rules, now, days)
    return item.line.model_copy(update={"quiet": quiet, "unanswered": 0, "next_at": next_at})


def _worked(
    item: Item,
    kind: EventKind,
    data: dict[str, Any],
    *,
    by: str,
    partner: str | None,
    rules: Rules,
    now: datetime,
) -> Change:
    """Record a sign of work; of who holds it, it also answers the question about progress."""
    if item.stage not in {Stage.WAITING, Stage.HELD}:
        raise Stale
    change = Change(item=item)
    if partner not in {item.assignment.partner, item.assignment.deputy}:
        return change.record(kind, now, by=by, partner=partner, data=data)
    held = item.stage is Stage.HELD
    return change.record(
        kind,
        now,
        by=by,
        partner=partner,
        data=data,
        progress_at=dates.progress_after(item, rules, now) if held else None,
        progress_unanswered=0,
    )
