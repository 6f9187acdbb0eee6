"""The audience of news of an ask: who is told, by the places and roles of this moment."""

from collections.abc import Collection, Iterable

from bot.core import matching
from bot.core.access import is_coordinator
from bot.core.helping import circles, neighbourly
from bot.core.helping.asks import Ask, speaks_for
from bot.core.helping.change import Notice, To
from bot.core.helping.lines import whose
from bot.core.helping.neighbours import CircleRole, Neighbour
from bot.core.items import Item
from bot.core.people import Person, Role
from bot.core.routing import coach_partner, responsible
from handlers.audience import coordinators
from handlers.helping.sayings import saying_of
from handlers.turn import Turn

_OWN = frozenset({To.PERSON, To.HELPER, To.ASKER})
_CIRCLE = frozenset({To.STANDBY, To.CIRCLE})


async def audience(turn: Turn, ask: Ask, notice: Notice) -> list[Person]:
    """Everyone whom `notice` means and who can be reached; empty when that is nobody.

    Of those who coordinate nobody is asked to look after themselves, or after whom a block keeps
    away from them.
    """
    if notice.to in _OWN:
        return await people(turn, [_named(ask, notice)])
    if notice.to in _CIRCLE:
        return await _members(turn, ask, standby=notice.to is To.STANDBY)
    besides = await _besides(turn, notice)
    if notice.to is To.VOLUNTEER:
        return await volunteers(turn, ask, besides)
    return await (coaches if notice.to is To.COACH else _coordinators)(turn, ask, besides)


async def _besides(turn: Turn, notice: Notice) -> Collection[str]:
    """Who is asked nothing about the person of the notice, or whom it names."""
    saying = saying_of(notice.to, notice.news)
    named = notice.who if saying and saying.other else None
    about = {person for person in (notice.person, named) if person}
    for person in tuple(about):
        about |= set((await turn.neighbour(person)).blocked)
    return about


async def every_member(turn: Turn, ask: Ask, notice: Notice) -> list[Person]:
    """Everyone with a place in the circle, or on standby: where a card of it may stand."""
    circle, standby = ask.wish.circle, notice.to is To.STANDBY
    if circle is None:
        return []
    placed = [
        n.key
        for n in await turn.records.neighbours_in(circle)
        if not standby or ((place := n.place_in(circle)) and place.standby)
    ]
    return _not_part(ask, await people(turn, placed))


def _named(ask: Ask, notice: Notice) -> str | None:
    meant = ask.speaker if notice.to is To.ASKER else _helper(ask)
    return notice.person or meant


async def asking(turn: Turn, ask: Ask) -> Neighbour | None:
    """What `Ask.speaker` is among neighbours: blocks and wishes of the asker's side count.

    So do blocks of whose matter it is, when a professional asks a circle for it and that person
    can't be told here; nor are they asked to help themselves.
    """
    side = ask.speaker
    if side is None:
        return None
    found = await turn.neighbour(side)
    item = await turn.records.get(Item, ask.item) if ask.item and not ask.asker else None
    helped = whose(item) if item else None
    if helped is None:
        return found
    blocked = (*found.blocked, helped, *(await turn.neighbour(helped)).blocked)
    return found.model_copy(update={"blocked": blocked})


async def helping(turn: Turn, ask: Ask) -> Neighbour | None:
    """What who promised to help is among neighbours."""
    return await turn.neighbour(ask.helper.person) if ask.helper else None


async def apart(turn: Turn, one: str, other: str | None) -> bool:
    """Whether a block keeps these two apart."""
    return other in (await turn.neighbour(one)).blocked


def _helper(ask: Ask) -> str | None:
    return ask.helper.person if ask.helper else None


async def people(turn: Turn, keys: Iterable[str | None]) -> list[Person]:
    """The persons with these keys who can be reached, each once."""
    found = [await turn.records.get(Person, key) for key in dict.fromkeys(keys) if key]
    return [person for person in found if person and person.unreachable is None]


async def volunteers(turn: Turn, ask: Ask, besides: Collection[str] = ()) -> list[Person]:
    """Who coordinates: the circle's volunteers, else who agreed to it; at last the coach."""
    own = await _with_role(turn, ask, CircleRole.VOLUNTEER, besides)
    if own:
        return own
    agreed = await _members_of(turn, ask, responsible(turn.rules.covenant), Role, besides)
    return agreed or await coaches(turn, ask, besides)


async def coaches(turn: Turn, ask: Ask, besides: Collection[str] = ()) -> list[Person]:
    """The coach who stands behind them: of the circle, of its partner; else the coordinators."""
    return await _own_coaches(turn, ask, besides) or await _coordinators(turn, ask, besides)


async def has_coach(turn: Turn, ask: Ask) -> bool:
    """Whether anybody coaches there who can be reached."""
    return bool(await _own_coaches(turn, ask))


async def _own_coaches(turn: Turn, ask: Ask, besides: Collection[str] = ()) -> list[Person]:
    own = await _with_role(turn, ask, CircleRole.COACH, besides)
    if own:
        return own
    partner = coach_partner(turn.rules.covenant, ask.wish.circle)
    return await _members_of(turn, ask, partner, circles.COACHING, besides)


