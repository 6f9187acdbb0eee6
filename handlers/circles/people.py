"""People of a circle: who has which place, and what it allows, looked up anew each time."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from bot.core.access import is_coordinator
from bot.core.circles import Circle
from bot.core.errors import NotAllowed, NotFound
from bot.core.helping import circles
from bot.core.helping.neighbours import CircleRole, Group, Neighbour
from bot.core.many_choices import listed
from bot.core.people import Person
from bot.core.prompts import Say
from bot.core.words import Line, _, line
from handlers.audience import coordinators
from handlers.keyboards import Button, Press
from handlers.turn import Turn

_SHORT = 8
"""Letters of a circle's token in a button, beside a person's key: the two must fit together."""
MOST_NAMED = 25
"""Names or codes in one sentence, so that a message stays one that a phone can show."""
_NAMELESS = _("a neighbour")


class Here(NamedTuple):
    """A circle, and who is talking there."""

    circle: Circle
    me: Neighbour


class Other(NamedTuple):
    """Somebody else of a circle, whom a button names."""

    here: Here
    person: Person
    neighbour: Neighbour


def circle_of(turn: Turn, id_: str) -> Circle:
    """The covenant's circle with this id; `NotFound`."""
    found = next((c for c in turn.rules.covenant.circles if c.id == id_), None)
    if found is None:
        raise NotFound
    return found


async def as_member(turn: Turn, id_: str) -> Here:
    """For members of any role; `NotAllowed` for who has no approved place there."""
    here = Here(circle_of(turn, id_), await turn.neighbour())
    if here.me.place_in(id_) is None:
        raise NotAllowed
    return here


async def as_volunteer(turn: Turn, id_: str) -> Here:
    """For who coordinates the circle: a volunteer or coach, or who stands in; else `NotAllowed`."""
    here = Here(circle_of(turn, id_), await turn.neighbour())
    if not coordinates(turn, here) and not await stands_in(turn, here.circle):
        raise NotAllowed
    return here


async def as_known(turn: Turn, id_: str) -> Here:
    """For members, and for the coach, who need not be one; else `NotAllowed`."""
    here = Here(circle_of(turn, id_), await turn.neighbour())
    if coordinates(turn, here) or await stands_in(turn, here.circle):
        return here
    return await as_member(turn, id_)


def coordinates(turn: Turn, here: Here) -> bool:
    """Whether who is talking coordinates this circle now."""
    return circles.coordinates(turn.person, here.me, here.circle)


async def stands_in(turn: Turn, circle: Circle) -> bool:
    """Whether who is talking stands in for the coach: a coordinator, while there is none."""
    return is_coordinator(turn.person, turn.rules) and not await own_coaches(turn, circle.id)


async def acts_as_coach(turn: Turn, here: Here) -> bool:
    """Whether who is talking coaches this circle now, or stands in for the coach."""
    coach = circles.coaches(turn.person, here.me, here.circle)
    return coach or await stands_in(turn, here.circle)


async def other(turn: Turn, press: Press) -> Other:
    """Whom a volunteer's button is about: somebody else with a place or a request there.

    `NotFound` for nobody there, and for whom a block keeps apart from who is talking.
    """
    key, circle = split(turn, press)
    return await somebody(turn, await as_volunteer(turn, circle.id), key)


async def somebody(turn: Turn, here: Here, key: str) -> Other:
    """Somebody else with a place or a request there; `NotAllowed` for oneself, else as `other`."""
    if key == turn.person.key:
        raise NotAllowed
    found = await turn.records.get(Person, key)
    neighbour = await turn.neighbour(key)
    belongs = circles.belonging(neighbour, here.circle.id) is not None
    if found is None or not belongs or key in here.me.blocked:
        raise NotFound
    return Other(here, found, neighbour)


def about(turn: Turn, verb: str, key: str, circle: str, rev: int = 0) -> Press:
    """A press about somebody of a circle, or about something of it, such as a meeting."""
    return Press(verb, f"{key}.{_token(turn, circle)}", rev)


def split(turn: Turn, press: Press) -> tuple[str, Circle]:
    """The key and the circle that `about` put in a button; `NotFound`."""
    key, _dot, token = press.id.partition(".")
    return key, _behind(turn, token)


