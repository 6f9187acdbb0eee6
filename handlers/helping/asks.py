"""Asks: keeping what happened to one, and looking for neighbours until somebody was asked."""

from collections.abc import Iterable

from bot.core import matching
from bot.core.checkins import CheckIn
from bot.core.helping import agreed, neighbourly, plan, searching, steps
from bot.core.helping.asks import Ask, AskStage, SearchStep
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.help_forms import ASK
from bot.core.helping.neighbours import Neighbour
from bot.core.matching import Gate
from bot.core.people import Person
from handlers import drafts as kept
from handlers.helping import asked_back, cards, notices, settling
from handlers.helping.audience import asking, has_coach, helping, next_speaker, speaks
from handlers.helping.everywhere import open_asks
from handlers.turn import Turn

AT_A_TIME = 20
"""Neighbours that are looked at together, the first in order first."""
ROUNDS = 5
"""So often at most: where so many can't be reached, the search goes on to the next step."""
STEPS = 12
"""Steps of one search at most: more than there are between the first wave and the last one."""


async def keep(turn: Turn, change: AskChange) -> Ask:
    """Record what happened to an ask, tell who must know, and look for neighbours where needed."""
    change = _read_at_once(turn, change)
    told = await _keep(turn, change, set())
    for _step in range(STEPS):
        if not change.seek:
            break
        change = await _sought(turn, change.ask)
        told |= await _keep(turn, change, told)
    return change.ask


async def _keep(turn: Turn, change: AskChange, told: set[str]) -> set[str]:
    """One step of it; returns who was told, besides who was `told` before."""
    before = await turn.records.get(Ask, change.ask.key)
    await _record(turn, before, change)
    now = await notices.tell(turn, change, told)
    await settling.settle(turn, before, change)
    await asked_back.follow(turn, before, change.ask)
    return now


def _read_at_once(turn: Turn, change: AskChange) -> AskChange:
    """Who causes something has it on the screen, and need not say that they saw it."""
    waits, sender = change.ask.pending, turn.sender
    mine = waits is not None and sender is not None and waits.person == sender.key
    return change.also(pending=None) if mine else change


async def fire(turn: Turn, checkin: CheckIn) -> None:
    """A check-in of an ask is due; a stale one, or one of an ask that is gone, does nothing."""
    ask = await turn.records.get(Ask, checkin.subject.removeprefix(SUBJECT))
    if ask is not None:
        ask = await spoken_for(turn, ask)
        helper = await helping(turn, ask)
        change = plan.fire(ask, checkin, turn.rules, turn.now, helper=helper)
        if change.events or change.seek:
            await keep(turn, change)


async def without_person(turn: Turn, person: str, circle: str | None = None) -> None:
    """This person left, was put out, blocked the bot or is gone: their asks go on without them.

    With a circle: only what they do there, and what they may do only as one of it.
    """
    helping = await turn.records.helped_by(person)
    asking = [] if circle else [a for a in await turn.records.asked_by(person) if a.open]
    for ask in {a.key: a for a in (*helping, *asking)}.values():
        if circle in {None, ask.wish.circle} or await kept_away(turn, ask, person):
            change = agreed.without(ask, person, turn.rules, turn.now)
            if change.events:
                await keep(turn, change)


async def kept_away(turn: Turn, ask: Ask, person: str) -> Gate | None:
    """What keeps this person away from the help now, whatever was promised before."""
    asker, neighbour = await asking(turn, ask), await turn.neighbour(person)
    return matching.kept_away(ask, asker, neighbour, turn.rules, turn.now)


async def too_late(turn: Turn, ask: Ask) -> bool:
    """Whether the time of a proposal has passed: then it is over, whoever says what now."""
    slot = ask.helper.slot if ask.helper and ask.stage is AskStage.PROPOSED else None
    if slot is None or slot.ends(turn.rules.calendar) > turn.now:
        return False
    change = plan.lapsed(ask, turn.rules, turn.now)
    await cards.answer(turn, change.ask, *cards.stands(change.ask))
    await keep(turn, change)
    return True


async def release(turn: Turn, ask: Ask, helper: str, by: str | None = None) -> None:
    """It goes on without this helper, in neutral words; of what was agreed the volunteer hears
    only that it needs a look. Once the help is over nothing changes: it would only tell.

    `by` is whoever wants nothing to do with the other any more."""
    slot = ask.helper.slot if ask.helper else None
    over = slot is not None and slot.ends(turn.rules.calendar) <= turn.now
    if ask.stage is AskStage.AFTER or (over and ask.stage is AskStage.AGREED):
        return
    change = agreed.without(ask, helper, turn.rules, turn.now, by=by)
    fell = any(n.news is News.FELL for n in change.notices)
    if change.events and ask.stage is AskStage.AGREED and not fell:
        change = change.tell(To.VOLUNTEER, News.FELL, slot=slot)
    if change.events:
        await keep(turn, change)


