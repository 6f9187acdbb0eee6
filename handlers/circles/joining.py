"""Joining a circle: by a code that its volunteers give; one of them says yes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.core.choices import YES
from bot.core.circles import Circle
from bot.core.helping import circles
from bot.core.helping.circle_forms import CIRCLE, CODE, JOIN
from bot.core.helping.neighbours import Belonging, Group, Neighbour
from bot.core.people import Person
from bot.core.words import Line, _, line
from handlers.circles import people
from handlers.circles.people import Other
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping.asks import keep_neighbour
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

PREFIX = "circle_"
"""How the code of a circle begins in a link."""

_CODE = (
    _("With this code a neighbour can ask to join {circle}: <b>{code}</b>"),
    _("They type it here: /cirkel {code}"),
    _("Or they open this link: {link}"),
    _("It works until {until}. An earlier code works no more."),
)
_UNKNOWN = _("I don't know this code. Ask the volunteer of the circle for a new one.")
_EXPIRED = _("This code has expired. Ask the volunteer of the circle for a new one.")
_ENOUGH = _("That was often enough for today. Ask the volunteer of the circle for the right code.")
_FULL = _("There is no room in {circle} now. The volunteer can tell you more.")
_MEMBER = _("You are in {circle} already. See /cirkel.")
_WAITS = _("A volunteer of {circle} looks at your request. You hear the answer here.")
_NOT_ASKED = _("Then I ask nothing. You can change your mind with the same code.")
_ASKED = _("Your request is with the volunteers of {circle}. You hear the answer here.")
_WANTS = _("<b>{Circle}</b>\n{Name} wants to join.")
_WELCOME = _("You are in {circle} now. Welcome! Everything about it is under /cirkel.")
_NOT_NOW = _("Joining {circle} does not work out now. The volunteer can tell you more.")
_SAID_YES = _("<b>{Circle}</b>\n{Name} is a member now.")
_SAID_NO = _("<b>{Circle}</b>\n{Name} heard that it does not work out now.")
_TOOK_BACK = _("<b>{Circle}</b>\n{Name} took back the request to join.")
_NO_ROOM = _("The circle is full: {most} members at most.")
_ANSWERED = _("That was answered already.")
_MINUTE = 60


async def invite(_update: Update, turn: Turn) -> None:
    """Make a code that neighbours can join with; the one before works no more."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    circle = here.circle
    code = circles.draw_code(turn.house.random)
    group = await people.group_of(turn, circle.id)
    group = circles.with_code(group, _hashed(turn, code), turn.rules, turn.now)
    turn.records.put(group)
    link = f"https://t.me/{turn.house.bot_name}?start={PREFIX}{code}"
    values = {"circle": circle, "code": code, "link": link, "until": group.join_until}
    turn.say(joined([line(text, **values) for text in _CODE], turn.speaker))


async def typed(turn: Turn, typed_code: str) -> None:
    """A code was typed or came with a link: ask whether the person wants to join."""
    me = await turn.neighbour()
    if not circles.may_try(me, turn.rules, turn.now):
        turn.say(line(_ENOUGH))
        return
    group = await _with_code(turn, typed_code)
    if group is None:
        keep_neighbour(turn, circles.tried(me, turn.rules, turn.now))
        turn.say(line(_UNKNOWN))
        return
    circle = people.circle_of(turn, group.key)
    wrong = await _wrong(turn, circle, group.join, me)
    if wrong is not None:
        turn.say(wrong)
        return
    await open_form(turn, JOIN.name, context={CIRCLE: circle.id, CODE: group.join})


