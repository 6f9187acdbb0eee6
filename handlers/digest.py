"""The morning's messages: what waits for the coordinators, what came for partners meanwhile."""

from datetime import datetime, time

from bot.core.access import mandated
from bot.core.covenant import Right
from bot.core.items import Item, Stage
from bot.core.people import Person
from bot.core.ports import Job, Priority
from bot.core.words import Line, _, line, plural
from handlers import acts, steer
from handlers.audience import coordinators
from handlers.keyboards import Button, Press
from handlers.lists import by_urgency
from handlers.paragraphs import joined
from handlers.states import late, stuck
from handlers.turn import Turn
from handlers.urgency import waited
from handlers.worklist import work_of

MOST_BUTTONS = 20
"""Codes of one message; the others are in the work list."""

_HELLO = _("Good morning.")
_MORNING = _("Good morning. Today: {counts}.")


async def digest(turn: Turn, job: Job) -> None:
    """Send both, once on a working morning; nobody gets a message about nothing."""
    await _to_coordinators(turn)
    opening = _opening(turn, job.due)
    for person, items in (await _waiting(turn, opening)).values():
        await _to_partner(turn, person, by_urgency(items, turn.now))


async def _to_coordinators(turn: Turn) -> None:
    items = await turn.records.open_items(steer.MOST)
    counts = steer.counts(items, turn)
    if counts is None:
        return
    said = line(_MORNING, counts=counts)
    for person in await coordinators(turn):
        turn.say(
            said,
            steer.buttons(items, turn),
            to=person,
            card=steer.CARD,
            priority=Priority.BULK,
        )


async def _waiting(turn: Turn, opening: datetime) -> dict[str, tuple[Person, list[Item]]]:
    """For each member of a partner what was assigned since the last working day.

    The coordinators heard of it at once.
    """
    found: dict[str, tuple[Person, list[Item]]] = {}
    covenant = turn.rules.covenant
    for partner in (p for p in covenant.partners if p.id != covenant.coordinator):
        items = [i for i in await turn.records.held_by(partner.id) if _new(i, turn, opening)]
        for person in await turn.records.members(partner.id) if items else ():
            seen = found.setdefault(person.key, (person, []))[1]
            seen += [i for i in items if _reaches(turn, person, i) and i not in seen]
    return {key: (person, items) for key, (person, items) in found.items() if items}


def _new(item: Item, turn: Turn, opening: datetime) -> bool:
    return item.stage is Stage.WAITING and waited(item, turn.rules, opening)


def _reaches(turn: Turn, person: Person, item: Item) -> bool:
    seen = mandated(person, Right.SEE, item, turn.rules, turn.now)
    return seen is not None and person.unreachable is None


async def _to_partner(turn: Turn, person: Person, items: list[Item]) -> None:
    """What waits at this person's partners, and what came in meanwhile."""
    came = plural(
        "{count} item came in meanwhile. Open it to respond.",
        "{count} items came in meanwhile. Open them to respond.",
        len(items),
    )
    counts = await _counts(turn, person)
    hello = line(_MORNING, counts=counts) if counts else line(_HELLO)
    said = joined([hello, came], turn.house.speaker(person.language))
    opening = [
        [Button(i.code, Press(acts.OPEN.verb, i.key, i.revision))] for i in items[:MOST_BUTTONS]
    ]
    work = Button(line(acts.WORK.label), Press(acts.WORK.verb))
    turn.say(said, [*opening, [work]], to=person, priority=Priority.BULK)


async def _counts(turn: Turn, person: Person) -> Line | None:
    """How much there is to decide, is late and is stuck, of what a person's partners hold."""
    held = [i for i in await work_of(turn, person) if _answers_for(person, i)]
    late_ = [i for i in held if late(i, turn.now)]
    decide = [i for i in held if i.stage is Stage.WAITING and i not in late_]
    return steer.numbers(len(decide), len(late_), len([i for i in held if stuck(i)]))


def _answers_for(person: Person, item: Item) -> bool:
    a = item.assignment
    return a.partner in person.partners or a.deputy in person.partners


def _opening(turn: Turn, at: datetime) -> datetime:
    """When the working day of `at` opens."""
    local = turn.rules.calendar.local(at)
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    return turn.rules.calendar.next_working_moment(midnight)
