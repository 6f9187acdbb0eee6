"""Routing: which partner leads an item, who is involved, and why, by the covenant's own rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.covenant import About, Covenant, Kind, Partner, Right
from bot.core.names import Titled, Titles
from bot.core.prompts import Say
from bot.core.words import Line, _, line


@dataclass(frozen=True)
class Matter:
    """What the rules look at: never the text, only what the reporter chose."""

    topic: str
    area: str | None
    """None: outside every area of the covenant."""
    landlord: str
    """The id of a partner that lets homes, or `other`, `own`, `unknown`."""
    about: About
    unsafe: bool = False


class Because(StrEnum):
    """Why a partner has an item."""

    ROUTE = "route"
    NO_ROUTE = "no_route"
    NO_PARTNER = "no_partner"
    """The rule names a lead that the covenant doesn't have."""
    NO_MANDATE = "no_mandate"
    """The rule's lead has no mandate for it, or no longer."""
    UNSAFE = "unsafe"
    NO_AREA = "no_area"
    UNKNOWN_TOPIC = "unknown_topic"
    ASSIGNED = "assigned"
    """A coordinator decided it."""
    DECLINED = "declined"
    SILENT = "silent"


REASONS = {
    Because.ROUTE: _("The partners agreed that {partner} responds to this."),
    Because.NO_ROUTE: _(
        "The partners have not agreed yet who responds to this. So {partner} does."
    ),
    Because.NO_PARTNER: _("The rule for this is not complete. So {partner} looks who can respond."),
    Because.NO_MANDATE: _("The agreement for this has ended or is missing. So {partner} responds."),
    Because.UNSAFE: _("It is not safe for you. So only {partner} sees this, and calls you first."),
    Because.NO_AREA: _("We don't know which village this is in. So {partner} finds out."),
    Because.UNKNOWN_TOPIC: _("We don't know this subject. So {partner} looks who can respond."),
    Because.ASSIGNED: _("A coordinator asked {partner} to respond."),
    Because.DECLINED: _("The first partner could not take this. So {partner} looks who can."),
    Because.SILENT: _("The first partner did not respond. So {partner} does."),
}


@dataclass(frozen=True)
class Chosen:
    """Who holds an item, and why."""

    lead: str
    involved: tuple[str, ...]
    because: Because
    route: int | None = None
    """The index of the covenant's rule that decided, also when that rule is broken."""


def choose(matter: Matter, covenant: Covenant, on: date) -> Chosen:
    """Choose who leads: the first rule that matches decides, else the coordinator.

    A rule that can't be followed on the day `on` sends the item to the coordinator too; a later
    rule was meant for something else.
    """
    area = matter.area
    if matter.unsafe:
        return _coordinator(covenant, Because.UNSAFE)
    if all(t.id != matter.topic for t in covenant.topics):
        return _coordinator(covenant, Because.UNKNOWN_TOPIC)
    if area is None or all(a.id != area for a in covenant.areas):
        return _coordinator(covenant, Because.NO_AREA)
    for index, rule in enumerate(covenant.routes):
        if rule.matches(matter.topic, area, matter.landlord, matter.about):
            return _follow(index, matter, covenant, on)
    return _coordinator(covenant, Because.NO_ROUTE)


def may(  # noqa: PLR0917 - a pure function names each of its inputs
    partner: str,
    right: Right,
    topic: str,
    area: str | None,
    landlord: str,
    covenant: Covenant,
    on: date,
) -> bool:
    """Whether the covenant gives `partner` this right on the day `on`.

    The coordinator may, since it owns whatever has no owner. Outside every area nobody else may.
    """
    if partner == covenant.coordinator:
        return True
    found = partner_or_none(partner, covenant)
    if found is None or area is None:
        return False
    return any(
        mandate.covers(right, topic, area, on)
        and (not mandate.own_tenants_only or landlord in {found.id, found.part_of})
        for mandate in covenant.mandates_of(found)
    )


