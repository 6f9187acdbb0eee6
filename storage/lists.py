"""Lists beside the things: rows by which they are found, written anew whenever they change."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table

from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Neighbour, Offer
from bot.core.items import Item
from bot.core.matching import NEVER, carries, full, home, introduced, villages
from bot.core.people import Person
from bot.core.ports import Kept
from storage import schema
from storage.rows import Row, due_day, urgency

Lookup = Callable[[str, str], str]
"""Makes keyed hashes, by the kind and the value."""


class Listing(NamedTuple):
    """A list: the rows that one thing has in it, and the column that says whose they are."""

    kind: type[Kept]
    table: Table
    owner: str
    rows: Callable[[Any, Lookup], list[Row]]


def place(lookup: Lookup, name: str) -> str:
    """The keyed hash of a place, so that the database tells no circle, village or kind of help."""
    return lookup("place", name)


def board(circle: str) -> str:
    """The name of the board of a circle; empty for asks of no circle."""
    return f"circle:{circle}"


def promises(person: str) -> str:
    """The name of the list of what a neighbour promised."""
    return f"helper:{person}"


def behalf(person: str) -> str:
    """The name of the list of what somebody asked for people without a chat of their own."""
    return f"by:{person}"


def in_circle(circle: str, kind: str) -> str:
    """The name of the place of offers of one kind in a circle."""
    return f"circle:{circle}/{kind}"


def in_area(area: str, kind: str) -> str:
    """The same in a village."""
    return f"area:{area}/{kind}"


def anywhere(kind: str) -> str:
    """The same wherever: one row for each neighbour."""
    return f"anywhere/{kind}"


def _memberships(person: Person, _lookup: Lookup) -> list[Row]:
    return [{"partner": p, "person": person.key} for p in sorted(set(person.partners))]


def _holdings(item: Item, _lookup: Lookup) -> list[Row]:
    """None when it has ended."""
    if not item.open:
        return []
    due = urgency(item)
    return [{"partner": p, "due": due, "item": item.key} for p in sorted(set(item.holders))]


def _boards(ask: Ask, lookup: Lookup) -> list[Row]:
    """None when it has ended."""
    if not ask.open:
        return []
    names = [board(ask.wish.circle or ""), *(promises(p) for p in sorted(set(ask.helping)))]
    names += [behalf(ask.by)] if ask.by and not ask.asker else []
    row = {"due": due_day(ask), "created": ask.created, "ask": ask.key}
    return [{"place": place(lookup, name), **row} for name in names]


def _circles(neighbour: Neighbour, lookup: Lookup) -> list[Row]:
    circles = sorted({belonging.circle for belonging in neighbour.circles})
    return [{"circle": place(lookup, board(c)), "person": neighbour.key} for c in circles]


def offer_rows(neighbour: Neighbour, _lookup: Lookup) -> list[Row]:
    """One for who offers anything."""
    return [] if neighbour.offer is None else [{"person": neighbour.key}]


def opening_rows(neighbour: Neighbour, lookup: Lookup) -> list[Row]:
    """Where the offer of this neighbour counts: its circles, its villages and anywhere, by kind."""
    offer = neighbour.offer
    if offer is None:
        return []
    row = {
        "helps": carries(neighbour),
        "asked": neighbour.asked or NEVER,
        "person": neighbour.key,
        "times": offer.times,
        "paused": offer.paused_until,
        "room": not full(neighbour),
        "home": place(lookup, home(offer)),
    }
    return [
        {"place": place(lookup, name), "away": away, "vog": _vog(neighbour, circle), **row}
        for name, away, circle in _places(neighbour, offer)
    ]


def _places(neighbour: Neighbour, offer: Offer) -> list[tuple[str, bool, str | None]]:
    """The name of each place, whether the neighbour lives elsewhere, and its circle."""
    found: list[tuple[str, bool, str | None]] = []
    for kind in sorted(set(offer.kinds)):
        found.append((anywhere(kind), False, None))
        found += [(in_circle(c, kind), False, c) for c in sorted(set(neighbour.places))]
        found += [(in_area(a, kind), a != offer.area, None) for a in sorted(villages(offer))]
    return found


def _vog(neighbour: Neighbour, circle: str | None) -> date | None:
    """The day that a VOG was seen, for who was also introduced there."""
    if neighbour.vog is None or not introduced(neighbour, circle):
        return None
    return neighbour.vog.seen


LISTS: Sequence[Listing] = (
    Listing(Person, schema.members, "person", _memberships),
    Listing(Item, schema.holdings, "item", _holdings),
    Listing(Ask, schema.boards, "ask", _boards),
    Listing(Neighbour, schema.circle_members, "person", _circles),
    Listing(Neighbour, schema.offers, "person", offer_rows),
    Listing(Neighbour, schema.openings, "person", opening_rows),
)
