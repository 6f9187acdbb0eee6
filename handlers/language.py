"""Language: the phone's own, until a person chooses another one of the covenant."""

from babel import Locale
from telegram import Update

from bot.core.errors import NotFound
from bot.core.words import _, line
from handlers import forms, menu
from handlers.commands import on_command
from handlers.keyboards import Button, Press, on_press
from handlers.turn import Turn

_WHICH = _("Which language do you want?")
_CHOSEN = _("We go on in English.")
"""Translated with the name of the catalogue's own language."""


async def ask(_update: Update, turn: Turn) -> None:
    """The covenant's languages, each in its own words."""
    languages = turn.rules.covenant.languages
    row = [Button(_own_name(code), Press("language", code)) for code in languages]
    turn.say(line(_WHICH), [row])


async def choose(_update: Update, turn: Turn) -> None:
    """Speak the chosen language from now on; an open form goes on in it."""
    code = turn.press.id if turn.press else ""
    if code not in turn.rules.covenant.languages:
        raise NotFound
    turn.keep_person(turn.person.model_copy(update={"language": code, "language_chosen": True}))
    if turn.person.memberships:
        turn.set_commands(menu.own_commands(turn.person, turn.rules.covenant))
    if not await forms.resume(turn, line(_CHOSEN)):
        turn.say(line(_CHOSEN), menu.rows(turn))


def _own_name(code: str) -> str:
    name = Locale.parse(code).get_language_name(code) or code
    return name[:1].upper() + name[1:]


HANDLERS = [
    on_command("taal", ask),
    on_press("languages", ask),
    on_press("language", choose),
]