async def group_of(turn: Turn, circle: str) -> Group:
    """What is kept of a circle."""
    return await turn.records.get(Group, circle) or Group(key=circle)


async def volunteers(turn: Turn, circle: str, besides: Collection[str] = ()) -> list[Person]:
    """The circle's volunteers who can be reached; none: the coach, and then the coordinators."""
    found = await placed(turn, circle, CircleRole.VOLUNTEER, besides)
    return found or await coaches(turn, circle, besides)


async def coaches(turn: Turn, circle: str, besides: Collection[str] = ()) -> list[Person]:
    """The circle's coach, else those of its coach's partner; none: the coordinators."""
    found, every = await own_coaches(turn, circle, besides), await coordinators(turn)
    return found or [c for c in every if c.key not in besides] or every


async def own_coaches(turn: Turn, circle: str, besides: Collection[str] = ()) -> list[Person]:
    """The circle's coach, else those of its coach's partner."""
    found = await placed(turn, circle, CircleRole.COACH, besides)
    if found:
        return found
    partner = circle_of(turn, circle).coach
    every = await turn.records.members(partner)
    return [p for p in every if p.role_at(partner) in circles.COACHING and _reached(p, besides)]


async def persons(turn: Turn, keys: Collection[str]) -> list[Person]:
    """The persons with these keys who can be reached."""
    found = [await turn.records.get(Person, key) for key in keys]
    return [p for p in found if p is not None and not p.unreachable]


async def readers(turn: Turn, circle: Circle, others: Collection[str]) -> list[Person]:
    """Who may have something of a circle on the screen: its people, its coach's, and `others`."""
    every = await turn.records.neighbours_in(circle.id)
    members = [n.key for n in every if n.place_in(circle.id)]
    partner = await turn.records.members(circle.coach)
    coaching = [p.key for p in partner if p.role_at(circle.coach) in circles.COACHING]
    return await persons(turn, dict.fromkeys([*members, *others, *coaching]))


def name(person: Person) -> Line:
    """A first name; of who has none, that it is a neighbour."""
    return line("{name}", name=person.first_name) if person.first_name else line(_NAMELESS)


def back(circle: Circle) -> Button:
    """From a small screen to the first one of the circle."""
    return Button(line(_("Back to the circle")), Press("circle", circle.id))


def coach(circle: Circle) -> Button:
    """A talk with the coach, one tap away."""
    return Button(line(_("Talk to the coach")), Press("circle_coach", circle.id))


def ways_out(turn: Turn, circle: Circle, other: str | None = None) -> list[Button]:
    """The last row below what who coordinates a circle reads of somebody: of many no block."""
    blocking = [] if other is None else [about(turn, "member_block", other, circle.id)]
    return [*(Button(line(_("Block")), press) for press in blocking), coach(circle)]


def dated(day: date) -> Line:
    """A day that may be years ago, with its year."""
    return line("{day} {year}", day=day, year=str(day.year))


def some(says: Sequence[Say]) -> Line:
    """Names or codes one after the other; of very many the first ones."""
    more = [line("…")] if len(says) > MOST_NAMED else []
    return listed([*says[:MOST_NAMED], *more])


def pressed(turn: Turn) -> Press:
    """The button of this turn."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    return turn.press


async def placed(
    turn: Turn, circle: str, role: CircleRole, besides: Collection[str] = ()
) -> list[Person]:
    """Who has this place in the circle and can be reached."""
    every = await turn.records.neighbours_in(circle)
    keys = [n.key for n in every if (p := n.place_in(circle)) and p.role is role]
    return [p for p in await persons(turn, keys) if p.key not in besides]


def _reached(person: Person, besides: Collection[str]) -> bool:
    return person.unreachable is None and person.key not in besides


def _token(turn: Turn, circle: str) -> str:
    return turn.house.lookup("circle", circle)[:_SHORT]


def _behind(turn: Turn, token: str) -> Circle:
    for circle in turn.rules.covenant.circles:
        if _token(turn, circle.id) == token:
            return circle
    raise NotFound
