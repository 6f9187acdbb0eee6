"""Danger: the right numbers at once, and a way on with the report after that."""

from telegram import Update

from bot.core import danger
from bot.core.forms import Answered
from bot.core.words import _, line
from handlers import forms
from handlers.commands import on_command
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.sent import message_of, words_of
from handlers.turn import Turn

_READ = _("Call first. After that you can go on here.")
_GO_ON = Button(line(_("Continue reporting")), Press("go_on"))


async def show(_update: Update, turn: Turn) -> None:
    """The danger screen; a form that is open stays where it was."""
    says = danger.screen(turn.rules.covenant, certain=True)
    turn.say(joined(says, turn.speaker), [[_GO_ON]])


async def command(update: Update, turn: Turn) -> None:
    """`/112`: the receiver has given the numbers by now; this is the way on."""
    if danger.find(words_of(message_of(update))) is None:
        await show(update, turn)
    else:
        turn.say(line(_READ), [[_GO_ON]])


async def go_on(_update: Update, turn: Turn) -> None:
    """Back to the form; without one a report begins, with the danger told already."""
    if not await forms.resume(turn):
        seen = {"danger": Answered(value="yes"), "danger_seen": Answered(value="on")}
        await forms.open_form(turn, "concern", answers=seen)


HANDLERS = [on_command("112", command), on_press("danger_now", show), on_press("go_on", go_on)]
