"""Limits: how much one person may cause among neighbours in a day."""

from collections.abc import Container

from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.words import _, line, plural
from handlers import menu
from handlers.helping import buttons as b
from handlers.helping import own
from handlers.helping.asks import keep_neighbour
from handlers.keyboards import Button, in_pairs
from handlers.paragraphs import spaced
from handlers.turn import Turn

_WROTE = _("<b>{code}</b> That is enough for today. You can write again tomorrow.")
_ENOUGH = _("That is enough for today. You can go on tomorrow.")
_SO_MANY = _(
    "So much help at once is not possible. Is something not needed any more? First call that off."
)
_ANSWERS = frozenset({AskEventKind.SAID, AskEventKind.GLADLY})
_TALKED = _("That is enough for today. You can write to the coach again tomorrow.")


def asked_enough(turn: Turn, neighbour: Neighbour, *, others: bool = False) -> bool:
    """Whether the person asked for help as often as may be today; that is said.

    What is put for others counts apart, and many may be: nobody is left alone for it.
    """
    if others:
        enough = len(turn.today(neighbour.put)) >= turn.rules.covenant.limits.acts_per_day
        if enough:
            turn.say(line(_ENOUGH), [[menu.CONCERN]])
        return enough
    count = len(turn.today(neighbour.asks))
    if count < turn.rules.covenant.helping.asks_per_day:
        return False
    said = plural(
        "You asked for help {count} time today; more is not possible here.",
        "You asked for help {count} times today; more is not possible here.",
        count,
    )
    turn.say(said, [[menu.CONCERN]])
    return True


async def open_enough(turn: Turn, *, others: bool = False) -> bool:
    """Whether as many asks of the person, or put for others, are open as may be; which, is said."""
    key, most = turn.person.key, turn.rules.covenant.helping.open_asks
    every = await (turn.records.put_by if others else turn.records.asked_by)(key)
    found = [ask for ask in every if ask.open]
    if len(found) < most:
        return False
    buttons = [Button(ask.code, b.button(b.MY_ASK, ask).press) for ask in found[:most]]
    rows = in_pairs(buttons)
    said = spaced([line(_SO_MANY), *(own.row(ask, turn) for ask in found[:most])])
    turn.say(said, [*rows, [menu.CONCERN]])
    return True


def count_ask(turn: Turn, neighbour: Neighbour, *, others: bool = False) -> None:
    """Neighbours are asked once more because of this person, or of who they asked for."""
    if others:
        counted = {"put": (*turn.today(neighbour.put), turn.now)}
    else:
        counted = {"asks": (*turn.today(neighbour.asks), turn.now)}
    keep_neighbour(turn, neighbour.model_copy(update=counted))


def talked_enough(turn: Turn, neighbour: Neighbour) -> bool:
    """Whether the person wrote to coaches, or as one, as often as may be today; that is said."""
    if len(turn.today(neighbour.talks)) < turn.rules.covenant.limits.acts_per_day:
        return False
    turn.say(line(_TALKED))
    return True


def count_talk(turn: Turn, neighbour: Neighbour) -> None:
    """A message to the coach is on its way, or an answer."""
    talks = (*turn.today(neighbour.talks), turn.now)
    keep_neighbour(turn, neighbour.model_copy(update={"talks": talks}))


async def wrote_enough(turn: Turn, ask: Ask) -> bool:
    """Whether the person wrote about this ask as often as may be today; that is said."""
    if not await _often(turn, ask, {AskEventKind.MESSAGE}):
        return False
    turn.say(line(_WROTE, code=ask.code), item=ask.key)
    return True


async def did_enough(turn: Turn, ask: Ask) -> bool:
    """Whether the person said how it went as often as may be today; that is said."""
    enough = await _often(turn, ask, _ANSWERS)
    if enough:
        turn.toast(line(_ENOUGH), alert=True)
    return enough


async def read_enough(turn: Turn, ask: Ask) -> bool:
    """Whether the person opened what was written, or where it is, as often as may be today; that
    is said."""
    me, log = turn.person.key, await turn.records.accesses(ask.key)
    read = turn.today(read.at for read in log if read.person == me)
    enough = len(read) >= turn.rules.covenant.limits.acts_per_day
    if enough:
        turn.toast(line(_ENOUGH), alert=True)
    return enough


async def _often(turn: Turn, ask: Ask, kinds: Container[AskEventKind]) -> bool:
    """Whether the person did this with the ask as often as may be in a day."""
    mine = [
        event.at
        for event in await turn.records.ask_history(ask.key)
        if event.kind in kinds and event.by == turn.person.key
    ]
    return len(turn.today(mine)) >= turn.rules.covenant.limits.acts_per_day
