"""Protecting: block somebody, stop, and talk to the coach, from any screen with another person."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core.errors import NotFound, Stale
from bot.core.helping import agreed, searching
from bot.core.helping.asks import Ask, AskStage, is_after, past
from bot.core.helping.change import AskChange
from bot.core.helping.events import AskEventKind
from bot.core.helping.help_forms import ASK, COACH_SAYS, OTHER, TO_COACH
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.words import _, line
from handlers.circles.people import persons
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, cards, limits, notices, own, safety, texts, unreached
from handlers.helping import buttons as b
from handlers.helping.agreed import SURE_AFTER, cancel
from handlers.helping.audience import coaches, coordinates, known_circles, speaks
from handlers.helping.parting import part
from handlers.helping.tokens import find, pressed, token
from handlers.keyboards import Button, Press, on_press
from handlers.turn import Turn

_SURE = _("Do you want to block this person? You never meet each other here again.")
_NOT_TOLD = _("The other does not hear it.")
_BLOCKED = _(
    "<b>{code}</b> Blocked. You never meet each other here again. The other hears nothing."
)
_STOP_ASKER = _("<b>{code}</b> End this help? We call it off, and your neighbour is thanked.")
_STOP_HELPER = _("<b>{code}</b> End this help? Then you don't help with this any more.")
_STOP_INVITED = _("<b>{code}</b> Shall we not ask you for this any more?")
_STOPPED = _("<b>{code}</b> You stopped with this. Do you want a pause? Then we ask you nothing.")
_TO_COACH = _("<b>{code}</b> {who} wants to talk with you:\n{words}")
_SENT = _("<b>{code}</b> Your words are with the coach. The answer comes here.")
_COACH_ANSWERS = _("<b>{code}</b> The coach answers:\n{words}")
_ANSWERED = _("<b>{code}</b> Your answer is with the one who wrote.")


async def met(turn: Turn, ask: Ask) -> list[str]:
    """Everyone who had anything to do with an ask, now or before."""
    history = await turn.records.ask_history(ask.key)
    now = [*ask.parties, ask.by, *ask.refused, *ask.search.declined]
    before = [e.by for e in history] + [e.data.get("helper") for e in history]
    invited = [one for e in history for one in e.data.get("persons", ())]
    known = [*now, *(one.person for one in ask.search.invited), *before, *invited]
    return list(dict.fromkeys(person for person in known if person))


async def _near(turn: Turn, key: str) -> tuple[Ask, list[str]]:
    """The ask, for who had to do with it, sees it on the board or sees to it; else `NotFound`."""
    ask = await turn.ask(key)
    people = await met(turn, ask)
    place = (await turn.neighbour()).place_in(ask.wish.circle)
    if turn.person.key not in people and place is None and not await coordinates(turn, ask):
        raise NotFound
    return ask, people


async def _other(turn: Turn) -> tuple[Ask, str]:
    """The ask of the button, and the person whom it means."""
    ask, more = await pressed(turn)
    _ask, people = await _near(turn, ask.key)
    if await coordinates(turn, ask):
        for circle in await known_circles(turn, ask):
            people += [one.key for one in await turn.records.neighbours_in(circle)]
    other = find(turn, ask, more, people)
    if other == turn.person.key:
        raise NotFound
    return ask, other


# Block


async def blocking(_update: Update, turn: Turn) -> None:
    """Ask once whether it is meant; no name, since perhaps it is not known yet."""
    ask, other = await _other(turn)
    press = Press(b.BLOCK_YES.verb, f"{ask.key}.{token(turn, ask, other)}", ask.revision)
    rows = [[Button(line(b.BLOCK_YES.label), press), b.button(b.STAY, ask)]]
    turn.say(line("{sure} {told}", sure=line(_SURE), told=line(_NOT_TOLD)), rows)


async def block(_update: Update, turn: Turn) -> None:
    """They never meet again; what was agreed between them goes on without the helper."""
    ask, other = await _other(turn)
    me = turn.person.key
    turn.say(line(_BLOCKED, code=ask.code))
    await asks.drop_forms(turn, ask)
    await _apart(turn, ask, me)
    await part(turn, me, other)


async def _apart(turn: Turn, ask: Ask, me: str) -> None:
    """Who was only invited is not asked for this any more."""
    invited = any(one.person == me for one in ask.search.invited)
    if ask.open and invited and me not in ask.parties:
        await _keep(turn, agreed.without(ask, me, turn.rules, turn.now))
        await cards.fade(turn, ask, turn.person)


async def _keep(turn: Turn, change: AskChange) -> None:
    if change.events:
        await asks.keep(turn, change)


# Stop


async def stopping(_update: Update, turn: Turn) -> None:
    """Ask once whether it is meant, and say what it does."""
    ask, _people = await _near(turn, (await pressed(turn))[0].key)
    me = turn.person.key
    over = is_after(ask, turn.rules.calendar, turn.now)
    if me in ask.helping and over:
        await own.show(turn, ask)
        return
    text = _STOP_HELPER if me in ask.helping else _STOP_INVITED
    if await speaks(turn, ask):
        text = SURE_AFTER if over else _STOP_ASKER
    rows = [[b.button(b.STOP_YES, ask), b.button(b.STAY, ask)]]
    turn.say(line(text, code=ask.code), rows, item=ask.key)


async def stop(_update: Update, turn: Turn) -> None:
    """The asker calls it off, the helper can't, the invited is not asked any more."""
    ask, _people = await _near(turn, (await pressed(turn))[0].key)
    me = turn.person.key
    if await speaks(turn, ask):
        if not ask.open:
            raise Stale
        await cancel(turn, ask)
        return
    if me in ask.helping and is_after(ask, turn.rules.calendar, turn.now):
        await own.show(turn, ask)
        return
    offer = (await turn.neighbour()).offer
    rows = [[Button(line(b.PAUSE.label), Press(b.PAUSE.verb))]] if offer else []
    turn.say(line(_STOPPED, code=ask.code), rows)
    await _stop(turn, ask, me)


