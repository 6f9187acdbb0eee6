"""Who holds an item: the report that starts it, and every change of holder after that."""

from datetime import datetime

from bot.core.covenant import Covenant
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.items import Assignment, EventKind, Item, Refusal, Report, ReporterLine, Stage
from bot.core.lifecycle import dates
from bot.core.lifecycle.change import Change
from bot.core.notices import Audience, NoticeKind, Why
from bot.core.routing import Because, Chosen, Matter, choose, partner_or_none
from bot.core.worktime import Rules

_TO_PARTNER = frozenset({Because.ROUTE, Because.ASSIGNED})


def report(
    report: Report, *, key: str, code: str, reporter: str, rules: Rules, now: datetime
) -> Change:
    """Start an item: routed, with its first term and its first question to the reporter."""
    chosen = choose(matter(report), rules.covenant, rules.calendar.local(now).date())
    topic = dates.topic_of(report.topic, rules)
    item = Item(
        key=key,
        code=code,
        kind=topic.kind,
        report=report,
        reporter=reporter,
        created=now,
        stage=Stage.WAITING,
        assignment=assignment(chosen, report, rules, now),
        told_at=dates.told_first(now, rules) if dates.must_tell(report, rules) else None,
    )
    line = ReporterLine(next_at=dates.ask_after(item, rules, now))
    change = Change(item=item).record(EventKind.REPORTED, now, by=reporter, line=line)
    return alert(_assigned(change, now))


def assign(
    item: Item, to_partner: str, *, by: str, reason: str, rules: Rules, now: datetime
) -> Change:
    """Give the item to a partner, for a new term; access of the former ends.

    Raises `Stale` when it is closed, `NotFound` for a partner that the covenant doesn't have.
    """
    if item.stage not in {Stage.WAITING, Stage.HELD}:
        raise Stale
    if partner_or_none(to_partner, rules.covenant) is None:
        raise NotFound
    chosen = Chosen(to_partner, (), Because.ASSIGNED)
    moved = place(Change(item=item), chosen, rules, now, by=by, note=reason)
    return tell_new_term(alert(moved), NoticeKind.REASSIGNED)


def decline(  # every part of a refusal is recorded
    item: Item, *, by: str, partner: str, why: str, note: str, rules: Rules, now: datetime
) -> Change:
    """Hand it to the coordinator, with the reason; also what was accepted can be given back.

    Who knows the people has nothing to do with it from then on, whoever gets it.

    Raises `Stale` when it is closed, `NotAllowed` for the coordinator, who assigns it instead.
    """
    if item.stage not in {Stage.WAITING, Stage.HELD}:
        raise Stale
    must_hold(item, partner)
    if item.assignment.partner == rules.covenant.coordinator:
        raise NotAllowed
    data = {"why": str(why), "note": note}
    recused = (*item.recused, by) if why == Refusal.CONFLICT else item.recused
    change = Change(item=item).record(
        EventKind.DECLINED, now, by=by, partner=partner, data=data, recused=recused
    )
    moved = place(change, to_coordinator(rules.covenant, Because.DECLINED), rules, now)
    return tell_new_term(alert(moved), NoticeKind.REASSIGNED)


def matter(report: Report) -> Matter:
    """What the rules look at."""
    return Matter(report.topic, report.area, report.landlord, report.about, report.unsafe)


def to_coordinator(covenant: Covenant, because: Because) -> Chosen:
    """The coordinator, since there is nobody else."""
    return Chosen(covenant.coordinator, (), because)


def must_hold(item: Item, partner: str) -> None:
    """Raise `NotAllowed` unless `partner` holds the item or stands in for who does."""
    if partner not in {item.assignment.partner, item.assignment.deputy}:
        raise NotAllowed


def assignment(
    chosen: Chosen, report: Report, rules: Rules, now: datetime, note: str = ""
) -> Assignment:
    """A new assignment, with the term of the report's topic; sooner when it is not safe."""
    sooner = report.unsafe and chosen.lead == rules.covenant.coordinator
    term = dates.unsafe_by if sooner else dates.respond_by
    return Assignment(
        partner=chosen.lead,
        involved=chosen.involved,
        since=now,
        because=chosen.because,
        route=chosen.route,
        note=note,
        respond_by=term(report.topic, rules, now),
    )


def place(
    change: Change,
    chosen: Chosen,
    rules: Rules,
    now: datetime,
    *,
    by: str | None = None,
    note: str = "",
) -> Change:
    """Make `chosen.lead` the holder, waiting for its response; tell who lost access."""
    item = change.item
    moved = change.model_copy(
        update={
            "item": item.model_copy(
                update={
                    "stage": Stage.WAITING,
                    "assignment": assignment(chosen, item.report, rules, now, note),
                    "past": (*item.past, item.assignment),
                    "progress_at": None,
                    "progress_unanswered": 0,
                }
            )
        }
    )
    moved = _assigned(moved, now, by=by)
    for lost in item.holders:
        if lost not in moved.item.holders:
            moved = moved.tell(
                Audience.FORMER, NoticeKind.REASSIGNED, partner=lost, looks=chosen.lead
            )
    return moved


def alert(change: Change) -> Change:
    """Ask the new holder to respond, and tell who is involved; the coordinator hears why."""
    new = change.item.assignment
    if new.because in _TO_PARTNER:
        change = change.tell(Audience.HOLDER, NoticeKind.ALERT, by=new.respond_by)
    else:
        past = change.item.past
        why, before = Why(new.because.value), past[-1].partner if past else None
        change = tell_coordinator(change, why, by=new.respond_by, looks=before)
    for partner in new.involved:
        change = change.tell(
            Audience.INVOLVED, NoticeKind.ALERT, partner=partner, by=new.respond_by
        )
    return change


def tell_coordinator(
    change: Change, why: Why, *, by: datetime | None = None, looks: str | None = None
) -> Change:
    """Alert all coordinators."""
    return change.tell(
        Audience.COORDINATOR, NoticeKind.COORDINATOR_ALERT, why=why, by=by, looks=looks
    )


def tell_new_term(change: Change, kind: NoticeKind) -> Change:
    """Tell the reporter who now looks at it, and until when."""
    new = change.item.assignment
    return change.tell(Audience.REPORTER, kind, by=new.respond_by, looks=new.partner)


def _assigned(change: Change, now: datetime, by: str | None = None) -> Change:
    new = change.item.assignment
    data = {
        "because": new.because.value,
        "note": new.note,
        "respond_by": new.respond_by.isoformat(),
        "involved": list(new.involved),
    }
    return change.record(EventKind.ASSIGNED, now, by=by, partner=new.partner, data=data)
