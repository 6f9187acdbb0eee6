"""Starting: the notice for newcomers, the menu for others, help, and stopping a form."""

from telegram import Update

from bot.core.words import _, line
from handlers import forms, joining, menu, notice_first
from handlers.circles import joining as circle_joining
from handlers.commands import on_command
from handlers.helping import invites as help_invites
from handlers.paragraphs import joined
from handlers.turn import Turn

_HELP = (
    _("Here you tell what worries you. The right partner in your village gets it."),
    _("You see beforehand who that is, and when they respond."),
)
_NEIGHBOURS = _("You can also ask neighbours for help, or help them.")
_COMMANDS = {
    "melden": _("/melden: report a concern"),
    "hulp": _("/hulp: ask neighbours for help"),
    "help_bieden": _("/help_bieden: help neighbours"),
    "cirkel": _("/cirkel: your circle"),
    "mijn": _("/mijn: what you reported and asked"),
    "112": _("/112: there is danger now"),
    "bellen": _("/bellen: telephone numbers"),
    "taal": _("/taal: another language"),
    "stop": _("/stop: stop what you are filling in"),
    "privacy": _("/privacy: what we keep, and who sees it"),
}


async def start(update: Update, turn: Turn) -> None:
    """An invitation is accepted; a newcomer reads the notice; anyone else gets the menu."""
    if turn.args and turn.args[0].startswith(joining.PREFIX):
        await joining.join(update, turn)
    elif turn.args and turn.args[0].startswith(circle_joining.PREFIX):
        await circle_joining.typed(turn, turn.args[0].removeprefix(circle_joining.PREFIX))
    elif turn.args and turn.args[0].startswith(help_invites.PREFIX):
        await help_invites.link(update, turn)
    elif turn.person.informed is None and not turn.person.memberships:
        notice_first.show(turn)
    else:
        await menu.show(turn)
        await forms.resume(turn)


async def help_(_update: Update, turn: Turn) -> None:
    """How this works; an open form stays, and asks its question again."""
    covenant = turn.rules.covenant
    lines = [line(text) for text in (*_HELP, *([_NEIGHBOURS] if covenant.kinds else []))]
    works = [text for name, text in _COMMANDS.items() if name not in menu.without(covenant)]
    listed = [line("{command}", command=line(text)) for text in works]
    turn.say(joined([*lines, *listed], turn.speaker), await menu.own_rows(turn))
    await forms.resume(turn)


async def stop(_update: Update, turn: Turn) -> None:
    """Stop the form that takes text."""
    await forms.stop(turn)


HANDLERS = [
    on_command("start", start),
    on_command("help", help_),
    on_command("stop", stop),
]
