"""How is it now: the question to the reporter, first without contents, and what the answer does."""

from datetime import date

from telegram import Update

from bot.core import lifecycle
from bot.core.errors import NotFound
from bot.core.items import Answer, EventKind, Item, Quiet, Stage
from bot.core.lifecycle import Change
from bot.core.notices import Audience
from bot.core.words import _, line
from handlers import mine
from handlers.keyboards import Button, Press, on_press
from handlers.notices import tell
from handlers.paragraphs import joined
from handlers.reporter import too_often
from handlers.turn import Turn

_HOW = _("How is it now with <b>{code}</b>?")
_SAID = _("<b>{code}</b>. Your answer: {answer}.")
_LATER = _("We ask again tomorrow.")
_ANY_TIME = _("You can open it at any time.")
_HAD = _("We have your answer.")
_GONE = _("You withdrew this report.")
_LABELS = {
    Answer.GOOD: _("Good"),
    Answer.BETTER: _("A bit better"),
    Answer.SAME: _("The same"),
    Answer.WORSE: _("Worse"),
    Answer.STOP: _("Ask me no more"),
}
_THANKS = {
    Answer.GOOD: _("Good to hear. Thank you."),
    Answer.BETTER: _("Good to hear. Thank you."),
    Answer.SAME: _("Thank you for telling us."),
    Answer.WORSE: _("Thank you. The partner and the coordinator hear it now."),
    Answer.STOP: _("We ask you no more. The partner goes on. Your reports are under /mijn."),
}
_AGAIN = _("We ask you again on {day}.")
_IF_WORSE = _("In danger: 112. Otherwise you can call {phone}.")


async def how(_update: Update, turn: Turn) -> None:
    """Open the question."""
    item = await _pressed(turn)
    if item.stage is Stage.WITHDRAWN:
        await mine.show(turn, item, line(_GONE))
        return
    buttons = [
        Button(line(label), Press(f"how_{answer.value}", item.key, item.revision))
        for answer, label in _LABELS.items()
    ]
    rows = [buttons[:2], buttons[2:4], buttons[4:]]
    turn.say(line(_HOW, code=item.code), rows, card=f"how-{item.key}", item=item.key)


async def say(_update: Update, turn: Turn) -> None:
    """Take the answer; the same answer again is no news."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    answer = Answer(turn.press.verb.removeprefix("how_"))
    item = await _pressed(turn)
    if item.stage is Stage.WITHDRAWN:
        raise NotFound
    if item.line.answers[-1:] == (answer,) and await _answered_since(turn, item):
        turn.toast(line(_HAD))
        return
    if await too_often(turn, item):
        return
    change = lifecycle.say(item, answer, turn.rules, turn.now)
    turn.keep(change)
    look = Button(line(_("Look")), Press("mine", item.key, change.item.revision))
    said = line(_SAID, code=item.code, answer=line(_LABELS[answer]))
    turn.edit(f"how-{item.key}", said, [[look]])
    _thank(turn, change, answer)
    await mine.renew(turn, change.item)
    await tell(turn, change)


async def later(_update: Update, turn: Turn) -> None:
    """Ask again tomorrow; what has ended or was withdrawn can be opened at any time."""
    item = await _pressed(turn)
    if not item.open or item.line.quiet is Quiet.WITHDRAWN:
        turn.toast(line(_ANY_TIME))
        return
    if await too_often(turn, item):
        return
    change = lifecycle.later(item, turn.rules, turn.now)
    if _day(turn, change.item) != _day(turn, item):
        turn.keep(change)
    turn.toast(line(_LATER))


def _day(turn: Turn, item: Item) -> date | None:
    """The day of the next question to the reporter."""
    at = item.line.next_at
    return turn.rules.calendar.local(at).date() if at else None


async def _answered_since(turn: Turn, item: Item) -> bool:
    """Whether an answer came after this question was opened: then the press is a repeated one."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    history = await turn.records.history(item.key)
    said = [e.revision for e in history if e.kind is EventKind.REPORTER_SAID]
    return bool(said) and said[-1] > turn.press.rev


def _thank(turn: Turn, change: Change, answer: Answer) -> None:
    """Thank, and say what follows; what `tell` says to the reporter isn't said twice."""
    item, phone = change.item, turn.rules.covenant.local_phone
    says = []
    if all(notice.to is not Audience.REPORTER for notice in change.notices):
        says.append(line(_THANKS[answer]))
        if item.line.next_at:
            day = turn.rules.calendar.local(item.line.next_at).date()
            says.append(line(_AGAIN, day=day))
    if answer is Answer.WORSE and phone:
        says.append(line(_IF_WORSE, phone=phone))
    if says:
        turn.say(joined(says, turn.speaker), item=item.key)


async def _pressed(turn: Turn) -> Item:
    assert turn.press is not None, "on_press lets our own buttons through only"
    return await turn.own(turn.press.id)


HANDLERS = [
    on_press("how", how),
    on_press("later", later),
    *(on_press(f"how_{answer.value}", say) for answer in Answer),
]
