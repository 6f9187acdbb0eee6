"""However many neighbours there are whom a search can't ask, it comes to an end soon."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.core.helping import searching
from bot.core.helping.asks import Ask, SearchStep, Voice, Wish
from bot.core.helping.neighbours import Neighbour, Offer
from bot.core.helping.times import WEEK, Daypart, When, times
from bot.core.people import Person
from handlers.helping import asks
from handlers.turn import Turn
from tests.dialogues.village import MONDAY, Village, village

MANY = 600
MOST_STATEMENTS = 60


@contextmanager
def counted(scene: Village) -> Iterator[list[int]]:
    """How many values each statement meanwhile had."""
    sizes: list[int] = []

    def note(_connection: Any, _cursor: Any, _statement: str, values: Any, *_more: Any) -> None:
        sizes.append(len(values))

    engine = scene.store.engines.writing.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sizes
    event.remove(engine, "before_cursor_execute", note)


async def fill(scene: Village, area: str, count: int, *, reachable: bool) -> list[str]:
    """So many who offer groceries in Gemert and told no street; returns their keys."""
    keys = [f"{area}{number:04}" for number in range(count)]
    offer = Offer(
        kinds=("groceries",),
        times=times(range(1, WEEK + 1), list(Daypart)),
        area=area,
        areas=("gemert",),
        since=MONDAY,
    )
    async with scene.store.writing() as records:
        for number, key in enumerate(keys):
            records.put(Neighbour(key=key, offer=offer))
            if reachable:
                address = 500_000 + number
                records.put(Person(key=key, address=address, first_name="N", language="nl"))
    return keys


async def asked(scene: Village, street: str) -> tuple[Ask, list[int]]:
    """Somebody in Gemert asks for groceries the day after tomorrow."""
    day = MONDAY.date().replace(day=MONDAY.day + 2)
    async with scene.store.writing() as records:
        turn = Turn(scene.house, records, MONDAY)
        records.put(Person(key="asker", address=42, first_name="Anna", language="nl"))
        wish = Wish(
            kind="groceries",
            when=When(first=day, last=day, parts=(Daypart.MORNING,)),
            area="gemert",
            street=street,
            voice=Voice.NAMED,
        )
        begun = searching.start(
            wish, key="a1", code="GB-7J2F", asker="asker", rules=turn.rules, now=MONDAY
        )
        with counted(scene) as sizes:
            return await asks.keep(turn, begun), sizes


async def test_an_own_street_that_hides_all_of_the_village_costs_nothing(tmp_path: Path) -> None:
    """Who lives elsewhere comes last in order and is found all the same."""
    async with village(tmp_path, MONDAY, []) as scene:
        await fill(scene, "gemert", MANY, reachable=True)
        elsewhere = await fill(scene, "bakel", 2, reachable=True)
        ask, sizes = await asked(scene, "Kerkstraat")
    assert sorted(one.person for one in ask.search.invited) == elsewhere
    assert len(sizes) < MOST_STATEMENTS
    assert max(sizes) < MANY


async def test_the_search_goes_on_when_too_many_can_t_be_reached(tmp_path: Path) -> None:
    async with village(tmp_path, MONDAY, []) as scene:
        await fill(scene, "gemert", MANY, reachable=False)
        ask, sizes = await asked(scene, "")
    assert not ask.search.invited
    assert ask.search.step is SearchStep.VOLUNTEER
    assert max(sizes) < MANY
