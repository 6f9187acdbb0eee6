"""An own ask: the row in the list, and the card for who is part of it, with what can be done."""

from collections.abc import Mapping

from bot.core.helping.asks import (
    Ask,
    AskEnd,
    AskStage,
    Helper,
    SearchStep,
    past,
    speaks_for,
)
from bot.core.helping.said import kind_said, slot_said, wanted_said, when_said
from bot.core.people import Person
from bot.core.prompts import Say
from bot.core.words import Line, _, line
from handlers.helping import cards, safety, texts
from handlers.helping.audience import speaks
from handlers.keyboards import Rows, in_pairs
from handlers.paragraphs import joined
from handlers.turn import Turn

_SHORT: Mapping[AskStage | AskEnd, str] = {
    AskStage.LOOKING: _("we look for someone"),
    AskStage.PROPOSED: _("someone wants to help"),
    AskStage.AGREED: _("help is agreed"),
    AskStage.AFTER: _("how did it go?"),
    AskEnd.DONE: _("done"),
    AskEnd.CANCELLED: _("called off"),
    AskEnd.PASSED_ON: _("passed on"),
    AskEnd.LEFT: _("ended"),
}
_SHORT_ASKED = _("we wait for an answer")
_SHORT_PASSED = _("the time has passed")
_ROW = _("<b>{code}</b> · You ask: {topic}, {when} · {state}")
_ROW_OTHER = _("<b>{code}</b> · For {name}: {topic}, {when} · {state}")
_ROW_HELPER = _("<b>{code}</b> · You help: {topic}, {when} · {state}")
_HEAD = _("<b>{code}</b> · {topic}")
_WISHED = _("Wished: {when}.")
_FOR = _("It is for {name}.")
_LOOKING: Mapping[SearchStep, str] = {
    SearchStep.INVITING: _("We look for a neighbour. Some are asked in private."),
    SearchStep.BOARD: _("We look for a neighbour. It is on the board of the circle."),
    SearchStep.VOLUNTEER: _("We found nobody yet. A volunteer looks at it."),
    SearchStep.COACH: _("We found nobody yet. The coach looks at it."),
    SearchStep.COORDINATOR: _("We found nobody yet. The coordinator looks at it."),
}
_NEXT = _("When nobody answers, the next step comes on {when}.")
_STILL_NEEDED = _("Is it still needed?")
_PROPOSED = _("{Who} wants to help: {slot}. Is that right?")
_TAKES_OVER = _("{Who} would take over. Is that right?")
_AGREED = _("{Who} helps: {slot}.")
_AFTER = _("The help was planned for {slot}. How did it go?")
_HELPING = _("You help {who}: {slot}.")
_WAITS = _("You want to help: {slot}. The asker was asked.")


def row(ask: Ask, turn: Turn) -> Line:
    """One line of the list: what somebody asked, for whom if not for themselves, or promised."""
    topic = kind_said(ask.wish.kind, turn.rules.covenant)
    if speaks_for(ask, turn.person.key):
        other, when = ask.wish.for_other, wanted_said(ask)
        over = ask.open and ask.search.over and ask.stage is AskStage.LOOKING
        state = line(_SHORT_PASSED if over else _SHORT[ask.end or ask.stage])
        text = _ROW_OTHER if other else _ROW
        return line(text, code=ask.code, topic=topic, when=when, state=state, name=other or "")
    mine = _promised(ask, turn.person.key)
    told = mine.agreed is None or _said(ask)
    asked = line(_SHORT_ASKED) if told else line(_SHORT[ask.stage])
    slot = slot_said(mine.slot)
    return line(_ROW_HELPER, code=ask.code, topic=topic, when=slot, state=asked)


def waits(ask: Ask, person: str) -> bool:
    """Whether it is this person's turn to say something about it."""
    if ask.must_see == person:
        return True
    if ask.stage is AskStage.AFTER:
        return speaks_for(ask, person) or not _said(ask)
    proposed = ask.stage is AskStage.PROPOSED or ask.successor is not None
    return ask.open and proposed and speaks_for(ask, person)


async def is_part(turn: Turn, ask: Ask) -> bool:
    """Whether who is talking promised to help, or decides for the asker's side now."""
    return turn.person.key in ask.helping or await speaks(turn, ask)


