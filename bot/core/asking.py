"""How a question is put: its paragraphs, its buttons, and which button was typed."""

from typing import Any

from bot.core.choices import Review
from bot.core.forms import Progress
from bot.core.given import clean
from bot.core.labels import fold
from bot.core.prompts import Button, Prompt, Say, Verb, layout
from bot.core.questions import Question, SoFar
from bot.core.words import _, line

TRIES = 3
"""Invalid answers in a row before a person is offered."""

_WHICH = _("Which answer do you want to change?")
_OLD = _("Your answer was: {answer}")
_SUMMARY = _("{question}: {answer}")
_SKIPPED = _("not filled in")


def prompt(at: Progress) -> Prompt:
    """The current question as it is put."""
    say = at.so_far.scene.say
    rows = (*layout(_options(at), say), *layout(_above(at), say), *layout(_last(at), say))
    location = at.current.takes_location
    return Prompt(at.current.name, _lines(at), rows, at.draft.revision, location)


def summary(at: Progress) -> tuple[Say, ...]:
    """The answers so far, one line each, of the questions that have a label."""
    known = at.so_far.answers
    return tuple(
        line(_SUMMARY, question=line(q.label), answer=_as_shown(q, known[q.name], at.so_far))
        for q in at.passed
        if q.label
    )


def typed_button(at: Progress, text: str) -> Button | None:
    """The button that was typed: by its label, or by its number in the list of choices.

    The label of an option that is an answer is left to the question itself.
    """
    wanted, say = fold(clean(text)), at.so_far.scene.say
    options = _options(at)
    acts = [b for b in (*options, *_above(at), *_last(at)) if b.verb is not Verb.ANSWER]
    labelled = next((b for b in acts if fold(say(b.label)) == wanted), None)
    if labelled is None and wanted == fold(say(line(_STOP_WORD))):
        return _STOP
    if labelled is not None or not (wanted.isascii() and wanted.isdigit()):
        return labelled
    number = int(wanted[:4])
    return options[number - 1] if 1 <= number <= len(options) else None


def _lines(at: Progress) -> tuple[Say, ...]:
    question, so_far, old = at.current, at.so_far, at.old
    if isinstance(question, Review):
        return (line(_WHICH),) if so_far.whole else (*summary(at), *question.lines(so_far))
    if old is None or old.value is None:
        return question.lines(so_far)
    shown = _as_shown(question, old.value, so_far)
    return (*question.lines(so_far), line(_OLD, answer=shown))


def _as_shown(question: Question, value: Any, so_far: SoFar) -> Say:
    return line(_SKIPPED) if value is None else question.shown(value, so_far)


def _options(at: Progress) -> tuple[Button, ...]:
    if isinstance(at.current, Review) and at.so_far.whole:
        labelled = (q for q in at.passed if q.label)
        return tuple(Button(line(q.label), Verb.CHANGE, q.name) for q in labelled)
    return at.current.buttons(at.so_far)


def _above(at: Progress) -> list[Button]:
    """Ready, Keep, Skip and A person, where they fit."""
    question, draft = at.current, at.draft
    fitting = (
        (question.ready(at.so_far), _READY),
        (at.old is not None, _KEEP),
        (question.skippable, Button(line(question.skip_label), Verb.SKIP)),
        (draft.tries >= TRIES and at.so_far.covenant.local_phone is not None, _HUMAN),
    )
    return [button for fits, button in fitting if fits]


def _last(at: Progress) -> list[Button]:
    """Back, where there is something to go back to, and Stop."""
    return [_BACK, _STOP] if at.passed or at.so_far.whole else [_STOP]


_READY = Button(line(_("Ready")), Verb.READY)
_KEEP = Button(line(_("Keep this")), Verb.KEEP)
_HUMAN = Button(line(_("A person, please")), Verb.HUMAN)
_BACK = Button(line(_("Back")), Verb.BACK)
_STOP = Button(line(_("Stop filling in")), Verb.STOP)
_STOP_WORD = _("Stop")
"""Typed, it does what the button does."""
