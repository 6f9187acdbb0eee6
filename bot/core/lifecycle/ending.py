"""How an item ends: on the reporter's word, or with a written reason."""

from datetime import datetime
from typing import Any

from bot.core.items import EventKind, Item, Quiet, Reason, Stage
from bot.core.lifecycle import dates
from bot.core.lifecycle.change import Change
from bot.core.notices import Audience, NoticeKind
from bot.core.worktime import Rules

_QUIET_REASONS = {
    Quiet.STOPPED: Reason.STOPPED,
    Quiet.WITHDRAWN: Reason.WITHDRAWN,
    Quiet.UNREACHABLE: Reason.UNREACHABLE,
    Quiet.ERASED: Reason.ERASED,
}


def unaskable(item: Item) -> Reason | None:
    """Why the reporter can't be asked to confirm; None if they can."""
    if item.reporter is None:
        return Reason.ERASED
    return _QUIET_REASONS.get(item.line.quiet) if item.line.quiet else None


def confirmed(change: Change, rules: Rules, now: datetime) -> Change:
    """End it on the reporter's word."""
    state = _ended(change.item, rules, now)
    ended = change.record(
        EventKind.CONFIRMED, now, by=change.item.reporter, stage=Stage.CONFIRMED, **state
    )
    told = ended.tell_partners(NoticeKind.CONFIRMED).tell_talk(NoticeKind.CONFIRMED)
    return told.tell(Audience.REPORTER, NoticeKind.CONFIRMED)


def not_confirmed(change: Change, reason: Reason, rules: Rules, now: datetime) -> Change:
    """End it without the reporter's word, and say so."""
    item = change.item
    outcome = item.outcome.value if item.outcome else None
    ended = change.record(
        EventKind.NOT_CONFIRMED,
        now,
        data={"reason": reason.value, "outcome": outcome},
        stage=Stage.NOT_CONFIRMED,
        **{**_ended(item, rules, now), "reason": reason},
    )
    told = ended.tell_partners(NoticeKind.NOT_CONFIRMED).tell_talk(NoticeKind.NOT_CONFIRMED)
    return told.tell(Audience.REPORTER, NoticeKind.NOT_CONFIRMED)


def _ended(item: Item, rules: Rules, now: datetime) -> dict[str, Any]:
    days = rules.covenant.times.aftercare_days
    return {
        "ended": now,
        "reason": None,
        "line": item.line.model_copy(update={"next_at": None, "unanswered": 0}),
        "aftercare_at": None if unaskable(item) else dates.days_after(rules, now, days),
    }
