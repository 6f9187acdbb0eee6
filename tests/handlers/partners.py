"""A village in which a report waits for a partner, and short ways to look at what followed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.core import lifecycle
from bot.core.covenant import About
from bot.core.items import Access, Item, Openness, Report
from bot.core.people import Person, Role
from bot.core.ports import Records, Signal
from bot.core.queue import Arrival
from handlers.notices import tell
from handlers.turn import Turn
from tests.dialogues.phones import Phones, Shown
from tests.dialogues.village import Village, village

MARKERS = ("Kerkstraat 1", "Loud music", "Noise", "Gemert", "Geluid", "Sanne")
"""What stands in the report and must not stand in any alert."""

NOISE = Report(
    about=About.OTHER,
    topic="noise",
    text="Loud music every night",
    area="gemert",
    address="Kerkstraat 1",
    landlord="own",
    openness=Openness.NAMED,
    name="Sanne",
    language="nl",
)
"""A report that neighbourhood mediation (BB) leads."""


@dataclass
class Partners:
    """The phones of a village, and what its database holds."""

    phones: Phones

    @property
    def village(self) -> Village:
        """The bot with its clock."""
        return self.phones.village

    async def join(self, name: str, role: Role, partner: str, *, language: str = "en") -> None:
        """Somebody accepts an invitation."""
        user = self.phones.user(name, language)
        self.phones.act(name, f"/start {await self.village.invite(role, partner)}")
        await self.village.settle()
        self.phones.news[user].clear()

    async def report(self, report: Report = NOISE, reporter: str = "sanne") -> str:
        """A resident reports; returns the item's key."""
        self.phones.user(reporter, "en")
        await self.act(reporter, "/start")
        person = await self.person(reporter)
        change = lifecycle.report(
            report,
            key="item-1",
            code="GB-7K2F",
            reporter=person.key,
            rules=self.village.rules,
            now=self.village.clock.now(),
        )
        async with self.village.store.writing() as records:
            turn = self.turn(records)
            turn.keep(change)
            await tell(turn, change)
        await self.village.settle()
        return change.item.key

    def turn(self, records: Records) -> Turn:
        """A turn that nobody began."""
        return Turn(self.village.house, records, self.village.clock.now())

    async def act(self, name: str, gesture: str) -> list[Shown]:
        """Somebody does something; returns what their own phone shows of it."""
        news = self.phones.news[self.phones.user(name)]
        news.clear()
        self.phones.act(name, gesture)
        await self.village.settle()
        return list(news)

    async def together(self, *acts: tuple[str, str]) -> None:
        """Several people act before the bot looks: all are handled in one transaction."""
        for name, gesture in acts:
            self.phones.act(name, gesture)
        await self.village.receiver.keep(await self.village.updates(None, wait=0))
        await self.village.worker._together(await self.village.store.pending(100))
        await self.village.settle()

    async def signal(self, signal: Signal) -> None:
        """The pipeline reports something."""
        kind, payload = type(signal).__name__, signal.model_dump(mode="json")
        now = self.village.clock.now()
        await self.village.store.receive([Arrival(f"test:{kind}", "test", kind, payload, now)])
        await self.village.settle()

    def news(self, name: str) -> list[Shown]:
        """What the bot did on a phone since the last time."""
        news = self.phones.news[self.phones.user(name)]
        shown = list(news)
        news.clear()
        return shown

    async def item(self, key: str = "item-1") -> Item:
        """The item as it is stored now."""
        async with self.village.store.reading() as records:
            found = await records.get(Item, key)
        assert found is not None
        return found

    async def accesses(self, key: str = "item-1") -> Sequence[Access]:
        """Who read the item."""
        async with self.village.store.reading() as records:
            return await records.accesses(key)

    async def person(self, name: str) -> Person:
        """Somebody as they are stored now."""
        key = self.village.house.person_key(self.phones.user(name))
        async with self.village.store.reading() as records:
            found = await records.get(Person, key)
        assert found is not None
        return found


@asynccontextmanager
async def partners(folder: Path) -> AsyncIterator[Partners]:
    """Two mediators and a coordinator, on a working morning."""
    async with village(folder) as scene:
        scene_of = Partners(Phones(scene))
        await scene_of.join("bart", Role.PROFESSIONAL, "BB")
        await scene_of.join("bea", Role.PROFESSIONAL, "BB", language="nl")
        await scene_of.join("carla", Role.COORDINATOR, "GEM")
        yield scene_of
