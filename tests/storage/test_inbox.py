"""The inbox: nothing twice, in order per lane, and failures wait or are parked."""

from dataclasses import replace

from bot.core.checkins import CheckIn
from bot.core.ports import SIGNALS, Parked
from bot.core.queue import Arrival
from storage import Store
from tests.storage.conftest import StandingClock
from tests.storage.samples import NOW, alarm, arrival, checkin
from tests.storage.turns import arrived, turn


async def done(store: Store, *numbers: int) -> None:
    """Handle these inputs."""
    inputs = {i.seq: i for i in await store.pending(1000)}
    async with store.batch() as batch:
        for input_ in [i for i in inputs.values() if int(i.key.split(":")[2]) in numbers]:
            batch.merge(batch.turn(), input_)


def numbers(inputs: object) -> list[int]:
    """The update numbers of inputs."""
    assert isinstance(inputs, list)
    return [int(i.key.split(":")[2]) for i in inputs]


async def test_an_arrival_comes_back_as_it_came(store: Store) -> None:
    await store.receive([arrival(1, "anna", "hé\n\t\\u0000 <&> 🐢")])
    (input_,) = await store.pending(10)
    assert input_.payload == arrival(1, "anna", "hé\n\t\\u0000 <&> 🐢").payload
    assert (input_.key, input_.lane, input_.kind) == ("tg:42:1", "anna", "Update")
    assert (input_.at, input_.attempts) == (NOW, 0)


async def test_the_same_update_again_is_no_news(store: Store) -> None:
    assert await store.receive([arrival(1), arrival(2), arrival(1)]) == 2
    assert await store.receive([arrival(2), arrival(3)]) == 1
    assert numbers(await store.pending(10)) == [1, 2, 3]
    await done(store, 1, 2, 3)
    assert await store.receive([arrival(1), arrival(2), arrival(3)]) == 0
    assert await store.pending(10) == []


async def test_nothing_to_receive_is_fine(store: Store) -> None:
    assert await store.receive([]) == 0


async def test_an_alarm_is_sent_once_for_each_new_update(store: Store) -> None:
    await store.receive([arrival(1, "anna", "help", alarm()), arrival(2)])
    await store.receive([arrival(1, "anna", "help", alarm()), arrival(3, "anna", "x", alarm())])
    assert [o.call for o in await store.to_send(10, ())] == [alarm(), alarm()]


async def test_nul_bytes_and_lone_surrogates_are_cleaned_at_the_door(store: Store) -> None:
    """They would abort a transaction of everyone's on PostgreSQL."""
    text = 'a\0b \ud83d c \\u0000 "\\'
    message = {"text": text, "deep": [{"k\0": "\0"}, 1, None, True, 1.5]}
    await store.receive([Arrival("k\0", "anna", "Update", {"message": message}, NOW)])
    (input_,) = await store.pending(10)
    cleaned = {"text": 'ab ? c \\u0000 "\\', "deep": [{"k": ""}, 1, None, True, 1.5]}
    assert input_.payload == {"message": cleaned}


async def test_behind_a_failed_input_its_lane_waits(store: Store) -> None:
    await store.receive([arrival(1), arrival(2, "piet"), arrival(3), arrival(4, "piet")])
    first = (await store.pending(10))[0]
    await store.failed(first)
    waiting = await store.pending(10)
    assert numbers(waiting) == [1, 2, 4]
    assert waiting[0] == replace(first, attempts=1)
    await done(store, 1)
    assert numbers(await store.pending(10)) == [2, 3, 4]


async def test_a_parked_input_keeps_its_text_and_lets_its_chat_go_on(
    store: Store, clock: StandingClock
) -> None:
    await store.receive([arrival(1), arrival(2)])
    first = (await store.pending(10))[0]
    clock.pass_(hours=1)
    await store.park(first)
    waiting = await store.pending(10)
    assert [i.kind for i in waiting] == ["Update", "Parked"]
    assert waiting[1].payload == Parked(chat="anna", reference=str(first.seq)).model_dump()
    assert waiting[1].at == clock()
    async with store.engines.read() as connection:
        statement = "SELECT state, payload IS NULL FROM inbox ORDER BY seq"
        first_row = (await connection.exec_driver_sql(statement)).first()
    assert first_row is not None
    assert list(first_row) == ["parked", False]


async def test_a_parked_signal_starts_no_chain(store: Store) -> None:
    input_ = await arrived(store)
    await store.park(input_)
    (signal,) = await store.pending(10)
    await store.park(signal)
    assert await store.pending(10) == []


async def test_due_checkins_come_in_once(store: Store, clock: StandingClock) -> None:
    async with turn(store) as records:
        records.schedule("i1", [checkin(hours=1), checkin(round_=2, hours=3)])
        records.schedule("i2", [checkin("i2", hours=2)])
    assert await store.claim_due(clock(), 10) == 0
    assert await store.claim_due(clock.pass_(hours=2), 1) == 1
    assert await store.claim_due(clock(), 10) == 1
    assert await store.claim_due(clock(), 10) == 0
    inputs = await store.pending(10)
    assert [i.lane for i in inputs] == ["i1", "i2"]
    assert SIGNALS[inputs[0].kind].model_validate(inputs[0].payload) == checkin(hours=1)
    assert await store.next_due() == checkin(round_=2, hours=3).due


async def test_a_round_that_is_put_off_is_asked_at_its_new_time(
    store: Store, clock: StandingClock
) -> None:
    async with turn(store) as records:
        records.schedule("i1", [checkin(hours=1)])
    await store.claim_due(clock.pass_(hours=1), 10)
    async with turn(store) as records:
        records.schedule("i1", [checkin(hours=1)])
    await store.claim_due(clock(), 10)
    assert len(await store.pending(10)) == 1, "the same moment again is no news"
    async with turn(store) as records:
        records.schedule("i1", [checkin(hours=5)])
    await store.claim_due(clock.pass_(hours=5), 10)
    asked = [CheckIn.model_validate(i.payload) for i in await store.pending(10)]
    assert asked == [checkin(hours=1), checkin(hours=5)]


async def test_a_stop_is_clean_only_when_it_was_noted(store: Store) -> None:
    assert await store.began(), "the first start follows no crash"
    assert not await store.began()
    await store.ended()
    assert await store.began()
