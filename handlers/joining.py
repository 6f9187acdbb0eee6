"""Joining: a one-time link makes someone a professional, volunteer, coach or coordinator."""

from telegram import Update

from bot.core.helping import circles
from bot.core.helping.neighbours import CircleRole
from bot.core.people import Invite, Membership, Role
from bot.core.routing import partner_or_none
from bot.core.words import _, line
from handlers import acts, menu
from handlers.helping.asks import keep_neighbour
from handlers.keyboards import Button, Press
from handlers.paragraphs import joined
from handlers.turn import Turn

PREFIX = "inv_"
"""How the secret of an invitation begins in a link."""

_UNKNOWN = _("I don't know this invitation. Ask your coordinator for a new link.")
_USED = _("This invitation was used already. Ask your coordinator for a new link.")
_EXPIRED = _("This invitation has expired. Ask your coordinator for a new link.")
_JOINED = {
    Role.PROFESSIONAL: _("Welcome. You are now a professional for {partner}."),
    Role.VOLUNTEER: _("Welcome. You are now a volunteer for {partner}."),
    Role.COACH: _("Welcome. You are now a coach for {partner}."),
    Role.COORDINATOR: _("Welcome. You are now a coordinator for {partner}."),
}
_IN_CIRCLE = {
    Role.MEMBER: _("Welcome. You are now a member of {circle}."),
    Role.VOLUNTEER: _("Welcome. You are now a volunteer of {circle}."),
    Role.COACH: _("Welcome. You are now the coach of {circle}."),
}
_FULL = _("There is no room in {circle} now. The volunteer can tell you more.")
_CIRCLE_NEXT = _("Everything about your circle is under /cirkel.")
_NEXT = _("You get a message when something needs you. Your work is under /werk.")
_STEER = _("All that is open is under /regie.")


async def join(_update: Update, turn: Turn) -> None:
    """Accept the invitation in the link, once; what is wrong with it is said."""
    secret = turn.args[0].removeprefix(PREFIX) if turn.args else ""
    invite = await turn.records.get(Invite, turn.house.lookup("invite", secret))
    wrong = _wrong(invite, turn)
    if wrong is not None or invite is None:
        turn.say(line(wrong or _UNKNOWN))
        return
    if invite.circle is not None:
        await _place(turn, invite, invite.circle)
        return
    turn.records.put(invite.model_copy(update={"used": turn.now}))
    member = Membership(partner=invite.partner, role=invite.role, since=turn.now)
    others = tuple(m for m in turn.person.memberships if m.partner != invite.partner)
    turn.keep_person(turn.person.model_copy(update={"memberships": (member, *others)}))
    _welcome(turn, invite)


async def _place(turn: Turn, invite: Invite, id_: str) -> None:
    """Give the place in the circle that the invitation is for; it replaces an earlier one."""
    circle, me = turn.rules.covenant.circle(id_), await turn.neighbour()
    full = circles.full(await turn.records.neighbours_in(id_), circle)
    if full and not me.place_in(id_) and invite.role is Role.MEMBER:
        turn.say(line(_FULL, circle=circle))
        return
    turn.records.put(invite.model_copy(update={"used": turn.now}))
    role = CircleRole(invite.role.value)
    keep_neighbour(turn, circles.placed(me, id_, role, turn.now))
    says = [line(_IN_CIRCLE[invite.role], circle=circle), line(_CIRCLE_NEXT)]
    turn.say(joined(says, turn.speaker), [[Button(line(_("My circle")), Press("circles"))]])


def _wrong(invite: Invite | None, turn: Turn) -> str | None:
    if invite is None or not _known(invite, turn):
        return _UNKNOWN
    if invite.used is not None:
        return _USED
    return _EXPIRED if invite.expires <= turn.now else None


def _known(invite: Invite, turn: Turn) -> bool:
    """Whether the covenant still has what it leads into."""
    if invite.circle is not None:
        return any(c.id == invite.circle for c in turn.rules.covenant.circles)
    return partner_or_none(invite.partner, turn.rules.covenant) is not None


def _welcome(turn: Turn, invite: Invite) -> None:
    """Say for whom, and what comes next."""
    partner = turn.rules.covenant.partner(invite.partner)
    steers = [line(_STEER)] if invite.role is Role.COORDINATOR else []
    says = [line(_JOINED[invite.role], partner=partner), line(_NEXT), *steers]
    work = Button(line(acts.WORK.label), Press(acts.WORK.verb))
    turn.say(joined(says, turn.speaker), [[work]])
    turn.set_commands(menu.own_commands(turn.person, turn.rules.covenant))
