"""Records keep everything as it was, on both databases."""

from datetime import timedelta

import pytest

from bot.core.items import ENDS, Item, Stage
from bot.core.ports import Heard, Kept
from storage import Store
from tests.storage.samples import (
    MARKER,
    NOW,
    access,
    checkin,
    drafts,
    due_by,
    event,
    invite,
    item,
    person,
)
from tests.storage.turns import append, keep, turn

UNICODE = "żółw 🐢 \u202enaisrever\u202c é e\u0301 \u200b <b>&\x00"


@pytest.mark.parametrize(
    "thing",
    [
        person("anna", "WON", "GGD"),
        person("piet", unreachable=NOW),
        invite(),
        drafts(),
        drafts(text=UNICODE),
        item(),
        item(stage=Stage.HELD, progress_at=NOW, last_step=UNICODE),
    ],
)
async def test_what_is_put_comes_back_whole(store: Store, thing: Kept) -> None:
    await keep(store, thing)
    async with store.reading() as records:
        found = await records.get(type(thing), thing.key)  # type: ignore[type-var]  # one of them
    assert found == thing


async def test_the_last_put_counts(store: Store) -> None:
    await keep(store, item())
    later = item(stage=Stage.CLOSED, ended=NOW, revision=9)
    await keep(store, later)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == later
        assert await records.item_by_code("GB-I1") == later
        assert await records.item_by_code("GB-XX") is None


async def test_members_follow_the_memberships(store: Store) -> None:
    marieke = person("marieke", "WON")
    await keep(store, marieke, person("tom", "WON", "GGD"), person("anna"))
    async with turn(store) as records:
        assert [p.key for p in await records.members("WON")] == ["marieke", "tom"]
        records.put(person("tom", "GGD"))
        records.put(person("ewa", "WON"))
        assert [p.key for p in await records.members("WON")] == ["ewa", "marieke"]
    async with store.reading() as records:
        assert [p.key for p in await records.members("WON")] == ["ewa", "marieke"]
        assert [p.key for p in await records.members("GGD")] == ["tom"]


async def test_a_person_put_unseen_loses_old_memberships(store: Store) -> None:
    await keep(store, person("tom", "WON"))
    await keep(store, person("tom"))
    async with store.reading() as records:
        assert await records.members("WON") == []


async def test_a_reporter_finds_their_items_newest_first(store: Store) -> None:
    items = [item(f"i{n}", created=NOW + timedelta(hours=n)) for n in range(60)]
    await keep(store, *items, item("x", reporter="other"))
    async with store.reading() as records:
        assert await records.raised_by("anna") == items[:9:-1]


async def test_a_partner_finds_open_items_most_urgent_first(store: Store) -> None:
    soon, later, held = (item(key) for key in ("soon", "later", "held"))
    later = due_by(later, NOW + timedelta(days=2))
    held = item("held", stage=Stage.HELD, progress_at=NOW + timedelta(days=1))
    involved = item("inv", partner="GGD")
    involved = due_by(involved, NOW + timedelta(days=3))
    assignment = involved.assignment.model_copy(update={"involved": ("WON",)})
    involved = involved.model_copy(update={"assignment": assignment})
    ended = item("end", stage=Stage.CONFIRMED, ended=NOW)
    await keep(store, later, soon, held, involved, ended)
    async with store.reading() as records:
        assert await records.held_by("WON") == [soon, held, later, involved]
        assert await records.held_by("GGD") == [involved]
        assert await records.open_items(2) == [soon, held]


@pytest.mark.parametrize("stage", sorted(ENDS))
async def test_an_ended_item_leaves_the_lists(store: Store, stage: Stage) -> None:
    await keep(store, item())
    await keep(store, item(stage=stage, ended=NOW))
    async with store.reading() as records:
        assert await records.held_by("WON") == []
        assert await records.open_items(10) == []
        assert len(await records.raised_by("anna")) == 1


async def test_an_item_moves_with_its_holder(store: Store) -> None:
    await keep(store, item())
    moved = item(partner="GGD")
    async with turn(store) as records:
        await records.get(Item, "i1")
        records.put(moved)
    async with store.reading() as records:
        assert await records.held_by("WON") == []
        assert await records.held_by("GGD") == [moved]


async def test_history_and_access_log_grow_in_order(store: Store) -> None:
    await keep(store, item())
    await append(store, event(revision=1), access())
    async with turn(store) as records:
        records.append(event(revision=2, text=UNICODE))
        records.append(access())
        assert await records.history("i1") == [event(revision=1), event(revision=2, text=UNICODE)]
        assert await records.accesses("i1") == [access(), access()]
    async with store.reading() as records:
        assert [e.data["text"] for e in await records.history("i1")] == [MARKER, UNICODE]
        assert await records.accesses("i1") == [access(), access()]
        assert await records.history("other") == []


async def test_a_subject_has_the_checkins_that_were_scheduled_last(store: Store) -> None:
    async with turn(store) as records:
        records.schedule("i1", [checkin(round_=2, days=2), checkin(round_=1, days=1)])
        records.schedule("i2", [checkin("i2", hours=1)])
        assert await records.scheduled("i1") == (checkin(days=1), checkin(round_=2, days=2))
    assert await store.next_due() == NOW + timedelta(hours=1)
    async with turn(store) as records:
        records.schedule("i2", [])
        records.schedule("i1", [checkin(round_=3, days=3)])
    async with store.reading() as records:
        assert await records.scheduled("i1") == [checkin(round_=3, days=3)]
        assert await records.scheduled("i2") == []


async def test_messages_are_shown_until_forgotten(store: Store) -> None:
    await append(store, *(Heard(chat="anna", message_id=n, at=NOW) for n in (5, 6, 7)))
    async with turn(store) as records:
        records.append(Heard(chat="anna", message_id=6, at=NOW))
        records.append(Heard(chat="anna", message_id=8, at=NOW))
        records.forget_messages("anna", [5, 8])
        assert [m.message_id for m in await records.shown("anna")] == [6, 7]
        assert await records.message("anna", 5) is None
    async with store.reading() as records:
        assert [m.message_id for m in await records.shown("anna")] == [6, 7]
        assert await records.message("anna", 5) is None
        seven = await records.message("anna", 7)
    assert seven is not None
    assert not seven.ours


async def test_reading_keeps_nothing(store: Store) -> None:
    async with store.reading() as records:
        records.put(item())
    async with store.reading() as records:
        assert await records.get(Item, "i1") is None


async def test_a_lookup_with_a_nul_byte_finds_nothing(store: Store) -> None:
    async with store.reading() as records:
        assert await records.item_by_code("GB\0\ud800") is None
        assert await records.get(Item, "\0") is None
