"""Who may see and do what with an item: asked anew each time, from the covenant."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.covenant import About, PartnerKind, Right
from bot.core.errors import NotAllowed
from bot.core.items import Item
from bot.core.people import Person, Role
from bot.core.routing import may, partner_or_none
from bot.core.worktime import Rules


def acting_for(person: Person, right: Right, item: Item, rules: Rules, now: datetime) -> str | None:
    """The partner for which `person` has `right` on `item` now, or None.

    Access ends with the item. What is left then is the coordinator's, and the duty to record
    whether the person concerned was told (GDPR art. 14).
    """
    duty = right is Right.ACT and item.told_at is not None
    if item.open or duty or is_coordinator(person, rules):
        return mandated(person, right, item, rules, now)
    return None


def mandated(person: Person, right: Right, item: Item, rules: Rules, now: datetime) -> str | None:
    """The partner whose mandate gives `person` this right on `item`, also after it ended.

    A mandate alone is not enough: the partner must hold the item, stand in or be involved.
    Coordinators reach every item, since whatever has no owner is theirs. A reporter never acts as
    a professional on their own item, nor does who declined it because they know the people.
    """
    if item.reporter == person.key or person.key in item.recused:
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
    # Who holds it comes first: somebody may work for that partner and for one that looks along.
    for partner in item.holders:
        if partner in person.partners and _fits(person.role_at(partner), partner, item, rules):
            yield partner
    if is_coordinator(person, rules):
        yield rules.covenant.coordinator


def _fits(role: Role | None, partner: str, item: Item, rules: Rules) -> bool:
    """Whether this role may have the item: volunteers only what somebody asked for themselves.

    Who reports about themselves has read in the review who will see it: that is the consent.
    Volunteers work for circles; elsewhere a mandate is that of professionals.
    """
    if role is not Role.VOLUNTEER:
        return True
    works_for = partner_or_none(partner, rules.covenant)
    in_circle = works_for is not None and works_for.kind is PartnerKind.CIRCLES
    return in_circle and item.report.about is About.SELF and not item.report.unsafe
