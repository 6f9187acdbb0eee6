"""Lines: who may read and write along with an item after a warm hand-over, and as whom.

Asked anew each time: a volunteer who lost the role, or a professional whose mandate ended, is out.
"""

from datetime import datetime
from enum import StrEnum

from bot.core.access import acting_for, is_coordinator
from bot.core.covenant import About, Right
from bot.core.helping.neighbours import Neighbour
from bot.core.items import Item, Quiet
from bot.core.people import Person
from bot.core.routing import coach_partner, responsible
from bot.core.worktime import Rules

READ = "talk"
"""What the access log says of who read along."""


class Side(StrEnum):
    """As whom somebody talks along."""

    RESIDENT = "resident"
    """Whose matter it is."""
    VOLUNTEER = "volunteer"
    PARTNER = "partner"
    """The professional who accepted it."""


def whose(item: Item) -> str | None:
    """The person key of whose matter it is, when that person reported it."""
    passed_for = item.passed is not None and item.passed.by == item.reporter
    return item.reporter if item.report.about is About.SELF and not passed_for else None


def resident_of(item: Item) -> str | None:
    """The person key of whose matter it is, when that person talks along."""
    wrote = item.passed is not None and item.passed.by == item.reporter
    return item.reporter if item.reporter in item.talk and not wrote else None


def volunteers_of(item: Item) -> tuple[str, ...]:
    """The person keys of the volunteers who talk along."""
    return tuple(person for person in item.talk if person != resident_of(item))


def circles_of(item: Item) -> tuple[str, ...]:
    """The circles whose volunteers talk along."""
    named = (item.passed and item.passed.circle, item.back and item.back.circle)
    return tuple(dict.fromkeys(circle for circle in named if circle))


def side_of(
    person: Person, neighbour: Neighbour, item: Item, rules: Rules, now: datetime
) -> Side | None:
    """As whom `person` may read and write now, or None: the line ends with the item.

    The professional needs the mandate to act; a volunteer must still coordinate the circle, or
    work for the partner that answers for those without one.
    """
    if not item.open or not item.talk or person.key in item.recused:
        return None
    if person.key == resident_of(item):
        return None if item.line.quiet is Quiet.WITHDRAWN else Side.RESIDENT
    if person.key in item.talk:
        return Side.VOLUNTEER if _still(person, neighbour, item, rules) else None
    if person.key != item.assignment.by:
        return None
    return Side.PARTNER if acting_for(person, Right.ACT, item, rules, now) else None


def _still(person: Person, neighbour: Neighbour, item: Item, rules: Rules) -> bool:
    """Whether a volunteer or coach is that still, where it came from or went to, and no block
    keeps them from the reporter or from who talked along before them."""
    circles = circles_of(item)
    before = item.talk[: item.talk.index(person.key)]
    if not {item.reporter, *before}.isdisjoint(neighbour.blocked):
        return False
    if is_coordinator(person, rules) or any(neighbour.coordinates(c) for c in circles):
        return True
    behind = {coach_partner(rules.covenant, circle) for circle in circles or (None,)}
    behind |= set() if circles else {responsible(rules.covenant)}
    return any(partner in behind for partner in person.partners)