async def _stop(turn: Turn, ask: Ask, me: str) -> None:
    together = ask.stage in {AskStage.PROPOSED, AskStage.AGREED}
    if me in ask.helping and together and not past(ask, turn.rules.calendar, turn.now):
        await _keep(turn, agreed.cant(ask, by=me, rules=turn.rules, now=turn.now))
    elif searching.may_decline(ask, me):
        await cards.fade(turn, ask, turn.person)
        await _keep(turn, searching.decline(ask, me, turn.rules, turn.now))


# Coach


async def to_coach(_update: Update, turn: Turn) -> None:
    """Ask what the coach should know."""
    ask, _people = await _near(turn, (await pressed(turn))[0].key)
    if await _listening(turn, ask) and not limits.talked_enough(turn, await turn.neighbour()):
        await open_form(turn, TO_COACH.name, context={ASK: ask.key})


@kindly
async def told_coach(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The coach reads it, and answers here."""
    await to_coaches(turn, context[ASK], answers["text"])


async def to_coaches(turn: Turn, key: str, words: str, only: str | None = None) -> None:
    """Somebody writes to who coaches, or to `only` that one while they do."""
    ask, _people = await _near(turn, key)
    me, found = turn.person.key, await _listening(turn, ask)
    if found and only:
        found = [coach for coach in found if coach.key == only]
        if not found:
            raise Stale
    if not found or limits.talked_enough(turn, await turn.neighbour()):
        return
    values = {"code": ask.code, "who": await texts.first_name(turn, me), "words": words}
    press = Press(b.COACH_SAYS.verb, f"{ask.key}.{token(turn, ask, me)}", ask.revision)
    turn.say(line(_SENT, code=ask.code))
    for coach in found:
        rows = [[Button(line(b.COACH_SAYS.label), press)], safety.seeing_to(turn, ask, me)]
        _pass(turn, ask, coach, line(_TO_COACH, **values), rows)
    await _talked(turn, ask)


async def _listening(turn: Turn, ask: Ask) -> list[Person]:
    """Who coaches for who is talking; that it is nobody is said."""
    found = await coaches(turn, ask, (turn.person.key, *(await turn.neighbour()).blocked))
    if not found:
        unreached.no_coach(turn)
    return found


async def coach_says(_update: Update, turn: Turn) -> None:
    """The coach answers who wrote."""
    ask, more = await pressed(turn)
    other = await _who_wrote(turn, ask, more)
    if not limits.talked_enough(turn, await turn.neighbour()):
        context = {ASK: ask.key, OTHER: token(turn, ask, other)}
        await open_form(turn, COACH_SAYS.name, context=context)


@kindly
async def coach_said(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Who wrote reads the answer, and can write again."""
    ask = await turn.ask(context[ASK])
    await _answer(turn, ask, await _who_wrote(turn, ask, context[OTHER]), answers["text"])


async def reply(turn: Turn, ask: Ask, writer: str, words: str) -> None:
    """What is written below words to or from the coach goes to who wrote those, and nobody else."""
    if await _coaches(turn, ask, writer):
        await _answer(turn, ask, writer, words)
    else:
        await to_coaches(turn, ask.key, words, writer)


async def _answer(turn: Turn, ask: Ask, to: str, words: str) -> None:
    found = await persons(turn, [to])
    if not found:
        unreached.nobody(turn, ask)
        return
    if limits.talked_enough(turn, await turn.neighbour()):
        return
    said = line(_COACH_ANSWERS, code=ask.code, words=words)
    for other in found:
        sees_to_it = await coordinates(turn, ask, other)
        out = (safety.seeing_to if sees_to_it else safety.row)(turn, ask, turn.person.key)
        _pass(turn, ask, other, said, [out])
    turn.say(line(_ANSWERED, code=ask.code))
    await _talked(turn, ask)


async def _talked(turn: Turn, ask: Ask) -> None:
    """That they talked is recorded, and counts for the day; what was said is kept nowhere."""
    limits.count_talk(turn, await turn.neighbour())
    change = AskChange(ask=ask)
    await asks.keep(turn, change.record(AskEventKind.COACH_TALK, turn.now, by=turn.person.key))


async def _who_wrote(turn: Turn, ask: Ask, written: str) -> str:
    """Whom the coach may answer: somebody of the ask or its circle; `NotFound` for others."""
    circle = ask.wish.circle
    placed = await turn.records.neighbours_in(circle) if circle else []
    other = find(turn, ask, written, [*await met(turn, ask), *(n.key for n in placed)])
    if not await _coaches(turn, ask, other):
        raise NotFound
    return other


async def _coaches(turn: Turn, ask: Ask, other: str) -> bool:
    """Whether who is talking coaches there, for somebody whom no block keeps apart."""
    apart = (other, *(await turn.neighbour(other)).blocked)
    return turn.person.key in {coach.key for coach in await coaches(turn, ask, apart)}


def _pass(turn: Turn, ask: Ask, reader: Person, text: Any, rows: Any) -> None:
    turn.say(
        text,
        rows,
        to=reader,
        card=cards.coached(ask, ask.revision + 1),
        item=ask.key,
        protect=True,
        silent=notices.night(turn),
        priority=Priority.CHECKIN,
    )


HANDLERS = [
    on_press(b.BLOCK.verb, blocking),
    on_press(b.BLOCK_YES.verb, block),
    on_press(b.STOP.verb, stopping),
    on_press(b.STOP_YES.verb, stop),
    on_press(b.COACH.verb, to_coach),
    on_press(b.COACH_SAYS.verb, coach_says),
]
FINISH = {TO_COACH.name: told_coach, COACH_SAYS.name: coach_said}
