"""The worker on a real inbox, with turns that fail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.core.people import Person
from bot.core.ports import Call, Records
from bot.core.queue import Arrival, Input
from bot.pipeline.loops import Stopping, Wake
from bot.pipeline.worker import Worker
from bot.sandbox import MovableClock
from storage import StorageUnavailable, Store

Handle = Callable[[Input, Records, datetime], Awaitable[None]]


def arrival(key: str, lane: str, text: str, at: datetime) -> Arrival:
    """An input that says `text`."""
    return Arrival(key=key, lane=lane, kind="Update", payload={"text": text}, at=at)


def says(input_: Input) -> Call:
    """What the turns of these tests send: the text that came in."""
    return Call(chat=input_.lane, method="sendMessage", params={"text": input_.payload["text"]})


@asynccontextmanager
async def working(
    store: Store, handle: Handle, clock: MovableClock, *, careful: bool = False
) -> AsyncIterator[Wake]:
    """A worker at work until nothing waits any more."""
    stopping, received, decided = Stopping(), Wake(), Wake()
    worker = Worker(
        store,
        handle,
        clock=clock.now,
        received=received,
        decided=decided,
        outside=(StorageUnavailable,),
        careful=careful,
    )
    task = asyncio.create_task(worker.run(stopping))
    yield received
    async with asyncio.timeout(20):
        while await store.pending(1):
            received.ring()
            await decided.wait(0.5)
    stopping.stop()
    received.ring()
    await task


async def sent_texts(store: Store, lane: str) -> list[str]:
    """What waits to be sent to a chat, in order."""
    texts = []
    while found := [o for o in await store.to_send(1000, ()) if o.call.chat == lane]:
        texts += [str(o.call.params["text"]) for o in found]
        await store.drop([o.seq for o in found])
    return texts


async def test_every_chat_is_handled_in_order(store: Store, clock: MovableClock) -> None:
    """Three hundred inputs of thirty chats: each chat's in the order in which they came."""

    async def echo(input_: Input, records: Records, _now: datetime) -> None:
        records.append(says(input_))

    await store.receive(
        [arrival(f"k{n}", f"lane{n % 30}", f"{n}", clock.now()) for n in range(300)]
    )
    async with working(store, echo, clock):
        pass
    for lane in range(30):
        assert await sent_texts(store, f"lane{lane}") == [str(n) for n in range(lane, 300, 30)]


async def test_a_poison_input_is_parked_and_its_chat_goes_on(
    store: Store, clock: MovableClock
) -> None:
    """What fails three times is put aside; what came after it is handled, in order."""
    seen: list[str] = []

    async def picky(input_: Input, records: Records, _now: datetime) -> None:
        if input_.kind == "Parked":
            records.append(Call(chat=input_.lane, method="m", params={"text": "parked"}))
            return
        seen.append(input_.payload["text"])
        records.append(says(input_))
        if input_.payload["text"] == "poison":
            raise ValueError("poison")

    texts = ["before", "poison", "after", "last"]
    await store.receive([arrival(t, "lane", t, clock.now()) for t in texts])
    async with working(store, picky, clock):
        pass
    assert seen.count("poison") == 3
    assert seen.count("after") == 1
    assert await sent_texts(store, "lane") == ["before", "after", "last", "parked"]


async def test_a_turn_that_fails_leaves_nothing_and_the_others_stand(
    store: Store, clock: MovableClock
) -> None:
    """Of a batch only the failing turn is undone."""

    async def half(input_: Input, records: Records, _now: datetime) -> None:
        records.put(Person(key=input_.lane, address=1, language="nl"))
        if input_.lane == "bad":
            raise ValueError

    await store.receive([arrival(lane, lane, "x", clock.now()) for lane in ("a", "bad", "b")])
    async with working(store, half, clock):
        pass
    async with store.reading() as records:
        found = {lane: await records.get(Person, lane) for lane in ("a", "bad", "b")}
    assert {lane for lane, person in found.items() if person} == {"a", "b"}


async def test_after_an_unclean_stop_an_input_that_kills_is_parked(
    store: Store, clock: MovableClock
) -> None:
    """In careful mode the attempt is kept before the turn, so that a killer stops killing."""
    await store.receive([arrival("k", "lane", "killer", clock.now())])

    async def count(_input: Input, _records: Records, _now: datetime) -> None:
        attempts.append(max(i.attempts for i in await store.pending(5)))

    attempts: list[int] = []
    async with working(store, count, clock, careful=True):
        pass
    assert attempts == [1]


async def test_a_database_that_is_away_costs_no_attempt(store: Store, clock: MovableClock) -> None:
    """A full disk is not the input's fault: it is tried again until it works."""
    troubles = 5

    async def away(input_: Input, records: Records, _now: datetime) -> None:
        nonlocal troubles
        if troubles:
            troubles -= 1
            raise StorageUnavailable
        records.append(says(input_))

    await store.receive([arrival("k", "lane", "hello", clock.now())])
    async with working(store, away, clock):
        pass
    assert await sent_texts(store, "lane") == ["hello"]
