"""Leaving a circle, or being put out: what was promised there goes on without the person."""

from telegram import Update

from bot.core.circles import Circle
from bot.core.errors import NotAllowed
from bot.core.helping import circles, searching
from bot.core.helping.neighbours import CircleRole, Neighbour
from bot.core.people import Person
from bot.core.words import _, line
from handlers.circles import group, joining, people
from handlers.circles.people import Other
from handlers.helping import cards
from handlers.helping.asks import (
    keep,
    keep_neighbour,
    without_coach,
    without_person,
    without_speaker,
    without_volunteer,
)
from handlers.keyboards import Button, Press, on_press
from handlers.turn import Turn

_SURE = _("Do you want to leave {circle}? What you promised there goes to somebody else.")
_LEFT = _("You have left {circle}. What you asked for there goes on, until you call it off.")
_TAKEN_BACK = _("Your request for {circle} is taken back.")
_NOT_IN = _("You are not in {circle} any more.")
_STAYED = _("Nothing changed.")
_SOMEONE_LEFT = _("<b>{Circle}</b>\n{Name} has left the circle.")
_LAST = _("<b>{Circle}</b>\n{Name} has left. There is no volunteer any more.")
_SURE_OUT = _("Take {name} out of {circle}? What they promised there goes to somebody else.")
_OUT = _("{Name} is no longer in {circle}, and hears that.")
_YOU_ARE_OUT = _("You are no longer in {circle}. Do you want to talk about it? Call {number}.")
_YOU_ARE_OUT_TOO = _("You are no longer in {circle}. Ask the volunteer if you have a question.")


async def asked(_update: Update, turn: Turn) -> None:
    """Ask whether the person is sure."""
    here = await people.as_member(turn, people.pressed(turn).id)
    buttons = [
        Button(line(_("Yes, leave the circle")), Press("circle_leave_ok", here.circle.id)),
        Button(line(_("No")), Press("stay")),
    ]
    turn.say(line(_SURE, circle=here.circle), [buttons])


async def leave(_update: Update, turn: Turn) -> None:
    """Leave at once, or take back a request."""
    circle = people.circle_of(turn, people.pressed(turn).id)
    me = await turn.neighbour()
    place = circles.belonging(me, circle.id)
    if place is None:
        turn.toast(line(_NOT_IN, circle=circle))
        return
    turn.say(line(_LEFT if place.approved else _TAKEN_BACK, circle=circle))
    await gone(turn, turn.person, me, circle)
    if place.approved:
        await _tell(turn, circle, me, place.role)
    else:
        await joining.taken_back(turn, circle)


async def sure(_update: Update, turn: Turn) -> None:
    """Ask the volunteer whether this member should go."""
    found = await _removable(turn)
    circle, key = found.here.circle, found.person.key
    buttons = [
        Button(line(_("Yes, take out")), people.about(turn, "member_out_yes", key, circle.id)),
        Button(line(_("No")), Press("stay")),
    ]
    turn.say(line(_SURE_OUT, name=people.name(found.person), circle=circle), [buttons])


async def put_out(_update: Update, turn: Turn) -> None:
    """Take the member out; the member hears it, and whom to call."""
    found = await _removable(turn)
    circle = found.here.circle
    turn.say(line(_OUT, name=people.name(found.person), circle=circle))
    partner = turn.rules.covenant.partner(circle.partner)
    said = line(_YOU_ARE_OUT_TOO, circle=circle)
    if partner.phone:
        said = line(_YOU_ARE_OUT, circle=circle, number=partner.phone)
    turn.say(said, to=found.person)
    await gone(turn, found.person, found.neighbour, circle)
    await _uninvited(turn, found.person, circle)


async def _uninvited(turn: Turn, person: Person, circle: Circle) -> None:
    """What was asked there of who is put out, in private or on the board, goes to others now."""
    for ask in await turn.records.asks_in(circle.id):
        invited = any(one.person == person.key for one in ask.search.invited)
        asked_of = invited or bool(await cards.shown(turn, ask, person))
        if asked_of and searching.may_decline(ask, person.key):
            await cards.fade(turn, ask, person)
            await keep(turn, searching.decline(ask, person.key, turn.rules, turn.now))


async def gone(turn: Turn, person: Person, neighbour: Neighbour, circle: Circle) -> None:
    """Nothing of the circle is left with this person, and nothing waits for them."""
    keep_neighbour(turn, circles.left(neighbour, circle.id))
    kept = await people.group_of(turn, circle.id)
    await group.drop_person(turn, kept, person.key)
    await without_person(turn, person.key, circle.id)
    await without_speaker(turn, person)
    place = neighbour.place_in(circle.id)
    coordinated = place is not None and place.role is CircleRole.VOLUNTEER
    if coordinated and not await people.placed(turn, circle.id, CircleRole.VOLUNTEER):
        await without_volunteer(turn, [circle.id])
    if place is not None and place.role is CircleRole.COACH:
        await without_coach(turn)


async def _removable(turn: Turn) -> Other:
    """A member; volunteers are taken out only by the coach or who stands in, and coaches by nobody
    here."""
    found = await people.other(turn, people.pressed(turn))
    place = circles.belonging(found.neighbour, found.here.circle.id)
    if place is None or place.role is CircleRole.COACH:
        raise NotAllowed
    if place.role is CircleRole.VOLUNTEER and not await people.acts_as_coach(turn, found.here):
        raise NotAllowed
    return found


async def _tell(turn: Turn, circle: Circle, me: Neighbour, role: CircleRole) -> None:
    every = await turn.records.neighbours_in(circle.id)
    left = [n for n in every if (p := n.place_in(circle.id)) and p.role is CircleRole.VOLUNTEER]
    last = role is CircleRole.VOLUNTEER and not left
    said = line(_LAST if last else _SOMEONE_LEFT, circle=circle, name=people.name(turn.person))
    for person in await people.volunteers(turn, circle.id, besides=(*me.blocked, me.key)):
        turn.say(said, to=person)


HANDLERS = [
    on_press("circle_leave", asked),
    on_press("circle_leave_ok", leave),
    on_press("member_out", sure),
    on_press("member_out_yes", put_out),
]
