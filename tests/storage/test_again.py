"""What was put aside can be tried again, in either direction."""

from bot.core.ports import PutAside
from storage import Store
from tests.storage.conftest import StandingClock
from tests.storage.samples import call
from tests.storage.turns import append, arrived, turn


async def test_a_refused_call_is_sent_again_before_what_came_later(
    store: Store, clock: StandingClock
) -> None:
    """Sent again, it goes in its old place; refused again, it is reported again."""
    await append(store, call("anna", "1"))
    (first,) = await store.to_send(10, ())
    await store.refuse(first, "400")
    await append(store, call("anna", "2"))
    await take_up(store, came_in=False)
    (again,) = await store.to_send(10, ())
    assert again == first
    assert len(await store.pending(10)) == 1
    clock.pass_(minutes=1)
    await store.refuse(again, "400")
    assert [i.kind for i in await store.pending(10)] == ["Unsent", "Unsent"]
    assert [(one.reference, one.came_in) for one in await aside(store)] == [(str(first.seq), False)]


async def test_a_parked_input_is_handled_again_as_if_it_never_failed(store: Store) -> None:
    """Its attempts count anew, so that its chat doesn't wait for it."""
    input_ = await arrived(store)
    await store.failed(input_)
    await store.park(input_)
    await take_up(store, came_in=True)
    found = [i for i in await store.pending(10) if i.key == input_.key]
    assert [(i.attempts, i.payload) for i in found] == [(0, input_.payload)]


async def test_what_is_no_longer_aside_stays_as_it_is(store: Store) -> None:
    """A list may be old: what was sent meanwhile is not sent twice."""
    await append(store, call("anna", "1"))
    (sent,) = await store.to_send(10, ())
    await store.refuse(sent, "400")
    (one,) = await aside(store)
    await store.drop([sent.seq])
    async with turn(store) as records:
        records.again(one)
    assert await store.to_send(10, ()) == []


async def take_up(store: Store, *, came_in: bool) -> None:
    """Try everything of one direction again; the turn itself sees it as taken up."""
    async with turn(store) as records:
        for one in await records.put_aside(10):
            if one.came_in is came_in:
                records.again(one)
        assert all(one.came_in is not came_in for one in await records.put_aside(10))


async def aside(store: Store) -> list[PutAside]:
    """What is put aside."""
    async with store.reading() as records:
        return list(await records.put_aside(10))
