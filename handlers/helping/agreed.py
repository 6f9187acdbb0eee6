"""Agreed: what the two may do once they know of each other, each press authorised anew."""

from collections.abc import Sequence

from telegram import Update

from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.helping import agreed
from bot.core.helping.asks import Ask, AskStage, is_after
from bot.core.helping.said import kind_said
from bot.core.matching import Gate
from bot.core.prompts import Say
from bot.core.words import _, line
from handlers.acts import Act
from handlers.helping import (
    asks,
    cards,
    contents,
    invites,
    limits,
    notices,
    own,
    safety,
    texts,
)
from handlers.helping import buttons as b
from handlers.helping.audience import helping, speaks
from handlers.helping.tokens import pressed
from handlers.keyboards import markup, on_press
from handlers.turn import Turn

_WHERE = _("<b>{code}</b> You help {who}: {task}, {slot}.")
_OF = _("This is about <b>{code}</b>.")
_ADDRESS = _("Address: {address}")
_NO_ADDRESS = _("There is no address. Send a message to agree on where it is.")
_KNOW = _("Good to know: {words}")
_CANT = _("<b>{code}</b> Good that you say so. We tell the asker, and look for someone else.")
_HANDING = _("<b>{code}</b> We look for someone to take over. Until then you still go: {slot}.")
_SURE = _("<b>{code}</b> Do you want to call it off? Your neighbour hears it, with thanks.")
_SURE_ALONE = _("<b>{code}</b> Do you want to call it off? We stop looking.")
SURE_AFTER = _("<b>{code}</b> Shall we close this? Then we ask nothing more about it.")
_CLOSED = _("<b>{code}</b> It is closed. You can always ask again.")
_OFF = _("<b>{code}</b> It is called off. You can always ask again.")
_SOLVED = _("<b>{code}</b> Good to hear. You can always ask again.")
_SEEN = _("Good, you have seen it.")


async def my_ask(_update: Update, turn: Turn) -> None:
    """The card of an ask for who is part of it."""
    await own.show(turn, await part(turn))


async def part(turn: Turn) -> Ask:
    """The ask of the button, for its asker and helpers; `NotFound` for anyone else."""
    ask, _more = await pressed(turn)
    if not await own.is_part(turn, ask):
        raise NotFound
    return ask


# The helper


async def address(_update: Update, turn: Turn) -> None:
    """Where the help is, for the helper only, once the asker agreed; logged, and for a while."""
    ask = await _helped(turn)
    me = turn.person.key
    if ask.helper is None or ask.helper.person != me or ask.helper.agreed is None:
        raise NotAllowed
    change = agreed.read(ask, by=me, now=turn.now)
    if await _kept_away(turn, ask) or await limits.read_enough(turn, ask):
        return
    await asks.keep(turn, change)
    wish = ask.wish
    who = await texts.asker_name(turn, ask, agreed=True)
    task, slot = kind_said(wish.kind, turn.rules.covenant), texts.slot(ask.helper.slot)
    says = [
        line(_WHERE, code=ask.code, who=who, task=task, slot=slot),
        line(_ADDRESS, address=wish.address) if wish.address else line(_NO_ADDRESS),
        *([line(_KNOW, words=wish.text)] if wish.text else []),
    ]
    await _show(turn, change.ask, says, [b.WRITE, b.CANT], "address")


async def about(_update: Update, turn: Turn) -> None:
    """What the asker wrote, for who is proposed; logged, and for a while."""
    ask = await _helped(turn)
    if not cards.may_know(ask) or ask.stage is AskStage.AFTER:
        raise NotAllowed
    says = [line(_OF, code=ask.code), line(_KNOW, words=ask.wish.text)]
    if not await _kept_away(turn, ask) and not await limits.read_enough(turn, ask):
        await _show(turn, ask, says, [b.CANT], "text")


async def _kept_away(turn: Turn, ask: Ask) -> bool:
    """Whether the helper may not do this any more, as without a VOG that holds: it ends, and
    nothing is shown."""
    gate = await asks.kept_away(turn, ask, turn.person.key)
    if gate is Gate.LEVEL:
        turn.toast(line(invites.LEVEL), alert=True)
    if gate is not None:
        await asks.release(turn, ask, turn.person.key)
    return gate is not None


async def _show(turn: Turn, ask: Ask, says: Sequence[Say], acts: Sequence[Act], what: str) -> None:
    rows = [notices.of_acts(ask, *acts), safety.row(turn, ask, ask.speaker)]
    await contents.show(turn, ask, says, rows, what)