def deputies(partner: str, covenant: Covenant) -> tuple[str, ...]:
    """Who answers when `partner` stays silent, in order; the coordinator is always the last.

    A chain of deputies that comes back to itself, or names nobody, is cut there.
    """
    return (*_chain(partner, covenant), covenant.coordinator)


def stand_in(partner: str, matter: Matter, covenant: Covenant, on: date) -> str:
    """The first deputy that may lead this matter; the coordinator if there is no other."""
    return next(
        d
        for d in deputies(partner, covenant)
        if may(d, Right.LEAD, matter.topic, matter.area, matter.landlord, covenant, on)
    )


def reason(chosen: Chosen, covenant: Covenant) -> Line | Titles:
    """Why this partner, in words: the covenant's own, by language, or a line to translate."""
    rule = covenant.routes[chosen.route] if chosen.route is not None else None
    if rule and rule.because and chosen.because is Because.ROUTE:
        return rule.because
    return line(REASONS[chosen.because], partner=covenant.partner(chosen.lead))


def receivers_said(chosen: Chosen, covenant: Covenant, respond_by: datetime) -> tuple[Say, ...]:
    """Who gets a matter and responds by when, who sees it too, and why."""
    why = reason(chosen, covenant)
    gets = _("{Partner} gets this and reads it by {when}.")
    return (
        line(gets, Partner=covenant.partner(chosen.lead), when=respond_by),
        *(line(_("{Partner} sees it too."), Partner=covenant.partner(p)) for p in chosen.involved),
        Titled(id="because", title=why) if isinstance(why, Mapping) else why,
    )


def partner_or_none(id_: str | None, covenant: Covenant) -> Partner | None:
    """The partner with this id, or None."""
    try:
        return covenant.partner(id_) if id_ else None
    except KeyError:
        return None


def _coordinator(covenant: Covenant, because: Because, route: int | None = None) -> Chosen:
    return Chosen(covenant.coordinator, (), because, route)


def _follow(index: int, matter: Matter, covenant: Covenant, on: date) -> Chosen:
    def allowed(partner: str, right: Right) -> bool:
        return may(partner, right, matter.topic, matter.area, matter.landlord, covenant, on)

    rule = covenant.routes[index]
    if partner_or_none(rule.lead, covenant) is None:
        return _coordinator(covenant, Because.NO_PARTNER, index)
    if not allowed(rule.lead, Right.LEAD):
        return _coordinator(covenant, Because.NO_MANDATE, index)
    others = dict.fromkeys(p for p in rule.involve if p != rule.lead)
    known = (p for p in others if partner_or_none(p, covenant))
    involved = tuple(p for p in known if allowed(p, Right.SEE))
    return Chosen(rule.lead, involved, Because.ROUTE, index)


def _chain(partner: str, covenant: Covenant) -> Iterator[str]:
    seen = {partner, covenant.coordinator}
    at = partner_or_none(partner, covenant)
    while at and at.deputy and at.deputy not in seen:
        at = partner_or_none(at.deputy, covenant)
        if at:
            seen.add(at.id)
            yield at.id


def responsible(covenant: Covenant) -> str | None:
    """The partner that answers for asks without a circle: the covenant's rule for them."""
    topics = {topic.id for topic in covenant.topics if topic.kind is Kind.ASK}
    for route in covenant.routes:
        named = topics if route.topics == "all" else topics & set(route.topics)
        if named and partner_or_none(route.lead, covenant):
            return route.lead
    return None


def coach_partner(covenant: Covenant, circle: str | None) -> str | None:
    """The partner whose professionals coach: of the circle, else of the circles' partner."""
    found = next((c for c in covenant.circles if c.id == circle), None)
    if found:
        return found.coach
    partner = partner_or_none(responsible(covenant) or "", covenant)
    return partner.deputy if partner else None
