"""Finding neighbours for an ask by the index of offers, and counting who falls at which gate.

Offers that were changed and not yet written are judged by the core's own rule.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from bot.core.circles import Level
from bot.core.helping.neighbours import Neighbour
from bot.core.matching import Funnel, Gate, Wanted, falls, rank
from storage.lists import anywhere, in_area, in_circle, place
from storage.reading import Reader
from storage.schema import offers, openings

Changed = Mapping[str, Neighbour]
COUNTED = (Gate.TIME, Gate.LEVEL, Gate.PAUSED, Gate.FULL, Gate.STREET, Gate.BLOCKED)
"""The gates behind the place, in their order."""
_LEVEL = COUNTED.index(Gate.LEVEL)
GATES = (Gate.KIND, Gate.PLACE, *COUNTED)
"""Every gate that an index can tell."""

_all = openings.c
_circle: BindParameter[str] = bindparam("circle")
_area: BindParameter[str] = bindparam("area")
_no_circle: BindParameter[bool] = bindparam("no_circle", type_=Boolean())
_members = select(_all.person).where(_all.place == _circle)
_passing: Mapping[Gate, ColumnElement[bool]] = {
    Gate.TIME: _all.times.bitwise_and(bindparam("times")) != 0,
    Gate.PAUSED: or_(_all.paused.is_(None), _all.paused <= bindparam("on")),
    Gate.FULL: _all.room.is_(true()),
    Gate.STREET: _all.home.not_in(bindparam("hidden", expanding=True)),
    Gate.BLOCKED: _all.person.not_in(bindparam("without", expanding=True)),
}


async def helpers(
    reader: Reader, changed: Changed, wanted: Wanted, limit: int
) -> Sequence[Neighbour]:
    """Who fits, in the order of `rank`: the circle, who is asked for again, then the village."""
    search = _Search(reader, changed, wanted, limit)
    await search.look()
    found = sorted(search.found.values(), key=lambda neighbour: rank(wanted, neighbour))
    return found[:limit]


class _Search:
    """One search; each step looks only when the ones before it found too few."""

    def __init__(self, reader: Reader, changed: Changed, wanted: Wanted, limit: int) -> None:
        self._reader = reader
        self._wanted = wanted
        self._limit = limit
        self._out = {*wanted.without, *changed}
        self.found = {key: n for key, n in changed.items() if falls(wanted, n) is None}

    async def look(self) -> None:
        """Find enough, or everyone there is."""
        wanted = self._wanted
        if wanted.circle is not None:
            self._add(await self._at(_in_circle(wanted.level), None))
        if sum(wanted.circle in n.places for n in self.found.values()) >= self._limit:
            return
        known = set(wanted.gladly) - self._out
        self._add(await self._reader.many(Neighbour, known))
        # Nobody is introduced in a circle who does not belong to it.
        others_may = wanted.level < Level.ALONE or wanted.circle is None
        if wanted.area is not None and others_may:
            self._add(await self._at(_in_area(wanted.level), self._limit))

    async def _at(self, statement: Select[Any], limit: int | None) -> list[Neighbour]:
        values = _values(self._reader, self._wanted, without=self._out)
        rows = await self._reader.rows(statement, values | ({"limit": limit} if limit else {}))
        return await self._reader.many(Neighbour, (row.person for row in rows))

    def _add(self, neighbours: Sequence[Neighbour]) -> None:
        fitting = {n.key: n for n in neighbours if falls(self._wanted, n) is None}
        self.found |= fitting
        self._out |= fitting.keys()


async def funnel(reader: Reader, changed: Changed, wanted: Wanted) -> Funnel:
    """How many offers fall at which gate; each at the first one.

    Changed offers are counted as they are now instead of as the index has them.
    """
    counted = await _counted(reader, wanted)
    counted.subtract(_tally(wanted, await reader.many(Neighbour, changed)))
    counted.update(_tally(wanted, changed.values()))
    fell = {gate: counted[gate] for gate in GATES}
    return Funnel(all=counted.total(), fell=fell, left=counted[None])


async def _counted(reader: Reader, wanted: Wanted) -> Counter[Gate | None]:
    """How many offers of the index fall at which gate, and at none."""
    values = _values(reader, wanted, without=wanted.without)
    (offers,) = (await reader.rows(_offers, {}))[0]
    (of_kind,) = (await reader.rows(_of_kind, values))[0]
    left = [offers, of_kind, *(await reader.rows(_counting(wanted.level), values))[0]]
    counted: Counter[Gate | None] = Counter({None: left[-1]})
    for n, gate in enumerate(GATES):
        counted[gate] = left[n] - left[n + 1]
    return counted


def _tally(wanted: Wanted, neighbours: Iterable[Neighbour]) -> Counter[Gate | None]:
    return Counter(falls(wanted, n) for n in neighbours if n.offer is not None)


def _values(reader: Reader, wanted: Wanted, *, without: Any) -> dict[str, Any]:
    """What the statements are asked with; a place that is none has nobody in it."""
    names = {
        "circle": in_circle(wanted.circle or "", wanted.kind),
        "area": in_area(wanted.area or "", wanted.kind),
        "anywhere": anywhere(wanted.kind),
    }
    return {
        **{name: place(reader.lookup, value) for name, value in names.items()},
        "times": wanted.times,
        "on": wanted.on,
        "no_circle": wanted.circle is None,
        "vog_after": wanted.vog_after,
        "hidden": ["", *(place(reader.lookup, home) for home in wanted.hidden)],
        "without": ["", *sorted(without)],
    }


def _passes(level: Level) -> list[ColumnElement[bool]]:
    """A condition for each gate of `COUNTED`."""
    cleared = _all.vog > bindparam("vog_after") if level >= Level.ALONE else literal(value=True)
    return [cleared if gate is Gate.LEVEL else _passing[gate] for gate in COUNTED]


def _fitting(level: Level) -> Select[Any]:
    return (
        select(_all.person)
        .where(*_passes(level))
        .order_by(_all.away, _all.helps, _all.asked, _all.person)
    )


@cache
def _in_circle(level: Level) -> Select[Any]:
    return _fitting(level).where(_all.place == _circle)


@cache
def _in_area(level: Level) -> Select[Any]:
    """Of the village; who belongs to the circle was judged there."""
    elsewhere = _all.person.not_in(_members)
    return _fitting(level).where(_all.place == _area, elsewhere).limit(bindparam("limit"))


_offers = select(func.count()).select_from(offers)
_of_kind = select(func.count()).where(_all.place == bindparam("anywhere"))


@cache
def _counting(level: Level) -> Select[Any]:
    """How many are in the place, and how many are left behind each gate."""
    reachable = _reachable(level)
    passes = [column for column in reachable.c if column.name.startswith("passes")]
    counts: list[ColumnElement[int]] = [
        func.count().filter(and_(true(), *passes[:n])).label(f"left_{n}")
        for n in range(len(passes) + 1)
    ]
    return select().add_columns(*counts).select_from(reachable)


def _reachable(level: Level) -> Subquery:
    """The offers in the circle, and those in the village of who does not belong to it.

    Nobody is introduced in a circle who does not belong to it.
    """
    inside, outside = _passes(level), _passes(level)
    if level >= Level.ALONE:
        outside[_LEVEL] = and_(outside[_LEVEL], _no_circle.is_(true()))
    circle = _labelled(inside).where(_all.place == _circle)
    area = _labelled(outside).where(_all.place == _area, _all.person.not_in(_members))
    return union_all(circle, area).subquery()


def _labelled(passes: Sequence[ColumnElement[bool]]) -> Select[Any]:
    labelled = [one.label(f"passes_{n}") for n, one in enumerate(passes)]
    return select().add_columns(*labelled)
