"""Short ways to bring an item somewhere, and to say what a change told."""

from datetime import datetime
from typing import Any

from bot.core import lifecycle
from bot.core.checkins import CheckIn, Due, schedule
from bot.core.items import EventKind, Item, Outcome
from bot.core.lifecycle import Change
from bot.core.notices import Audience, Notice, NoticeKind
from bot.core.worktime import Rules
from tests.core.strategies import concern, local, small

MONDAY = local(2026, 11, 23, 10)
"""An ordinary Monday morning."""


def reported(
    topic: str = "noise", *, rules: Rules | None = None, now: datetime = MONDAY, **report: Any
) -> Change:
    """A report that has just come in."""
    return lifecycle.report(
        concern(topic, **report),
        key="k",
        code="KL-7C2F",
        reporter="rep",
        rules=rules or small(),
        now=now,
    )


def accepted(
    topic: str = "noise", *, rules: Rules | None = None, now: datetime = MONDAY, **report: Any
) -> Item:
    """An item that its holder's professional `pro` took on."""
    item = reported(topic, rules=rules, now=now, **report).item
    partner = item.assignment.partner
    return lifecycle.accept(item, by="pro", partner=partner, rules=rules or small(), now=now).item


def closing(item: Item, now: datetime = MONDAY, outcome: Outcome = Outcome.HELPED) -> Change:
    """The holder closes it."""
    partner = item.assignment.partner
    return lifecycle.close(item, outcome, by="pro", partner=partner, rules=small(), now=now)


def closed(topic: str = "noise", now: datetime = MONDAY, **report: Any) -> Item:
    """An item that its holder closed."""
    return closing(accepted(topic, now=now, **report), now).item


def planned(item: Item, what: Due, rules: Rules | None = None) -> CheckIn | None:
    """The check-in of this kind that is still to come."""
    return next((c for c in schedule(item, rules or small()) if c.what is what), None)


def due(item: Item, what: Due, rules: Rules | None = None) -> datetime:
    """When it is due."""
    checkin = planned(item, what, rules)
    assert checkin is not None, f"no {what} is planned"
    return checkin.due


def fired(
    item: Item, what: Due, *, rules: Rules | None = None, late: datetime | None = None
) -> Change:
    """The next check-in of this kind fires: when it is due, or late."""
    checkin = planned(item, what, rules)
    assert checkin is not None, f"no {what} is planned"
    return lifecycle.fire(item, checkin, rules or small(), late or checkin.due)


def whom(change: Change) -> list[tuple[Audience, NoticeKind]]:
    """Who is told what kind of thing."""
    return [(n.to, n.kind) for n in change.notices]


def notice(change: Change, to: Audience, kind: NoticeKind | None = None) -> Notice:
    """What this audience is told (of this kind), once."""
    (found,) = [n for n in change.notices if n.to is to and kind in {None, n.kind}]
    return found


def happened(change: Change) -> list[EventKind]:
    """The events."""
    return [e.kind for e in change.events]
