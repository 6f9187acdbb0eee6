"""Small screens behind the first one of a circle: settings, and the own place there."""

from telegram import Update

from bot.core.helping import circles
from bot.core.words import Line, _, line
from handlers import menu
from handlers.circles import people
from handlers.circles.people import Here
from handlers.helping.asks import keep_neighbour
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

SETTINGS, PLACE = "circle_settings", "circle_place"

_SET = _("<b>{Circle}</b>\nWhat do you want to set?")
_MEMBER = _("You are a member here.")
COORDINATES = _("You coordinate here.")
STANDBY = _("You are on standby: you are asked first when somebody can't make it.")
_NO_STANDBY = _("Who is on standby is asked first when somebody can't make it.")


async def settings(_update: Update, turn: Turn) -> None:
    """What a volunteer sets once: the Telegram group, and the evening's message."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    id_ = here.circle.id
    rows = [
        [Button(line(_("Telegram group")), Press("circle_group", id_))],
        [Button(line(_("Evening message")), Press("circle_evening", id_))],
        [people.back(here.circle)],
    ]
    turn.say(line(_SET, circle=here.circle), rows)


async def place(_update: Update, turn: Turn) -> None:
    """What somebody has to do with the circle apart from coordinating it."""
    show(turn, await people.as_member(turn, people.pressed(turn).id))


async def standby(_update: Update, turn: Turn) -> None:
    """The person is asked first from now on when somebody can't make it, or no more."""
    press = people.pressed(turn)
    here = await people.as_member(turn, press.id)
    me = circles.on_standby(here.me, press.id, standby=press.rev == 1)
    keep_neighbour(turn, me)
    show(turn, here._replace(me=me))


def show(turn: Turn, here: Here) -> None:
    """The own place, and what can be done about it."""
    steers = people.coordinates(turn, here)
    says = [line("<b>{Circle}</b>", circle=here.circle)]
    says += [line(COORDINATES if steers else _MEMBER), _on_standby(here)]
    turn.say(joined(says, turn.speaker), _rows(here, steers=steers))


def _on_standby(here: Here) -> Line:
    own = here.me.place_in(here.circle.id)
    return line(STANDBY if own and own.standby else _NO_STANDBY)


def _rows(here: Here, *, steers: bool) -> Rows:
    id_, own = here.circle.id, here.me.place_in(here.circle.id)
    on = own is not None and own.standby
    change = Press("circle_standby", id_, int(not on))
    # Members have these on the first screen.
    more = [[menu.ASK, menu.OFFER], [people.coach(here.circle)]] if steers else []
    return [
        *more,
        [Button(line(_("No more standby") if on else _("Be on standby")), change)],
        [Button(line(_("Leave this circle")), Press("circle_leave", id_))],
        [people.back(here.circle)],
    ]


HANDLERS = [
    on_press(SETTINGS, settings),
    on_press(PLACE, place),
    on_press("circle_standby", standby),
]
