"""Danger: the right numbers at once, and a way on with the report after that."""

from telegram import Update

from bot.core.danger import screen
from bot.core.forms import Answered
from bot.core.words import _, line
from handlers import forms
from handlers.commands import on_command
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

_GO_ON = Button(line(_("Continue reporting")), Press("go_on"))


async def show(_update: Update, turn: Turn) -> None:
    """The danger screen; a form that is open stays where it was."""
    says = screen(turn.rules.covenant, certain=True)
    turn.say(joined(says, turn.speaker), [[_GO_ON]])


async def go_on(_update: Update, turn: Turn) -> None:
    """Back to the form; without one a report begins, with the danger told already."""
    if not await forms.resume(turn):
        seen = {"danger": Answered(value="yes"), "danger_seen": Answered(value="on")}
        await forms.open_form(turn, "concern", answers=seen)


HANDLERS = [on_command("112", show), on_press("danger_now", show), on_press("go_on", go_on)]
