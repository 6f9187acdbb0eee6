"""Forms: opening one, answering it, and going back to the one below it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.core import conversation
from bot.core.conversation import Step
from bot.core.forms import Answered, Draft, Drafts
from bot.core.given import Given, Pressed
from bot.core.people import Person
from bot.core.prompts import Finished, Problem, Prompt, Say, Silent, Stopped, Taken, Verb
from bot.core.questions import NOBODY_LISTENS, NOBODY_LOOKS, Scene
from bot.core.small_forms import ADD, FORMS
from bot.core.words import _, line
from handlers import drafts as kept
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.sent import given, message_of
from handlers.turn import Turn

Finish = Callable[[Turn, Mapping[str, Any], Mapping[str, str]], Awaitable[None]]
"""What is done with the answers of a finished form and what it was opened for."""
Take = Callable[[Turn, Mapping[str, str], Mapping[str, str]], Awaitable[bool]]
"""Records one of several things; False when no more can be taken."""
Gate = Callable[[Turn, Draft], bool]
"""Says what must be read first; False when the form may go on."""

_ALREADY = _("You had begun already. We go on where you were.")
_STOPPED = _("I stopped, and erased your answers. Nothing was sent.")
_STOPPED_ADDING = _("I stopped. What you sent before that is added.")
_RESUME = _("Now back to where you were.")
_OVER = _("That is done already.")
_NOTHING = _("There is nothing to stop. Your reports are under /mijn.")
_SAID = (line(NOBODY_LISTENS), line(NOBODY_LOOKS))
_MAP = _("You can also share a location: tap the paper clip, then Location.")


@dataclass
class _Wiring:
    """What the forms of all rooms do; set once, when the handlers are listed."""

    finish: Mapping[str, Finish]
    take: Mapping[str, Take]
    gate: Gate


_wiring = _Wiring({}, {}, lambda _turn, _draft: False)


def wire(*, finish: Mapping[str, Finish], take: Mapping[str, Take], gate: Gate) -> None:
    """Tell what is done with finished forms and with things taken, and what must be read first."""
    _wiring.finish, _wiring.take, _wiring.gate = finish, take, gate


def scene(turn: Turn, person: Person) -> Scene:
    """What a form knows of this turn."""
    return Scene(turn.rules, turn.now, turn.house.speaker(person.language).plain)


async def open_form(
    turn: Turn,
    name: str,
    *,
    context: Mapping[str, str] | None = None,
    answers: Mapping[str, Answered] | None = None,
) -> None:
    """Ask the first question of a form; one that was begun for the same purpose goes on."""
    drafts = await kept.load(turn)
    begun = drafts.find(name, **(context or {}))
    draft = begun or _new(turn, name, drafts, context, answers)
    drafts = drafts.push(draft)
    kept.keep(turn, drafts)
    _show(turn, draft, [line(_ALREADY)] if begun else [])


async def resume(turn: Turn, *notes: Say) -> bool:
    """Ask the current question again; False when no form is open."""
    draft = (await kept.load(turn)).top
    if draft is not None:
        _show(turn, draft, notes)
    return draft is not None


async def stop(turn: Turn) -> None:
    """Drop the form that takes text; the one below goes on."""
    drafts = await kept.load(turn)
    if drafts.top is None:
        turn.say(line(_NOTHING))
        return
    await _stopped(turn, drafts.top, drafts.pop())


async def drop(_update: Update, turn: Turn) -> None:
    """Drop the form that this button was made for, if it still stands where it stood then."""
    press = turn.press
    assert press is not None, "on_press lets our own buttons through only"
    drafts = await kept.load(turn)
    draft = next((d for d in drafts.stack if d.revision == press.rev), None)
    if draft is None:
        turn.toast(line(_OVER))
        return
    await _stopped(turn, draft, drafts.remove(draft))


async def take(update: Update, turn: Turn) -> bool:
    """A message as the answer to the current question; False when no form is open."""
    drafts = await kept.load(turn)
    if drafts.top is None:
        return False
    message = message_of(update)
    turn.answered = (message.message_id,)
    await _answer(turn, drafts, drafts.top, given(message))
    return True


async def pressed(_update: Update, turn: Turn) -> None:
    """A button of a prompt."""
    press = turn.press
    assert press is not None, "on_press lets our own buttons through only"
    drafts = await kept.load(turn)
    if drafts.top is None:
        turn.toast(line(_OVER))
        return
    await _answer(turn, drafts, drafts.top, Pressed(*press))


async def correct(turn: Turn, message_id: int, text: str) -> bool:
    """An edited message: corrects the answer that came from it; False when there is none."""
    drafts = await kept.load(turn)
    for draft in reversed(drafts.stack):
        form = FORMS[draft.form]
        step = conversation.correct(form, draft, message_id, text, scene(turn, turn.person))
        if step is not None:
            await _settle(turn, drafts, step, on_top=draft is drafts.top)
            return True
    return False


def _new(
    turn: Turn,
    name: str,
    drafts: Drafts,
    context: Mapping[str, str] | None,
    answers: Mapping[str, Answered] | None,
) -> Draft:
    draft = conversation.start(FORMS[name], turn.now, answers=answers, context=context)
    revision = kept.first_revision(drafts, turn.now)
    return draft.model_copy(update={"revision": revision})


async def _answer(turn: Turn, drafts: Drafts, draft: Draft, said: Given) -> None:
    if _wiring.gate(turn, draft):
        return
    step = conversation.answer(FORMS[draft.form], draft, said, scene(turn, turn.person))
    await _settle(turn, drafts, step)


async def _settle(turn: Turn, drafts: Drafts, step: Step, *, on_top: bool = True) -> None:
    """Keep what the step made of the draft, and say what it shows."""
    if step.toast:
        turn.toast(step.toast)
    # The receiver has said that already, before anything else.
    notes = [note for note in step.notes if note not in _SAID]
    match step.shown:
        case Finished(answers):
            await _finished(turn, drafts, step.draft, answers, notes)
            return
        case Stopped():
            await _stopped(turn, step.draft, drafts.remove(step.draft))
            return
        case Taken() as taken:
            await _taken(turn, drafts, step.draft, taken, notes)
            return
    kept.answered(turn, drafts.put(step.draft))
    match step.shown:
        case Prompt() as prompt if on_top:
            _say(turn, prompt, notes)
        case Problem(sentence, prompt):
            _say(turn, prompt, [*notes, sentence])
        case Silent():
            pass
        case _ if notes:
            turn.say(joined(notes, turn.speaker))


async def _finished(
    turn: Turn, drafts: Drafts, draft: Draft, answers: Mapping[str, Any], notes: Sequence[Say]
) -> None:
    drafts = drafts.remove(draft)
    kept.keep(turn, drafts)
    if notes:
        turn.say(joined(notes, turn.speaker))
    turn.answered = tuple(a.message_id for a in draft.answers.values() if a.message_id)
    await _wiring.finish[draft.form](turn, answers, draft.context)
    if drafts.top is not None:
        await resume(turn, line(_RESUME))


async def _stopped(turn: Turn, draft: Draft, left: Drafts) -> None:
    kept.keep(turn, left)
    turn.say(line(_STOPPED_ADDING if draft.form == ADD.name else _STOPPED))
    if left.top is not None:
        await resume(turn, line(_RESUME))


async def _taken(
    turn: Turn,
    drafts: Drafts,
    draft: Draft,
    taken: Taken,
    notes: Sequence[Say],
) -> None:
    more = await _wiring.take[draft.form](turn, taken.value, draft.context)
    kept.keep(turn, drafts.put(draft) if more else drafts.remove(draft))
    if more and taken.prompt is not None:
        _say(turn, taken.prompt, notes)


def _show(turn: Turn, draft: Draft, notes: Sequence[Say]) -> None:
    """Ask the question that a draft is at; a complete one has nothing to ask."""
    if _wiring.gate(turn, draft):
        return
    step = conversation.show(FORMS[draft.form], draft, scene(turn, turn.person))
    if isinstance(step.shown, Prompt):
        _say(turn, step.shown, notes)


def _say(turn: Turn, prompt: Prompt, notes: Sequence[Say]) -> None:
    says = [*notes, *prompt.lines, *([line(_MAP)] if prompt.location else [])]
    rows = [
        [Button(b.label, Press(b.verb.value, b.value, prompt.revision)) for b in row]
        for row in prompt.rows
    ]
    if prompt.goes_on and turn.pressed is not None:
        turn.change(turn.pressed, joined(says, turn.speaker), rows)
    else:
        turn.say(joined(says, turn.speaker), rows)


HANDLERS = [*(on_press(verb.value, pressed) for verb in Verb), on_press("drop", drop)]
