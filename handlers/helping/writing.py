"""Writing: who coordinates writes to the asker or the helper, who answers that one only."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core.errors import NotFound, Stale
from bot.core.helping.asks import Ask
from bot.core.helping.change import AskChange
from bot.core.helping.events import AskEventKind
from bot.core.helping.help_forms import ANSWER, ASK, OTHER, TO_ASKER, TO_HELPER
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.words import _, line
from handlers.acts import Act
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, cards, limits, notices, safety, texts, unreached
from handlers.helping import buttons as b
from handlers.helping.audience import apart, coordinates, people, speaks
from handlers.helping.tokens import find, pressed, token
from handlers.helping.volunteer import reach
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.turn import Turn

_TO_THEM = _("Message about <b>{code}</b>, from {who}, who coordinates:\n{words}")
_FROM_ASKER = _("Message about <b>{code}</b>, from the asker:\n{words}")
_FROM_HELPER = _("Message about <b>{code}</b>, from {who}:\n{words}")
_NO_MORE = _(
    "<b>{code}</b> Who wrote to you does not look after this any more. "
    "Nobody reads your answer. You can write to the coach."
)
_SENT = _("<b>{code}</b> Your message is sent. The answer comes here.")


async def to_asker(_update: Update, turn: Turn) -> None:
    """Ask what to write to the asker."""
    ask = await _open(turn)
    await _begin(turn, ask, TO_ASKER.name, ask.speaker)


async def to_helper(_update: Update, turn: Turn) -> None:
    """Ask what to write to who promised to help."""
    ask = await _open(turn)
    await _begin(turn, ask, TO_HELPER.name, await _helper(turn, ask))


async def _begin(turn: Turn, ask: Ask, form: str, to: str | None) -> None:
    if to and await _found(turn, ask, to) and not await limits.wrote_enough(turn, ask):
        await open_form(turn, form, context={ASK: ask.key, OTHER: token(turn, ask, to)})


@kindly
async def written(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The asker reads it, when that is still who it was written to."""
    ask = await _open(turn, context[ASK])
    to = find(turn, ask, context.get(OTHER, ""), [ask.speaker])
    await _write(turn, ask, to, answers["text"])


@kindly
async def written_helper(
    turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]
) -> None:
    """The helper reads it, when that is still who it was written to."""
    ask = await _open(turn, context[ASK])
    to = find(turn, ask, context.get(OTHER, ""), [await _helper(turn, ask)])
    await _write(turn, ask, to, answers["text"])


async def write_asker(turn: Turn, key: str, words: str) -> None:
    """Who coordinates writes to the asker."""
    ask = await _open(turn, key)
    await _write(turn, ask, ask.speaker, words)


async def write_helper(turn: Turn, key: str, words: str) -> None:
    """Who coordinates writes to the helper."""
    ask = await _open(turn, key)
    await _write(turn, ask, await _helper(turn, ask), words)


async def _write(turn: Turn, ask: Ask, to: str | None, words: str) -> None:
    """One of the two reads it, and gets a button to answer."""
    me, found = turn.person.key, await _found(turn, ask, to)
    if not found or await limits.wrote_enough(turn, ask):
        return
    values = {"code": ask.code, "who": await texts.first_name(turn, me), "words": words}
    press = Press(b.ANSWER.verb, f"{ask.key}.{token(turn, ask, me)}", ask.revision)
    rows = [[Button(line(b.ANSWER.label), press)], safety.row(turn, ask, me)]
    turn.say(line(_SENT, code=ask.code))
    for reader in found:
        _pass(turn, ask, reader, line(_TO_THEM, **values), rows)
    await _recorded(turn, ask, words)


async def _helper(turn: Turn, ask: Ask) -> str:
    """Who promised to help, unless a block keeps the two apart; else `Stale`."""
    if ask.helper is None or await apart(turn, turn.person.key, ask.helper.person):
        raise Stale
    return ask.helper.person


async def _found(turn: Turn, ask: Ask, to: str | None) -> list[Person]:
    """Who would read it; that nobody can be reached is said."""
    found = await people(turn, [to])
    if not found:
        unreached.nobody(turn, ask)
    return found


async def answering(_update: Update, turn: Turn) -> None:
    """The asker or the helper answers."""
    ask, more = await pressed(turn)
    if await _coordinator(turn, ask, more) and not await limits.wrote_enough(turn, ask):
        await open_form(turn, ANSWER.name, context={ASK: ask.key, OTHER: more})


@kindly
async def answered(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Who wrote reads the answer."""
    await to_writer(turn, await turn.ask(context[ASK]), context[OTHER], answers["text"])


async def to_writer(turn: Turn, ask: Ask, written: str, words: str) -> None:
    """The answer to who coordinates and wrote, for whom the token stands; to nobody else."""
    person, me = await _coordinator(turn, ask, written), turn.person.key
    if person is None or await limits.wrote_enough(turn, ask):
        return
    turn.say(line(_SENT, code=ask.code))
    values = {"code": ask.code, "words": words}
    if me in ask.helping:
        who = await texts.first_name(turn, me)
        rows = [_answers(ask, b.WRITE_HELPER), safety.seeing_to(turn, ask, me)]
        _pass(turn, ask, person, line(_FROM_HELPER, **values, who=who), rows)
    else:
        rows = [_answers(ask, b.WRITE_ASKER), safety.seeing_to(turn, ask, me)]
        _pass(turn, ask, person, line(_FROM_ASKER, **values), rows)
    await _recorded(turn, ask, words)


def _answers(ask: Ask, act: Act) -> list[Button]:
    return [b.button(act, ask), b.button(b.ASK_CARD, ask)]


async def _open(turn: Turn, key: str | None = None) -> Ask:
    """An ask of who coordinates it; about one that has ended nobody is written to."""
    ask = await reach(turn, key)
    if not ask.open:
        raise Stale
    return ask


async def _coordinator(turn: Turn, ask: Ask, written: str) -> Person | None:
    """Who wrote, while that one still sees to it and no block keeps the two apart; else nobody,
    and that is said: it may be about whoever does now."""
    if turn.person.key not in ask.helping and not await speaks(turn, ask):
        raise NotFound
    wrote = [
        event.by
        for event in await turn.records.ask_history(ask.key)
        if event.kind is AskEventKind.MESSAGE
    ]
    for writer in await people(turn, [find(turn, ask, written, wrote)]):
        apart_now = await apart(turn, turn.person.key, writer.key)
        if not apart_now and await coordinates(turn, ask, writer):
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
    on_press(b.WRITE_ASKER.verb, to_asker),
    on_press(b.WRITE_HELPER.verb, to_helper),
    on_press(b.ANSWER.verb, answering),
]
FINISH = {TO_ASKER.name: written, TO_HELPER.name: written_helper, ANSWER.name: answered}
