"""Settling: what older messages about an ask say, once something else is true."""

from typing import Any

from bot.core.checkins import Due
from bot.core.helping.asks import Ask, AskStage, speaks_for
from bot.core.helping.change import AskChange
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.people import Person
from bot.core.words import Line
from handlers.audience import coordinators
from handlers.helping import cards, own, safety, texts
from handlers.helping.audience import coaches, people, volunteers
from handlers.turn import Turn

_TOGETHER = frozenset({AskStage.PROPOSED, AskStage.AGREED})
_SEEN_TO = frozenset({AskEventKind.ASKED, AskEventKind.MESSAGE, AskEventKind.AGAIN})
_AGAIN = frozenset({AskEventKind.REMINDED, AskEventKind.ASKED_AFTER})


async def let_go(turn: Turn, before: Ask | None, change: AskChange) -> None:
    """Who is no part of it any more keeps no name and no address; nor does anyone at its end, or
    when the next time of weekly help begins."""
    if before is None or not before.open:
        return
    after, parties = change.ask, before.parties
    over = any(event.kind is AskEventKind.NEXT_TIME for event in change.events)
    gone = set(parties) if over or not after.open else set(parties) - set(after.parties)
    if not gone:
        return
    # Who is asked how it went keeps that question when the helper is gone since.
    asker = None if after.stage is AskStage.AFTER else before.speaker
    for person in await people(turn, sorted({*gone, *filter(None, [asker])})):
        if over:
            await cards.pass_by(turn, after, person)
        elif speaks_for(after, person.key) and _comes_still(before, after):
            await cards.remind(turn, after, person, await _helped(turn, after, person))
        else:
            await cards.fade(turn, after, person)
    if not after.open:
        for person in await _saw_to_it(turn, before):
            await cards.fade(turn, after, person)


def _comes_still(before: Ask, after: Ask) -> bool:
    """Whether somebody does not take over after all, and who helped still does."""
    former, now = before.helper, after.helper
    return after.stage is AskStage.AGREED and bool(former and now and former.person == now.person)


async def _helped(turn: Turn, ask: Ask, person: Person) -> cards.Text:
    """Who helps, for who asked, and what can be done."""
    said, rows = await _says(turn, ask, person)
    return said, [list(cards.acts_for(ask, person.key)), *rows]


async def _saw_to_it(turn: Turn, ask: Ask) -> list[Person]:
    """Who was called for it, read it or did something with it, and never promised to help."""
    history = await turn.records.ask_history(ask.key)
    kinds = {event.kind for event in history}
    called = [
        *await volunteers(turn, ask),
        *(await coaches(turn, ask) if AskEventKind.COACH_CALLED in kinds else ()),
        *(await coordinators(turn) if AskEventKind.COORDINATOR_CALLED in kinds else ()),
    ]
    did = [event.by for event in history if event.kind in _SEEN_TO]
    read = [access.person for access in await turn.records.accesses(ask.key)]
    part = {*ask.parties, *(event.data.get("helper") for event in history)}
    found = await people(turn, [*(person.key for person in called), *did, *read])
    return [person for person in found if person.key not in part]


async def settle(turn: Turn, before: Ask | None, change: AskChange) -> None:
    """Whoever is still part of it finds no message that is not true, or with buttons of before.

    Who is no part any more, and the asker then, were told by `let_go`.
    """
    after = change.ask
    if before is None or not after.open:
        return
    for person in await people(turn, _changed(before, after)):
        await _settle(turn, after, person)
    if what := _asked_again(change):
        for person in await people(turn, after.parties):
            await _replace(turn, after, person, what)


def _helps(ask: Ask) -> Any:
    helper = ask.helper
    # Each time that it is asked anew whether it is still needed, only the newest has buttons.
    over = ask.search.over and ask.search.next_at
    return ask.stage, over, helper and (helper.person, helper.agreed is None)


def _changed(before: Ask, after: Ask) -> list[str]:
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
    keys = after.helping if left else after.parties
    return [key for key in keys if key not in kept]


async def _settle(turn: Turn, ask: Ask, person: Person) -> None:
    """What was written stays as it is, and for a while so does an address."""
    kept = {cards.news(ask, e.revision) for e in await _events(turn, ask, AskEventKind.MESSAGE)}
    if ask.stage is AskStage.AFTER:
        turn.plan(cards.blanking(person.key, ask))
    else:
        kept.add(cards.opened(ask))
    stand = [m for m in await cards.shown(turn, ask, person) if m.card not in kept]
    says = await _says(turn, ask, person)
    await cards.supersede(turn, ask, person, stand, says, older=cards.EARLIER)


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
    stand = [m for m in await cards.shown(turn, ask, person) if m.card in names]
    says = await _says(turn, ask, person)
    await cards.supersede(turn, ask, person, stand, says, older=cards.EARLIER)


async def _events(turn: Turn, ask: Ask, kind: AskEventKind) -> list[AskEvent]:
    return [e for e in await turn.records.ask_history(ask.key) if e.kind is kind]


async def _says(turn: Turn, ask: Ask, person: Person) -> cards.Text:
    """Where it stands; where another person is in it, with the ways out."""
    said, no_rows = cards.stands(ask, await _state(turn, ask, person))
    if ask.stage not in _TOGETHER:
        return said, no_rows
    other = ask.helper.person if ask.helper else None
    return said, [safety.row(turn, ask, other if speaks_for(ask, person.key) else ask.speaker)]


async def _state(turn: Turn, ask: Ask, person: Person) -> Line:
    """Where it stands, for who asked or promised to help."""
    asked = ask.stage is AskStage.PROPOSED and speaks_for(ask, person.key)
    if asked or ask.stage not in _TOGETHER:
        return texts.state_for(ask, person.key)
    return await own.promise(turn, ask, person)
