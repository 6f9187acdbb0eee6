"""Asks, neighbours and circles come back whole and where they belong, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.helping.asks import Ask, AskEnd, AskStage
from bot.core.helping.neighbours import CircleRole, Neighbour
from bot.core.ports import Kept
from storage import Store
from tests.storage.samples import (
    MARKER,
    NOW,
    TODAY,
    ask,
    ask_event,
    group,
    helper,
    neighbour,
    offering,
    person,
    wanting,
)
from tests.storage.turns import append, keep, turn

ENDED = ask(stage=AskStage.ENDED, end=AskEnd.DONE, ended=NOW)


@pytest.mark.parametrize(
    "thing",
    [
        ask(),
        ask(helper=helper(), successor=helper("tom"), stage=AskStage.AGREED),
        ENDED,
        neighbour("ria", "molenstraat", "de-hoeve"),
        Neighbour(key="piet", blocked=("anna",), gladly=("ria",), asked=NOW),
        offering(neighbour(), paused_until=TODAY, kinds=("pets", "meal", "pets")),
        group(),
    ],
)
async def test_what_is_put_comes_back_whole(store: Store, thing: Kept) -> None:
    await keep(store, thing)
    async with store.reading() as records:
        found = await records.get(type(thing), thing.key)  # type: ignore[type-var]  # one of them
    assert found == thing


async def test_an_ask_is_found_by_its_code(store: Store) -> None:
    await keep(store, ask())
    later = ask(revision=2)
    async with turn(store) as records:
        records.put(later)
        records.put(ask("a2"))
        assert await records.ask_by_code("GB-A1") == later
        assert await records.ask_by_code("GB-A2") == ask("a2")
        assert await records.ask_by_code("GB-XX") is None
        assert await records.item_by_code("GB-A1") is None
    async with store.reading() as records:
        assert await records.ask_by_code("GB-A1") == later


async def test_two_asks_never_share_a_code(store: Store) -> None:
    await keep(store, ask())
    with pytest.raises(IntegrityError):
        await keep(store, ask("a2", code="GB-A1"))


async def test_an_asker_finds_asks_newest_first(store: Store) -> None:
    asks = [ask(f"a{n}", created=NOW + timedelta(hours=n)) for n in range(60)]
    await keep(store, *asks, ask("x", asker="other"), ask("y", asker=None))
    newest = ask("new", created=NOW + timedelta(days=9))
    async with turn(store) as records:
        records.put(newest)
        assert await records.asked_by("anna") == [newest, *asks[:10:-1]]
    async with store.reading() as records:
        assert await records.asked_by("anna") == [newest, *asks[:10:-1]]


async def test_what_is_open_still_comes_before_all_that_has_ended(store: Store) -> None:
    ended = [
        ENDED.model_copy(update={"key": f"e{n}", "code": f"GB-E{n}", "created": NOW})
        for n in range(60)
    ]
    old = ask("old", created=NOW - timedelta(weeks=9))
    await keep(store, old, *ended)
    async with store.reading() as records:
        assert (await records.asked_by("anna"))[0] == old


async def test_a_board_shows_open_asks_by_day_then_age(store: Store) -> None:
    older = ask("older", created=NOW - timedelta(days=2))
    newer = ask("newer", created=NOW)
    today = wanting(ask("today"), on=TODAY)
    agreed = ask("agreed", helper=helper(), stage=AskStage.AGREED, created=NOW - timedelta(days=3))
    elsewhere = wanting(ask("else"), circle="de-hoeve")
    nowhere = wanting(ask("nowhere"), circle=None)
    await keep(store, newer, today, agreed, elsewhere, nowhere, ENDED)
    async with turn(store) as records:
        records.put(older)
        assert await records.asks_in("molenstraat") == [agreed, today, older, newer]
    async with store.reading() as records:
        assert await records.asks_in("molenstraat") == [agreed, today, older, newer]
        assert await records.asks_in("de-hoeve") == [elsewhere]
        assert await records.asks_in("") == [nowhere]


async def test_an_ask_leaves_the_board_when_it_ends_or_moves(store: Store) -> None:
    await keep(store, ask(), ask("a2"))
    moved = wanting(ask("a2"), circle="de-hoeve")
    async with turn(store) as records:
        await records.get(Ask, "a2")
        records.put(ENDED)
        records.put(moved)
        assert await records.asks_in("molenstraat") == []
    async with store.reading() as records:
        assert await records.asks_in("molenstraat") == []
        assert await records.asks_in("de-hoeve") == [moved]
        assert await records.asked_by("anna") == [moved, ENDED]


async def test_a_helper_finds_what_was_promised_until_it_is_over(store: Store) -> None:
    later = ask("later", helper=helper(on=TODAY + timedelta(days=5)), stage=AskStage.AGREED)
    soon = ask("soon", helper=helper("tom"), successor=helper(), stage=AskStage.AGREED)
    await keep(store, later, soon, ask("a3"))
    async with turn(store) as records:
        assert await records.helped_by("ria") == [soon, later]
        assert await records.helped_by("tom") == [soon]
        records.put(later.model_copy(update={"helper": None, "stage": AskStage.LOOKING}))
        assert await records.helped_by("ria") == [soon]
    async with store.reading() as records:
        assert await records.helped_by("ria") == [soon]
        assert await records.helped_by("anna") == []


async def test_who_asked_for_somebody_without_a_chat_finds_it_while_it_is_open(
    store: Store,
) -> None:
    later = wanting(ask("later", asker=None, by="vera"), on=TODAY + timedelta(days=5))
    soon = wanting(ask("soon", asker=None, by="vera"), on=TODAY)
    await keep(store, later, soon, ask("own", by="vera"), ask("else", asker=None, by="wim"))
    async with turn(store) as records:
        assert await records.put_by("vera") == [soon, later]
        records.put(soon.model_copy(update={"stage": AskStage.ENDED, "end": AskEnd.DONE}))
        assert await records.put_by("vera") == [later]
    async with store.reading() as records:
        assert await records.put_by("vera") == [later]
        assert await records.put_by("anna") == []


async def test_the_history_of_an_ask_grows_in_order(store: Store) -> None:
    await keep(store, ask())
    await append(store, ask_event(revision=1))
    async with turn(store) as records:
        records.append(ask_event(revision=2, text="x"))
        events = [ask_event(revision=1), ask_event(revision=2, text="x")]
        assert await records.ask_history("a1") == events
    async with store.reading() as records:
        assert [e.data["text"] for e in await records.ask_history("a1")] == [MARKER, "x"]
        assert await records.history("a1") == []
        assert await records.ask_history("other") == []


async def test_of_two_claims_with_one_number_the_first_wins(store: Store) -> None:
    """Two workers let somebody claim the same ask: the second one's batch is refused whole."""
    await keep(store, ask())
    first = ask(helper=helper("ria"), stage=AskStage.PROPOSED, revision=2)
    await _claim(store, first)
    with pytest.raises(IntegrityError):
        await _claim(store, ask(helper=helper("tom"), stage=AskStage.PROPOSED, revision=2))
    async with store.reading() as records:
        assert await records.get(Ask, "a1") == first
        assert await records.helped_by("tom") == []


