"""Lines: who may read and write along with an item after a warm hand-over, and as whom.

Asked anew each time: a volunteer who lost the role, or a professional whose mandate ended, is out.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.core.access import acting_for, is_coordinator
from bot.core.covenant import About, Covenant, Right
from bot.core.helping.neighbours import Neighbour
from bot.core.items import Event, EventKind, Item, Quiet
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
    return item.reporter if item.report.about is About.SELF and not _for_another(item) else None


def resident_of(item: Item) -> str | None:
    """The person key of whose matter it is, when that person talks along."""
    return item.reporter if item.reporter in item.talk and not _for_another(item) else None


def _for_another(item: Item) -> bool:
    """Whether its reporter is a volunteer, who passed it on without the neighbour's word."""
    return item.passed is not None and item.passed.by == item.reporter


def volunteers_of(item: Item) -> tuple[str, ...]:
    """The person keys of the volunteers who talk along."""
    return tuple(person for person in item.talk if person != resident_of(item))


def circles_of(item: Item) -> tuple[str, ...]:
    """The circles whose volunteers talk along."""
    named = (item.passed and item.passed.circle, item.back and item.back.circle)
    return tuple(dict.fromkeys(circle for circle in named if circle))


def circle_for(person: Person, neighbour: Neighbour, item: Item, covenant: Covenant) -> str | None:
    """Of the circles whose volunteers talk along the one that is meant for `person`: from which
    they passed it on, else where they coordinate, else where they belong, else the one that was
    asked last; None without a circle."""
    if item.passed is not None and item.passed.by == person.key:
        return item.passed.circle
    circles = circles_of(item)
    sees_to = (c for c in circles if _sees_to(person, neighbour, c, covenant))
    belongs = (c for c in circles if neighbour.place_in(c))
    return next(iter((*sees_to, *belongs, *circles[::-1])), None)


def readable(history: Sequence[Event], item: Item, circle: str | None) -> Sequence[Event]:
    """What a volunteer of this circle may read of the history of a line: what was written since
    their circle had the matter or was asked, and nothing that was written to others before."""
    if item.passed is not None and item.passed.circle == circle:
        return history
    begins = len(history)
    for number, event in reversed(list(enumerate(history))):
        if event.kind is EventKind.HANDED_BACK:
            if event.data.get("circle") != circle:
                break
            begins = number
    return history[begins:]


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
    before = item.talk[: item.talk.index(person.key)]
    if not {item.reporter, *before}.isdisjoint(neighbour.blocked):
        return False
    covenant, places = rules.covenant, _places(item)
    if is_coordinator(person, rules) or any(
        _sees_to(person, neighbour, place, covenant) for place in places
    ):
        return True
    return None in places and responsible(covenant) in person.partners


def _places(item: Item) -> tuple[str | None, ...]:
    """The circles whose volunteers talk along, and None where no circle had it."""
    circles = circles_of(item)
    none = not circles or (item.passed is not None and item.passed.circle is None)
    return (*circles, None) if none else circles


def _sees_to(person: Person, neighbour: Neighbour, circle: str | None, covenant: Covenant) -> bool:
    """Whether somebody coordinates a circle, or works for the partner that coaches it."""
    return neighbour.coordinates(circle) or coach_partner(covenant, circle) in person.partners
