"""Who coordinates: the card of an ask, reading it, and ending it with a reason."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core import codes, matching
from bot.core.errors import NotFound, Stale
from bot.core.helping import searching
from bot.core.helping.asks import Ask, AskEnd, AskStage, wanted_on
from bot.core.helping.help_forms import ASK, END
from bot.core.helping.said import kind_said, wanted_said
from bot.core.items import Item
from bot.core.matching import Funnel, Gate
from bot.core.prompts import Say
from bot.core.words import Line, _, line, plural
from handlers import acts
from handlers.circles.people import MOST_NAMED
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, cards, contents, limits, own, safety, talk, texts
from handlers.helping import buttons as b
from handlers.helping.audience import apart, asking, coordinates, helping, known_circles
from handlers.helping.tokens import pressed
from handlers.keyboards import Rows, on_press
from handlers.paragraphs import joined
from handlers.sent import message_of, words_of
from handlers.turn import Turn

BY_ASKER = frozenset({AskEnd.DONE, AskEnd.CANCELLED})
"""How the asker ended it: only the asker lets neighbours be asked again."""

_HEAD = _("<b>{code}</b> {task}, {when}. {Place}.")
_DUE = _("Needed by {day}.")
_HELPS = _("{Who} promised to help.")
_INVITED = _("Asked so far: {names}.")
_OTHERS = _("{names} and {count} from elsewhere")
_ONLY_OTHERS = _("{count} from elsewhere")
_NOBODY_YET = _("Nobody was asked in private yet.")
_NOBODY_LEFT = _("There is nobody more to ask.")
_FELL = _("Others can't be asked now:")
_REASON = "– {reason}"
_GATES: Mapping[Gate, str] = {
    Gate.KIND: _("{count} offering other help"),
    Gate.PLACE: _("{count} too far away"),
    Gate.TIME: _("{count} without time then"),
    Gate.LEVEL: _("{count} without a VOG or an introduction"),
    Gate.PAUSED: _("{count} on a pause"),
    Gate.FULL: _("{count} with enough to do already"),
    Gate.STREET: _("{count} perhaps from the same street"),
    Gate.BLOCKED: _("{count} asked already"),
}
_ASKER = _("Asked by: {name}.")
_FOR = _("It is for {name}, who said yes to this.")
_KNOW = _("Good to know: {words}")
_NO_TEXT = _("Nothing more was written.")
_ENDED = _("<b>{code}</b> It has ended. Your reason is passed on.")


async def card(_update: Update, turn: Turn) -> None:
    """The card of an ask for who coordinates; to who is part of it, what it says to them."""
    ask, _more = await pressed(turn)
    if await coordinates(turn, ask) or not await own.is_part(turn, ask):
        await show(turn, await reach(turn, ask.key))
    else:
        await own.show(turn, ask)


async def by_code(update: Update, turn: Turn) -> bool:
    """The code of an ask, typed by who coordinates: its card; else False."""
    words = words_of(message_of(update))
    code = codes.parse(words, turn.rules.covenant.code_prefix)
    ask = await turn.records.ask_by_code(code) if code else None
    if ask is None or not await coordinates(turn, ask):
        return False
    await show(turn, ask)
    return True


async def reach(turn: Turn, key: str | None = None) -> Ask:
    """The ask of the button, for who may see to it now; `NotFound` for anyone else."""
    ask = await turn.ask(key) if key else (await pressed(turn))[0]
    if not await coordinates(turn, ask):
        raise NotFound
    return ask


async def show(turn: Turn, ask: Ask) -> None:
    """State, step, by when, how many fell at which gate, and who was asked; no contents."""
    says: list[Say] = [_head(turn, ask), texts.state(ask)]
    if ask.open:
        says.append(line(_DUE, day=wanted_on(ask)))
    if ask.helper and ask.open:
        who = await texts.name_for(turn, turn.person.key, ask.helper.person)
        says.append(line(_HELPS, who=who))
    if ask.stage is AskStage.LOOKING:
        says += [texts.step(ask), await _invited(turn, ask), *await _fell(turn, ask)]
    helper = ask.helper.person if ask.helper and ask.open else None
    met = helper if not await apart(turn, turn.person.key, helper) else None
    turn.say(
        joined(says, turn.speaker),
        [*await _rows(turn, ask), safety.seeing_to(turn, ask, met)],
        card=cards.seen_to(ask),
        item=ask.key,
    )


def _head(turn: Turn, ask: Ask) -> Line:
    covenant = turn.rules.covenant
    return line(
        _HEAD,
        code=ask.code,
        task=kind_said(ask.wish.kind, covenant),
        when=wanted_said(ask),
        place=texts.place(ask.wish, covenant),
    )


async def _rows(turn: Turn, ask: Ask) -> Rows:
    looks, me = ask.stage in {AskStage.LOOKING, AskStage.AFTER, AskStage.ENDED}, turn.person.key
    offered = {
        b.ASK_READ: ask.open,
        b.PROPOSE: searching.looks(ask) and await known_circles(turn, ask),
        b.AGAIN: looks and ask.end is not AskEnd.PASSED_ON and ask.end not in BY_ASKER,
        b.WRITE_ASKER: ask.open,
        b.WRITE_HELPER: ask.open and ask.helper and not await apart(turn, me, ask.helper.person),
        b.PASS: ask.open,
        b.END: ask.open,
    }
    rows = b.of(ask, *(act for act, offer in offered.items() if offer))
    item = await turn.records.get(Item, ask.item) if ask.item else None
    along = item is not None and await talk.may_open(turn, item)
    return [*rows, acts.buttons(item, acts.LINE)] if item and along else rows


async def _invited(turn: Turn, ask: Ask) -> Line:
    """By first name, of the circle only; of others how many."""
    names, others = [], 0
    for invited in ask.search.invited:
        neighbour = await turn.neighbour(invited.person)
        if neighbour.place_in(ask.wish.circle):
            names.append(await texts.name_for(turn, turn.person.key, invited.person))
        else:
            others += 1
    if not ask.search.invited:
        return line(_NOBODY_YET)
    if not names:
        return line(_INVITED, names=line(_ONLY_OTHERS, count=others))
    said = _listed(names)
    return line(_INVITED, names=line(_OTHERS, names=said, count=others) if others else said)


async def _fell(turn: Turn, ask: Ask) -> list[Line]:
    """How many may be asked, and how many fell at which gate."""
    asker = await asking(turn, ask)
    wanted = matching.wanted(ask, asker, turn.rules, turn.now)
    funnel: Funnel = await turn.records.funnel(wanted)
    counted = funnel.fell
    fell = [line(text, count=counted[gate]) for gate, text in _GATES.items() if counted.get(gate)]
    reasons = [line(_REASON, reason=said) for said in fell]
    return [_left(funnel.left), *([line(_FELL)] if fell else []), *reasons]


def _left(count: int) -> Line:
    if not count:
        return line(_NOBODY_LEFT)
    return plural(
        "{count} more neighbour can be asked.", "{count} more neighbours can be asked.", count
    )


def _listed(names: list[Any]) -> Line:
    names = names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "…"]
    keys = [f"n{number}" for number in range(len(names))]
    return line(", ".join("{" + key + "}" for key in keys), **dict(zip(keys, names, strict=True)))


async def read(_update: Update, turn: Turn) -> None:
    """What the asker wrote, logged, and for a while; of an ask that ended nothing."""
    ask = await reach(turn)
    if not ask.open:
        raise Stale
    if await limits.read_enough(turn, ask):
        return
    wish, asker = ask.wish, await texts.first_name(turn, ask.speaker)
    says: list[Say] = [_head(turn, ask), line(_ASKER, name=asker)]
    if wish.for_other:
        says.append(line(_FOR, name=wish.for_other))
    says.append(line(_KNOW, words=wish.text) if wish.text else line(_NO_TEXT))
    side = ask.speaker
    rows = [safety.seeing_to(turn, ask, None if side == turn.person.key else side)]
    await contents.show(turn, ask, says, rows, "contents")


async def ending(_update: Update, turn: Turn) -> None:
    """Ask for the reason."""
    ask = await reach(turn)
    if not ask.open:
        raise Stale
    await open_form(turn, END.name, context={ASK: ask.key})


@kindly
async def ended(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """It ends, with the written reason."""
    ask = await reach(turn, context[ASK])
    reason, me = answers["reason"], turn.person.key
    change = searching.end(
        ask,
        by=me,
        reason=reason,
        helper=await helping(turn, ask),
        rules=turn.rules,
        now=turn.now,
    )
    turn.say(line(_ENDED, code=ask.code))
    await asks.keep(turn, change)


HANDLERS = [
    on_press(b.ASK_CARD.verb, card),
    on_press(b.ASK_READ.verb, read),
    on_press(b.END.verb, ending),
]
FINISH = {END.name: ended}
