"""A batch: turns see the ones before them, and only what succeeds is kept."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.items import Item, Stage
from bot.core.people import Person
from bot.core.ports import Heard, Records
from bot.core.queue import Input
from storage import Store
from tests.storage.samples import NOW, access, arrival, call, checkin, drafts, event, item, person
from tests.storage.turns import append, arrived, keep


async def test_a_turn_sees_the_ones_before_it_in_the_batch(store: Store) -> None:
    await store.receive([arrival(1), arrival(2)])
    one, two = await store.pending(10)
    async with store.batch() as batch:
        await batch.prefetch(["anna"])
        first = batch.turn()
        first.put(item())
        first.append(event())
        first.append(Heard(chat="anna", message_id=3, at=NOW))
        first.schedule("i1", [checkin()])
        batch.merge(first, one)
        second = batch.turn()
        await _sees_the_first(second)
        batch.merge(second, two)
    assert await store.pending(10) == []


async def _sees_the_first(records: Records) -> None:
    assert await records.get(Item, "i1") == item()
    assert await records.item_by_code("GB-I1") == item()
    assert await records.held_by("WON") == [item()]
    assert await records.raised_by("anna") == [item()]
    assert await records.open_items(5) == [item()]
    assert await records.history("i1") == [event()]
    assert [m.message_id for m in await records.shown("anna")] == [3]
    assert await records.message("anna", 3) is not None
    assert await records.scheduled("i1") == (checkin(),)


async def test_a_turn_that_is_not_merged_leaves_nothing_behind(store: Store) -> None:
    input_ = await arrived(store)
    async with store.batch() as batch:
        lost = batch.turn()
        for fact in (event(), access(), call()):
            lost.append(fact)
        lost.put(item())
        lost.schedule("i1", [checkin()])
        other = batch.turn()
        assert await other.get(Item, "i1") is None
        assert await other.held_by("WON") == []
        batch.merge(other, input_)
    assert await store.to_send(10, ()) == []
    assert await store.next_due() is None


async def test_a_turn_can_discard_what_it_did(store: Store) -> None:
    async with store.writing() as records:
        records.put(item())
        records.append(call())
        records.discard()
        records.put(person())
    async with store.reading() as records:
        assert await records.get(Item, "i1") is None
        assert await records.get(Person, "anna") == person()
    assert await store.to_send(10, ()) == []


async def test_a_batch_that_raises_keeps_nothing(store: Store) -> None:
    input_ = await arrived(store)
    with pytest.raises(ZeroDivisionError):
        await _fall_over(store, input_)
    assert await store.pending(10) == [input_]
    async with store.reading() as records:
        assert await records.get(Person, "anna") is None


async def _fall_over(store: Store, input_: Input) -> None:
    async with store.batch() as batch:
        records = batch.turn()
        records.put(person())
        batch.merge(records, input_)
        raise ZeroDivisionError


async def test_of_two_events_with_one_number_the_first_wins(store: Store) -> None:
    """Two workers accept the same item: the second one's batch is refused whole."""
    await keep(store, item())
    await append(store, event(revision=2, by_whom="first"))
    with pytest.raises(IntegrityError):
        await _accept_too_late(store)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == item()
        assert [e.data for e in await records.history("i1")] == [{"by_whom": "first"}]


async def _accept_too_late(store: Store) -> None:
    async with store.writing() as records:
        records.put(item(stage=Stage.HELD, revision=2))
        records.append(event(revision=2, by_whom="second"))


async def test_prefetch_loads_all_that_the_lanes_name(store: Store) -> None:
    await keep(store, person("anna"), drafts("anna"), item("i1"), person("piet"))
    async with store.batch() as batch:
        await batch.prefetch(["anna", "i1", "card:piet:main", "chat:nobody"])
        records = batch.turn()
        assert await records.get(Person, "anna") == person("anna")
        assert await records.get(Person, "piet") == person("piet")
        assert await records.get(Item, "i1") == item()
        assert await records.get(Person, "nobody") is None


async def test_a_handled_input_keeps_no_payload(store: Store) -> None:
    input_ = await arrived(store)
    async with store.batch() as batch:
        batch.merge(batch.turn(), input_)
    async with store.engines.read() as connection:
        rows = (await connection.exec_driver_sql("SELECT state, payload FROM inbox")).all()
    assert [tuple(row) for row in rows] == [("done", None)]
