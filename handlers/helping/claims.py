"""Claims: a neighbour wants to help, the first one wins, and the asker agrees or not."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core import matching
from bot.core.errors import NotFound, Stale
from bot.core.helping import claiming, searching
from bot.core.helping.asks import Ask, Helper, open_slots
from bot.core.helping.events import AskEventKind
from bot.core.helping.help_forms import ADDRESS, ASK, OTHER
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.said import kind_said
from bot.core.helping.times import Slot
from bot.core.matching import Gate
from bot.core.words import _, line
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, cards, invites, notices, own, safety, slots, texts
from handlers.helping import buttons as b
from handlers.helping.audience import asking, speaks
from handlers.helping.tokens import pressed, token
from handlers.keyboards import on_press
from handlers.turn import Turn

_BUSY = _("<b>{code}</b> You help somebody then already. Do it anyway?")
_ALREADY = _("You said that already. Thank you!")
_THANKS = _(
    "<b>{code}</b> Thank you! You want to help {who}: {task}, {slot}. The asker says yes first."
)
_COMES = _("<b>{code}</b> {Who} comes: {task}, {slot}. {Who} can see the address now.")
_COMES_ONLY = _("<b>{code}</b> {Who} comes: {task}, {slot}.")
_NOT_AFTER_ALL = _("<b>{code}</b> This neighbour can't come after all. {state}")
_SOMEONE_ELSE = _("<b>{code}</b> That is fine. {Who} hears it kindly, and we look further.")


async def claim(_update: Update, turn: Turn) -> None:
    """The neighbour can help; a day without a part shows its parts first."""
    ask, neighbour, more = await invites.opened(turn)
    slot = slots.read(more)
    if slot is None:
        await invites.day(_update, turn)
    elif await _possible(turn, ask, neighbour, slot) and not await _warned(
        turn, ask, neighbour, slot
    ):
        await _claim(turn, ask, slot)


async def claim_anyway(_update: Update, turn: Turn) -> None:
    """Also when the neighbour helps somebody then already."""
    ask, neighbour, more = await invites.opened(turn)
    slot = slots.read(more)
    if slot is None:
        turn.toast(line(invites.PASSED))
    elif await _possible(turn, ask, neighbour, slot):
        await _claim(turn, ask, slot)


async def _possible(turn: Turn, ask: Ask, neighbour: Neighbour, slot: Slot) -> bool:
    """Whether the claim can be made now; if not, why not is said."""
    if neighbour.key in ask.helping:
        turn.toast(line(_ALREADY))
        return False
    if not searching.looks(ask):
        await invites.too_late(turn, ask)
        return False
    asker = await asking(turn, ask)
    gate = matching.may_claim(ask, asker, neighbour, turn.rules, turn.now)
    if gate is Gate.LEVEL:
        turn.toast(line(invites.LEVEL), alert=True)
        return False
    if gate is not None:
        # A block never tells, nor does what the asker chose: it is as if somebody was first.
        await invites.too_late(turn, ask)
        return False
    if slot not in open_slots(ask, turn.rules.calendar, turn.now):
        turn.toast(line(invites.PASSED), alert=True)
        return False
    return True


async def _warned(turn: Turn, ask: Ask, neighbour: Neighbour, slot: Slot) -> bool:
    """Whether the neighbour is busy then, and is asked once more."""
    if slot not in neighbour.busy:
        return False
    anyway = b.button(b.HELP_ANYWAY, ask, slots.token(slot))
    rows = [[anyway, b.button(b.HELP_NOT, ask)], safety.row(turn, ask, ask.speaker)]
    await cards.answer(turn, ask, line(_BUSY, code=ask.code), rows)
    return True


async def _claim(turn: Turn, ask: Ask, slot: Slot) -> None:
    by = turn.person.key
    change = claiming.claim(ask, by=by, slot=slot, rules=turn.rules, now=turn.now)
    text = line(_THANKS, **await _claimed(turn, change.ask, slot))
    rows = [list(cards.acts_for(change.ask, by)), safety.row(turn, ask, ask.speaker)]
    await cards.answer(turn, ask, text, rows)
    await asks.keep(turn, change)


async def _claimed(turn: Turn, ask: Ask, slot: Slot) -> Mapping[str, Any]:
    return {
        "code": ask.code,
        "who": await texts.asker_name(turn, ask, agreed=False),
        "task": kind_said(ask.wish.kind, turn.rules.covenant),
        "slot": texts.slot(slot),
    }


# The asker's side


async def agree(_update: Update, turn: Turn) -> None:
    """The asker agrees: where it is, is asked once, and only now."""
    ask, candidate = await _proposed(turn)
    if await own.over(turn, ask) or await asks.too_late(turn, ask):
        return
    if await _kept_away(turn, ask, candidate):
        return
    if ask.wish.address or await _agreed_before(turn, ask):
        await _agree(turn, ask, candidate, ask.wish.address)
        return
    context = {ASK: ask.key, OTHER: token(turn, ask, candidate.person)}
    await open_form(turn, ADDRESS.name, context=context)


async def _agreed_before(turn: Turn, ask: Ask) -> bool:
    """Whether where it is was asked already, for an earlier helper or time."""
    history = await turn.records.ask_history(ask.key)
    return any(event.kind is AskEventKind.AGREED for event in history)


async def refuse(_update: Update, turn: Turn) -> None:
    """The asker would rather have someone else; why is nobody's business."""
    ask, candidate = await _proposed(turn)
    if await own.over(turn, ask) or await asks.too_late(turn, ask):
        return
    who = await texts.first_name(turn, candidate.person)
    change = claiming.refuse(ask, by=turn.person.key, rules=turn.rules, now=turn.now)
    said = line(_SOMEONE_ELSE, code=ask.code, who=who)
    rows = [[b.button(b.CALL_OFF, change.ask)], safety.row(turn, ask, candidate.person)]
    await cards.answer(turn, ask, said, rows)
    await asks.drop_forms(turn, ask)
    await asks.keep(turn, change)


