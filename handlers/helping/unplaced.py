"""Asks of no circle, for who answers for them: a list behind the list of work."""

from telegram import Update

from bot.core.errors import NotAllowed
from bot.core.helping import circles
from bot.core.helping.asks import Ask
from bot.core.words import Line, line, plural
from handlers import acts
from handlers.circles import board
from handlers.helping import buttons as b
from handlers.helping import texts
from handlers.helping.audience import coordinates
from handlers.keyboards import Button, Press, Rows, in_pairs, on_press
from handlers.pages import page_of
from handlers.paragraphs import spaced
from handlers.turn import Turn

_VERB = "asks_unplaced"
_ENTRY = "{entry}\n{Place}."


async def seen_by(turn: Turn) -> list[Ask]:
    """The open asks of no circle that who is talking may see to, the first due first."""
    if not turn.person.memberships:
        return []
    blocked = (await turn.neighbour()).blocked
    found = [a for a in await turn.records.asks_in("") if a.asker not in blocked]
    return circles.by_due([ask for ask in found if await coordinates(turn, ask)])


async def button(turn: Turn) -> Rows:
    """The button below the list of work, when there are any."""
    count = len(await seen_by(turn))
    if not count:
        return []
    said = plural("{count} question without a circle", "{count} questions without a circle", count)
    return [[Button(said, Press(_VERB))]]


async def listed(_update: Update, turn: Turn) -> None:
    """A page of them, a button each."""
    if not turn.person.memberships:
        raise NotAllowed
    asks = await seen_by(turn)
    page = page_of(asks, turn.press.rev if turn.press else 0, board.PAGE)
    says = [_heading(len(asks)), *(_entry(turn, ask) for ask in page.shown), *page.said]
    opening = [Button(a.code, Press(b.ASK_CARD.verb, a.key, a.revision)) for a in page.shown]
    rows = in_pairs(opening)
    back = [Button(line(acts.WORK.label), Press(acts.WORK.verb))]
    turning = page.turning(lambda number: Press(_VERB, "", number))
    turn.say(spaced(says), [*rows, turning, back])


def _heading(count: int) -> Line:
    return plural(
        "{count} question of neighbours without a circle is open.",
        "{count} questions of neighbours without a circle are open.",
        count,
    )


def _entry(turn: Turn, ask: Ask) -> Line:
    place = texts.place(ask.wish, turn.rules.covenant)
    return line(_ENTRY, entry=board.entry(turn, ask), Place=place)


HANDLERS = [on_press(_VERB, listed)]
