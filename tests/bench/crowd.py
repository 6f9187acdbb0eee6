"""Fills a database with many rows fast: one sealed body serves them all."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import itemgetter
from pathlib import Path

from bot.core.checkins import CheckIn, Due
from bot.core.helping.neighbours import Neighbour
from storage import Keys, Sealer, open_store
from storage.columns import microseconds
from storage.lists import opening_rows
from storage.rows import Row
from storage.schema import openings

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def make_empty(path: Path, keys: Keys) -> None:
    """A database with its tables and nothing in them."""
    store = await open_store(f"sqlite:///{path}", keys, clock=lambda: NOW)
    await store.close()


def fill_checkins(path: Path, due: int, later: int) -> None:
    """`due` check-ins of the past minute and `later` ones of the coming weeks."""

    def rows() -> Iterator[tuple[int, str, str]]:
        for n in range(due + later):
            ago = timedelta(seconds=1 + n % 60)
            ahead = timedelta(minutes=1 + n % 40_000)
            moment = NOW - ago if n < due else NOW + ahead
            subject = f"i{n:09d}"
            checkin = CheckIn(subject=subject, what=Due.REPORTER, round=1, due=moment)
            yield microseconds(moment), checkin.key, subject

    _insert(path, "insert into checkins (due, key, subject) values (?, ?, ?)", rows())


def fill_people(path: Path, keys: Keys, count: int) -> None:
    """`count` persons; nobody opens their bodies here."""
    body = Sealer(keys).seal("people.body", "{}" + " " * 200)
    rows = ((f"p{n:025d}", body) for n in range(count))
    _insert(path, "insert into people (key, unreachable, body) values (?, 0, ?)", rows)


def fill_items(path: Path, keys: Keys, count: int) -> None:
    """`count` open items, each with a holder and a next check-in."""
    body = Sealer(keys).seal("items.body", "{}" + " " * 800)
    at = microseconds(NOW)
    rows = (
        (f"i{n:09d}", f"GB-{n:07d}", f"p{n % 1000:025d}", at + n, at + n, body)
        for n in range(count)
    )
    _insert(
        path,
        "insert into items (key, code, stage, reporter, created, due, revision, body) "
        "values (?, ?, 'held', ?, ?, ?, 3, ?)",
        rows,
    )
    held = (("WON", at + n, f"i{n:09d}") for n in range(count))
    _insert(path, "insert into holdings (partner, due, item) values (?, ?, ?)", held)


def fill_neighbours(path: Path, keys: Keys, neighbours: Iterable[Neighbour]) -> None:
    """Neighbours with their offers, as the bot itself would write them."""
    sealer = Sealer(keys)
    lookup = cache(sealer.lookup)
    people: list[tuple[object, ...]] = []
    rows: list[tuple[object, ...]] = []
    for neighbour in neighbours:
        body = sealer.seal("neighbours.body", neighbour.model_dump_json())
        people.append((neighbour.key, body))
        rows += [_opening(row) for row in opening_rows(neighbour, lookup)]
    _insert(path, "insert into neighbours (key, body) values (?, ?)", iter(people))
    _insert(path, "insert into offers (person) values (?)", ((key,) for key, _ in people))
    marks = ", ".join("?" * len(_OPENING))
    statement = f"insert into openings ({', '.join(_OPENING)}) values ({marks})"
    _insert(path, statement, iter(sorted(rows, key=itemgetter(0, 1, 2, 3, 4))))


_OPENING = tuple(column.name for column in openings.columns)


def _opening(row: Row) -> tuple[object, ...]:
    plain = row | {
        "asked": microseconds(row["asked"]),
        "paused": row["paused"] and row["paused"].isoformat(),
        "vog": row["vog"] and row["vog"].isoformat(),
    }
    return tuple(plain[name] for name in _OPENING)


def _insert(path: Path, statement: str, rows: Iterator[tuple[object, ...]]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("pragma synchronous = off")
    with connection:
        connection.executemany(statement, rows)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
