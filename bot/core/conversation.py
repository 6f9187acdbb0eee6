"""The turns of a form, pure: a draft and what was sent give a new draft and what to show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.asking import prompt, typed_button
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
from bot.core.questions import Accepted, Refused, Scene
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
    known = set(answers or {})
    return Draft(
        form=form.name,
        version=form.version,
        answers=dict(answers or {}),
        done=tuple(q.name for q in form.questions if q.collects and q.name in known),
        context=dict(context or {}),
        touched=now,
    )


def show(form: Form, draft: Draft, scene: Scene) -> Step:
    """The question that the draft is at, unchanged: after a start, a stop of another form, …"""
    return _show(progress(form, draft, scene))


def answer(form: Form, draft: Draft, given: Given, scene: Scene) -> Step:
    """What a message or a press does to the draft. Never raises, whatever was sent."""
    at = progress(form, draft, scene)
    if at.question is None:
        return _show(at)
    if isinstance(given, Pressed):
        return _press(at, given)
    if isinstance(given, Album) and given.group == draft.album and not given.caption:
        return _next_of_album(at, given)
    typed = typed_button(at, given.text) if isinstance(given, Said) else None
    return _do(at, typed) if typed else _read(at, given)


def press(form: Form, draft: Draft, pressed: Pressed, scene: Scene) -> Step:
    """A button: only one that stands on the current prompt does anything."""
    return answer(form, draft, pressed, scene)


def back(form: Form, draft: Draft, scene: Scene) -> Step:
    """To the question before; its answer stands until a new one is given."""
    return _back(progress(form, draft, scene))


def skip(form: Form, draft: Draft, scene: Scene) -> Step:
    """Leave the question open, where it may be; otherwise ask it again."""
    return _skip(progress(form, draft, scene))


def change(form: Form, draft: Draft, name: str, scene: Scene) -> Step:
    """Ask an answered question again; its answer stands until a new one is given."""
    return _change(progress(form, draft, scene), name)


def restart(form: Form, draft: Draft, scene: Scene) -> Step:
    """From the first question, with nothing answered."""
    return _moved(progress(form, draft, scene), answers={}, done=(), changing=None)


def correct(form: Form, draft: Draft, message_id: int, text: str, scene: Scene) -> Step | None:
    """An edited message: corrects the answer that came from it; None when there is none."""
    name = next((n for n, a in draft.answers.items() if a.message_id == message_id), None)
    if name is None or all(q.name != name for q in form.questions):
        return None
    at = progress(form, draft, scene)
    then = progress(form, draft.model_copy(update={"changing": name}), scene)
    if then.question is None or then.question.name != name:
        return _noted(_show(at), line(_NOT_CORRECTED))
    read = then.question.read(Said(text, message_id), then.so_far)
    if isinstance(read, Refused):
        return _noted(_show(at), read.why, line(_NOT_CORRECTED))
    new = {**draft.answers, name: Answered(value=read.value, message_id=message_id)}
    return _noted(_moved(at, answers=new), line(_CORRECTED), *read.notes)


def _show(at: Progress, *notes: Say, toast: Line | None = None) -> Step:
    shown = Finished(at.so_far.answers) if at.question is None else prompt(at)
    return Step(at.draft, shown, notes, toast)


def _noted(step: Step, *notes: Say) -> Step:
    return Step(step.draft, step.shown, (*notes, *step.notes), step.toast)


def _moved(at: Progress, **update: Any) -> Step:
    """The draft one turn further, with these fields replaced."""
    scene = at.so_far.scene
    fresh = {
        "version": at.form.version,
        "revision": at.draft.revision + 1,
        "tries": 0,
        "whole": None,
        "touched": scene.now,
        "reminded": False,
    }
    return _show(progress(at.form, at.draft.model_copy(update={**fresh, **update}), scene))


def _press(at: Progress, pressed: Pressed) -> Step:
    standing = prompt(at)
    wanted = (pressed.verb, pressed.value)
    button = next((b for b in standing.buttons if (b.verb.value, b.value) == wanted), None)
    if button is None or pressed.revision != at.draft.revision:
        return Step(at.draft, standing, toast=line(STALE))
    return _do(at, button)


def _do(at: Progress, button: Button) -> Step:
    """What a button of the current prompt does."""
    name = at.current.name
    match button.verb:
        case Verb.ANSWER:
            step = _kept(at, at.current.read_value(button.value, at.so_far), None)
        case Verb.BACK:
            step = _back(at)
        case Verb.SKIP:
            step = _skip(at)
        case Verb.STOP:
            step = Step(at.draft, Stopped())
        case Verb.KEEP:
            step = _moved(at, changing=None)
        case Verb.CHANGE if button.value:
            step = _change(at, button.value)
        case Verb.CHANGE | Verb.MORE:
            step = _moved(at, whole=name)
        case Verb.READY:
            step = _moved(at, done=(*at.draft.done, name), changing=None)
        case Verb.HUMAN:
            step = _show(at, _human(at.so_far.scene))
    return step


def _back(at: Progress) -> Step:
    if at.so_far.whole:
        return _moved(at)
    if not at.passed:
        return _show(at, toast=line(_FIRST))
    return _asked_again(at, at.passed[-1].name)


def _skip(at: Progress) -> Step:
    if at.question is None or not at.question.skippable:
        return _show(at)
    return _kept(at, Accepted(None), None)


def _change(at: Progress, name: str) -> Step:
    if any(q.name == name for q in at.passed):
        return _asked_again(at, name)
    return _moved(at)


def _asked_again(at: Progress, name: str) -> Step:
    """What was chosen of several stays chosen; any other answer stands until the new one."""
    if at.form.question(name).collects:
        return _moved(at, done=_undone(at.draft, name), changing=None)
    return _moved(at, changing=name)


def _undone(draft: Draft, name: str) -> tuple[str, ...]:
    return tuple(done for done in draft.done if done != name)


def _read(at: Progress, given: Given) -> Step:
    """What was sent, as an answer to the question."""
    read = at.current.read(given, at.so_far)
    album = given.group if isinstance(given, Album) else at.draft.album
    if isinstance(read, Accepted) and isinstance(read.value, Thing):
        return _taken(at, read, album)
    # Of several choices nobody can tell which one an edited message was.
    message_id = None if at.current.collects else getattr(given, "message_id", None)
    return _kept(at, read, message_id, album=album)


def _kept(at: Progress, read: Accepted | Refused, message_id: int | None, **update: Any) -> Step:
    """The answer in its place; or what is wrong with it, and nothing stored."""
    draft, name = at.draft, at.current.name
    if isinstance(read, Refused):
        step = _moved(at, whole=draft.whole, tries=draft.tries + 1, **update)
        assert isinstance(step.shown, Prompt)
        return Step(step.draft, Problem(read.why, step.shown))
    new = {**draft.answers, name: Answered(value=read.value, message_id=message_id)}
    changing = None if draft.changing == name else draft.changing
    done = _undone(draft, name) if at.current.collects and read.value is not None else draft.done
    step = _moved(at, answers=new, changing=changing, done=done, **update)
    return _noted(_going_on(step, name) if at.current.collects else step, *read.notes)


def _going_on(step: Step, name: str) -> Step:
    if isinstance(step.shown, Prompt) and step.shown.question == name:
        return replace(step, shown=replace(step.shown, goes_on=True))
    return step


def _taken(at: Progress, read: Accepted, album: str | None) -> Step:
    """One of several things: the draft counts it, the caller records it."""
    step = _moved(at, answers=_counted(at), album=album)
    shown = step.shown if isinstance(step.shown, Prompt) else None
    return Step(step.draft, Taken(at.current.name, read.value.data, shown), read.notes)


def _counted(at: Progress) -> dict[str, Answered]:
    return {**at.draft.answers, at.current.name: Answered(value=at.so_far.count + 1)}


def _next_of_album(at: Progress, given: Album) -> Step:
    """A later photo of an album: taken without a word where photos are taken, else ignored.

    The revision stays, since the prompt on the screen stays the current one.
    """
    read = at.current.read(given, at.so_far)
    if isinstance(read, Accepted) and isinstance(read.value, Thing):
        draft = at.draft.model_copy(update={"answers": _counted(at)})
        return Step(draft, Taken(at.current.name, read.value.data, None))
    return Step(at.draft, Silent())


def _human(scene: Scene) -> Line:
    covenant = scene.covenant
    phone = covenant.local_phone or ""
    return line(_CALL, partner=covenant.partner(covenant.coordinator), phone=phone)
