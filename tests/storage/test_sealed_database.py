"""The database file alone tells nothing."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, insert, select, text, update

from bot.core.people import Person
from bot.core.ports import Heard
from storage import Keys, SealBroken, Store, WrongKeys, open_store
from storage.columns import Sealed
from storage.errors import NotComparable
from storage.plain import PLAIN
from storage.schema import items, metadata, people
from tests.storage.conftest import StandingClock
from tests.storage.samples import (
    ADDRESS,
    MARKER,
    NOW,
    access,
    arrival,
    ask,
    ask_event,
    call,
    checkin,
    drafts,
    event,
    group,
    helper,
    invite,
    item,
    neighbour,
    person,
)
from tests.storage.turns import append, keep, turn

MARKERS = (
    MARKER.encode(),
    b"Zwaluwnest",
    b"Ganzerikhof",
    b"Wilhelmijntje",
    str(ADDRESS).encode(),
    ADDRESS.to_bytes(6, "big"),
    struct.pack("<q", ADDRESS),
    b"noise",
    b"groceries",
    b"molenstraat",
    b"bakel",
)


def test_every_plain_column_has_its_reason() -> None:
    columns = {str(c) for table in metadata.tables.values() for c in table.columns}
    sealed = {str(c) for t in metadata.tables.values() for c in t.columns if _is_sealed(c)}
    assert columns - sealed == PLAIN.keys()


def test_every_sealed_column_names_itself() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            assert not isinstance(column.type, Sealed) or column.type.place == str(column)


def _is_sealed(column: Column[Any]) -> bool:
    return isinstance(column.type, Sealed)


async def test_no_file_of_the_database_holds_what_was_said(
    tmp_path: Path, clock: StandingClock
) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'omzien.db'}", Keys.generate(), clock=clock)
    await store.receive([arrival(1)])
    await keep(store, person(), drafts(), invite(), item())
    await keep(store, ask(helper=helper()), neighbour("ria", "molenstraat"), group("c1"))
    await append(store, event(), access(), call(card="main", item="i1"), ask_event())
    await append(store, Heard(chat="anna", message_id=1, at=NOW))
    async with turn(store) as records:
        records.schedule("i1", [checkin(hours=1)])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "omzien.db",
        "omzien.db-shm",
        "omzien.db-wal",
    ]
    await store.to_send(10, ())
    _assert_nothing_told(tmp_path)
    await store.close()
    _assert_nothing_told(tmp_path)


def _assert_nothing_told(folder: Path) -> None:
    for path in folder.iterdir():
        contents = path.read_bytes()
        assert [marker for marker in MARKERS if marker in contents] == []


async def test_a_value_moved_to_another_column_is_refused(store: Store) -> None:
    await keep(store, person(), drafts())
    async with store.engines.write() as connection:
        await connection.execute(text("UPDATE people SET body = (SELECT body FROM drafts)"))
    async with store.reading() as records:
        with pytest.raises(SealBroken):
            await records.get(Person, "anna")


@pytest.mark.parametrize(
    "compare",
    [
        lambda c: c == b"x",
        lambda c: c != b"x",
        lambda c: c < b"x",
        lambda c: b"x" + c,
        lambda c: c.in_([b"x"]),
        lambda c: c.like("x%"),
        lambda c: c.desc(),
        lambda c: c == people.c.body,
    ],
)
def test_comparing_a_sealed_column_raises(compare: Callable[[Any], object]) -> None:
    with pytest.raises(NotComparable):
        compare(items.c.body)


async def test_whether_there_is_a_sealed_value_may_be_asked(store: Store) -> None:
    await keep(store, item())
    async with store.engines.write() as connection:
        found = await connection.execute(select(items.c.key).where(items.c.body.is_not(None)))
        assert list(found.scalars()) == ["i1"]
        await connection.execute(update(items).values(body=None))


async def test_other_keys_are_refused_at_the_door(
    url: str, store: Store, clock: StandingClock
) -> None:
    assert await store.next_due() is None
    with pytest.raises(WrongKeys):
        await open_store(url, Keys.generate(), clock=clock)


async def test_a_refused_statement_quotes_nothing(store: Store) -> None:
    await keep(store, person())
    row = {"key": "anna", "unreachable": False, "body": MARKER}
    with pytest.raises(Exception, match=r"UNIQUE|unique") as raised:
        await _insert(store, row)
    assert MARKER not in str(raised.value)


async def _insert(store: Store, row: dict[str, Any]) -> None:
    async with store.engines.write() as connection:
        await connection.execute(insert(people), [row])
