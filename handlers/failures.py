"""Failures: the messages that could not be handled or sent, and trying them again."""

from collections.abc import Sequence

from telegram import Update

from bot.core.access import is_coordinator
from bot.core.errors import NotAllowed
from bot.core.ports import PutAside
from bot.core.words import Line, _, line
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

CARD = "failed"
"""The name of the list in a chat: trying one again edits it."""
MOST = 20
"""Failed messages of each sort that are listed, the latest first."""
_PER_ROW = 2

_COUNT = _("Failed messages: {count}")
_HEADING = _("These messages failed. Their text is kept. Tap one to try it again.")
_ELSE = _(
    "Does it fail again? Let people know in another way, and give the number to your administrator."
)
_CAME_IN = _("Number {reference}, {at}: could not be handled.")
_GOES_OUT = _("Number {reference}, {at}: could not be sent.")
_AGAIN = _("Again: {reference}")
_TRIED = _("Number {reference} is tried again. If it fails, you hear that.")
_GONE = _("That one is no longer in the list.")
_NONE = _("No message is waiting for a new try.")


async def button(turn: Turn) -> Button | None:
    """The way to the list, with how many are in it; None when nothing failed."""
    found = await turn.records.put_aside(MOST)
    return Button(line(_COUNT, count=len(found)), Press("failed")) if found else None


async def listed(_update: Update, turn: Turn) -> None:
    """List what failed, by its numbers, each with a button to try again."""
    _require(turn)
    text, rows = _list(turn, await turn.records.put_aside(MOST))
    turn.say(text, rows, card=CARD)


async def tried(_update: Update, turn: Turn) -> None:
    """Try one of them again."""
    _require(turn)
    assert turn.press is not None, "on_press lets our own buttons through only"
    found = await turn.records.put_aside(MOST)
    one = next((f for f in found if _name(f) == turn.press.id), None)
    if one is None:
        turn.toast(line(_GONE))
    else:
        turn.records.again(one)
        turn.toast(line(_TRIED, reference=one.reference))
    text, rows = _list(turn, await turn.records.put_aside(MOST))
    turn.edit(CARD, text, rows)


def _list(turn: Turn, found: Sequence[PutAside]) -> tuple[Line, Rows]:
    if not found:
        return line(_NONE), ()
    texts = [line(_HEADING), line(_ELSE)]
    for one in found:
        pattern = _CAME_IN if one.came_in else _GOES_OUT
        texts.append(line(pattern, reference=one.reference, at=one.at))
    buttons = [Button(line(_AGAIN, reference=f.reference), Press("again", _name(f))) for f in found]
    rows = [buttons[at : at + _PER_ROW] for at in range(0, len(buttons), _PER_ROW)]
    return joined(texts, turn.speaker), rows


def _name(one: PutAside) -> str:
    return f"{'in' if one.came_in else 'out'}-{one.reference}"


def _require(turn: Turn) -> None:
    if not is_coordinator(turn.person, turn.rules):
        raise NotAllowed


HANDLERS = [on_press("failed", listed), on_press("again", tried)]
