"""How a question is put: its paragraphs, its buttons, and which button was typed."""

from typing import Any

from bot.core.forms import Draft, Form, Progress, progress
from bot.core.given import Given, Said, clean
from bot.core.labels import fold
from bot.core.prompts import Button, Prompt, Rows, Say, Verb, layout
from bot.core.question_kinds import Collect
from bot.core.questions import Question, Review, Scene, SoFar
from bot.core.words import _, line

TRIES = 3
"""Invalid answers in a row before a person is offered."""

_WHICH = _("Which answer do you want to change?")
_OLD = _("Your answer was: {answer}")
_SUMMARY = _("{question}: {answer}")
_SKIPPED = _("not filled in")


def prompt_for(form: Form, draft: Draft, scene: Scene) -> Prompt | None:
    """The current question as it is put; None when the form is complete."""
    at = progress(form, draft, scene)
    if at.question is None:
        return None
    options = layout(_options(form, at), scene.say)
    controls = _controls(form, draft, at, scene)
    lines = _lines(form, draft, at)
    location = at.question.takes_location
    return Prompt(at.question.name, lines, (*options, *controls), draft.revision, location)


def _lines(form: Form, draft: Draft, at: Progress) -> tuple[Say, ...]:
    question = at.question
    assert question is not None
    if isinstance(question, Review):
        if at.so_far.whole:
            return (line(_WHICH),)
        return (*summary(form, at), *question.lines(at.so_far))
    if draft.changing == question.name and draft.answers[question.name].value is not None:
        old = _as_shown(question, draft.answers[question.name].value, at.so_far)
        return (*question.lines(at.so_far), line(_OLD, answer=old))
    return question.lines(at.so_far)


def summary(form: Form, at: Progress) -> tuple[Say, ...]:
    """The answers so far, one line each, of the questions that have a label."""
    known = at.so_far.answers
    return tuple(
        line(_SUMMARY, question=line(q.label), answer=_as_shown(q, known[q.name], at.so_far))
        for q in at.passed(form)
        if q.label
    )


def _as_shown(question: Question, value: Any, so_far: SoFar) -> Say:
    if value is None:
        return line(_SKIPPED)
    return question.shown(value, so_far)


def _options(form: Form, at: Progress) -> tuple[Button, ...]:
    question = at.question
    assert question is not None
    if isinstance(question, Review) and at.so_far.whole:
        labelled = (q for q in at.passed(form) if q.label)
        return tuple(Button(line(q.label), Verb.CHANGE, q.name) for q in labelled)
    return question.buttons(at.so_far)


def _controls(form: Form, draft: Draft, at: Progress, scene: Scene) -> Rows:
    """Ready, Keep, Skip and A person where they fit; Back and Stop in the last row."""
    question = at.question
    assert question is not None
    changing = draft.changing == question.name and question.name in draft.answers
    collected = isinstance(question, Collect) and question.name in draft.answers
    stuck = draft.tries >= TRIES and at.so_far.covenant.local_phone is not None
    fitting = (
        (collected, Button(line(_("Ready")), Verb.READY)),
        (changing, Button(line(_("Keep this")), Verb.KEEP)),
        (question.skippable, Button(line(question.skip_label), Verb.SKIP)),
        (stuck, Button(line(_("A person, please")), Verb.HUMAN)),
    )
    above = layout([button for fits, button in fitting if fits], scene.say)
    back = [Button(line(_("Back")), Verb.BACK)] if at.passed(form) or at.so_far.whole else []
    return (*above, *layout([*back, Button(line(_("Stop")), Verb.STOP)], scene.say))


def typed_button(form: Form, draft: Draft, given: Given, scene: Scene) -> Button | None:
    """The button that was typed: by its label, or by its number in the list of choices."""
    prompt = prompt_for(form, draft, scene)
    if prompt is None or not isinstance(given, Said):
        return None
    wanted = fold(clean(given.text))
    others = [b for b in prompt.buttons if b.verb is not Verb.ANSWER]
    labelled = next((b for b in others if fold(scene.say(b.label)) == wanted), None)
    if labelled is not None or not (wanted.isascii() and wanted.isdigit()):
        return labelled
    at = progress(form, draft, scene)
    options = _options(form, at)
    number = int(wanted[:4])
    return options[number - 1] if 1 <= number <= len(options) else None
