"""Proposing: who coordinates names a member who said yes aloud, and writes to the asker."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core import matching
from bot.core.errors import NotFound, Stale
from bot.core.helping import claiming, searching
from bot.core.helping.asks import Ask, speaks_for
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.help_forms import ASK, FROM_ASKER, OTHER, TO_ASKER
from bot.core.helping.neighbours import Neighbour
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.words import _, line
from handlers.acts import Act
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, cards, limits, notices, safety, slots, texts, unreached
from handlers.helping import buttons as b
from handlers.helping.audience import (
    asker_of,
    asking,
    coordinates,
    known_circles,
    people,
    speaks,
)
from handlers.helping.marks import find, mark, pressed
from handlers.helping.volunteer import reach
from handlers.keyboards import Button, Press, Rows, in_pairs, on_press
from handlers.turn import Turn

MOST = 12
"""Members in one message."""

_WHO = _("<b>{code}</b> Who said yes to you? These members may help with this.")
_NOBODY = _("<b>{code}</b> No member may help with this now.")
_WHEN = _("<b>{code}</b> When does {who} help?")
_PROPOSED = _("<b>{code}</b> {Who} is proposed: {slot}. The asker is asked.")
_TO_ASKER = _("Message about <b>{code}</b>, from {who}, who coordinates:\n{words}")
_FROM_ASKER = _("Message about <b>{code}</b>, from the asker:\n{words}")
_NO_MORE = _(
    "<b>{code}</b> Who wrote to you does not look after this any more. "
    "Nobody reads your answer. You can write to the coach."
)
_SENT = _("<b>{code}</b> Your message is sent. The answer comes here.")


async def propose(_update: Update, turn: Turn) -> None:
    """The members of the circle who may help with this."""
    ask = await _looking(turn)
    buttons = [
        Button(
            await texts.first_name(turn, n.key),
            Press(b.PROPOSE_WHO, f"{ask.key}.{mark(turn, ask, n.key)}", ask.revision),
        )
        for n in (await _able(turn, ask))[:MOST]
    ]
    text = line(_WHO if buttons else _NOBODY, code=ask.code)
    turn.say(text, in_pairs(buttons), item=ask.key)


async def chosen(_update: Update, turn: Turn) -> None:
    """When this member helps."""
    ask, who, _slot = await _meant(turn)
    rows = _slots(turn, ask, who.key, "")
    name = await texts.first_name(turn, who.key)
    turn.say(line(_WHEN, code=ask.code, who=name), rows, item=ask.key)


async def placed(_update: Update, turn: Turn) -> None:
    """The asker is asked whether this member suits; the member hears it too."""
    ask, who, written = await _meant(turn)
    slot = slots.read(written)
    name = await texts.first_name(turn, who.key)
    if slot is None:
        rows = _slots(turn, ask, who.key, written)
        turn.say(line(_WHEN, code=ask.code, who=name), rows, item=ask.key)
        return
    change = claiming.assign(ask, who, slot, by=turn.person.key, rules=turn.rules, now=turn.now)
    change = change.tell(To.PERSON, News.PROPOSED, person=who.key, slot=slot)
    said = texts.slot(slot)
    turn.say(line(_PROPOSED, code=ask.code, who=name, slot=said), item=ask.key)
    await asks.keep(turn, change)


async def _looking(turn: Turn, key: str | None = None) -> Ask:
    ask = await reach(turn, key)
    if not searching.looks(ask):
        raise Stale
    return ask


async def _able(turn: Turn, ask: Ask) -> list[Neighbour]:
    """The members whom nothing keeps away from this, in the order in which they are asked: who
    offers it then first."""
    asker = await asking(turn, ask)
    wanted = matching.wanted(ask, asker, turn.rules, turn.now).model_copy(update={"without": ()})
    known = {
        n.key: n
        for circle in await known_circles(turn, ask)
        for n in await turn.records.neighbours_in(circle)
        if n.place_in(circle) and not speaks_for(ask, n.key)
    }
    able = [
        n
        for n in known.values()
        if n.key not in (*ask.helping, *ask.refused)
        if matching.kept_away(ask, asker, n, turn.rules, turn.now) is None
    ]
    ranked = {n.key: (bool(matching.falls(wanted, n)), matching.rank(wanted, n)) for n in able}
    return sorted(able, key=lambda n: ranked[n.key])


async def _meant(turn: Turn) -> tuple[Ask, Neighbour, str]:
    """The ask, the member whom the button means, and what stands behind."""
    found, more = await pressed(turn)
    ask = await _looking(turn, found.key)
    written, _dot, slot = more.partition(".")
    able = {n.key: n for n in await _able(turn, ask)}
    return ask, able[find(turn, ask, written, able)], slot


def _slots(turn: Turn, ask: Ask, who: str, day: str) -> Rows:
    every = slots.every(turn, ask)
    parts = slots.of_day(day, every) or every
    return slots.rows(ask, parts, Act("", b.PROPOSE_SLOT), mark(turn, ask, who))


# Writing to the asker


async def writing(_update: Update, turn: Turn) -> None:
    """Ask what to write to the asker."""
    ask = await _open(turn)
    if await _found(turn, ask) and not await limits.wrote_enough(turn, ask):
        await open_form(turn, TO_ASKER.name, context={ASK: ask.key})


@kindly
async def written(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The asker reads it."""
    await to_asker(turn, context[ASK], answers["text"])


