"""Settling: what older messages about an ask say, once something else is true."""

from collections.abc import Sequence
from typing import Any

from bot.core.checkins import Due
from bot.core.helping.asks import Ask, AskStage, speaks_for
from bot.core.helping.change import AskChange
from bot.core.helping.events import AskEventKind
from bot.core.people import Person
from bot.core.ports import Shown
from bot.core.words import Line, _, line
from handlers.helping import cards, own, safety, texts
from handlers.helping.audience import asker_of, people
from handlers.turn import Turn

MOST = 12
"""Messages in one chat that are changed at most, the newest: those before were changed before."""

_STANDS = _("<b>{code}</b> {state}")
_WANTS = _("A neighbour wants to help.")
_TOGETHER = frozenset({AskStage.PROPOSED, AskStage.AGREED})
_AGAIN = frozenset({AskEventKind.REMINDED, AskEventKind.ASKED_AFTER})


async def settle(turn: Turn, before: Ask | None, change: AskChange) -> None:
    """Whoever is still part of it finds no message that is not true, or with buttons of before.

    Who is no part any more, and the asker then, were told by `cards.fade_for_leavers`.
    """
    after = change.ask
    if before is None or not after.open:
        return
    for person in await people(turn, _changed(before, after)):
        await _settle(turn, after, person)
    if what := _asked_again(change):
        for person in await people(turn, (asker_of(after), *after.helping)):
            await _replace(turn, after, person, what)


def _helps(ask: Ask) -> Any:
    helper = ask.helper
    # Each time that it is asked anew whether it is still needed, only the newest has buttons.
    over = ask.search.over and ask.search.next_at
    return ask.stage, over, helper and (helper.person, helper.agreed is None)


def _changed(before: Ask, after: Ask) -> list[str | None]:
    """For whom something else is true now; who must see a message first keeps it with its button.

    Who would take over changes nothing for the two others, until the asker agrees; nor does it for
    that one when the helper can't make it.
    """
    if _helps(before) == _helps(after):
        new = after.successor if before.successor != after.successor else None
        return [new.person] if new else []
    left = set(before.parties) - set(after.parties)
    kept = {ask.must_see for ask in (before, after)} if before.must_see else set()
    if before.successor and after.stage is AskStage.PROPOSED:
        kept.add(before.successor.person)
    keys = after.helping if left else (asker_of(after), *after.helping)
    return [key for key in keys if key not in kept]


async def _settle(turn: Turn, ask: Ask, person: Person) -> None:
    written = await _revisions(turn, ask, AskEventKind.MESSAGE)
    for message in await _newest(turn, ask, person):
        if message.card in {cards.news(ask, revision) for revision in written}:
            continue
        if message.card == cards.opened(ask):
            if ask.stage is not AskStage.AFTER:
                continue
            turn.plan(cards.blanking(person.key, ask))
        await _say(turn, ask, person, message)


def _asked_again(change: AskChange) -> str | None:
    """What people were asked or reminded of before, and are now once more."""
    for event in change.events:
        if event.kind in _AGAIN:
            return str(event.data.get("what", Due.AFTER.value))
    return None


async def _replace(turn: Turn, ask: Ask, person: Person, what: str) -> None:
    """The newest question or reminder is the only one with buttons."""
    names = {
        cards.news(ask, event.revision)
        for event in await turn.records.ask_history(ask.key)
        if (event.kind in _AGAIN and event.data.get("what", Due.AFTER.value) == what)
        or (event.kind is AskEventKind.CLAIMED and what == Due.CONFIRM.value)
    }
    if what == Due.AFTER.value and not speaks_for(ask, person.key):
        return
    for message in await _newest(turn, ask, person):
        if message.card in names:
            await _say(turn, ask, person, message)


async def _newest(turn: Turn, ask: Ask, person: Person) -> Sequence[Shown]:
    return (await cards.shown(turn, ask, person))[-MOST:]


async def _revisions(turn: Turn, ask: Ask, kind: AskEventKind) -> list[int]:
    return [e.revision for e in await turn.records.ask_history(ask.key) if e.kind is kind]


async def _say(turn: Turn, ask: Ask, person: Person, message: Shown) -> None:
    """Say where it stands; where another person is in it, with the ways out."""
    said = line(_STANDS, code=ask.code, state=await _state(turn, ask, person))
    rows = []
    if ask.stage in _TOGETHER:
        other = ask.helper.person if ask.helper else None
        rows = [safety.row(turn, ask, other if speaks_for(ask, person.key) else asker_of(ask))]
    turn.change(message.message_id, said, rows, to=person)


async def _state(turn: Turn, ask: Ask, person: Person) -> Line:
    """Where it stands, for who asked or promised to help."""
    if ask.stage not in _TOGETHER:
        return texts.state(ask)
    if speaks_for(ask, person.key) and ask.stage is AskStage.PROPOSED:
        return line(_WANTS)
    return await own.promise(turn, ask, person)