async def without_speaker(turn: Turn, person: Person) -> None:
    """This person may not answer for others any more, or can't be reached: somebody else does."""
    for ask in await turn.records.put_by(person.key):
        if await _hand_on(turn, ask, person) is None and person.unreachable:
            await keep(turn, agreed.without(ask, person.key, turn.rules, turn.now))


async def spoken_for(turn: Turn, ask: Ask) -> Ask:
    """The ask, with somebody who may answer for the asker's side where there is anybody."""
    person = await turn.records.get(Person, ask.by) if ask.by and not ask.asker else None
    return (await _hand_on(turn, ask, person) if person else None) or ask


async def _hand_on(turn: Turn, ask: Ask, person: Person) -> Ask | None:
    """The ask as it is for who answers for it now; None when nothing changed."""
    if not ask.open or (not person.unreachable and await speaks(turn, ask, person)):
        return None
    other = await next_speaker(turn, ask)
    if other is None:
        return None
    return await keep(turn, agreed.hand_on(ask, to=other.key, now=turn.now))


async def without_volunteer(turn: Turn, circles: Iterable[str]) -> None:
    """The last volunteer of these circles is gone: whoever stands behind is asked at once."""
    for circle in circles:
        for ask in await turn.records.asks_in(circle):
            if ask.search.step is SearchStep.VOLUNTEER:
                step = SearchStep.VOLUNTEER
                await keep(turn, steps.stand_in(ask, step, turn.rules, turn.now))


async def without_coach(turn: Turn) -> None:
    """Somebody who coaches is gone: what waits for nobody now goes to the coordinators at once."""
    for ask in await open_asks(turn.records, turn.rules.covenant):
        if ask.search.step is SearchStep.COACH and not await has_coach(turn, ask):
            step = SearchStep.COORDINATOR
            await keep(turn, steps.stand_in(ask, step, turn.rules, turn.now))


SUBJECT = "ask:"


async def _record(turn: Turn, before: Ask | None, change: AskChange) -> None:
    ask, records = change.ask, turn.records
    await settling.let_go(turn, before, change)
    records.put(ask)
    for event in change.events:
        records.append(event)
    for mark in change.marks:
        neighbour = await turn.neighbour(mark.person)
        keep_neighbour(turn, neighbourly.marked(neighbour, mark, ask, turn.rules, turn.now))
    records.schedule(SUBJECT + ask.key, plan.schedule(ask))


def keep_neighbour(turn: Turn, neighbour: Neighbour) -> None:
    """Keep a neighbour, and plan when their helps fall out of the count or their pause is over."""
    turn.records.put(neighbour)
    planned = neighbourly.schedule(neighbour, turn.rules)
    turn.records.schedule(f"neighbour:{neighbour.key}", planned)


async def drop_forms(turn: Turn, ask: Ask) -> None:
    """What the person was filling in about this ask is for nothing now."""
    drafts = await kept.load(turn)
    for draft in drafts.stack:
        if draft.context.get(ASK) == ask.key:
            drafts = drafts.remove(draft)
    kept.keep(turn, drafts)


async def freshen(turn: Turn, checkin: CheckIn) -> None:
    """What a neighbour did long ago does not count any more."""
    neighbour = await turn.neighbour(checkin.subject.removeprefix("neighbour:"))
    keep_neighbour(turn, neighbourly.fresh(neighbour, turn.rules, turn.now))


async def _sought(turn: Turn, ask: Ask) -> AskChange:
    """Go on with the search: invite the first who may help, or take the next step."""
    # Of weekly help everyone has their turn, so more than the first few are looked at.
    at_once = turn.rules.covenant.helping.invited_at_once
    chosen = await _fitting(turn, ask, AT_A_TIME if ask.wish.when.weekly else at_once)
    return searching.invite(ask, [n.key for n in chosen], turn.rules, turn.now)


async def _fitting(turn: Turn, ask: Ask, most: int) -> list[Neighbour]:
    """The first neighbours in order whom nothing holds back and who can be reached."""
    asker = await asking(turn, ask)
    wanted = matching.wanted(ask, asker, turn.rules, turn.now)
    chosen: list[Neighbour] = []
    for _round in range(ROUNDS):
        found = await turn.records.helpers_for(wanted, AT_A_TIME)
        chosen += [n for n in found if await _may_be_asked(turn, ask, asker, n)]
        if len(found) < AT_A_TIME or len(chosen) >= most:
            break
        seen = {*wanted.without, *(n.key for n in found)}
        wanted = wanted.model_copy(update={"without": tuple(sorted(seen))})
    return chosen[:most]


async def _may_be_asked(turn: Turn, ask: Ask, asker: Neighbour | None, one: Neighbour) -> bool:
    if matching.gate(ask, asker, one, turn.rules, turn.now) is not None:
        return False
    person = await turn.records.get(Person, one.key)
    return person is not None and person.unreachable is None