async def to_asker(turn: Turn, key: str, words: str) -> None:
    """Who coordinates writes to the asker, who gets a button to answer."""
    ask, me = await _open(turn, key), turn.person.key
    found = await _found(turn, ask)
    if not found or await limits.wrote_enough(turn, ask):
        return
    values = {"code": ask.code, "who": await texts.first_name(turn, me), "words": words}
    press = Press(b.ANSWER.verb, f"{ask.key}.{mark(turn, ask, me)}", ask.revision)
    rows = [[Button(line(b.ANSWER.label), press)], safety.row(turn, ask, me)]
    turn.say(line(_SENT, code=ask.code))
    for asker in found:
        _pass(turn, ask, asker, line(_TO_ASKER, **values), rows)
    await _recorded(turn, ask, words)


async def _found(turn: Turn, ask: Ask) -> list[Person]:
    """The asker; that nobody can be reached is said."""
    found = await people(turn, [asker_of(ask)])
    if not found:
        unreached.nobody(turn, ask)
    return found


async def answering(_update: Update, turn: Turn) -> None:
    """The asker answers."""
    ask, more = await pressed(turn)
    if await _coordinator(turn, ask, more) and not await limits.wrote_enough(turn, ask):
        await open_form(turn, FROM_ASKER.name, context={ASK: ask.key, OTHER: more})


@kindly
async def answered(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Who wrote reads the answer."""
    await to_writer(turn, await turn.ask(context[ASK]), context[OTHER], answers["text"])


async def to_writer(turn: Turn, ask: Ask, written: str, words: str) -> None:
    """The asker answers who coordinates and wrote, for whom the mark stands; nobody else."""
    person = await _coordinator(turn, ask, written)
    if person is None or await limits.wrote_enough(turn, ask):
        return
    said = line(_FROM_ASKER, code=ask.code, words=words)
    turn.say(line(_SENT, code=ask.code))
    _pass(turn, ask, person, said, [[b.button(b.WRITE_ASKER, ask), b.button(b.ASK_CARD, ask)]])
    await _recorded(turn, ask, words)


async def _open(turn: Turn, key: str | None = None) -> Ask:
    """An ask of who coordinates it; about one that has ended nobody is written to."""
    ask = await reach(turn, key)
    if not ask.open:
        raise Stale
    return ask


async def _coordinator(turn: Turn, ask: Ask, written: str) -> Person | None:
    """Who wrote to the asker, while that one still sees to it; else nobody, and that is said:
    it may be about whoever does now."""
    if not await speaks(turn, ask):
        raise NotFound
    wrote = [
        event.by
        for event in await turn.records.ask_history(ask.key)
        if event.kind is AskEventKind.MESSAGE
    ]
    for writer in await people(turn, [find(turn, ask, written, wrote)]):
        if await coordinates(turn, ask, writer):
            return writer
    turn.say(line(_NO_MORE, code=ask.code), [[b.button(b.COACH, ask)]], item=ask.key)
    return None


async def _recorded(turn: Turn, ask: Ask, text: str) -> None:
    change = AskChange(ask=ask).record(
        AskEventKind.MESSAGE, turn.now, by=turn.person.key, data={"text": text}
    )
    await asks.keep(turn, change)


def _pass(turn: Turn, ask: Ask, reader: Person, text: Any, rows: Rows) -> None:
    turn.say(
        text,
        rows,
        to=reader,
        card=cards.news(ask, ask.revision + 1),
        item=ask.key,
        protect=True,
        silent=notices.night(turn),
        priority=Priority.CHECKIN,
    )


HANDLERS = [
    on_press(b.PROPOSE.verb, propose),
    on_press(b.PROPOSE_WHO, chosen),
    on_press(b.PROPOSE_SLOT, placed),
    on_press(b.WRITE_ASKER.verb, writing),
    on_press(b.ANSWER.verb, answering),
]
FINISH = {TO_ASKER.name: written, FROM_ASKER.name: answered}
