"""The coordinators' part: asks with which neither volunteer nor coach got further."""

from telegram import Update

from bot.core.access import is_coordinator
from bot.core.errors import NotAllowed
from bot.core.helping.asks import Ask, SearchStep, wanted_on
from bot.core.helping.said import kind_said, wanted_said
from bot.core.words import _, line
from handlers import acts
from handlers.helping import buttons as b
from handlers.helping import texts
from handlers.helping.everywhere import open_asks
from handlers.keyboards import Button, Press, in_pairs, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

MOST = 20
"""Asks in one message."""

_HEAD = _("These questions of neighbours came to you.")
_ENTRY = _("<b>{code}</b> {task}, {when}. {Place}. {state}")
_NONE = _("Nothing here. Well done.")
_BUTTON = _("Neighbours: {count}")
_VERB = "steer_asks"


async def waiting(turn: Turn) -> list[Ask]:
    """The asks that came to the coordinators, the first due first; of all circles and none."""
    every = await open_asks(turn.records, turn.rules.covenant)
    called = [ask for ask in every if ask.search.step is SearchStep.COORDINATOR]
    return sorted(called, key=lambda ask: (wanted_on(ask), ask.created))


async def button(turn: Turn) -> Button | None:
    """The button of the overview, when there are any."""
    count = len(await waiting(turn))
    return Button(line(_BUTTON, count=count), Press(_VERB)) if count else None


async def listed(_update: Update, turn: Turn) -> None:
    """List them, a button each."""
    if not is_coordinator(turn.person, turn.rules):
        raise NotAllowed
    asks, covenant = (await waiting(turn))[:MOST], turn.rules.covenant
    if not asks:
        turn.toast(line(_NONE))
        return
    entries = [
        line(
            _ENTRY,
            code=ask.code,
            task=kind_said(ask.wish.kind, covenant),
            when=wanted_said(ask),
            place=texts.place(ask.wish, covenant),
            state=texts.state(ask),
        )
        for ask in asks
    ]
    cards = [Button(ask.code, Press(b.ASK_CARD.verb, ask.key, ask.revision)) for ask in asks]
    rows = in_pairs(cards)
    back = Button(line(acts.STEER.label), Press(acts.STEER.verb))
    turn.say(joined([line(_HEAD), *entries], turn.speaker), [*rows, [back]])


HANDLERS = [on_press(_VERB, listed)]
