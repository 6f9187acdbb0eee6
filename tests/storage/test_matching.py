"""The index finds the same neighbours as the core's rule, and counts the same falls."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pytest

from bot.core.circles import Level
from bot.core.helping.neighbours import Help, Neighbour, Vog
from bot.core.helping.times import WEEK, Daypart, Slot, times
from bot.core.matching import Gate, Wanted, falls, rank
from bot.core.ports import Records
from storage import Store
from tests.storage.samples import (
    EVERY_TIME,
    MORNING,
    NOW,
    TODAY,
    VOG_AFTER,
    neighbour,
    offering,
    wanted,
)
from tests.storage.turns import keep, turn

CIRCLES = ("molenstraat", "de-hoeve", "het-hofje")
AREAS = ("bakel", "gemert", "de-mortel")
KINDS = ("groceries", "company", "transport")


def somebody(number: int, dice: random.Random) -> Neighbour:
    """A neighbour as chance has it."""
    key = f"p{number:03}"
    circles = dice.sample(CIRCLES, dice.choice((0, 0, 1, 1, 2)))
    helps = tuple(Help(at=NOW, ask=f"h{n}") for n in range(dice.randrange(4)))
    asked = dice.choice((None, NOW - timedelta(days=dice.randrange(5))))
    vog = dice.choice((None, Vog(seen=VOG_AFTER + timedelta(days=dice.randrange(-1, 3)), by="v")))
    busy = dice.choice(((), (Slot(day=TODAY, part=Daypart.MORNING),)))
    one = neighbour(key, *circles, helps=helps, asked=asked, vog=vog, busy=busy)
    one = one.model_copy(update={"introduced": tuple(dice.sample(CIRCLES, dice.randrange(3)))})
    asking = [b.model_copy(update={"approved": dice.random() < 0.8}) for b in one.circles]
    one = one.model_copy(update={"circles": tuple(asking)})
    if dice.random() < 0.05:
        return one.model_copy(update={"offer": None})
    return offering(
        one,
        kinds=tuple(dice.sample(KINDS, dice.randrange(1, 4))),
        times=dice.choice((EVERY_TIME, MORNING, EVERY_TIME - MORNING)),
        area=dice.choice(AREAS),
        areas=tuple(dice.sample(AREAS, dice.randrange(3))),
        most=dice.randrange(2, 6),
        paused_until=dice.choice((None, None, TODAY, TODAY + timedelta(days=1))),
        street=dice.choice(("", "Kerkstraat", "kerkstraat", "Dorpsstraat")),
    )


def queries(dice: random.Random) -> Iterable[Wanted]:
    """What different asks want."""
    keys = [f"p{n:03}" for n in range(120)]
    for circle in (None, *CIRCLES):
        for area in (None, *AREAS):
            again = tuple(dice.sample(keys, 6))
            yield wanted(
                circle=circle,
                area=area,
                kind=dice.choice(KINDS),
                level=dice.choice(tuple(Level)),
                times=dice.choice((MORNING, times(range(1, WEEK), [Daypart.EVENING]))),
                gladly=again,
                rota=again[: dice.randrange(4)],
                without=tuple(dice.sample(keys, dice.choice((0, 20)))),
                hidden=dice.choice(((), ("street:kerkstraat", f"somewhere:{area}"))),
            )


async def agrees(records: Records, query: Wanted, crowd: Iterable[Neighbour]) -> None:
    """Storage answers as the core's rule does, gone through one by one."""
    offers = [n for n in crowd if n.offer is not None]
    fell = Counter(falls(query, n) for n in offers)
    fitting = sorted((n for n in offers if falls(query, n) is None), key=lambda n: rank(query, n))
    for limit in (1, 3, 200):
        assert await records.helpers_for(query, limit) == fitting[:limit]
    counted = await records.funnel(query)
    assert counted.all == len(offers)
    assert counted.left == len(fitting) == fell.pop(None, 0)
    assert {gate: n for gate, n in counted.fell.items() if n} == fell


