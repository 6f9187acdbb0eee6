"""Words of acute danger, and the numbers that help."""

from collections.abc import Sequence

from bot.core.covenant import Covenant, HelpNumber, Titled
from bot.core.prompts import Say
from bot.core.words import Line, _, line

EMERGENCY = "112"
"""The emergency number of every EU country, for a covenant that forgot to list it."""

_CALL_NOW = _("Call {number} now. Nobody reads this chat at this moment.")
_IN_DOUBT = _("Not sure? Call {number}. Nobody reads this chat at this moment.")
_SUICIDE = _("Are you thinking of suicide? Call {number}.")
_VIOLENCE = _("Violence at home, but no direct danger now? Call {number}.")
_SAVED = _("Your answers stay saved.")


def screen(covenant: Covenant, *, certain: bool) -> tuple[Say, ...]:
    """The danger screen, as paragraphs; in doubt it begins with the doubt."""
    life = _for(covenant, "life")
    number = life.number if life else EMERGENCY
    first = line(_CALL_NOW if certain else _IN_DOUBT, number=number)
    app = (Titled(id="app", title=life.app),) if life and life.app else ()
    others = _others(covenant, (("suicide", _SUICIDE), ("violence", _VIOLENCE)))
    return (first, *app, *others, line(_SAVED))


def _others(covenant: Covenant, which: Sequence[tuple[str, str]]) -> list[Line]:
    found = ((_for(covenant, kind), text) for kind, text in which)
    return [line(text, number=help_.number) for help_, text in found if help_]


def _for(covenant: Covenant, kind: str) -> HelpNumber | None:
    return next((h for h in covenant.help if kind in h.danger), None)
