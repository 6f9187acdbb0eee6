"""Afterwards: both say how it went, thanks are in private, and there are no stars."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core.errors import NotFound, Stale
from bot.core.helping import afterwards, searching
from bot.core.helping.asks import Ask, AskEnd, AskStage, How
from bot.core.helping.events import AskEventKind
from bot.core.helping.help_forms import AGAIN, ASK
from bot.core.helping.times import When
from bot.core.helping.wishes import when_of
from bot.core.words import Line, _, line
from handlers.acts import Act
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asked_back, asks, cards, limits, own, safety, slots, volunteer
from handlers.helping import buttons as b
from handlers.helping.audience import coordinates, helping, speaks
from handlers.helping.tokens import pressed
from handlers.keyboards import on_press
from handlers.turn import Turn

_DONE = _("<b>{code}</b> Good to hear. Do you want to thank your neighbour, in private?")
_DONE_HELPER = _("<b>{code}</b> Thank you for helping! We ask the other how it went, too.")
_NOTED = _("<b>{code}</b> Thank you for telling. The volunteer looks along.")
_THANKED = _("<b>{code}</b> Your neighbour gets your thanks.")
_GLADLY = _("Would you gladly have this neighbour again? Nobody hears your answer.")
_REMEMBERED = _("<b>{code}</b> Thank you. We remember that; nobody sees it.")
_LOOKS_AGAIN = _("We look again.")
_LOOKING = _("<b>{code}</b> We look again. You hear from us.")


async def went(_update: Update, turn: Turn) -> None:
    """How it went, by one of the two; a second tap on the same changes nothing."""
    ask, more = await pressed(turn)
    me = turn.person.key
    if not await own.is_part(turn, ask) or more not in set(How):
        raise NotFound
    if await limits.did_enough(turn, ask):
        return
    how = How(more)
    helper = await helping(turn, ask)
    change = afterwards.say(ask, by=me, how=how, helper=helper, rules=turn.rules, now=turn.now)
    if me in ask.helping:
        noted = line(_DONE_HELPER if how is How.DONE else _NOTED, code=ask.code)
        await _answer(turn, change.ask, noted)
    elif how is How.DONE:
        text = line("{done} {gladly}", done=line(_DONE, code=ask.code), gladly=line(_GLADLY))
        await _answer(turn, change.ask, text, (b.THANK,), (b.GLADLY, b.NOT_GLADLY))
    else:
        await _answer(turn, change.ask, line(_NOTED, code=ask.code), (b.AGAIN, b.CALL_OFF))
    await asks.keep(turn, change)


async def _answer(turn: Turn, ask: Ask, text: Line, *offered: tuple[Act, ...]) -> None:
    """Answer with these acts, a row each, and the ways out below: the two have met."""
    rows = [[b.button(act, ask) for act in acts] for acts in offered]
    helped = turn.person.key in ask.helping
    other = ask.speaker if helped else own.helped_last(ask)
    await cards.answer(turn, ask, text, [*rows, safety.row(turn, ask, other)])


async def thank(_update: Update, turn: Turn) -> None:
    """Say thanks, in private and once."""
    ask = await _asked(turn)
    change = afterwards.thanks(ask, by=turn.person.key, now=turn.now)
    text = line("{done} {gladly}", done=line(_THANKED, code=ask.code), gladly=line(_GLADLY))
    await _answer(turn, ask, text, (b.GLADLY, b.NOT_GLADLY))
    await asks.keep(turn, change)


async def gladly(_update: Update, turn: Turn) -> None:
    """This neighbour is asked first from now on."""
    await _gladly(turn, yes=True)


async def not_gladly(_update: Update, turn: Turn) -> None:
    """Rather not: this neighbour is not asked first, and hears nothing of it."""
    await _gladly(turn, yes=False)


async def _gladly(turn: Turn, *, yes: bool) -> None:
    ask = await _asked(turn)
    if await limits.did_enough(turn, ask):
        return
    by = turn.person.key
    change = afterwards.gladly(ask, by=by, yes=yes, now=turn.now)
    offered = [] if ask.after.thanked else [(b.THANK,)]
    await _answer(turn, ask, line(_REMEMBERED, code=ask.code), *offered)
    await asks.keep(turn, change)


async def _asked(turn: Turn) -> Ask:
    """The ask of the button, for its asker, once help was given."""
    ask, _more = await pressed(turn)
    if not await speaks(turn, ask):
        raise NotFound
    if ask.stage not in {AskStage.AFTER, AskStage.ENDED} and not ask.times_done:
        raise Stale
    return ask


async def again(_update: Update, turn: Turn) -> None:
    """Look once more: for the asker, or by who coordinates."""
    ask = await _searched(turn, (await pressed(turn))[0].key)
    if not ask.wish.when.weekly and not slots.every(turn, ask):
        await open_form(turn, AGAIN.name, context={ASK: ask.key})
        return
    await _again(turn, ask, None)


@kindly
async def at_another_time(
    turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]
) -> None:
    """Look once more, for the time that was given."""
    ask = await _searched(turn, context[ASK])
    await _again(turn, ask, when_of(answers, turn.rules, turn.now))


async def _searched(turn: Turn, key: str) -> Ask:
    """The ask, for who may let it be looked for once more; `NotFound` for others."""
    ask = await turn.ask(key)
    mine = await speaks(turn, ask)
    if not mine and not await coordinates(turn, ask):
        raise NotFound
    over = ask.end is AskEnd.PASSED_ON or (not mine and ask.end in volunteer.BY_ASKER)
    looked = {AskStage.LOOKING, AskStage.AFTER, AskStage.ENDED}
    done = await _done_before(turn, ask) or await asked_back.elsewhere(turn, ask)
    if ask.stage not in looked or over or done:
        raise Stale
    return ask


async def _done_before(turn: Turn, ask: Ask) -> bool:
    """Whether it was looked for once more since the button was shown: a tap counts once."""
    if turn.press is None or turn.press.verb != b.AGAIN.verb:
        return False
    history = await turn.records.ask_history(ask.key)
    return any(e.kind is AskEventKind.AGAIN and e.revision > turn.press.rev for e in history)


async def _again(turn: Turn, ask: Ask, when: When | None) -> None:
    by = turn.person.key
    mine, neighbour = await speaks(turn, ask), await turn.neighbour()
    others = ask.asker is None
    if mine and limits.asked_enough(turn, neighbour, others=others):
        return
    if mine and not ask.open and await limits.open_enough(turn, others=others):
        return
    helper = await helping(turn, ask)
    change = searching.again(ask, by=by, when=when, helper=helper, rules=turn.rules, now=turn.now)
    if mine:
        # Neighbours are asked once more, so it counts as much as asking.
        limits.count_ask(turn, neighbour, others=others)
        await cards.answer(turn, change.ask, line(_LOOKING, code=ask.code))
    else:
        turn.toast(line(_LOOKS_AGAIN))
    ask = await asks.keep(turn, change)
    if not mine:
        await volunteer.show(turn, ask)


HANDLERS = [
    on_press(b.WENT, went),
    on_press(b.THANK.verb, thank),
    on_press(b.GLADLY.verb, gladly),
    on_press(b.NOT_GLADLY.verb, not_gladly),
    on_press(b.AGAIN.verb, again),
]
FINISH = {AGAIN.name: at_another_time}
