"""How a closed item comes back: at the partner that had it, for a new term."""

from datetime import datetime

from bot.core.errors import NotAllowed, Stale
from bot.core.items import Answer, EventKind, Item, Stage
from bot.core.lifecycle import dates
from bot.core.lifecycle.assigning import place, tell_coordinator, tell_new_term, to_coordinator
from bot.core.lifecycle.change import Change
from bot.core.lifecycle.ending import unaskable
from bot.core.notices import NoticeKind, Why
from bot.core.routing import Because, Chosen, partner_or_none
from bot.core.worktime import Rules


def reopen(item: Item, *, by: str, reason: str, rules: Rules, now: datetime) -> Change:
    """Open it again at the partner that had it last: by a coordinator, or by the reporter.

    Raises `Stale` when it is open already, `NotAllowed` when it was withdrawn.
    """
    return reopened(Change(item=item), rules, now, by=by, reason=reason)


def reopened(
    change: Change,
    rules: Rules,
    now: datetime,
    *,
    by: str | None,
    answer: Answer | None = None,
    reason: str = "",
) -> Change:
    """Open it again, as a part of `change`; `answer` is what the reporter said."""
    item = change.item
    if item.stage is Stage.WITHDRAWN:
        raise NotAllowed
    if item.stage in {Stage.WAITING, Stage.HELD}:
        raise Stale
    next_at = None if unaskable(item) else dates.ask_after(item, rules, now)
    change = change.record(
        EventKind.REOPENED,
        now,
        by=by,
        data={"answer": answer.value if answer else None, "reason": reason},
        line=item.line.model_copy(update={"unanswered": 0, "next_at": next_at}),
        outcome=None,
        reason=None,
        ended=None,
        aftercare_at=None,
    )
    change = place(change, _as_before(item, rules), rules, now, by=by, note=reason)
    return _tell(change, answer)


def _as_before(item: Item, rules: Rules) -> Chosen:
    last, covenant = item.assignment, rules.covenant
    if partner_or_none(last.partner, covenant) is None:
        return to_coordinator(covenant, Because.NO_PARTNER)
    involved = tuple(p for p in last.involved if partner_or_none(p, covenant))
    return Chosen(last.partner, involved, last.because, last.route)


def _tell(change: Change, answer: Answer | None) -> Change:
    by = change.item.assignment.respond_by
    change = change.tell_partners(NoticeKind.REOPENED, by=by, answer=answer)
    if answer is Answer.WORSE:
        change = tell_coordinator(change, Why.WORSE, by=by)
    return tell_new_term(change, NoticeKind.REOPENED)