@kindly
async def asked(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The request goes to the volunteers, if the code still holds."""
    if answers["sure"] != YES:
        turn.say(line(_NOT_ASKED))
        return
    circle = people.circle_of(turn, context.get(CIRCLE, ""))
    me = await turn.neighbour()
    if not circles.may_try(me, turn.rules, turn.now):
        turn.say(line(_ENOUGH))
        return
    wrong = await _wrong(turn, circle, context.get(CODE, ""), me)
    if wrong is not None:
        turn.say(wrong)
        return
    # Each request disturbs the volunteers, so it counts as much as a wrong code.
    me = circles.tried(circles.asked(me, circle.id, turn.now), turn.rules, turn.now)
    keep_neighbour(turn, me)
    turn.say(line(_ASKED, circle=circle))
    for volunteer in await people.volunteers(turn, circle.id, besides=me.blocked):
        said, rows = request(turn, circle, turn.person, me)
        turn.say(said, rows, to=volunteer, card=card(circle.id, me.key))


def request(turn: Turn, circle: Circle, person: Person, one: Neighbour) -> tuple[Line, Rows]:
    """What a volunteer sees of somebody who wants to join: the first name only."""
    place = circles.belonging(one, circle.id)
    rev = _stamp(place.since) if place else 0
    buttons = [
        Button(line(_("Approve")), people.about(turn, "circle_yes", one.key, circle.id, rev)),
        Button(line(_("Not now")), people.about(turn, "circle_no", one.key, circle.id, rev)),
    ]
    rows = [buttons, people.ways_out(turn, circle, one.key)]
    return line(_WANTS, circle=circle, name=people.name(person)), rows


async def approve(_update: Update, turn: Turn) -> None:
    """Somebody who asked becomes a member, if there is room."""
    found = await people.other(turn, people.pressed(turn))
    circle, request_ = found.here.circle, _request(turn, found)
    if request_ is None:
        turn.toast(line(_ANSWERED), alert=True)
        return
    if circles.full(await turn.records.neighbours_in(circle.id), circle):
        turn.toast(line(_NO_ROOM, most=circle.most), alert=True)
        return
    keep_neighbour(turn, circles.placed(found.neighbour, circle.id, request_.role, turn.now))
    turn.say(line(_WELCOME, circle=circle), _home(circle), to=found.person)
    await _settle(turn, circle, found.person, _SAID_YES)


async def refuse(_update: Update, turn: Turn) -> None:
    """It does not work out now; the person may ask again later."""
    found = await people.other(turn, people.pressed(turn))
    if _request(turn, found) is None:
        turn.toast(line(_ANSWERED), alert=True)
        return
    keep_neighbour(turn, circles.left(found.neighbour, found.here.circle.id))
    turn.say(line(_NOT_NOW, circle=found.here.circle), to=found.person)
    await _settle(turn, found.here.circle, found.person, _SAID_NO)


def _request(turn: Turn, found: Other) -> Belonging | None:
    """The request that the button was made for, if it still waits."""
    place = circles.belonging(found.neighbour, found.here.circle.id)
    waits = place is not None and not place.approved
    return place if place and waits and _stamp(place.since) == people.pressed(turn).rev else None


async def taken_back(turn: Turn, circle: Circle) -> None:
    """Who asked to join does not want to any more."""
    await _settle(turn, circle, turn.person, _TOOK_BACK)


async def _settle(turn: Turn, circle: Circle, person: Person, text: str) -> None:
    """Show on the cards of all volunteers what became of a request."""
    said = line(text, circle=circle, name=people.name(person))
    told = {one.key: one for one in await people.volunteers(turn, circle.id)}
    if turn.person.key != person.key:
        told[turn.person.key] = turn.person
    for one in told.values():
        mine = one.key == turn.person.key
        turn.edit(card(circle.id, person.key), said, to=None if mine else one)


async def _with_code(turn: Turn, typed_code: str) -> Group | None:
    code = circles.read_code(typed_code)
    hashed = _hashed(turn, code) if code else ""
    for circle in turn.rules.covenant.circles if hashed else ():
        group = await turn.records.get(Group, circle.id)
        if group is not None and group.join == hashed:
            return group
    return None


async def _wrong(turn: Turn, circle: Circle, code: str, me: Neighbour) -> Line | None:
    """Why this person can't ask to join with this code (its keyed hash); None when it is right."""
    place = circles.belonging(me, circle.id)
    if place is not None:
        return line(_MEMBER if place.approved else _WAITS, circle=circle)
    if not circles.code_holds(await people.group_of(turn, circle.id), code, turn.now):
        return line(_EXPIRED)
    if circles.full(await turn.records.neighbours_in(circle.id), circle):
        return line(_FULL, circle=circle)
    return None


def _home(circle: Circle) -> Rows:
    return [[Button(line(_("Look")), Press("circle", circle.id))]]


def _hashed(turn: Turn, code: str) -> str:
    return turn.house.lookup("join", code)


def _stamp(since: datetime) -> int:
    """The minute of a request, so that a button of an earlier one does nothing."""
    return int(since.timestamp()) // _MINUTE


def card(circle: str, person: str) -> str:
    """The name of a request in the chats of the volunteers."""
    return f"join-{circle}-{person}"


FINISH = {JOIN.name: asked}
HANDLERS = [
    on_press("circle_code", invite),
    on_press("circle_yes", approve),
    on_press("circle_no", refuse),
]