async def _claim(store: Store, claimed: Ask) -> None:
    async with store.writing() as records:
        records.put(claimed)
        records.append(ask_event(revision=claimed.revision))


async def test_a_circle_has_its_neighbours(store: Store) -> None:
    applied = neighbour("ewa", "molenstraat")
    waiting = applied.circles[0].model_copy(update={"approved": False, "role": CircleRole.MEMBER})
    applied = applied.model_copy(update={"circles": (waiting,)})
    await keep(store, neighbour("ria", "molenstraat"), applied, neighbour("tom", "de-hoeve"))
    async with turn(store) as records:
        found = await records.neighbours_in("molenstraat")
        assert found == [applied, neighbour("ria", "molenstraat")]
        records.put(neighbour("ria"))
        records.put(neighbour("zed", "molenstraat"))
        assert [n.key for n in await records.neighbours_in("molenstraat")] == ["ewa", "zed"]
    async with store.reading() as records:
        assert [n.key for n in await records.neighbours_in("molenstraat")] == ["ewa", "zed"]
        assert [n.key for n in await records.neighbours_in("de-hoeve")] == ["tom"]
        assert await records.neighbours_in("het-hofje") == []


async def test_a_turn_sees_the_asks_of_the_turns_before_it(store: Store) -> None:
    async with store.batch() as batch:
        first = batch.turn()
        first.put(ask(helper=helper()))
        first.append(ask_event())
        first.put(neighbour("ria", "molenstraat"))
        batch.merge(first)
        second = batch.turn()
        assert await second.ask_by_code("GB-A1") == ask(helper=helper())
        assert await second.asks_in("molenstraat") == [ask(helper=helper())]
        assert await second.helped_by("ria") == [ask(helper=helper())]
        assert await second.ask_history("a1") == [ask_event()]
        assert await second.neighbours_in("molenstraat") == [neighbour("ria", "molenstraat")]


async def test_prefetch_loads_an_ask_and_its_parties(store: Store) -> None:
    agreed = ask(helper=helper(), stage=AskStage.AGREED)
    await keep(store, agreed, neighbour("ria"), neighbour("anna"), person("ria"), person("anna"))
    async with store.batch() as batch:
        await batch.prefetch(["ask:a1", "ask:none"])
        records = batch.turn()
        assert await records.get(Ask, "a1") == agreed
        assert await records.get(Neighbour, "anna") == neighbour("anna")
        assert await records.get(Ask, "none") is None
