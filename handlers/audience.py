"""The audience of a notice: who is told, by the memberships and mandates of this moment."""

from bot.core.access import is_coordinator, mandated
from bot.core.covenant import Right
from bot.core.helping.lines import side_of
from bot.core.items import Item, Stage
from bot.core.notices import Audience, Notice
from bot.core.people import Person
from handlers.turn import Turn


async def audience(turn: Turn, item: Item, notice: Notice) -> list[Person]:
    """Everyone whom `notice` means and who can be reached; empty when that is nobody."""
    if notice.to is Audience.REPORTER:
        found = await turn.records.get(Person, notice.person) if notice.person else None
        return [found] if found else []
    if notice.to in {Audience.COORDINATOR, Audience.TALK}:
        everyone = notice.to is Audience.COORDINATOR
        return await (coordinators(turn, item) if everyone else _talking(turn, item, notice))
    if notice.to is Audience.HOLDER and notice.person:
        holder = await turn.records.get(Person, notice.person)
        if holder and reaches(turn, holder, item):
            return [holder]
    if notice.to is Audience.COLLEAGUE:
        former = await turn.records.get(Person, notice.person) if notice.person else None
        return [former] if former and reaches(turn, former, item) else []
    if notice.to is Audience.FORMER:
        return [p for p in await _members(turn, notice.partner) if not p.unreachable]
    return await colleagues(turn, item, notice.partner, besides=_besides(notice))


async def colleagues(
    turn: Turn, item: Item, partner: str | None, *, besides: str | None
) -> list[Person]:
    """The members of `partner` who may see `item` and can be reached, besides one of them."""
    members = await _members(turn, partner)
    return [p for p in members if p.key != besides and reaches(turn, p, item)]


async def coordinators(turn: Turn, item: Item | None = None) -> list[Person]:
    """All coordinators who can be reached; with an item, not the one who raised it."""
    rules = turn.rules
    members = await turn.records.members(rules.covenant.coordinator)
    return [
        p
        for p in members
        if is_coordinator(p, rules)
        and not p.unreachable
        and (item is None or item.reporter != p.key)
    ]


def reaches(turn: Turn, person: Person, item: Item) -> bool:
    """Whether `person` may hear of `item` now, also of its end, and can be reached."""
    seen = mandated(person, Right.SEE, item, turn.rules, turn.now)
    return seen is not None and person.unreachable is None


async def _talking(turn: Turn, item: Item, notice: Notice) -> list[Person]:
    """Who talks along, if that person still may and can be reached."""
    person = await turn.records.get(Person, notice.person) if notice.person else None
    if person is None or person.unreachable:
        return []
    neighbour = await turn.neighbour(person.key)
    # Of the end itself hears who talked along until then.
    item = item if item.open else item.model_copy(update={"stage": Stage.CLOSED})
    return [person] if side_of(person, neighbour, item, turn.rules, turn.now) else []


async def _members(turn: Turn, partner: str | None) -> list[Person]:
    return list(await turn.records.members(partner)) if partner else []


def _besides(notice: Notice) -> str | None:
    return notice.person if notice.to is Audience.OTHERS else None
