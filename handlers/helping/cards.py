"""Cards: the messages about an ask in a chat; they change with it, and end with it."""

from bot.core.helping.asks import Ask, AskStage, Voice, speaks_for
from bot.core.people import Person
from bot.core.ports import Shown
from bot.core.words import Line, _, line
from handlers.acts import Act
from handlers.helping import buttons as b
from handlers.helping import texts
from handlers.helping.audience import asker_of
from handlers.keyboards import Button, Rows
from handlers.turn import Turn

_PREFIX = "help-"
_OVER = _("<b>{code}</b> {state}")


def invitation(ask: Ask) -> str:
    """The name of an invitation to help, or of the board's message."""
    return f"{_PREFIX}{ask.key}"


def news(ask: Ask, revision: int) -> str:
    """The name of a message about one event; every message keeps a name of its own."""
    return f"{_PREFIX}{ask.key}-{revision}"


def own(ask: Ask) -> str:
    """The name of a message that says where it stands, and of no event."""
    return f"{_PREFIX}{ask.key}-card"


def seen_to(ask: Ask) -> str:
    """The name of what who coordinates was shown of it; replies to it are for nobody."""
    return f"{_PREFIX}{ask.key}-{ask.revision}-look"


def coached(ask: Ask, revision: int) -> str:
    """The name of what was said to the coach or by one: it stays when the others fade."""
    return f"coach-{ask.key}-{revision}"


def opened(ask: Ask) -> str:
    """The name of the message with the address."""
    return f"{_PREFIX}{ask.key}-open"


async def here(turn: Turn, ask: Ask) -> str | None:
    """The card of this ask whose button was pressed, or None."""
    if turn.pressed is None:
        return None
    shown = await turn.records.message(turn.person.key, turn.pressed)
    named = shown is not None and shown.item == ask.key and (shown.card or "").startswith(_PREFIX)
    return shown.card if shown is not None and named else None


async def answer(
    turn: Turn,
    ask: Ask,
    text: Line,
    rows: Rows = (),
    *,
    card: str | None = None,
    protect: bool = False,
) -> None:
    """Answer on the message whose button was pressed, where it is one of ours; else below, as
    `card` or as where it stands."""
    if turn.pressed is not None and await here(turn, ask) is not None:
        turn.change(turn.pressed, text, rows)
        return
    turn.say(text, rows, card=card or own(ask), item=ask.key, protect=protect)


async def shown(turn: Turn, ask: Ask, person: Person) -> list[Shown]:
    """Our messages about an ask in somebody's chat, besides the one whose button was pressed."""
    mine = turn.sender is not None and turn.sender.key == person.key
    return [
        m
        for m in await turn.records.shown(person.key)
        if m.ours and m.item == ask.key and (m.card or "").startswith(_PREFIX)
        if not (mine and m.message_id == turn.pressed)
    ]


async def fade(turn: Turn, ask: Ask, person: Person) -> None:
    """Nothing is left of who takes part: all messages about it say only how it stands."""
    text = line(_OVER, code=ask.code, state=texts.state(ask))
    for message in await shown(turn, ask, person):
        turn.change(message.message_id, text, to=person)
    turn.plan(blanking(person.key, ask))


async def fade_stale(turn: Turn) -> None:
    """What stood on the screen while we could not change it goes, where its time is over."""
    me = turn.person
    stands = await turn.records.shown(me.key)
    keys = {m.item for m in stands if m.item and (m.card or "").startswith(_PREFIX)}
    for key in sorted(keys):
        ask = await turn.records.get(Ask, key)
        if ask is None:
            continue
        if not ask.open or me.key not in ask.parties:
            await fade(turn, ask, me)
        elif any(m.card == opened(ask) for m in stands):
            turn.edit(opened(ask), line(_OVER, code=ask.code, state=texts.state(ask)))


async def fade_for_leavers(turn: Turn, before: Ask | None, after: Ask) -> None:
    """Who is no part of it any more keeps no name and no address; nor does anyone at its end.

    Who is asked how it went keeps that question when the helper is gone since.
    """
    if before is None:
        return
    gone = set(before.parties) - set(after.parties)
    if gone or (before.open and not after.open):
        asker = None if after.stage is AskStage.AFTER else asker_of(after)
        for key in sorted({*gone, *([asker] if asker else []), *_if_ended(after)}):
            person = await turn.records.get(Person, key)
            if person is not None:
                await fade(turn, after, person)


def _if_ended(ask: Ask) -> tuple[str, ...]:
    return () if ask.open else ask.parties


def blanking(person: str, ask: Ask) -> str:
    """What the check-in that takes an address off the screen belongs to."""
    return f"card:{person}:{opened(ask)}"


def ask_key(card: str) -> str:
    """The ask of a card that was opened."""
    return card.removeprefix(_PREFIX).removesuffix("-open")


def may_know(ask: Ask) -> bool:
    """Whether who is proposed may read what the asker wrote: not past a volunteer in between."""
    agreed = ask.helper is not None and ask.helper.agreed is not None and ask.successor is None
    return bool(ask.wish.text) and (agreed or ask.wish.voice is Voice.NAMED)


def acts_for(ask: Ask, person: str) -> tuple[Button, ...]:
    """What somebody who is part of it may press now."""
    asks = speaks_for(ask, person)
    if not asks and person not in ask.helping:
        return ()
    offered = {
        AskStage.LOOKING: _looking(ask) if asks else (),
        AskStage.PROPOSED: (b.AGREE, b.RATHER, b.CALL_OFF) if asks else _proposed(ask),
        AskStage.AGREED: (b.WRITE, b.CALL_OFF)
        if asks
        else (b.ADDRESS, b.WRITE, b.CANT, b.HAND_OVER),
    }
    if ask.stage is AskStage.AFTER:
        return went(ask)
    if ask.stage is AskStage.ENDED:
        return (b.button(b.AGAIN, ask),) if asks else ()
    if ask.successor and asks:
        return tuple(b.button(act, ask) for act in (b.AGREE, b.RATHER, b.WRITE, b.CALL_OFF))
    if ask.successor and person == ask.successor.person:
        return tuple(b.button(act, ask) for act in _proposed(ask))
    return tuple(b.button(act, ask) for act in offered[ask.stage])


def _looking(ask: Ask) -> tuple[Act, ...]:
    return (b.OTHER_TIME, b.SOLVED, b.CALL_OFF) if ask.search.over else (b.CALL_OFF,)


def _proposed(ask: Ask) -> tuple[Act, ...]:
    return (b.ABOUT, b.CANT) if may_know(ask) else (b.CANT,)


_WENT = {"done": b.DONE, "partly": b.PARTLY, "no": b.NO, "more": b.MORE}


def went(ask: Ask) -> tuple[Button, ...]:
    """How did it go?"""
    return tuple(b.button(act, ask, how) for how, act in _WENT.items())