@kindly
async def told_address(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The address was given: now both hear of each other."""
    ask = await turn.ask(context[ASK])
    candidate = _candidate(ask)
    if not await speaks(turn, ask) or not ask.open:
        raise Stale
    if context[OTHER] not in {token(turn, ask, helper) for helper in ask.helping}:
        state = texts.state_for(ask, turn.person.key)
        said = line(_NOT_AFTER_ALL, code=ask.code, state=state)
        turn.say(said, [[b.button(b.MY_ASK, ask)]], item=ask.key)
        return
    if candidate is None or context[OTHER] != token(turn, ask, candidate.person):
        raise Stale
    if not await _kept_away(turn, ask, candidate):
        await _agree(turn, ask, candidate, answers.get("address") or "")


async def _kept_away(turn: Turn, ask: Ask, candidate: Helper) -> bool:
    """Whether the neighbour may not help with this any more; then somebody else is looked for."""
    if await asks.kept_away(turn, ask, candidate.person) is None:
        return False
    await asks.release(turn, ask, candidate.person)
    return True


async def _agree(turn: Turn, ask: Ask, candidate: Helper, address: str) -> None:
    by = turn.person.key
    change = claiming.agree(ask, by=by, address=address, rules=turn.rules, now=turn.now)
    values = {
        "code": ask.code,
        "who": await texts.first_name(turn, candidate.person),
        "task": kind_said(ask.wish.kind, turn.rules.covenant),
        "slot": texts.slot(candidate.slot),
    }
    rows = [
        notices.of_acts(change.ask, b.WRITE, b.CALL_OFF),
        safety.row(turn, ask, candidate.person),
    ]
    text = line(_COMES if address else _COMES_ONLY, **values)
    card = cards.news(change.ask, change.ask.revision)
    await cards.answer(turn, change.ask, text, rows, card=card)
    await asks.keep(turn, change)


async def _proposed(turn: Turn) -> tuple[Ask, Helper]:
    """The ask of the asker, and who is proposed; `Stale` when nobody is (any more)."""
    ask, _more = await pressed(turn)
    if not await speaks(turn, ask):
        raise NotFound
    candidate = _candidate(ask)
    if candidate is None or not await _same(turn, ask):
        raise Stale
    return ask, candidate


def _candidate(ask: Ask) -> Helper | None:
    """Who waits for the asker's word."""
    if ask.successor:
        return ask.successor
    return ask.helper if ask.helper and ask.helper.agreed is None else None


async def _same(turn: Turn, ask: Ask) -> bool:
    """Whether the button was shown for who is proposed now, and not for somebody before."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    history = await turn.records.ask_history(ask.key)
    claimed = [e.revision for e in history if e.kind is AskEventKind.CLAIMED]
    return ask.open and bool(claimed) and claimed[-1] <= turn.press.rev


HANDLERS = [
    on_press(b.HELP_YES.verb, claim),
    on_press(b.HELP_ANYWAY.verb, claim_anyway),
    on_press(b.AGREE.verb, agree),
    on_press(b.RATHER.verb, refuse),
]
FINISH = {ADDRESS.name: told_address}
