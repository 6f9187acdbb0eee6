"""Relay: the two write to each other through the bot, and neither learns where the other is."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.helping import agreed
from bot.core.helping.asks import Ask, Voice
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.help_forms import ASK, MESSAGE, MESSAGE_LENGTH, NAMELESS, OTHER
from bot.core.ports import Shown
from bot.core.words import _, line
from handlers.acts import Act
from handlers.dispatch import REFUSALS
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, cards, limits, protecting, unreached, writing
from handlers.helping import buttons as b
from handlers.helping.audience import apart, coordinates, people, speaks
from handlers.helping.tokens import pressed, token
from handlers.keyboards import on_press
from handlers.sent import message_of, replied_to, words_of
from handlers.turn import Turn

_SENT = _("<b>{code}</b> Your message is with the other.")
_WORDS_ONLY = _("Only words go to the other. Please type it.")
_TOO_LONG = _("That is too long for a message: at most {max} characters fit.")
_NOT_READ = _("<b>{code}</b> Nobody reads what you write there. Please tap a button.")
_AGREEMENT = frozenset({AskEventKind.AGREED, AskEventKind.HANDED_OVER})


async def write(_update: Update, turn: Turn) -> None:
    """Ask what to write to the other."""
    ask, _more = await pressed(turn)
    if not await may_write(turn, ask):
        raise NotFound
    if not await _writes_now(turn, ask):
        unreached.nobody(turn, ask)
        return
    if not await limits.wrote_enough(turn, ask):
        hidden = ask.wish.voice is not Voice.NAMED and turn.person.key == ask.speaker
        context = {ASK: ask.key, OTHER: _with(turn, ask)} | ({NAMELESS: "yes"} if hidden else {})
        await open_form(turn, MESSAGE.name, context=context)


async def may_write(turn: Turn, ask: Ask) -> bool:
    """Whether who is talking is one of those who write to each other."""
    me, helper = turn.person.key, ask.helper
    helping = helper is not None and helper.person == me and helper.agreed is not None
    return helping or await speaks(turn, ask)


async def _writes_now(turn: Turn, ask: Ask) -> bool:
    """Whether there is somebody to write to, who can be reached and whom no block keeps apart."""
    me = turn.person.key
    others = [key for key in agreed.talking(ask) if key != me and not await apart(turn, key, me)]
    return bool(await people(turn, others))


@kindly
async def written(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Pass the message on, when who helps is still who it was written to, or by."""
    ask = await turn.ask(context[ASK])
    if context.get(OTHER, "") != _with(turn, ask):
        raise Stale
    await _send(turn, ask, answers["text"])


def _with(turn: Turn, ask: Ask) -> str:
    """Who helps, when a message is begun."""
    return token(turn, ask, ask.helper.person) if ask.helper else ""


async def reply(update: Update, turn: Turn) -> bool:
    """A reply below words about an ask goes to who wrote them, and to nobody else; below other
    messages about one it is said where to write. False for what is about none."""
    shown = await replied_to(update, turn)
    ask = await turn.records.get(Ask, shown.item) if shown and shown.item else None
    if shown is None or ask is None:
        return False
    message = message_of(update)
    event, words = await _below(turn, ask, shown), words_of(message)
    if event is None:
        await _nowhere(turn, ask)
    elif not words or message.text is None:
        turn.say(line(_WORDS_ONLY), item=ask.key)
    elif len(words) > MESSAGE_LENGTH:
        turn.say(line(_TOO_LONG, max=MESSAGE_LENGTH), item=ask.key)
    else:
        await _reply(turn, ask, event, words)
    return True


async def _below(turn: Turn, ask: Ask, shown: Shown) -> AskEvent | None:
    """The words, or the agreement, that stand in a message and can be answered."""
    for event in await turn.records.ask_history(ask.key):
        if shown.card == cards.coached(ask, event.revision):
            return event
        if shown.card == cards.news(ask, event.revision):
            return event if _answered(turn, ask, event) else None
    return None


def _answered(turn: Turn, ask: Ask, event: AskEvent) -> bool:
    """Whether somebody wrote it, or agreed it with who is talking, and it holds."""
    if event.kind in _AGREEMENT and ask.helper is not None:
        return turn.person.key in agreed.talking(ask) and event.data["helper"] == ask.helper.person
    return event.kind is AskEventKind.MESSAGE and ask.open


async def _reply(turn: Turn, ask: Ask, event: AskEvent, words: str) -> None:
    pair, by, me = agreed.talking(ask), event.by, turn.person.key
    try:
        if event.kind is AskEventKind.COACH_TALK and by:
            await protecting.reply(turn, ask, by, words)
        elif me in pair and (by in pair or event.kind in _AGREEMENT):
            await _send(turn, ask, words)
        elif by and (me in ask.helping or await speaks(turn, ask)):
            await writing.to_writer(turn, ask, token(turn, ask, by), words)
        elif by and by == ask.speaker:
            await writing.write_asker(turn, ask.key, words)
        elif by and ask.helper and by == ask.helper.person:
            await writing.write_helper(turn, ask.key, words)
        else:
            await _nowhere(turn, ask)
    except (NotAllowed, NotFound, Stale) as refusal:
        turn.say(line(REFUSALS[type(refusal)]), item=ask.key)


async def _nowhere(turn: Turn, ask: Ask) -> None:
    """Nobody wrote that message, so nobody reads what stands below it: where to write instead."""
    if not ask.open:
        unreached.nobody(turn, ask)
        return
    acts: tuple[Act, ...] = (b.COACH,)
    if turn.person.key in agreed.talking(ask):
        acts = (b.WRITE, b.COACH)
    elif await coordinates(turn, ask):
        acts = (b.WRITE_ASKER,)
    turn.say(line(_NOT_READ, code=ask.code), b.of(ask, *acts), item=ask.key)


async def _send(turn: Turn, ask: Ask, text: str) -> None:
    by = turn.person.key
    if not await may_write(turn, ask):
        raise NotFound
    ask = await asks.spoken_for(turn, ask)
    if not await _writes_now(turn, ask):
        unreached.nobody(turn, ask)
        return
    if await limits.wrote_enough(turn, ask):
        return
    change = agreed.message(ask, by=by, text=text, now=turn.now)
    turn.say(line(_SENT, code=ask.code), item=ask.key)
    await asks.keep(turn, change)


HANDLERS = [on_press(b.WRITE.verb, write)]
FINISH = {MESSAGE.name: written}
