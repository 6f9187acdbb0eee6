"""What it costs to find neighbours for one ask among 100,000 offers, and to count who falls where.

Seven villages of which one is large, forty circles of fifty members, eleven kinds of help.
"""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from bot.core.circles import Level
from bot.core.helping.neighbours import Belonging, CircleRole, Help, Neighbour, Offer, Vog
from bot.core.helping.times import WEEK, Daypart, times
from bot.core.matching import Wanted, years_before
from storage import Keys, Store, open_store
from tests.bench.crowd import NOW, fill_neighbours, make_empty

MATCH, NOBODY = "match an ask", "match where nobody fits"
UNSEEN = "match, unseen by the own street"
COUNT = "count who falls at which gate"
PROMISED = dict.fromkeys((MATCH, NOBODY, UNSEEN, COUNT), "under 50 ms")
OFFERS = 100_000
ASKS = 50
VILLAGES = {f"village-{n}": share for n, share in enumerate((40, 22, 12, 10, 8, 5, 3))}
LARGEST = max(VILLAGES, key=lambda name: VILLAGES[name])
CIRCLES = tuple(f"circle-{n}" for n in range(40))
MEMBERS = 50
KINDS = tuple(f"kind-{n}" for n in range(11))
SUNDAY_EVENING = times([WEEK], [Daypart.EVENING])
"""Nobody offers this, so that who wants it makes the index look at everyone."""
TODAY = NOW.date()


async def matching(folder: Path) -> dict[str, list[float]]:
    """Seconds of each search and each count, for asks that find someone and for the worst."""
    keys = Keys.generate()
    path = folder / "matching.db"
    await make_empty(path, keys)
    dice = random.Random(3)
    fill_neighbours(path, keys, _neighbours(dice))
    store = await open_store(f"sqlite:///{path}", keys, clock=lambda: NOW)
    usual = [_wanted(dice) for _ in range(ASKS)]
    worst = [_hopeless(one) for one in usual]
    unseen = [_unseen(one) for one in usual]
    await _searches(store, usual[:5])  # the first ones read the file
    measured = {
        MATCH: await _searches(store, usual),
        NOBODY: await _searches(store, worst),
        UNSEEN: await _searches(store, unseen),
        COUNT: await _counts(store, usual + worst + unseen),
        "match, and keep that three were asked": await _invitations(store, usual),
    }
    await store.close()
    return measured


def _neighbours(dice: random.Random) -> Iterator[Neighbour]:
    for number in range(OFFERS):
        circle = number // MEMBERS
        circles = CIRCLES[circle : circle + 1]
        checked = dice.random() < 1 / 3
        yield Neighbour(
            key=f"{dice.randbytes(13).hex()}",
            circles=tuple(
                Belonging(circle=name, role=CircleRole.MEMBER, since=NOW) for name in circles
            ),
            offer=_offer(dice),
            vog=Vog(seen=TODAY - timedelta(days=dice.randrange(1500)), by="v") if checked else None,
            introduced=circles if checked else (),
            helps=tuple(Help(at=NOW, ask=f"h{n}") for n in range(dice.choice((0, 0, 0, 1, 2, 3)))),
            asked=NOW - timedelta(minutes=dice.randrange(100_000)) if dice.random() < 0.5 else None,
        )


def _offer(dice: random.Random) -> Offer:
    (area,) = dice.choices(list(VILLAGES), list(VILLAGES.values()))
    week = times(dice.sample(range(1, WEEK), dice.randrange(1, 4)), list(Daypart))
    paused = dice.random() < 0.1
    return Offer(
        kinds=tuple(dice.sample(KINDS, dice.randrange(1, 5))),
        times=week,
        area=area,
        areas=tuple(dice.sample(list(VILLAGES), dice.choice((0, 0, 1, 2)))),
        most=dice.randrange(1, 6),
        paused_until=TODAY + timedelta(days=20) if paused else None,
        since=NOW,
    )


def _wanted(dice: random.Random) -> Wanted:
    (area,) = dice.choices(list(VILLAGES), list(VILLAGES.values()))
    return Wanted(
        kind=dice.choice(KINDS),
        area=area,
        circle=dice.choice((None, *CIRCLES)),
        times=times([dice.randrange(1, WEEK)], [dice.choice(list(Daypart))]),
        level=dice.choice(list(Level)),
        on=TODAY,
        vog_after=years_before(TODAY, 3),
    )


def _hopeless(wanted: Wanted) -> Wanted:
    """The same in the largest village, at a time for which nobody is found."""
    return wanted.model_copy(update={"times": SUNDAY_EVENING, "area": LARGEST})


def _unseen(wanted: Wanted) -> Wanted:
    """The same in the largest village, where nobody told a street: all of it falls."""
    hidden = ("street:kerkstraat", f"somewhere:{LARGEST}")
    return wanted.model_copy(update={"area": LARGEST, "hidden": hidden})


async def _searches(store: Store, asks: Sequence[Wanted]) -> list[float]:
    seconds = []
    for number, wanted in enumerate(asks):
        async with store.reading() as records:
            begin = time.perf_counter()
            await records.helpers_for(wanted, 3 + number % 8)
            seconds.append(time.perf_counter() - begin)
    return seconds


async def _counts(store: Store, asks: Sequence[Wanted]) -> list[float]:
    seconds = []
    for wanted in asks:
        async with store.reading() as records:
            begin = time.perf_counter()
            await records.funnel(wanted)
            seconds.append(time.perf_counter() - begin)
    return seconds


async def _invitations(store: Store, asks: Sequence[Wanted]) -> list[float]:
    """Whole transactions: who is asked goes to the end of the row in every place of the index."""
    seconds = []
    for wanted in asks:
        begin = time.perf_counter()
        async with store.writing() as records:
            for neighbour in await records.helpers_for(wanted, 3):
                records.put(neighbour.model_copy(update={"asked": NOW}))
        seconds.append(time.perf_counter() - begin)
    return seconds
