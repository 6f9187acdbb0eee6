"""What has passed its term is erased, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.forms import Drafts
from bot.core.handing import Passed
from bot.core.helping.asks import Ask, AskEnd, AskStage
from bot.core.helping.events import AskEventKind
from bot.core.items import EventKind, Item, Stage
from bot.core.people import Invite
from bot.core.ports import Heard
from bot.core.queue import Sent
from bot.core.terms import Retention
from storage import Store
from storage.reading import DRAWN
from storage.schema import metadata
from tests.storage.conftest import StandingClock
from tests.storage.samples import (
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
    helper,
    invite,
    item,
)
from tests.storage.turns import append, keep

TERMS = Retention(
    handled_ids=7,
    withdrawn=30,
    reporter_link=30,
    contents=90,
    bare_row=730,
    access_log=800,
    backups=30,
)
ENDED = item(stage=Stage.CONFIRMED, ended=NOW)


async def count(store: Store, table: str) -> int:
    """How many rows a table has."""
    async with store.engines.read() as connection:
        found = await connection.scalar(select(func.count()).select_from(metadata.tables[table]))
    return int(found or 0)


async def test_with_the_reporter_goes_who_talked_along(store: Store, clock: StandingClock) -> None:
    """What a professional did keeps its name as long as the words are kept."""
    passed = Passed(by="vera", circle="molenstraat", agreed=NOW)
    await keep(store, ENDED.model_copy(update={"passed": passed, "talk": ("anna", "vera")}))
    said = event(revision=1).model_copy(
        update={"kind": EventKind.TALK, "by": "vera", "partner": None}
    )
    await append(store, said, event(revision=2))
    clock.pass_(days=31)
    await store.retain(TERMS)
    async with store.reading() as records:
        kept = await records.get(Item, "i1")
        assert [e.by for e in await records.history("i1")] == [None, "marieke"]
    assert kept is not None
    assert (kept.reporter, kept.talk, kept.passed and kept.passed.by) == (None, (), None)


async def test_an_ended_item_fades_step_by_step(store: Store, clock: StandingClock) -> None:
    by_reporter = event(revision=1).model_copy(update={"by": "anna"})
    await keep(store, ENDED)
    await append(store, by_reporter, event(revision=2), access())
    clock.pass_(days=29)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == ENDED
    clock.pass_(days=2)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == ENDED.model_copy(update={"reporter": None})
        assert await records.raised_by("anna") == []
        assert [e.by for e in await records.history("i1")] == [None, "marieke"]
    clock.pass_(days=60)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Item, "i1") is None
        assert await records.item_by_code("GB-I1") is None
        bare = await records.history("i1")
        assert [(e.kind, e.by, dict(e.data)) for e in bare] == [(EventKind.NOTE, None, {})] * 2
    assert await count(store, "items") == 1
    clock.pass_(days=640)
    await store.retain(TERMS)
    assert await count(store, "items") == await count(store, "events") == 0
    assert await count(store, "access_log") == 1
    clock.pass_(days=80)
    await store.retain(TERMS)
    assert await count(store, "access_log") == 0


async def test_a_withdrawn_item_goes_sooner(store: Store, clock: StandingClock) -> None:
    await keep(store, item(stage=Stage.WITHDRAWN, ended=NOW), item("i2"))
    clock.pass_(days=31)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Item, "i1") is None
        assert await records.get(Item, "i2") == item("i2")


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.HELD, Stage.CLOSED])
async def test_an_open_item_is_never_erased(
    store: Store, clock: StandingClock, stage: Stage
) -> None:
    still_open = item(stage=stage, ended=NOW if stage is Stage.CLOSED else None)
    await keep(store, still_open)
    await append(store, event(), Heard(chat="anna", message_id=1, at=NOW))
    async with store.writing() as records:
        records.schedule("i1", [checkin(days=9999)])
    clock.pass_(days=2000)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == still_open
        assert await records.history("i1") == [event()]
        assert len(await records.scheduled("i1")) == 1


async def test_an_ended_ask_fades_step_by_step(store: Store, clock: StandingClock) -> None:
    ended = ask(helper=helper(), stage=AskStage.ENDED, end=AskEnd.DONE, ended=NOW)
    by_asker = ask_event(revision=1).model_copy(update={"by": "anna"})
    await keep(store, ended)
    await append(store, by_asker, ask_event(revision=2))
    terms = TERMS.model_copy(update={"reporter_link": 10, "help_done": 30})
    clock.pass_(days=11)
    await store.retain(terms)
    async with store.reading() as records:
        assert await records.get(Ask, "a1") == ended.unlinked()
        assert ended.unlinked().wish.address == ended.unlinked().wish.for_other == ""
        assert await records.asked_by("anna") == []
        assert [e.by for e in await records.ask_history("a1")] == [None, "ria"]
    clock.pass_(days=20)
    await store.retain(terms)
    async with store.reading() as records:
        assert await records.ask_by_code("GB-A1") is None
        bare = await records.ask_history("a1")
        assert [(e.kind, e.by, dict(e.data)) for e in bare] == [
            (AskEventKind.MESSAGE, None, {})
        ] * 2
    assert await count(store, "asks") == 1
    clock.pass_(days=700)
    await store.retain(terms)
    assert await count(store, "asks") == await count(store, "ask_events") == 0


async def test_what_was_asked_goes_sooner_than_a_concern(
    store: Store, clock: StandingClock
) -> None:
    """The asker's link goes with the contents, when its own term is longer."""
    await keep(store, ENDED, ask(stage=AskStage.ENDED, ended=NOW))
    terms = TERMS.model_copy(update={"reporter_link": 60, "help_done": 30})
    clock.pass_(days=31)
    await store.retain(terms)
    async with store.reading() as records:
        assert await records.get(Ask, "a1") is None
        assert await records.get(Item, "i1") == ENDED
        drawn = iter(["GB-A1", ENDED.code] * DRAWN)
        assert await records.free_code(drawn.__next__) is None, "both rows keep their codes"
        assert await records.free_code(lambda: "GB-ZZZZ") == "GB-ZZZZ"
    async with store.engines.read() as connection:
        found = await connection.exec_driver_sql("SELECT body, asker FROM asks")
        assert [tuple(row) for row in found] == [(None, None)]


