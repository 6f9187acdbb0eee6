"""The board of a circle: for members what they may take on, for volunteers all that is open."""

from collections.abc import Iterable, Mapping, Sequence

from telegram import Update

from bot.core.helping import circles
from bot.core.helping.asks import Ask, AskStage, open_slots
from bot.core.helping.circles import Urgency
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.said import kind_said, promise_said
from bot.core.words import Line, _, line, plural
from handlers.circles import people
from handlers.circles.people import Here
from handlers.helping import buttons as b
from handlers.helping import texts
from handlers.helping.audience import asking, may_claim
from handlers.keyboards import Button, Press, in_pairs, on_press
from handlers.pages import page_of
from handlers.paragraphs import spaced
from handlers.turn import Turn

PAGE = 8
"""Asks of one message."""

_NOTHING = _("<b>{Circle}</b>\nNobody looks for help now.")
_OPEN = _("<b>{Circle}</b>\nWhat neighbours ask")
_NONE_FOR_YOU = _("<b>{Circle}</b>\nThere is nothing on the board that you can take on now.")
_ENTRY = _("{urgency} <b>{code}</b> {task}, {when}.\n{state}")
_RISK = _("⚠ At risk: {entry}")
_OFFERED = _("{urgency} {task}, {when}.")
URGENCIES: Mapping[Urgency, str] = {
    Urgency.LATE: _("🔴 Late:"),
    Urgency.ASKED: _("⚪ How did it go?"),
    Urgency.TODAY: _("🟠 Today:"),
    Urgency.SOON: _("🟡 Soon:"),
    Urgency.LATER: _("🟢 Later:"),
}
"""In words as well as in colour."""


async def coordinated(_update: Update, turn: Turn) -> None:
    """Every open ask of the circle, the first due first, with what is at risk."""
    press = people.pressed(turn)
    here = await people.as_volunteer(turn, press.id)
    asks = await seen_by(turn, here)
    if not asks:
        turn.say(line(_NOTHING, circle=here.circle), [[people.back(here.circle)]])
        return
    page = page_of(asks, press.rev, PAGE)
    heading = plural(
        "<b>{Circle}</b>\n{count} open question",
        "<b>{Circle}</b>\n{count} open questions",
        len(asks),
        circle=here.circle,
    )
    says = [heading, *(entry(turn, ask) for ask in page.shown), *page.said]
    opening = [Button(a.code, Press(b.ASK_CARD.verb, a.key, a.revision)) for a in page.shown]
    rows = in_pairs(opening)
    turning = page.turning(lambda number: Press("circle_board", press.id, number))
    rows += [turning, [people.back(here.circle)]]
    turn.say(spaced(says), rows)


async def offered(_update: Update, turn: Turn) -> None:
    """What a member may take on: task, part of the day and circle, and nothing else."""
    press = people.pressed(turn)
    here = await people.as_member(turn, press.id)
    asks = await for_member(turn, here)
    if not asks:
        turn.say(line(_NONE_FOR_YOU, circle=here.circle), [[people.back(here.circle)]])
        return
    page = page_of(asks, press.rev, PAGE)
    says = [line(_OPEN, circle=here.circle)]
    rows: list[Sequence[Button]] = []
    for place, ask in enumerate(page.shown, start=1):
        says.append(line("{place}. {said}", place=place, said=_offer(turn, ask)))
        label = line(_("I can help with {place}"), place=place)
        rows.append([Button(label, Press(b.HELP_YES.verb, ask.key, ask.revision))])
    rows.append(page.turning(lambda number: Press("circle_open", press.id, number)))
    coach = Button(line(_("Coach")), Press("circle_coach", here.circle.id))
    turn.say(spaced(says), [*rows, [coach], [people.back(here.circle)]])


async def seen_by(turn: Turn, here: Here) -> list[Ask]:
    """The open asks of the circle that this neighbour may see to, and those that they help with."""
    every = await turn.records.asks_in(here.circle.id)
    return circles.by_due(await without_blocked(turn, every, here.me))


async def without_blocked(turn: Turn, every: Iterable[Ask], me: Neighbour) -> list[Ask]:
    """Besides the own asks, and those whose asker's side a block keeps apart from this one."""
    found: list[Ask] = []
    for ask in every:
        asker = await asking(turn, ask)
        if ask.asker != me.key and not (asker and me.key in asker.blocked):
            found.append(ask)
    return found


async def for_member(turn: Turn, here: Here) -> list[Ask]:
    """What is on the board and this member may take on: no gate is passed by."""
    found: list[Ask] = []
    for ask in circles.on_board(await turn.records.asks_in(here.circle.id)):
        if not open_slots(ask, turn.rules.calendar, turn.now):
            continue
        asker = await asking(turn, ask)
        if may_claim(turn, ask, asker, here.me):
            found.append(ask)
    return found


def entry(turn: Turn, ask: Ask) -> Line:
    """An ask in two lines, without names: when, what, and how it stands."""
    said = line(
        _ENTRY,
        urgency=line(URGENCIES[circles.urgency(ask, turn.rules, turn.now)]),
        code=ask.code,
        task=kind_said(ask.wish.kind, turn.rules.covenant),
        when=promise_said(ask),
        state=texts.step(ask) if ask.stage is AskStage.LOOKING else texts.state(ask),
    )
    risk = circles.at_risk(ask, turn.rules, turn.now)
    return line(_RISK, entry=said) if risk else said


def _offer(turn: Turn, ask: Ask) -> Line:
    return line(
        _OFFERED,
        urgency=line(URGENCIES[circles.urgency(ask, turn.rules, turn.now)]),
        task=kind_said(ask.wish.kind, turn.rules.covenant),
        when=promise_said(ask),
    )


HANDLERS = [on_press("circle_board", coordinated), on_press("circle_open", offered)]
