"""The ladder: what happens, step by step, while a partner does not respond."""

from datetime import datetime

from bot.core.checkins import TERM, Rung, ladder, next_step, step_due
from bot.core.covenant import LadderTo
from bot.core.items import EventKind, Item
from bot.core.lifecycle.assigning import (
    alert,
    matter,
    place,
    tell_coordinator,
    tell_new_term,
    to_coordinator,
)
from bot.core.lifecycle.change import Change
from bot.core.notices import Audience, NoticeKind, Why
from bot.core.routing import Because, partner_or_none, stand_in
from bot.core.worktime import Rules

_SENIORITY = (None, LadderTo.HOLDER, LadderTo.DEPUTY, LadderTo.COORDINATOR)


def climb(item: Item, rules: Rules, now: datetime) -> Change:
    """Take the next step of the ladder, or the highest one that is due after a time of absence."""
    if partner_or_none(item.assignment.partner, rules.covenant) is None:
        return rehome(item, rules, now)
    steps = _due(item, rules, now)
    top = max(steps, key=lambda s: _SENIORITY.index(s.to)).to
    own = item.assignment.partner == rules.covenant.coordinator
    if top is LadderTo.COORDINATOR and not own:
        return _take_over(item, steps, rules, now)
    change = _stepped(item, len(steps), now)
    if top is LadderTo.HOLDER:
        change = change.record(EventKind.REMINDED, now)
        change = change.tell(Audience.HOLDER, NoticeKind.REMIND, by=item.assignment.respond_by)
    elif top is LadderTo.DEPUTY:
        change = _call_deputy(change, rules, now)
    elif top is LadderTo.COORDINATOR:
        change = change.record(EventKind.REMINDED, now, partner=rules.covenant.coordinator)
        change = tell_coordinator(change, Why.SILENT, by=next_step(change.item.assignment, rules))
    return _miss(change, steps, rules, now)


def rehome(item: Item, rules: Rules, now: datetime) -> Change:
    """Give what a partner held that is no longer in the covenant to the coordinator."""
    chosen = to_coordinator(rules.covenant, Because.NO_PARTNER)
    return tell_new_term(alert(place(Change(item=item), chosen, rules, now)), NoticeKind.REASSIGNED)


def _due(item: Item, rules: Rules, now: datetime) -> tuple[Rung, ...]:
    """The steps that are due now, at least one; after the ladder's end the last one again."""
    steps = ladder(item.assignment.partner, rules.covenant)
    left = steps[item.assignment.steps_done :]
    due = tuple(s for s in left if step_due(s, item.assignment, rules) <= now)
    return due or left[:1] or steps[-1:]


def _stepped(item: Item, count: int, now: datetime) -> Change:
    done = item.assignment.steps_done + count
    assignment = item.assignment.model_copy(update={"steps_done": done, "stepped": now})
    return Change(item=item.model_copy(update={"assignment": assignment}))


def _take_over(item: Item, steps: tuple[Rung, ...], rules: Rules, now: datetime) -> Change:
    missed = any(s.at_percent >= TERM for s in steps)
    change = Change(item=item)
    chosen = to_coordinator(rules.covenant, Because.SILENT)
    old = item.assignment
    if missed and not old.missed_told:
        late = old.model_copy(update={"missed_told": True})
        change = change.record(EventKind.TERM_MISSED, now, partner=old.partner, assignment=late)
    change = alert(place(change, chosen, rules, now))
    return tell_new_term(change, NoticeKind.TERM_MISSED if missed else NoticeKind.REASSIGNED)


def _call_deputy(change: Change, rules: Rules, now: datetime) -> Change:
    """Call in the deputy; without one, or when nobody else may know, ask the coordinator."""
    item, covenant = change.item, rules.covenant
    old = item.assignment
    today = rules.calendar.local(now).date()
    deputy = stand_in(old.partner, matter(item.report), covenant, today)
    by = next_step(old, rules)
    if item.report.unsafe or deputy == covenant.coordinator:
        change = change.record(EventKind.REMINDED, now, partner=covenant.coordinator)
        return tell_coordinator(change, Why.SILENT, by=by, looks=old.partner)
    called = old.model_copy(update={"deputy": deputy})
    change = change.record(EventKind.DEPUTY_CALLED, now, partner=deputy, assignment=called)
    return change.tell(
        Audience.DEPUTY, NoticeKind.DEPUTY_ALERT, partner=deputy, looks=old.partner, by=by
    )


def _miss(change: Change, steps: tuple[Rung, ...], rules: Rules, now: datetime) -> Change:
    """When the term has passed: record it, and tell the reporter the new date and who looks."""
    old = change.item.assignment
    if old.missed_told or all(s.at_percent < TERM for s in steps):
        return change
    looks = _asked(change) or rules.covenant.coordinator
    by = next_step(old, rules)
    change = change.record(
        EventKind.TERM_MISSED,
        now,
        partner=old.partner,
        data={"by": by.isoformat(), "looks": looks},
        assignment=old.model_copy(update={"missed_told": True}),
    )
    return change.tell(Audience.REPORTER, NoticeKind.TERM_MISSED, by=by, looks=looks)


def _asked(change: Change) -> str | None:
    """The partner that this step asked, else the silent holder; None: the coordinator."""
    return change.notices[0].partner if change.notices else change.item.assignment.partner