@pytest.mark.parametrize("seed", range(3))
async def test_the_index_answers_as_the_rule_does(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    crowd = {n.key: n for n in (somebody(number, dice) for number in range(120))}
    await keep(store, *crowd.values())
    async with store.reading() as records:
        for query in queries(dice):
            await agrees(records, query, crowd.values())


@pytest.mark.parametrize("seed", range(3))
async def test_changes_count_before_they_are_written_and_after(store: Store, seed: int) -> None:
    """In a turn, in the next turn of the batch, and in the next batch."""
    dice = random.Random(seed)
    crowd = {n.key: n for n in (somebody(number, dice) for number in range(80))}
    await keep(store, *crowd.values())
    async with store.batch() as batch:
        for _ in range(2):
            changing = batch.turn()
            await changing.get(Neighbour, "p001")
            for number in dice.sample(range(120), 20):
                changing.put(somebody(number, dice))
            crowd |= changing.changes.of(Neighbour)
            for query in queries(dice):
                await agrees(changing, query, crowd.values())
            batch.merge(changing)
    async with store.reading() as records:
        for query in queries(dice):
            await agrees(records, query, crowd.values())


async def test_the_order_is_circle_then_gladly_then_village_then_loads(store: Store) -> None:
    def here(key: str, *circles: str, helps: int = 0, days_ago: int | None = None) -> Neighbour:
        asked = None if days_ago is None else NOW - timedelta(days=days_ago)
        given = tuple(Help(at=NOW, ask=f"h{n}") for n in range(helps))
        return neighbour(key, *circles, helps=given, asked=asked)

    far = offering(here("far"), area="gemert", areas=("bakel",))
    in_order = [
        here("z-circle", "molenstraat", helps=1),
        here("y-circle", "molenstraat", helps=2),
        here("x-gladly", helps=3),
        here("w-never"),
        here("v-long-ago", days_ago=9),
        here("u-lately", days_ago=1),
        here("t-busy", helps=1),
        far,
    ]
    await keep(store, *reversed(in_order))
    async with store.reading() as records:
        found = await records.helpers_for(wanted(gladly=("x-gladly",)), 10)
    assert [n.key for n in found] == [n.key for n in in_order]


async def test_who_is_asked_goes_to_the_end_of_the_row(store: Store) -> None:
    await keep(store, *(neighbour(key) for key in "abc"))
    for expected in "abcab":
        async with turn(store) as records:
            (first,) = await records.helpers_for(wanted(), 1)
            assert first.key == expected
            later = (first.asked or NOW) + timedelta(hours=1 + ord(expected))
            records.put(first.model_copy(update={"asked": later}))


async def test_level_two_needs_a_vog_that_holds_and_an_introduction_there(store: Store) -> None:
    valid = Vog(seen=VOG_AFTER + timedelta(days=1), by="v")
    passed = Vog(seen=VOG_AFTER, by="v")
    here = ("molenstraat",)
    await keep(
        store,
        neighbour("right", "molenstraat", vog=valid, introduced=here),
        neighbour("old", "molenstraat", vog=passed, introduced=here),
        neighbour("unknown", "molenstraat", vog=valid),
        neighbour("elsewhere", "molenstraat", "de-hoeve", vog=valid, introduced=("de-hoeve",)),
        neighbour("no-vog", "molenstraat", introduced=here),
        neighbour("left", vog=valid, introduced=here),
        neighbour("other-circle", "de-hoeve", vog=valid, introduced=("de-hoeve",)),
    )
    async with store.reading() as records:
        found = await records.helpers_for(wanted(level=Level.ALONE), 10)
        counted = await records.funnel(wanted(level=Level.ALONE))
        at_the_door = await records.helpers_for(wanted(level=Level.IN_PUBLIC), 10)
        of_no_circle = await records.helpers_for(wanted(level=Level.ALONE, circle=None), 10)
    assert [n.key for n in found] == ["right"]
    assert counted.fell[Gate.LEVEL] == 6
    assert len(at_the_door) == 7
    assert [n.key for n in of_no_circle] == ["elsewhere", "other-circle", "right"]


async def test_a_withdrawn_offer_is_found_nowhere(store: Store) -> None:
    await keep(store, neighbour("ria", "molenstraat"))
    await keep(store, neighbour("ria", "molenstraat", offer=None))
    async with store.reading() as records:
        assert await records.helpers_for(wanted(), 10) == []
        assert (await records.funnel(wanted())).all == 0