@pytest.mark.parametrize("stage", [stage for stage in AskStage if stage is not AskStage.ENDED])
async def test_an_open_ask_is_never_erased(
    store: Store, clock: StandingClock, stage: AskStage
) -> None:
    await keep(store, ask(stage=stage))
    await append(store, ask_event(), call(card="ask", item="a1"))
    (outgoing,) = await store.to_send(10, ())
    await store.sent([Sent(outgoing.seq, outgoing.call, (9,), NOW)])
    clock.pass_(days=2000)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Ask, "a1") == ask(stage=stage)
        assert await records.asks_in("molenstraat") == [ask(stage=stage)]
        assert await records.ask_history("a1") == [ask_event()]
    assert await store.message_ids("anna", "ask") == [9]


async def test_queues_keep_names_for_a_week_and_what_was_put_aside_longer(
    store: Store, clock: StandingClock
) -> None:
    await store.receive([arrival(n) for n in (1, 2, 3)])
    done, parked, waiting = await store.pending(10)
    async with store.batch() as batch:
        batch.merge(batch.turn(), done)
    await store.park(parked)
    await append(store, call("anna"), call("piet"), call("tom"))
    sent, refused, _ = await store.to_send(10, ())
    await store.sent([Sent(sent.seq, sent.call, (1,), NOW)])
    await store.refuse(refused, "400")
    clock.pass_(days=8)
    await store.retain(TERMS)
    assert await count(store, "inbox") == 4, "parked, waiting and two signals"
    assert await count(store, "outbox") == 2, "refused and waiting"
    assert waiting in await store.pending(10)
    clock.pass_(days=90)
    await store.retain(TERMS)
    assert await count(store, "inbox") == 3
    assert await count(store, "outbox") == 1


async def test_messages_go_after_a_week_but_cards_of_open_items_stay(
    store: Store, clock: StandingClock
) -> None:
    await keep(store, item(), item("i2", stage=Stage.CONFIRMED, ended=NOW))
    await append(store, Heard(chat="anna", message_id=1, at=NOW))
    for number, name in enumerate(("i1", "i2"), start=2):
        await append(store, call(card="main", item=name))
        (outgoing,) = await store.to_send(10, ())
        await store.sent([Sent(outgoing.seq, outgoing.call, (number,), NOW)])
    clock.pass_(days=8)
    await store.retain(TERMS)
    assert await store.message_ids("anna", "main") == [2]
    assert await count(store, "messages") == 1


async def test_left_forms_and_old_invites_go(store: Store, clock: StandingClock) -> None:
    await keep(store, drafts(), invite(), Drafts(key="piet"))
    clock.pass_(days=4)
    await store.retain(TERMS)
    async with store.reading() as records:
        assert await records.get(Drafts, "anna") == drafts()
        assert await records.get(Invite, "secret") == invite()
    clock.pass_(days=8)
    await store.retain(TERMS)
    assert await count(store, "drafts") == await count(store, "invites") == 0


async def test_many_rows_go_in_several_transactions(store: Store, clock: StandingClock) -> None:
    await append(store, *(Heard(chat="anna", message_id=n, at=NOW) for n in range(1201)))
    assert (await store.retain(TERMS))["messages"] == 0
    clock.pass_(days=8)
    assert (await store.retain(TERMS))["messages"] == 1201
    assert (await store.retain(TERMS))["messages"] == 0


async def test_what_was_said_is_gone_and_not_just_unlinked(
    store: Store, clock: StandingClock
) -> None:
    await keep(store, ENDED)
    await append(store, event(text=MARKER))
    clock.now += timedelta(days=91)
    await store.retain(TERMS)
    async with store.engines.read() as connection:
        for table in ("items", "events"):
            found = await connection.exec_driver_sql(f"SELECT body FROM {table}")
            assert list(found.scalars()) == [None]
