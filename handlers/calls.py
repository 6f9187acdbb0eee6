"""Calling: the local number first, then the others with what each is for."""

from telegram import Update

from bot.core.names import Titled
from bot.core.prompts import Say
from bot.core.words import Line, _, line
from handlers import menu
from handlers.commands import on_command
from handlers.keyboards import on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

_LOCAL = _("Call {partner}: <b>{number}</b>.")
_NONE = _("There is no local number yet. These numbers are for everyone:")
_OTHERS = _("Other numbers:")
_NUMBER = _("<b>{number}</b>: {purpose}")


async def show(_update: Update, turn: Turn) -> None:
    """Telephone numbers, for who rather calls."""
    covenant = turn.rules.covenant
    numbers: list[Say] = [
        line(_NUMBER, number=h.number, purpose=Titled(id="purpose", title=h.purpose))
        for h in covenant.help
    ]
    first = [*here, line(_OTHERS)] if (here := local(turn)) else [line(_NONE)]
    turn.say(joined([*first, *numbers], turn.speaker), [[menu.CONCERN]])


def local(turn: Turn) -> list[Line]:
    """That the local number can be called; nothing where there is none."""
    covenant = turn.rules.covenant
    if covenant.local_phone is None:
        return []
    partner = covenant.partner(covenant.coordinator)
    return [line(_LOCAL, partner=partner, number=covenant.local_phone)]


HANDLERS = [on_command("bellen", show), on_press("call_us", show)]