async def cant(_update: Update, turn: Turn) -> None:
    """The helper can't make it: one tap, no question why."""
    ask = await _helped(turn)
    if await own.over(turn, ask) or await asks.too_late(turn, ask):
        return
    change = agreed.cant(ask, by=turn.person.key, rules=turn.rules, now=turn.now)
    await cards.answer(turn, ask, line(_CANT, code=ask.code))
    await asks.keep(turn, change)


async def hand_over(_update: Update, turn: Turn) -> None:
    """The helper looks for somebody to take over, and stays until then."""
    ask = await _helped(turn)
    if ask.helper is None or ask.helper.person != turn.person.key:
        raise Stale
    if await own.over(turn, ask):
        return
    change = agreed.hand_over(ask, by=turn.person.key, rules=turn.rules, now=turn.now)
    text = line(_HANDING, code=ask.code, slot=texts.slot(ask.helper.slot))
    acts = notices.of_acts(change.ask, b.ADDRESS, b.WRITE, b.CANT)
    rows = [acts, safety.row(turn, ask, ask.speaker)]
    await cards.answer(turn, change.ask, text, rows)
    await asks.keep(turn, change)


async def _helped(turn: Turn) -> Ask:
    """The ask of the button, for who helps with it or takes over; else `NotFound`."""
    ask, _more = await pressed(turn)
    if turn.person.key not in ask.helping or not ask.open:
        raise NotFound
    return ask


# The asker


async def calling_off(_update: Update, turn: Turn) -> None:
    """Ask once whether the asker is sure."""
    ask = await _asked(turn)
    if await own.over(turn, ask):
        return
    text = line(_sure(ask), code=ask.code)
    rows = [notices.of_acts(ask, b.CALL_OFF_YES, b.LEAVE_IT)]
    turn.say(text, rows, card=cards.own(ask), item=ask.key)


def _sure(ask: Ask) -> str:
    if ask.stage is AskStage.AFTER:
        return SURE_AFTER
    return _SURE if ask.helping else _SURE_ALONE


async def call_off(_update: Update, turn: Turn) -> None:
    """The asker calls it off: the helper is thanked and free."""
    ask = await _asked(turn)
    if not await own.over(turn, ask):
        await cancel(turn, ask)


async def solved(_update: Update, turn: Turn) -> None:
    """After the wanted time, the asker says that it is solved."""
    ask = await _asked(turn)
    if not ask.search.over:
        raise Stale
    await cancel(turn, ask, _SOLVED)


async def cancel(turn: Turn, ask: Ask, text: str = _OFF) -> None:
    """Call it off for who asked; after the help it only ends."""
    if is_after(ask, turn.rules.calendar, turn.now):
        text = _CLOSED
    asker = await turn.neighbour(ask.speaker)
    change = agreed.cancel(
        ask,
        by=turn.person.key,
        asker=asker,
        helper=await helping(turn, ask),
        rules=turn.rules,
        now=turn.now,
    )
    await cards.answer(turn, ask, line(text, code=ask.code))
    await asks.drop_forms(turn, ask)
    await asks.keep(turn, change)


async def _asked(turn: Turn) -> Ask:
    """The open ask of the button, for who asked; else `NotFound`."""
    ask, _more = await pressed(turn)
    if not await speaks(turn, ask):
        raise NotFound
    if not ask.open:
        raise Stale
    return ask


async def seen(_update: Update, turn: Turn) -> None:
    """An urgent message was seen, so nobody need phone."""
    ask, _more = await pressed(turn)
    pending = ask.pending
    turn.toast(line(_SEEN))
    if pending is not None and pending.person == turn.person.key:
        change = agreed.seen(ask, by=turn.person.key, now=turn.now)
        ask = await asks.keep(turn, change)
    await _without_seen(turn, ask)


async def _without_seen(turn: Turn, ask: Ask) -> None:
    """What can be done now stands below the message; that it was seen is said once."""
    if await cards.here(turn, ask) is not None:
        rows = own.rows(turn, ask) if await own.is_part(turn, ask) else ()
        below = markup(rows, turn.speaker)
        params = {"message_id": turn.pressed, "reply_markup": below}
        turn.call("editMessageReplyMarkup", params)


HANDLERS = [
    on_press(b.MY_ASK.verb, my_ask),
    on_press(b.LEAVE_IT.verb, my_ask),
    on_press(b.ADDRESS.verb, address),
    on_press(b.ABOUT.verb, about),
    on_press(b.CANT.verb, cant),
    on_press(b.HAND_OVER.verb, hand_over),
    on_press(b.CALL_OFF.verb, calling_off),
    on_press(b.CALL_OFF_YES.verb, call_off),
    on_press(b.SOLVED.verb, solved),
    on_press(b.SEEN.verb, seen),
]
