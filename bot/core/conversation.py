"""The turns of a form, pure: a draft and what was sent give a new draft and what to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.asking import prompt_for, typed_button
from bot.core.forms import Answered, Draft, Form, Progress, progress
from bot.core.given import Album, Given, Pressed, Said
from bot.core.prompts import (
    Button,
    Finished,
    Problem,
    Prompt,
    Say,
    Silent,
    Stopped,
    Taken,
    Verb,
)
from bot.core.question_kinds import Thing
from bot.core.questions import Accepted, Question, Refused, Scene
from bot.core.words import Line, _, line

STALE = _("That button is from before. This is the question now.")
_FIRST = _("This is the first question.")
_CORRECTED = _("I changed your answer.")
_NOT_CORRECTED = _("Your first answer stays.")
_CALL = _("You can call {partner}: {phone}. Your answers stay saved.")

Shown = Prompt | Problem | Taken | Finished | Stopped | Silent


@dataclass(frozen=True)
class Step:
    """The new draft and what to show: `notes` first, then `shown`; `toast` answers the button."""

    draft: Draft
    shown: Shown
    notes: tuple[Say, ...] = ()
    toast: Line | None = None


def start(
    form: Form,
    now: datetime,
    *,
    answers: Mapping[str, Answered] | None = None,
    context: Mapping[str, str] | None = None,
) -> Draft:
    """A new draft; `answers` are known beforehand and are not asked again when valid."""
    return Draft(
        form=form.name,
        version=form.version,
        answers=dict(answers or {}),
        context=dict(context or {}),
        touched=now,
    )


def show(form: Form, draft: Draft, scene: Scene) -> Step:
    """The question that the draft is at, unchanged: after a start, a stop of another form, …"""
    return Step(draft, prompt_for(form, draft, scene) or _finished(form, draft, scene))


def answer(form: Form, draft: Draft, given: Given, scene: Scene) -> Step:
    """What a message or a press does to the draft. Never raises, whatever was sent."""
    at = progress(form, draft, scene)
    if at.question is None:
        return show(form, draft, scene)
    if isinstance(given, Pressed):
        return press(form, draft, given, scene)
    if isinstance(given, Album) and given.group == draft.album and not given.caption:
        return _next_of_album(draft, at, given)
    typed = typed_button(form, draft, given, scene)
    return (
        _do(form, draft, typed, scene) if typed else _read(form, draft, at.question, given, scene)
    )


def press(form: Form, draft: Draft, pressed: Pressed, scene: Scene) -> Step:
    """A button: only one that stands on the current prompt does anything."""
    prompt = prompt_for(form, draft, scene)
    if prompt is None:
        return show(form, draft, scene)
    wanted = (pressed.verb, pressed.value)
    button = next((b for b in prompt.buttons if (b.verb.value, b.value) == wanted), None)
    if button is None or pressed.revision != draft.revision:
        return Step(draft, prompt, toast=line(STALE))
    return _do(form, draft, button, scene)


def back(form: Form, draft: Draft, scene: Scene) -> Step:
    """To the question before; its answer stands until a new one is given."""
    if draft.whole is not None:
        return _moved(form, draft, scene)
    passed = progress(form, draft, scene).passed(form)
    if not passed:
        return Step(draft, show(form, draft, scene).shown, toast=line(_FIRST))
    return _moved(form, draft, scene, changing=passed[-1].name)


def skip(form: Form, draft: Draft, scene: Scene) -> Step:
    """Leave the question open, where it may be; otherwise ask it again."""
    at = progress(form, draft, scene)
    if at.question is None or not at.question.skippable:
        return show(form, draft, scene)
    return _store(form, draft, at.question.name, Answered(value=None), scene)


def change(form: Form, draft: Draft, name: str, scene: Scene) -> Step:
    """Ask an answered question again; its answer stands until a new one is given."""
    passed = {q.name for q in progress(form, draft, scene).passed(form)}
    return _moved(form, draft, scene, changing=name if name in passed else draft.changing)


def restart(form: Form, draft: Draft, scene: Scene) -> Step:
    """From the first question, with nothing answered."""
    emptied = draft.model_copy(update={"answers": {}, "done": ()})
    return _moved(form, emptied, scene, changing=None)


def correct(form: Form, draft: Draft, message_id: int, text: str, scene: Scene) -> Step | None:
    """An edited message: corrects the answer that came from it; None when there is none."""
    name = next((n for n, a in draft.answers.items() if a.message_id == message_id), None)
    if name is None or all(q.name != name for q in form.questions):
        return None
    at = progress(form, draft.model_copy(update={"changing": name}), scene)
    if at.question is None or at.question.name != name:
        return None
    read = at.question.read(Said(text, message_id), at.so_far)
    if isinstance(read, Refused):
        return _noted(show(form, draft, scene), read.why, line(_NOT_CORRECTED))
    new = {**draft.answers, name: Answered(value=read.value, message_id=message_id)}
    moved = _moved(form, draft, scene, answers=new)
    return _noted(moved, line(_CORRECTED), *read.notes)


def _noted(step: Step, *notes: Say) -> Step:
    return Step(step.draft, step.shown, (*notes, *step.notes), step.toast)


def _moved(form: Form, draft: Draft, scene: Scene, **update: Any) -> Step:
    """The draft one turn further, with these fields replaced."""
    fresh = {
        "version": form.version,
        "revision": draft.revision + 1,
        "tries": 0,
        "whole": None,
        "touched": scene.now,
        "reminded": False,
    }
    return show(form, draft.model_copy(update={**fresh, **update}), scene)


def _read(form: Form, draft: Draft, question: Question, given: Given, scene: Scene) -> Step:
    """What was sent, as an answer to the question."""
    read = question.read(given, progress(form, draft, scene).so_far)
    if isinstance(given, Album):
        draft = draft.model_copy(update={"album": given.group})
    if isinstance(read, Refused):
        return _refuse(form, draft, read, scene)
    if isinstance(read.value, Thing):
        return _take(form, draft, question, read, scene)
    new = Answered(value=read.value, message_id=getattr(given, "message_id", None))
    return _noted(_store(form, draft, question.name, new, scene), *read.notes)


def _store(form: Form, draft: Draft, name: str, new: Answered, scene: Scene) -> Step:
    changing = None if draft.changing == name else draft.changing
    return _moved(form, draft, scene, answers={**draft.answers, name: new}, changing=changing)


def _refuse(form: Form, draft: Draft, read: Refused, scene: Scene) -> Step:
    step = _moved(form, draft, scene, whole=draft.whole, tries=draft.tries + 1)
    assert isinstance(step.shown, Prompt)
    return Step(step.draft, Problem(read.why, step.shown))


def _take(form: Form, draft: Draft, question: Question, read: Accepted, scene: Scene) -> Step:
    """One of several things: the draft counts it, the caller records it."""
    step = _moved(form, _counted(draft, question.name), scene)
    prompt = step.shown if isinstance(step.shown, Prompt) else None
    return Step(step.draft, Taken(question.name, read.value.data, prompt), read.notes)


def _counted(draft: Draft, name: str) -> Draft:
    before = draft.answers.get(name)
    count = before.value + 1 if before and isinstance(before.value, int) else 1
    return draft.model_copy(update={"answers": {**draft.answers, name: Answered(value=count)}})


def _next_of_album(draft: Draft, at: Progress, given: Album) -> Step:
    """A later photo of an album: taken without a word where photos are taken, else ignored.

    The revision stays, since the prompt on the screen stays the current one.
    """
    assert at.question is not None
    read = at.question.read(given, at.so_far)
    if isinstance(read, Accepted) and isinstance(read.value, Thing):
        taken = Taken(at.question.name, read.value.data, None)
        return Step(_counted(draft, at.question.name), taken)
    return Step(draft, Silent())


def _do(form: Form, draft: Draft, button: Button, scene: Scene) -> Step:
    """What a button of the current prompt does."""
    at = progress(form, draft, scene)
    assert at.question is not None
    match button.verb:
        case Verb.ANSWER:
            step = _chosen(form, draft, at, button.value, scene)
        case Verb.BACK:
            step = back(form, draft, scene)
        case Verb.SKIP:
            step = skip(form, draft, scene)
        case Verb.STOP:
            step = Step(draft, Stopped())
        case Verb.KEEP:
            step = _moved(form, draft, scene, changing=None)
        case Verb.CHANGE if button.value:
            step = change(form, draft, button.value, scene)
        case Verb.CHANGE | Verb.MORE:
            step = _moved(form, draft, scene, whole=at.question.name)
        case Verb.READY:
            step = _moved(form, draft, scene, done=(*draft.done, at.question.name), changing=None)
        case Verb.HUMAN:
            step = _noted(show(form, draft, scene), _human(scene))
    return step


def _chosen(form: Form, draft: Draft, at: Progress, value: str, scene: Scene) -> Step:
    assert at.question is not None
    read = at.question.read_value(value, at.so_far)
    if isinstance(read, Refused):
        return _refuse(form, draft, read, scene)
    new = Answered(value=read.value)
    return _noted(_store(form, draft, at.question.name, new, scene), *read.notes)


def _finished(form: Form, draft: Draft, scene: Scene) -> Finished:
    return Finished(progress(form, draft, scene).so_far.answers)


def _human(scene: Scene) -> Line:
    covenant = scene.covenant
    phone = covenant.local_phone or ""
    return line(_CALL, partner=covenant.partner(covenant.coordinator), phone=phone)