async def _coordinators(turn: Turn, ask: Ask, besides: Collection[str] = ()) -> list[Person]:
    every = await coordinators(turn)
    # The asker's own coordinator is better than nobody.
    return await _apart(turn, ask, every, besides) or every


async def coordinates(turn: Turn, ask: Ask, person: Person | None = None) -> bool:
    """Whether who is talking may see to this ask now: never the own one, nor as its helper."""
    who = person or turn.person
    if who.key == ask.asker or who.key in ask.helping:
        return False
    if is_coordinator(who, turn.rules):
        return True
    asker = await asking(turn, ask)
    if asker is not None and who.key in asker.blocked:
        return False
    neighbour, circle = await turn.neighbour(who.key), ask.wish.circle
    if neighbour.coordinates(circle):
        return True
    covenant = turn.rules.covenant
    if who.role_at(coach_partner(covenant, circle) or "") in circles.COACHING:
        return True
    return who.role_at(responsible(covenant) or "") is not None and not await _with_role(
        turn, ask, CircleRole.VOLUNTEER
    )


async def known_circles(turn: Turn, ask: Ask) -> list[str]:
    """Whose members who is talking may propose: of the circle that asks; of an ask without one, of
    the circles in that village that they coordinate. Nobody else can be looked up."""
    if ask.wish.circle is not None:
        return [ask.wish.circle]
    me, person = await turn.neighbour(), turn.person
    here = [c for c in turn.rules.covenant.circles if c.area == ask.wish.area]
    return [c.id for c in here if circles.coordinates(person, me, c)]


async def speaks(turn: Turn, ask: Ask, person: Person | None = None) -> bool:
    """Whether the person, or who is talking, decides for the asker's side now.

    Who put it for somebody else does while they coordinate there, or their partner has the matter
    that it came from.
    """
    who = person or turn.person
    if not speaks_for(ask, who.key):
        return False
    if who.key == ask.asker or await coordinates(turn, ask, who):
        return True
    item = await turn.records.get(Item, ask.item) if ask.item else None
    return item is not None and not set(item.holders).isdisjoint(who.partners)


async def next_speaker(turn: Turn, ask: Ask) -> Person | None:
    """Who else can answer for the asker's side: a volunteer of the circle, who stands behind, at
    last a coordinator. Better somebody who may meet the helper, and was not asked to help."""
    asked = {invited.person for invited in ask.search.invited}
    blocked = {b for key in ask.helping for b in (await turn.neighbour(key)).blocked}
    for several in (
        await _with_role(turn, ask, CircleRole.VOLUNTEER),
        await _own_coaches(turn, ask),
        await _coordinators(turn, ask),
    ):
        others = [p for p in several if p.key != ask.by and p.key not in blocked]
        if others:
            return min(others, key=lambda person: person.key in asked)
    return None


async def _with_role(
    turn: Turn, ask: Ask, role: CircleRole, besides: Collection[str] = ()
) -> list[Person]:
    """The circle's people with a role there."""
    if ask.wish.circle is None:
        return []
    placed = [
        n.key
        for n in await turn.records.neighbours_in(ask.wish.circle)
        if (place := n.place_in(ask.wish.circle)) and place.role is role
    ]
    return await _apart(turn, ask, await people(turn, placed), besides)


async def _members_of(
    turn: Turn,
    ask: Ask,
    partner: str | None,
    roles: Iterable[Role],
    besides: Collection[str] = (),
) -> list[Person]:
    if partner is None:
        return []
    wanted = set(roles)
    found = await turn.records.members(partner)
    reached = [p for p in found if p.unreachable is None and p.role_at(partner) in wanted]
    return await _apart(turn, ask, reached, besides)


async def _apart(
    turn: Turn, ask: Ask, found: Iterable[Person], besides: Collection[str]
) -> list[Person]:
    """Besides who is part of the ask, and whom a block keeps away from who asks."""
    asker = await asking(turn, ask)
    hidden = {*besides, *(asker.blocked if asker else ())}
    return [person for person in _not_part(ask, found) if person.key not in hidden]


async def _members(turn: Turn, ask: Ask, *, standby: bool) -> list[Person]:
    """The members who may claim this and want to be asked now; on standby only, when somebody fell
    away. Never coaches: they stand behind the circle."""
    circle = ask.wish.circle
    if circle is None:
        return []
    asker, today = await asking(turn, ask), turn.rules.calendar.local(turn.now).date()
    may = [
        n
        for n in await turn.records.neighbours_in(circle)
        if (place := n.place_in(circle)) and (place.standby or not standby)
        if place.role is not CircleRole.COACH
        if may_claim(turn, ask, asker, n) and neighbourly.spared(n, today) is None
    ]
    return _not_part(ask, await people(turn, [n.key for n in may]))


def may_claim(turn: Turn, ask: Ask, asker: Neighbour | None, neighbour: Neighbour) -> bool:
    """Whether `neighbour` may help with this, offered or not: safety is never passed by."""
    return matching.may_claim(ask, asker, neighbour, turn.rules, turn.now) is None


def _not_part(ask: Ask, found: Iterable[Person]) -> list[Person]:
    """Besides both sides: nobody is asked to phone or to steer who they answer for themselves."""
    return [person for person in found if person.key not in ask.parties]
