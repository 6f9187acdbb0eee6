"""Words of acute danger in what people write, and the numbers that help.

On the safe side: a wrong alarm costs a glance at a telephone number. Fast enough to look at every
message before it is stored.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.core.covenant import Covenant, HelpNumber
from bot.core.danger_phrases import TYPING_ERRORS, matching, matching_glued, unstretched
from bot.core.names import Titled
from bot.core.plain import is_stretched, plain_words, spelled
from bot.core.prompts import Say
from bot.core.words import Line, _, line

EMERGENCY = "112"
"""The emergency number of every EU country, for a covenant that forgot to list it."""


class Danger(StrEnum):
    """What kind of danger the words tell of, the gravest first."""

    LIFE = "life"
    SUICIDE = "suicide"
    CHILD = "child"
    VIOLENCE = "violence"
    BEHAVIOUR = "behaviour"


_GRAVEST_FIRST = tuple(Danger)


def find(text: str) -> Danger | None:
    """The gravest danger that the words tell of, or None."""
    words = plain_words(text)
    if is_stretched(text):
        words = [unstretched(word) for word in words]
    words = [TYPING_ERRORS.get(word, word) for word in words]
    kinds = {*matching(words), *matching_glued(spelled(words))}
    return min(map(Danger, kinds), key=_GRAVEST_FIRST.index) if kinds else None


def answer(danger: Danger, covenant: Covenant) -> tuple[Say, ...]:
    """What to say at once, as paragraphs: the right number first."""
    return _ANSWERS[danger](covenant)


def screen(covenant: Covenant, *, certain: bool) -> tuple[Say, ...]:
    """The danger screen, as paragraphs; in doubt it begins with the doubt."""
    others = _numbers(covenant, (Danger.SUICIDE, Danger.VIOLENCE))
    return (*_emergency(covenant, _CALL_NOW if certain else _IN_DOUBT), *others, line(_SAVED))


_CALL_NOW = _("Call {number} now. Nobody reads this chat at this moment.")
_IN_DOUBT = _("Not sure? Call {number}. Nobody reads this chat at this moment.")
_SAVED = _("Your answers stay saved.")
_FOR = {
    Danger.SUICIDE: _("Are you thinking of suicide? Call {number}."),
    Danger.VIOLENCE: _("Violence at home, but no direct danger now? Call {number}."),
    Danger.CHILD: _("Is it about a child, but no direct danger now? Call {number}."),
    Danger.BEHAVIOUR: _("Worried about how someone behaves, but no direct danger? Call {number}."),
}
_EVERY = _("{purpose}: {number}")


def _emergency(covenant: Covenant, text: str) -> tuple[Say, ...]:
    life = next(iter(_help(covenant, Danger.LIFE)), None)
    app = (Titled(id="app", title=life.app),) if life and life.app else ()
    return (line(text, number=life.number if life else EMERGENCY), *app)


def _numbers(covenant: Covenant, kinds: Iterable[Danger]) -> tuple[Line, ...]:
    """The first number for each kind."""
    found = ((kind, next(iter(_help(covenant, kind)), None)) for kind in kinds)
    return tuple(line(_FOR[kind], number=help_.number) for kind, help_ in found if help_)


def _life(covenant: Covenant) -> tuple[Say, ...]:
    return screen(covenant, certain=True)


def _suicide(covenant: Covenant) -> tuple[Say, ...]:
    first = _numbers(covenant, (Danger.SUICIDE,))
    return (*first, *_emergency(covenant, _DANGER_NOW), line(_SAVED))


def _child(covenant: Covenant) -> tuple[Say, ...]:
    purposes = tuple(
        line(_EVERY, purpose=Titled(id="help", title=h.purpose), number=h.number)
        for h in _help(covenant, Danger.CHILD)
    )
    return (*_emergency(covenant, _CALL_NOW), *purposes, line(_SAVED))


def _violence(covenant: Covenant) -> tuple[Say, ...]:
    others = _numbers(covenant, (Danger.VIOLENCE,))
    return (*_emergency(covenant, _CALL_NOW), *others, line(_SAVED))


def _behaviour(covenant: Covenant) -> tuple[Say, ...]:
    others = _numbers(covenant, (Danger.BEHAVIOUR,))
    return (*_emergency(covenant, _DANGER_NOW), *others, line(_SAVED))


_DANGER_NOW = _("Is there danger now? Call {number}. Nobody reads this chat at this moment.")
_ANSWERS = {
    Danger.LIFE: _life,
    Danger.SUICIDE: _suicide,
    Danger.CHILD: _child,
    Danger.VIOLENCE: _violence,
    Danger.BEHAVIOUR: _behaviour,
}


def _help(covenant: Covenant, kind: Danger) -> Sequence[HelpNumber]:
    return [h for h in covenant.help if kind.value in h.danger]
