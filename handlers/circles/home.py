"""The circle on the screen: for members what they can do, for volunteers what needs them."""

from collections.abc import Sequence

from telegram import Update

from bot.core.circles import Circle
from bot.core.helping import circles
from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Neighbour
from bot.core.words import Line, _, line, plural
from handlers import menu
from handlers.circles import board, joining, people, rooms
from handlers.circles.people import Here
from handlers.commands import on_command
from handlers.helping import asking
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

_NONE = _("You are in no circle yet. Do you have a code? Type /cirkel and the code.")
_WHICH = _("Which circle?")
_WAITS = _("A volunteer of {circle} looks at your request.")
_STANDS_IN = _("There is no coach here: you stand in.")
_MEETING = _("The next meeting: {at}, {place}.")


async def asked(_update: Update, turn: Turn) -> None:
    """`/cirkel`: with a code behind it, joining; else the own circle."""
    if turn.args:
        await joining.typed(turn, " ".join(turn.args))
        return
    await mine(_update, turn)


async def mine(_update: Update, turn: Turn) -> None:
    """The own circle, or the choice between several."""
    me = await turn.neighbour()
    own = await own_circles(turn, me)
    says = [line(_WAITS, circle=c) for c in _asked_for(turn, me)]
    if len(own) == 1:
        await show(turn, Here(own[0], me), says)
        return
    if own or not says:
        says.append(line(_WHICH if own else _NONE))
    rows = [[Button(circle, Press("circle", circle.id))] for circle in own]
    rows += [[_withdraw(circle)] for circle in _asked_for(turn, me)]
    turn.say(joined(says, turn.speaker), rows)


async def one(_update: Update, turn: Turn) -> None:
    """One circle, chosen with a button."""
    await show(turn, await people.as_known(turn, people.pressed(turn).id))


async def show(turn: Turn, here: Here, notes: list[Line] | None = None) -> None:
    """How it stands, and what can be done there."""
    circle = here.circle
    every = await turn.records.neighbours_in(circle.id)
    steers = people.coordinates(turn, here)
    met = [n for n in every if n.key not in here.me.blocked]
    says = [*(notes or []), line("<b>{Circle}</b>", circle=circle), _count(met, circle)]
    waiting = circles.waiting(met, circle.id)
    stands_in = not steers and await people.stands_in(turn, circle)
    if steers or stands_in:
        asks = await board.seen_by(turn, here)
        says += [
            line(_STANDS_IN if stands_in else rooms.COORDINATES),
            *_needs(turn, asks, len(waiting)),
        ]
    place = here.me.place_in(circle.id)
    if place is not None and place.standby:
        says.append(line(rooms.STANDBY))
    meetings = circles.upcoming(await people.group_of(turn, circle.id), turn.now)
    says += [line(_MEETING, at=m.at, place=m.place) for m in meetings[:1]]
    sees_to = _seeing_to(here, waiting=bool(waiting)) if steers or stands_in else []
    own = _of_volunteer(here) if steers else _of_member(here) if place else []
    turn.say(joined(says, turn.speaker), [*sees_to, *own])


async def on_behalf(_update: Update, turn: Turn) -> None:
    """A volunteer asks for somebody who said yes to that."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    await asking.on_behalf(turn, here.circle.id)


async def own_circles(turn: Turn, me: Neighbour) -> list[Circle]:
    """The circles that this neighbour belongs to, coaches or stands in for the coach of, in the
    order of the covenant."""
    every = turn.rules.covenant.circles
    own = {c.id for c in every if me.place_in(c.id) or circles.coaches(turn.person, me, c)}
    return [c for c in every if c.id in own or await people.stands_in(turn, c)]


def _asked_for(turn: Turn, me: Neighbour) -> list[Circle]:
    asked_for = {b.circle for b in me.circles if not b.approved}
    return [c for c in turn.rules.covenant.circles if c.id in asked_for]


def _withdraw(circle: Circle) -> Button:
    return Button(line(_("Take back my request")), Press("circle_leave_ok", circle.id))


def _count(every: Sequence[Neighbour], circle: Circle) -> Line:
    count = len(circles.members(every, circle.id))
    return plural("{count} member.", "{count} members.", count)


def _needs(turn: Turn, asks: Sequence[Ask], new: int) -> list[Line]:
    """What waits for a volunteer, in numbers; nothing is said about nothing."""
    risk = sum(circles.at_risk(ask, turn.rules, turn.now) for ask in asks)
    counted = (
        (new, plural("{count} neighbour wants to join.", "{count} neighbours want to join.", new)),
        (
            len(asks),
            plural("{count} question is open.", "{count} questions are open.", len(asks)),
        ),
        (risk, plural("{count} of them is at risk.", "{count} of them are at risk.", risk)),
    )
    return [said for count, said in counted if count]


def _seeing_to(here: Here, *, waiting: bool) -> Rows:
    """What waits comes first."""
    id_ = here.circle.id
    return [
        *[[_to(_("New members"), "circle_new", id_)]] * waiting,
        [_to(_("Board"), "circle_board", id_), _to(_("Members"), "circle_people", id_)],
    ]


def _of_volunteer(here: Here) -> Rows:
    """What is needed seldom is one screen further."""
    id_, placed = here.circle.id, here.me.place_in(here.circle.id) is not None
    return [
        *[[_to(_("Ask for a neighbour"), "circle_for", id_)]] * placed,
        [_to(_("Meetings"), "circle_meet", id_), _to(_("Settings"), rooms.SETTINGS, id_)],
        *[[_to(_("For myself"), rooms.PLACE, id_)]] * placed,
    ]


def _of_member(here: Here) -> Rows:
    id_ = here.circle.id
    return [
        [_to(_("What neighbours ask"), "circle_open", id_)],
        [menu.ASK, menu.OFFER],
        [_to(_("Meetings"), "circle_meet", id_), _to(_("My place here"), rooms.PLACE, id_)],
        [people.coach(here.circle)],
    ]


def _to(label: str, verb: str, id_: str) -> Button:
    return Button(line(label), Press(verb, id_))


HANDLERS = [
    on_command("cirkel", asked),
    on_command("circle", asked),
    on_press(menu.CIRCLE.press.verb, mine),
    on_press("circle", one),
    on_press("circle_for", on_behalf),
]
