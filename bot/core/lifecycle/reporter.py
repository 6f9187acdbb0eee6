"""What a reporter does with an item, and what is done when the reporter falls away."""

from datetime import datetime

from bot.core.errors import NotAllowed, Stale
from bot.core.items import Addition, Answer, EventKind, Item, Quiet, Reason, Stage
from bot.core.lifecycle import dates
from bot.core.lifecycle.assigning import tell_coordinator
from bot.core.lifecycle.change import Change
from bot.core.lifecycle.ending import confirmed, not_confirmed
from bot.core.lifecycle.reopening import reopened
from bot.core.notices import Audience, NoticeKind, Why
from bot.core.worktime import Rules

LONGEST_INTERVAL = 60
"""Calendar days that a reporter may choose between two questions; longer is forgetting."""


def say(item: Item, answer: Answer, rules: Rules, now: datetime) -> Change:
    """Take the reporter's answer to "How is it now?". Raises `Stale` when it was withdrawn."""
    if item.stage is Stage.WITHDRAWN:
        raise Stale
    change = _said(item, answer, rules, now)
    if item.stage in {Stage.WAITING, Stage.HELD}:
        return _tell_said(change, answer)
    if answer in {Answer.SAME, Answer.WORSE}:
        return reopened(change, rules, now, by=item.reporter, answer=answer)
    if answer is Answer.GOOD and item.stage in {Stage.CLOSED, Stage.NOT_CONFIRMED}:
        return confirmed(change, rules, now)
    if answer is Answer.STOP and item.stage is Stage.CLOSED:
        return not_confirmed(change, Reason.STOPPED, rules, now)
    return change


def add(item: Item, addition: Addition, rules: Rules, now: datetime) -> Change:
    """Add to the report.

    Raises `Stale` when it has ended, `NotAllowed` beyond the covenant's limits or for a photo
    where the topic takes none.
    """
    if not item.open:
        raise Stale
    added = (*item.report.additions, addition)
    photos = sum(1 for a in added if a.photo)
    limits, topic = rules.covenant.limits, dates.topic_of(item.report.topic, rules)
    too_many = len(added) > limits.additions_per_item or photos > limits.photos_per_item
    if too_many or (addition.photo and not topic.photos):
        raise NotAllowed
    report = item.report.model_copy(update={"additions": added})
    change = Change(item=item).record(EventKind.ADDED, now, by=item.reporter, report=report)
    return change.tell(Audience.HOLDER, NoticeKind.ADDED)


def answer(item: Item, text: str, now: datetime) -> Change:
    """Answer a partner's question. Raises `Stale` when the item has ended."""
    if not item.open:
        raise Stale
    data = {"text": text}
    change = Change(item=item).record(EventKind.ANSWER, now, by=item.reporter, data=data)
    return change.tell(Audience.HOLDER, NoticeKind.ANSWER)


def every(item: Item, days: int, rules: Rules, now: datetime) -> Change:
    """Let the reporter choose how often to be asked, which also starts the questions again.

    `days` are calendar days. Raises `Stale` when it has ended or was withdrawn, `NotAllowed` for
    less than one day or more than `LONGEST_INTERVAL`.
    """
    if not 1 <= days <= LONGEST_INTERVAL:
        raise NotAllowed
    return _asked_again(item, days, rules, now, every_days=days)


def later(item: Item, rules: Rules, now: datetime) -> Change:
    """Ask the reporter again tomorrow. Raises `Stale` when it has ended or was withdrawn."""
    return _asked_again(item, 1, rules, now)


def withdraw(item: Item, *, opened: bool, rules: Rules, now: datetime) -> Change:
    """Withdraw it: the questions stop, and only what nobody opened goes away.

    `opened` is whether someone read the contents: a withdrawal may be forced, so what a partner
    knows of stays with that partner. Raises `Stale` when it has ended.
    """
    if not item.open:
        raise Stale
    if item.stage is Stage.WAITING and not opened:
        return _withdrawn(item, now)
    # Who withdraws no longer agrees that others talk along.
    silent = item.model_copy(update={"talk": ()})
    stays = _quieted(Change(item=silent), EventKind.WITHDRAWN, Quiet.WITHDRAWN, now)
    stays = stays.tell(Audience.HOLDER, NoticeKind.WITHDRAWN, stays=True)
    if item.stage is Stage.CLOSED:
        return not_confirmed(stays, Reason.WITHDRAWN, rules, now)
    return stays


