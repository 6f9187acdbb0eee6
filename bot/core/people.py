"""People: who chats, in which role, and what the covenant lets them do."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: immutable, silent about its contents in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Role(StrEnum):
    """What a membership makes of a person; without one, everyone is a resident."""

    PROFESSIONAL = "professional"
    VOLUNTEER = "volunteer"
    COACH = "coach"
    COORDINATOR = "coordinator"
    MEMBER = "member"
    """Of a circle only: no membership at a partner."""


class Membership(Frozen):
    """A role that a person has for a partner, until it ends."""

    partner: str
    role: Role
    since: datetime


class Person(Frozen):
    """Anyone who chats with the bot in private.

    `key` is the keyed hash of the Telegram id: the same person is always the same key, and the key
    alone tells nothing. `address` is the Telegram id to send to; it is sealed at rest.
    """

    key: str
    address: int
    first_name: str = ""
    language: str
    language_chosen: bool = False
    """Chosen by the person, so the phone's own language no longer counts."""
    informed: datetime | None = None
    """When the person read on after the privacy notice."""
    memberships: tuple[Membership, ...] = ()
    reported: tuple[datetime, ...] = ()
    """When this person sent reports, on the last day that had any."""
    unreachable: datetime | None = None
    """Since when Telegram refuses our messages to this person."""

    def role_at(self, partner: str) -> Role | None:
        """The role at this partner, or None."""
        return next((m.role for m in self.memberships if m.partner == partner), None)

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners that this person works for."""
        return tuple(m.partner for m in self.memberships)


class Invite(Frozen):
    """A one-time link into a role; `key` is the keyed hash of its secret."""

    key: str
    partner: str
    role: Role
    circle: str | None = None
    """The circle that it leads into; then it makes no membership at the partner."""
    expires: datetime
    used: datetime | None = None
