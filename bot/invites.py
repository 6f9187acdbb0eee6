"""Invites: one-time links into a role; only a keyed hash of the secret is kept."""

import secrets
from datetime import datetime, timedelta

from bot.core.covenant import Covenant, PartnerKind
from bot.core.errors import OmzienError
from bot.core.people import Invite, Role
from bot.core.routing import partner_or_none
from bot.core.worktime import Rules
from storage import Store

PREFIX = "inv_"
SECRET_BYTES = 24
"""Long enough never to be guessed; with the prefix it fits Telegram's 64 characters."""


IN_CIRCLE = frozenset({Role.MEMBER, Role.VOLUNTEER, Role.COACH})
"""The places that a circle has."""


class NoSuchPartner(OmzienError):
    """The covenant has no partner or circle with this id; see `omzien check`."""


class WrongRole(OmzienError):
    """Only the covenant's coordinator has coordinators. Only circles have volunteers and members,
    and they have nobody else but a coach."""


async def make_invite(store: Store, rules: Rules, role: Role, where: str, now: datetime) -> str:
    """Keep a new invite and return what follows `/start `; it is shown once and never again.

    `where` is the id of a circle or of a partner.
    """
    circle = next((c for c in rules.covenant.circles if c.id == where), None)
    partner = circle.partner if circle else where
    if circle is None:
        _check(role, partner, rules.covenant)
    elif role not in IN_CIRCLE:
        raise WrongRole
    secret = secrets.token_urlsafe(SECRET_BYTES)
    expires = now + timedelta(hours=rules.covenant.times.invite_hours)
    async with store.writing() as records:
        records.put(
            Invite(
                key=store.lookup("invite", secret),
                partner=partner,
                role=role,
                circle=circle.id if circle else None,
                expires=expires,
            )
        )
    return PREFIX + secret


def _check(role: Role, partner: str, covenant: Covenant) -> None:
    """Whether a partner has this role."""
    found = partner_or_none(partner, covenant)
    if found is None:
        raise NoSuchPartner
    if role is Role.COORDINATOR and partner != covenant.coordinator:
        raise WrongRole
    circles = found.kind is PartnerKind.CIRCLES
    if role is Role.MEMBER or (role is Role.VOLUNTEER and not circles):
        raise WrongRole