async def show(turn: Turn, ask: Ask, *notes: Say) -> None:
    """Say what stands on the card, after the notes; once the agreed time is over it asks how it
    went."""
    if past(ask, turn.rules.calendar, turn.now):
        ask = ask.model_copy(update={"stage": AskStage.AFTER, "successor": None})
    wish, covenant = ask.wish, turn.rules.covenant
    asks = speaks_for(ask, turn.person.key)
    says: list[Say] = [
        *notes,
        line(_HEAD, code=ask.code, topic=kind_said(wish.kind, covenant)),
        line(_WISHED, when=wanted_said(ask)),
        *([line(_FOR, name=wish.for_other)] if asks and wish.for_other else []),
        *await _stands(turn, ask, asks=asks),
    ]
    card = cards.own(ask)
    turn.say(joined(says, turn.speaker), rows(turn, ask), card=card, item=ask.key)


async def over(turn: Turn, ask: Ask) -> bool:
    """Whether the agreed time is over: then nothing can be changed, and the card is shown."""
    ends = past(ask, turn.rules.calendar, turn.now)
    if ends:
        await show(turn, ask)
    return ends


async def promise(turn: Turn, ask: Ask, reader: Person) -> Line:
    """Who helps whom and when, for one of the two; or that the asker was asked."""
    assert ask.helper is not None, "somebody promised to help"
    if speaks_for(ask, reader.key):
        who = await texts.first_name(turn, ask.helper.person)
        return line(_AGREED, Who=who, slot=slot_said(ask.helper.slot))
    mine = _promised(ask, reader.key)
    if mine.agreed is None:
        return line(_WAITS, slot=slot_said(mine.slot))
    who = await texts.asker_name(turn, ask, agreed=True)
    return line(_HELPING, who=who, slot=slot_said(mine.slot))


async def _stands(turn: Turn, ask: Ask, *, asks: bool) -> list[Say]:
    """Where it stands; of what has ended nobody hears of anybody."""
    if ask.end:
        return [texts.state(ask)]
    return await _asker_reads(turn, ask) if asks else await _helper_reads(turn, ask)


async def _asker_reads(turn: Turn, ask: Ask) -> list[Say]:
    """Who is asked now, and who helps once somebody does."""
    if ask.helper is None and ask.stage is AskStage.AFTER:
        return [line(_AFTER, slot=when_said(ask.wish.when))]
    if ask.helper is None:
        search = ask.search
        if search.over:
            return [line(texts.PASSED), line(_STILL_NEEDED)]
        if begins := texts.begins(ask):
            return [begins]
        after = [line(_NEXT, when=search.next_at)] if search.next_at else []
        return [line(_LOOKING[search.step]), *after]
    who = await texts.first_name(turn, ask.helper.person)
    text = {AskStage.PROPOSED: _PROPOSED, AskStage.AFTER: _AFTER}.get(ask.stage, _AGREED)
    says: list[Say] = [line(text, Who=who, slot=slot_said(ask.helper.slot))]
    if ask.successor:
        other = await texts.first_name(turn, ask.successor.person)
        says.append(line(_TAKES_OVER, Who=other))
    return says


async def _helper_reads(turn: Turn, ask: Ask) -> list[Say]:
    """What this neighbour promised, and whom they help once that is agreed."""
    if _said(ask) or turn.person.key not in ask.helping:
        return [texts.state(ask)]
    if ask.stage is AskStage.AFTER:
        return [line(_AFTER, slot=slot_said(_promised(ask, turn.person.key).slot))]
    return [await promise(turn, ask, turn.person)]


def _said(ask: Ask) -> bool:
    """Whether the helper said how it went already."""
    return ask.stage is AskStage.AFTER and ask.after.helper is not None


def _promised(ask: Ask, person: str) -> Helper:
    return next(h for h in (ask.helper, ask.successor) if h and h.person == person)


def rows(turn: Turn, ask: Ask) -> Rows:
    """What can be done, and what keeps people safe where another person is on the screen."""
    acts = [*cards.acts_for(ask, turn.person.key)]
    below = in_pairs(acts)
    other = _other(turn, ask)
    return [*below, safety.row(turn, ask, other)] if other else below


def _other(turn: Turn, ask: Ask) -> str | None:
    """The other person on the screen; after the end who helped last."""
    if not speaks_for(ask, turn.person.key):
        return ask.speaker
    shown = ask.successor or ask.helper
    return shown.person if shown else None if ask.open else helped_last(ask)


def helped_last(ask: Ask) -> str | None:
    """Who helps, or did so before the next helper of weekly help."""
    return ask.helper.person if ask.helper else next(iter(ask.rota[::-1]), None)
