"""Cards: the messages about an ask in a chat; they change with it, and end with it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.checkins import CheckIn, Due
from bot.core.helping import searching
from bot.core.helping.asks import Ask, AskEnd, AskStage, Voice, speaks_for
from bot.core.helping.said import kind_said
from bot.core.people import Person
from bot.core.ports import Shown
from bot.core.words import Line, _, line
from handlers.acts import Act
from handlers.helping import buttons as b
from handlers.helping import texts
from handlers.helping.audience import coordinates
from handlers.keyboards import Button, Rows
from handlers.turn import Turn

MOST = 12
"""Messages in one chat that are changed at once at most, the newest first."""
_SOON = timedelta(minutes=1)
Text = tuple[Line, Rows]
_PREFIX, _BEFORE = "help-", "-before-"
_STANDS = _("<b>{code}</b> {state}")
_OUT = _("For you this is done. Thank you!")
EARLIER = _("<b>{code}</b> {Task} · earlier")
PAST = _("<b>{code}</b> {Task} · past")


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


def noted(ask: Ask, revision: int) -> str:
    """The name of a private note about a neighbour, which is about no ask: it stays as well."""
    return f"note-{ask.key}-{revision}"


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
    card: str | None = None,
) -> None:
    """Answer on the message whose button was pressed, where it is one of ours; else below, as
    `card` or as where it stands."""
    if turn.pressed is not None and await here(turn, ask) is not None:
        turn.change(turn.pressed, text, rows)
        return
    turn.say(text, rows, card=card or own(ask), item=ask.key)


async def shown(turn: Turn, ask: Ask, person: Person) -> list[Shown]:
    """Our messages about an ask in somebody's chat, besides the one whose button was pressed."""
    mine = _mine(turn, person)
    return [
        m
        for m in await turn.records.shown(person.key)
        if m.ours and m.item == ask.key and (m.card or "").startswith(_PREFIX)
        if not (mine and m.message_id == turn.pressed)
    ]


async def supersede(
    turn: Turn, ask: Ask, person: Person, stand: Sequence[Shown], newest: Text, *, older: str
) -> None:
    """Of what stands in a chat the newest says what is true now, unless a button of one was
    pressed, which answers there; those before it say `older`, and are never changed again."""
    if _mine(turn, person) and await here(turn, ask):
        _lay_down(turn, ask, person, stand[-MOST:], older)
    else:
        _renew(turn, ask, person, stand, newest, older=older)


async def fade(turn: Turn, ask: Ask, person: Person) -> None:
    """Nothing is left of who takes part: all that the chat says is where it stands; to who is out
    of what goes on, that it is done for them, whyever that is."""
    stand = await shown(turn, ask, person)
    older = EARLIER if ask.open else PAST
    part = not ask.open or speaks_for(ask, person.key) or person.key in ask.helping
    newest = stands(ask, texts.state_for(ask, person.key) if part else line(_OUT))
    await supersede(turn, ask, person, stand, newest, older=older)
    _fade_more(turn, ask, person, stand)


async def remind(turn: Turn, ask: Ask, person: Person, newest: Text) -> None:
    """As when it fades, but the chat says once more what holds."""
    stand = await shown(turn, ask, person)
    _renew(turn, ask, person, stand, newest, older=EARLIER)
    _fade_more(turn, ask, person, stand)


async def pass_by(turn: Turn, ask: Ask, person: Person, before: int | None = None) -> None:
    """All that was said is past: of an earlier time of weekly help, or what is left of many
    messages that fade, those `before` one of them."""
    every = await shown(turn, ask, person)
    stand = [m for m in every if before is None or m.message_id < before]
    _lay_down(turn, ask, person, stand[-MOST:], PAST)
    _fade_more(turn, ask, person, stand)


def _renew(
    turn: Turn, ask: Ask, person: Person, stand: Sequence[Shown], newest: Text, *, older: str
) -> None:
    if stand:
        turn.change(stand[-1].message_id, *newest, to=person)
    _lay_down(turn, ask, person, stand[-MOST:-1], older)


def _lay_down(turn: Turn, ask: Ask, person: Person, stand: Sequence[Shown], older: str) -> None:
    said = line(older, code=ask.code, task=kind_said(ask.wish.kind, turn.rules.covenant))
    for message in stand:
        turn.change(message.message_id, said, to=person, card=f"past-{ask.key}")


def _fade_more(turn: Turn, ask: Ask, person: Person, stand: Sequence[Shown]) -> None:
    """No address is taken off the screen any more; of very many messages the others fade soon."""
    turn.plan(blanking(person.key, ask))
    if len(stand) > MOST:
        later = f"card:{person.key}:{_PREFIX}{ask.key}{_BEFORE}{stand[-MOST].message_id}"
        turn.plan(later, CheckIn.at(later, Due.BLANK, turn.now + _SOON))


async def fade_on(turn: Turn, ask: Ask, person: Person, card: str) -> None:
    """Many messages of a chat fade, a few at a time: the next ones do."""
    if person.unreachable is None:
        await pass_by(turn, ask, person, int(card.partition(_BEFORE)[2]))


def fades_on(card: str) -> bool:
    """Whether a check-in is for messages that fade a few at a time, and for no address."""
    return _BEFORE in card


def _mine(turn: Turn, person: Person) -> bool:
    return turn.sender is not None and turn.sender.key == person.key


def stands(ask: Ask, state: Line | None = None) -> Text:
    """Where it stands, without a name and without a button; or `state`, for whom it is another."""
    return line(_STANDS, code=ask.code, state=state or texts.state(ask)), ()


async def fade_stale(turn: Turn) -> None:
    """What stood on the screen while we could not change it goes, where its time is over.

    Who may still say yes keeps the invitation. Who sees to an ask keeps what they were shown of it,
    unless they took part in it: then all of it says where it stands.
    """
    me = turn.person
    stand = await turn.records.shown(me.key)
    keys = {m.item for m in stand if m.item and (m.card or "").startswith(_PREFIX)}
    for key in sorted(keys):
        ask = await turn.records.get(Ask, key)
        if ask is None:
            continue
        if ask.open and me.key in ask.parties:
            if any(m.card == opened(ask) for m in stand):
                turn.edit(opened(ask), *stands(ask))
        elif searching.still_asked(ask, me.key):
            continue
        elif not ask.open or not await coordinates(turn, ask):
            await fade(turn, ask, me)
        elif await _took_part(turn, ask):
            await remind(turn, ask, me, stands(ask))


async def _took_part(turn: Turn, ask: Ask) -> bool:
    """Whether who is talking was asked to help with it, promised to, or spoke for the asker; what
    the screen says of that is over, also for who sees to it."""
    return any(
        turn.person.key in (event.data.get("helper"), event.data.get("person"))
        or turn.person.key in event.data.get("persons", ())
        for event in await turn.records.ask_history(ask.key)
    )


def blanking(person: str, ask: Ask) -> str:
    """What the check-in that takes an address off the screen belongs to."""
    return f"card:{person}:{opened(ask)}"


def ask_key(card: str) -> str:
    """The ask of a card that was opened, or of messages that fade."""
    return card.removeprefix(_PREFIX).removesuffix("-open").partition(_BEFORE)[0]


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
        return (b.button(b.AGAIN, ask),) if asks and ask.end is not AskEnd.PASSED_ON else ()
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
