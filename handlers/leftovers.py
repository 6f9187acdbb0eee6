"""Leftovers: everything that nobody else takes gets a defined answer, if only silence."""

from telegram import Update
from telegram.ext import filters

from bot.core.words import _, line
from handlers import forms, menu
from handlers.commands import PRIVATE, on_messages, on_type
from handlers.keyboards import on_any_press
from handlers.sent import goes_on
from handlers.turn import Turn

_UNKNOWN = _("I don't know that command.")
_NO_WORDS = _("I can't use that here. Please write in one sentence what is going on.")
_OLD = _("That button is from before. The newest messages are below.")


async def unknown_command(_update: Update, turn: Turn) -> None:
    """A command that we don't have: the question at hand again, or the menu."""
    if not await forms.resume(turn, line(_UNKNOWN)):
        turn.say(line(_UNKNOWN), menu.rows(turn))


async def take(update: Update, turn: Turn) -> bool:
    """A message without words outside any form; an album is answered once."""
    if not await goes_on(update, turn):
        turn.say(line(_NO_WORDS), menu.rows(turn))
    return True


async def old_button(_update: Update, turn: Turn) -> None:
    """A button that is not ours, or not any more."""
    if turn.sender is not None:
        turn.toast(line(_OLD))


async def silence(_update: object, _turn: Turn) -> None:
    """Nothing that asks for an answer."""


COMMANDS = [on_messages(PRIVATE & filters.COMMAND, unknown_command)]
HANDLERS = [on_any_press(old_button), on_type(Update, silence)]
