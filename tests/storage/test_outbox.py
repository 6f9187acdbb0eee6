"""The outbox: the pressing chats first, in order within a chat, and known by card afterwards."""

from collections.abc import Sequence

from bot.core.ports import Call, Priority, Unreachable, Unsent
from bot.core.queue import Outgoing, Sent
from storage import Store
from tests.storage.conftest import StandingClock
from tests.storage.samples import MARKER, NOW, alarm, call
from tests.storage.turns import append


def texts(outgoing: Sequence[Outgoing]) -> list[tuple[str, str]]:
    """To whom and what."""
    return [(o.call.chat, o.call.params["text"]) for o in outgoing]


async def send_all(store: Store, *ids: int) -> list[Outgoing]:
    """Send what may go now; each call gets the next message id."""
    outgoing = list(await store.to_send(100, ()))
    numbers = iter(ids)
    await store.sent([Sent(o.seq, o.call, (next(numbers),), NOW) for o in outgoing])
    return outgoing


async def test_a_call_is_sent_as_it_was_decided(store: Store) -> None:
    full = call(card="main", item="i1", priority=Priority.BULK)
    await append(store, full)
    (outgoing,) = await store.to_send(10, ())
    assert outgoing.call == full


async def test_a_chat_gets_its_calls_one_by_one_in_order(store: Store) -> None:
    await append(store, call("anna", "1"), call("anna", "2"), call("piet", "3"))
    assert texts(await send_all(store, 1, 2)) == [("anna", "1"), ("piet", "3")]
    assert texts(await send_all(store, 3)) == [("anna", "2")]
    assert await send_all(store) == []


async def test_pressing_chats_go_first_but_never_overtake_themselves(store: Store) -> None:
    bulk, answer = Priority.BULK, Priority.ANSWER
    await append(
        store,
        call("anna", "digest", priority=bulk),
        call("piet", "digest", priority=bulk),
        call("piet", "answer", priority=answer),
        call("tom", "question", priority=Priority.CHECKIN),
    )
    found = texts(await store.to_send(10, ()))
    assert found == [("piet", "digest"), ("tom", "question"), ("anna", "digest")]
    assert texts(await store.to_send(1, ())) == [("piet", "digest")]


async def test_danger_and_answers_to_presses_wait_for_nothing(store: Store) -> None:
    press = call("anna", "toast", unordered=True)
    await append(store, call("anna", "1"), call("anna", "2"), press, alarm())
    found = texts(await store.to_send(10, ["anna"]))
    assert found == [("anna", "toast"), ("anna", "112")]
    assert len(await store.to_send(10, ())) == 3


async def test_busy_chats_are_left_out(store: Store) -> None:
    await append(store, call("anna", "1"), call("piet", "2"))
    assert texts(await store.to_send(10, {"anna"})) == [("piet", "2")]


async def test_a_flood_to_one_chat_does_not_hold_up_the_others(store: Store) -> None:
    await append(store, *(call("anna", str(n)) for n in range(30)), call("piet", "hi"))
    assert texts(await store.to_send(10, ())) == [("anna", "0")]
    assert texts(await store.to_send(10, ["anna"])) == [("piet", "hi")]


async def test_what_is_sent_keeps_no_text_but_is_known_by_its_card(store: Store) -> None:
    await append(store, call(card="main", item="i1"), call("piet", card="main"))
    await send_all(store, 11, 12)
    async with store.engines.read() as connection:
        rows = (await connection.exec_driver_sql("SELECT state, params FROM outbox")).all()
    assert [tuple(row) for row in rows] == [("done", None)] * 2
    assert await store.message_ids("anna", "main") == [11]
    assert await store.message_ids("anna", "other") == []
    async with store.reading() as records:
        shown = await records.message("anna", 11)
    assert shown is not None
    assert (shown.ours, shown.card, shown.item, shown.at) == (True, "main", "i1", NOW)


async def test_an_edit_keeps_the_names_of_its_message(store: Store) -> None:
    await append(store, call(card="main", item="i1"))
    await send_all(store, 11)
    await append(store, call())
    await send_all(store, 11)
    assert await store.message_ids("anna", "main") == [11]


async def test_an_album_is_several_messages_under_one_card(store: Store) -> None:
    await append(store, call(card="photos"))
    (album,) = await store.to_send(10, ())
    await store.sent([Sent(album.seq, album.call, (1, 2, 3), NOW)])
    assert await store.message_ids("anna", "photos") == [1, 2, 3]


async def test_a_deleted_message_is_forgotten(store: Store) -> None:
    await append(store, call(card="main"), call(), call())
    for number in (11, 12, 13):
        await send_all(store, number)
    deletions = [
        Call(chat="anna", method="deleteMessage", params={"chat_id": 1}, card="main"),
        Call(chat="anna", method="deleteMessages", params={"chat_id": 1, "message_ids": [12]}),
    ]
    await append(store, *deletions)
    for _ in deletions:
        (outgoing,) = await store.to_send(10, ())
        await store.sent([Sent(outgoing.seq, outgoing.call, (), NOW)])
    async with store.reading() as records:
        assert [m.message_id for m in await records.shown("anna")] == [13]


async def test_a_refused_call_is_put_aside_and_reported(store: Store, clock: StandingClock) -> None:
    await append(store, call("anna", "1"), call("anna", "2"))
    (first,) = await store.to_send(10, ())
    await store.refuse(first, "400")
    assert texts(await store.to_send(10, ())) == [("anna", "2")]
    (signal,) = await store.pending(10)
    assert (signal.kind, signal.lane, signal.at) == ("Unsent", "anna", clock())
    assert Unsent.model_validate(signal.payload) == Unsent(chat="anna", reference=str(first.seq))


async def test_an_unreachable_chat_loses_what_waits_and_is_reported_once(store: Store) -> None:
    await append(store, call("anna"), call("anna"), alarm("anna"), call("piet"))
    await store.unreachable("anna")
    await store.unreachable("anna")
    assert [o.call.chat for o in await store.to_send(10, ())] == ["piet"]
    (signal,) = await store.pending(10)
    assert (signal.kind, signal.lane) == ("Unreachable", "anna")
    assert Unreachable.model_validate(signal.payload) == Unreachable(chat="anna")
    await append(store, call("anna"))
    await store.unreachable("anna")
    assert len(await store.pending(10)) == 2, "refused again later: reported again"


async def test_dropped_calls_are_not_sent(store: Store) -> None:
    await append(store, call("anna", "1"), call("anna", "2"))
    (first,) = await store.to_send(10, ())
    await store.drop([first.seq])
    await store.drop([])
    assert texts(await store.to_send(10, ())) == [("anna", "2")]


async def test_params_survive_any_text(store: Store) -> None:
    odd = call("anna", f"{MARKER}\0 \\u0000 🐢 \u202e")
    await append(store, odd)
    (outgoing,) = await store.to_send(10, ())
    assert outgoing.call == odd
