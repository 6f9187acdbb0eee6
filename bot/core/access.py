"""Who may see and do what with an item: asked anew each time, from the covenant."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.covenant import Right
from bot.core.errors import NotAllowed
from bot.core.items import Item
from bot.core.people import Person, Role
from bot.core.routing import may
from bot.core.worktime import Rules


def acting_for(person: Person, right: Right, item: Item, rules: Rules, now: datetime) -> str | None:
    """The partner for which `person` has `right` on `item` now, or None.

    A mandate alone is not enough: the partner must hold the item, stand in or be involved.
    Coordinators reach every item, since whatever has no owner is theirs. A reporter never acts
    as a professional on their own item.
    """
    if item.reporter == person.key:
        return None
    on = rules.calendar.local(now).date()
    report = item.report
    for partner in _reaching(person, item, rules):
        if may(partner, right, report.topic, report.area, report.landlord, rules.covenant, on):
            return partner
    return None


def require(person: Person, right: Right, item: Item, rules: Rules, now: datetime) -> str:
    """The partner for which `person` has `right` on `item`; `NotAllowed` when there is none."""
    partner = acting_for(person, right, item, rules, now)
    if partner is None:
        raise NotAllowed
    return partner


def is_coordinator(person: Person, rules: Rules) -> bool:
    """Whether `person` coordinates."""
    return person.role_at(rules.covenant.coordinator) == Role.COORDINATOR


def _reaching(person: Person, item: Item, rules: Rules) -> Iterator[str]:
    yield from (p for p in person.partners if p in item.holders)
    if is_coordinator(person, rules):
        yield rules.covenant.coordinator
