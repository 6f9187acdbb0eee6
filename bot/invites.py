"""Invites: one-time links into a role; only a keyed hash of the secret is kept."""

import secrets
from datetime import datetime, timedelta

from bot.core.covenant import PartnerKind
from bot.core.errors import OmzienError
from bot.core.people import Invite, Role
from bot.core.routing import partner_or_none
from bot.core.worktime import Rules
from storage import Store

PREFIX = "inv_"
SECRET_BYTES = 24
"""Long enough never to be guessed; with the prefix it fits Telegram's 64 characters."""


class NoSuchPartner(OmzienError):
    """The covenant has no partner with this id; see `omzien check`."""


class WrongRole(OmzienError):
    """Only the covenant's coordinator has coordinators, and only circles have volunteers."""


async def make_invite(store: Store, rules: Rules, role: Role, partner: str, now: datetime) -> str:
    """Keep a new invite and return what follows `/start `; it is shown once and never again."""
    found = partner_or_none(partner, rules.covenant)
    if found is None:
        raise NoSuchPartner
    if role is Role.COORDINATOR and partner != rules.covenant.coordinator:
        raise WrongRole
    if role is Role.VOLUNTEER and found.kind is not PartnerKind.CIRCLES:
        raise WrongRole
    secret = secrets.token_urlsafe(SECRET_BYTES)
    expires = now + timedelta(hours=rules.covenant.times.invite_hours)
    async with store.writing() as records:
        records.put(
            Invite(key=store.lookup("invite", secret), partner=partner, role=role, expires=expires)
        )
    return PREFIX + secret