def unreachable(item: Item, rules: Rules, now: datetime) -> Change:
    """Stop asking a reporter whom Telegram refuses to reach; the holder goes on, and hears it."""
    if item.reporter is None or item.line.quiet is Quiet.UNREACHABLE:
        return Change(item=item)
    change = _quieted(Change(item=item), EventKind.UNREACHABLE, Quiet.UNREACHABLE, now)
    if not item.open:
        return change
    change = change.tell(Audience.HOLDER, NoticeKind.UNREACHABLE)
    if item.stage is Stage.CLOSED:
        return not_confirmed(change, Reason.UNREACHABLE, rules, now)
    return change


def reachable(item: Item, rules: Rules, now: datetime) -> Change:
    """Go on asking a reporter who can be reached again."""
    if not item.open or item.line.quiet is not Quiet.UNREACHABLE:
        return Change(item=item)
    line = item.line.model_copy(
        update={"quiet": None, "unanswered": 0, "next_at": dates.ask_after(item, rules, now)}
    )
    return Change(item=item).record(EventKind.REACHABLE, now, by=item.reporter, line=line)


def unlink(item: Item, rules: Rules, now: datetime) -> Change:
    """Erase the link to the reporter; nobody can be asked after that."""
    if item.reporter is None:
        return Change(item=item)
    change = _quieted(Change(item=item.unlinked()), EventKind.UNLINKED, Quiet.ERASED, now)
    if item.stage is Stage.CLOSED:
        return not_confirmed(change, Reason.ERASED, rules, now)
    return change


def _said(item: Item, answer: Answer, rules: Rules, now: datetime) -> Change:
    stop = answer is Answer.STOP
    # An old question can still be answered; only the reporter's own choice asks again.
    left = item.line.quiet is Quiet.WITHDRAWN
    asks = item.open and not stop and not left
    line = item.line.model_copy(
        update={
            "unanswered": 0,
            "answers": (*item.line.answers, answer),
            "quiet": Quiet.WITHDRAWN if left else Quiet.STOPPED if stop else None,
            "next_at": dates.ask_after(item, rules, now) if asks else None,
        }
    )
    return Change(item=item).record(
        EventKind.REPORTER_SAID,
        now,
        by=item.reporter,
        data={"answer": answer.value},
        line=line,
        aftercare_at=None if stop else item.aftercare_at,
    )


def _tell_said(change: Change, answer: Answer) -> Change:
    if answer in {Answer.GOOD, Answer.WORSE}:
        change = change.tell(Audience.HOLDER, NoticeKind.SAID, answer=answer)
    return tell_coordinator(change, Why.WORSE) if answer is Answer.WORSE else change


def _asked_again(item: Item, days: int, rules: Rules, now: datetime, **chosen: int) -> Change:
    if not item.open or item.line.quiet is Quiet.WITHDRAWN:
        raise Stale
    next_at = dates.days_after(rules, now, days)
    update = {"unanswered": 0, "quiet": None, "next_at": next_at, **chosen}
    line = item.line.model_copy(update=update)
    return Change(item=item).record(
        EventKind.REPORTER_CHOSE, now, by=item.reporter, data={"days": days}, line=line
    )


def _quieted(change: Change, kind: EventKind, quiet: Quiet, now: datetime) -> Change:
    item = change.item
    line = item.line.model_copy(update={"quiet": quiet, "next_at": None})
    return change.record(
        kind, now, by=item.reporter, data={"stays": True}, line=line, aftercare_at=None
    )


def _withdrawn(item: Item, now: datetime) -> Change:
    line = item.line.model_copy(update={"quiet": Quiet.WITHDRAWN, "next_at": None})
    change = Change(item=item).record(
        EventKind.WITHDRAWN,
        now,
        by=item.reporter,
        data={"stays": False},
        stage=Stage.WITHDRAWN,
        reason=Reason.WITHDRAWN,
        ended=now,
        line=line,
        told_at=None,
    )
    for partner in item.holders:
        change = change.tell(Audience.FORMER, NoticeKind.WITHDRAWN, partner=partner)
    return change
