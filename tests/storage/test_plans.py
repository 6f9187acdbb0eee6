"""Every hot query finds its rows by an index, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event as sa_event

from bot.core.circles import Level
from bot.core.items import Item
from bot.core.ports import Heard
from bot.core.queue import Sent
from storage import Store
from tests.storage.conftest import StandingClock
from tests.storage.samples import (
    NOW,
    access,
    alarm,
    arrival,
    ask,
    ask_event,
    call,
    checkin,
    drafts,
    event,
    helper,
    item,
    neighbour,
    person,
    wanted,
)

TABLES_OF_HELP = {
    "asks",
    "ask_events",
    "boards",
    "neighbours",
    "circle_members",
    "openings",
    "offers",
}
Statement = tuple[str, Any]
WALKED = {"ix_inbox_waiting", "ix_outbox_waiting", "ix_outbox_apart", "ix_items_due"}
"""Indexes that hold only what is wanted, in the order that is wanted: these may be walked."""


@contextmanager
def recorded(store: Store) -> Iterator[dict[str, Statement]]:
    """The statements that look for rows meanwhile, by their text."""
    found: dict[str, Statement] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *more: Any) -> None:
        _, many = more
        first = tuple(values[0] if many else values)
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            found[statement] = (statement, first)

    targets = {store.engines.writing.sync_engine, store.engines.reading.sync_engine}
    for engine in targets:
        sa_event.listen(engine, "before_cursor_execute", note)
    yield found
    for engine in targets:
        sa_event.remove(engine, "before_cursor_execute", note)


async def live(store: Store, clock: StandingClock) -> None:
    """Do everything that happens while people talk."""
    await store.receive([arrival(1, "anna", "x", alarm()), arrival(2), arrival(3), arrival(4)])
    one, two, three, four = await store.pending(10)
    async with store.batch() as batch:
        await batch.prefetch(["anna", "i1", "ask:a1"])
        records = batch.turn()
        records.put(person("anna", "WON"))
        records.put(drafts())
        records.put(item())
        records.put(ask(helper=helper()))
        records.put(neighbour("ria", "molenstraat"))
        for fact in (
            ask_event(),
            event(),
            access(),
            call(card="c", item="i1"),
            call("piet", unordered=True),
        ):
            records.append(fact)
        records.append(Heard(chat="anna", message_id=1, at=NOW))
        records.schedule("i1", [checkin(hours=1), checkin(round_=2, hours=2)])
        batch.merge(records, one)
        batch.merge(batch.turn(), four)
    async with store.batch() as batch:
        records = batch.turn()
        await records.get(Item, "i1")
        await read_everything(records)
        await look_for_help(records)
        records.forget_messages("anna", [1])
        batch.merge(records, two)
    await store.failed(three)
    await store.park(three)
    await store.claim_due(clock.pass_(hours=1), 100)
    await store.next_due()
    await send(store)


async def read_everything(records: Any) -> None:
    """Ask every question that a turn can ask."""
    await records.scheduled("i1")
    await records.members("WON")
    await records.item_by_code("GB-I1")
    await records.raised_by("anna")
    await records.held_by("WON")
    await records.open_items(50)
    await records.history("i1")
    await records.accesses("i1")
    await records.shown("anna")
    await records.message("anna", 1)


async def look_for_help(records: Any) -> None:
    """Ask every question about asks and neighbours."""
    await records.ask_by_code("GB-A1")
    await records.asked_by("anna")
    await records.helped_by("ria")
    await records.asks_in("molenstraat")
    await records.ask_history("a1")
    await records.neighbours_in("molenstraat")
    for level in (Level.IN_PUBLIC, Level.ALONE):
        query = wanted(level=level, gladly=("tom", "ria"), without=("anna",))
        await records.helpers_for(query, 3)
        await records.funnel(query)


async def send(store: Store) -> None:
    """Everything that the sender does."""
    alarm_, toast, first, *_ = await store.to_send(10, ["busy"])
    await store.message_ids("anna", "c")
    await store.sent([Sent(first.seq, first.call, (5,), NOW)])
    await store.drop([toast.seq])
    await store.refuse(alarm_, "400")
    await store.unreachable("anna")


async def test_no_hot_statement_walks_a_table(store: Store, clock: StandingClock) -> None:
    with recorded(store) as statements:
        await live(store, clock)
    assert len(statements) > 38
    walks = {
        statement: walked
        for statement, values in statements.values()
        if (walked := await _walks(store, statement, values))
    }
    assert walks == {}


async def test_the_index_of_offers_lies_in_the_order_of_asking(store: Store) -> None:
    """Looking for the next three sorts nothing."""
    with recorded(store) as statements:
        async with store.reading() as records:
            await records.helpers_for(wanted(circle=None), 3)
    ((statement, values),) = statements.values()
    assert await _sorts(store, statement, values) == []


async def test_a_batch_without_asks_only_looks_up_the_neighbours(store: Store) -> None:
    await store.receive([arrival(1)])
    (one,) = await store.pending(10)
    with recorded(store) as statements:
        async with store.batch() as batch:
            await batch.prefetch(["anna", "i1"])
            records = batch.turn()
            for thing in (person("anna", "WON"), drafts(), item()):
                records.put(thing)
            records.append(event())
            batch.merge(records, one)
    found = [name for name in TABLES_OF_HELP for text in statements if f" {name}" in text]
    assert found == ["neighbours"], "with the persons, in one go"


async def _walks(store: Store, statement: str, values: Any) -> list[str]:
    """The lines of the plan that go through a whole table or a whole index."""
    async with store.engines.read() as connection:
        if store.engines.dialect == "sqlite":
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            lines = [str(row.detail) for row in plan]
            return [line for line in lines if line.startswith("SCAN") and not _may(line)]
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        return [str(row[0]) for row in plan if "Seq Scan" in str(row[0])]


def _may(line: str) -> bool:
    """Whether walking is fine: a subquery of few rows, or an index made for it."""
    subquery = line.split()[1] in {"anon_1", "anon_2"}
    # SQLite counts a whole table without looking at its rows.
    counted = line == "SCAN offers"
    return subquery or counted or any(f"INDEX {name}" in line for name in WALKED)


async def test_claiming_sorts_nothing(store: Store) -> None:
    """The table of check-ins lies in the order in which they are due."""
    with recorded(store) as statements:
        await store.claim_due(NOW + timedelta(days=1), 10)
    ((statement, values),) = statements.values()
    assert await _sorts(store, statement, values) == []


async def _sorts(store: Store, statement: str, values: Any) -> list[str]:
    """The lines of the plan that sort."""
    async with store.engines.read() as connection:
        on_sqlite = store.engines.dialect == "sqlite"
        if not on_sqlite:
            await connection.exec_driver_sql("SET LOCAL enable_sort = off")
        prefix = "EXPLAIN QUERY PLAN" if on_sqlite else "EXPLAIN"
        plan = await connection.exec_driver_sql(f"{prefix} {statement}", values)
        lines = [" ".join(str(column) for column in row) for row in plan]
    return [line for line in lines if "B-TREE" in line or "Sort" in line]
