"""Neighbours of a dialogue at once: their places, their offers, and what one of them asks.

What leads there is told in the dialogues of asking, offering and joining.
"""

from datetime import date, timedelta

from bot.core.helping import searching
from bot.core.helping.asks import Voice, Wish
from bot.core.helping.neighbours import Belonging, CircleRole, Offer, Vog
from bot.core.helping.times import Daypart, When, times
from bot.core.people import Person
from bot.core.ports import Records
from handlers.helping import asks
from handlers.turn import Turn
from tests.dialogues.phones import Phones

ROLES = {"volunteer": CircleRole.VOLUNTEER, "coach": CircleRole.COACH}
EVERY_PART = times(range(1, 8), tuple(Daypart))
CODES = ("GB-7J2F", "GB-3MPH", "GB-9RTX", "GB-4CDG")


class Neighbourhood:
    """Puts neighbours where a dialogue begins."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self._codes = list(CODES)

    async def place(self, circle: str, *members: str) -> None:
        """`molenstraat, vera (volunteer), wil (standby, vog), anna`: everyone knows the notice."""
        for written in members:
            name, _, more = written.partition(" (")
            what = more.rstrip(")").split(" ")
            async with self._phones.village.store.writing() as records:
                await self._place(records, circle, name, what)

    async def _place(self, records: Records, circle: str, name: str, what: list[str]) -> None:
        turn, key = self._turn(records), await self._person(records, name)
        role = next((ROLES[w] for w in what if w in ROLES), CircleRole.MEMBER)
        place = Belonging(circle=circle, role=role, since=turn.now, standby="standby" in what)
        neighbour = await turn.neighbour(key)
        news: dict[str, object] = {"circles": (*neighbour.circles, place)}
        if "vog" in what:
            seen = turn.rules.calendar.local(turn.now).date()
            news |= {"vog": Vog(seen=seen, by=key), "introduced": (circle,)}
        asks.keep_neighbour(turn, neighbour.model_copy(update=news))

    async def offer(self, name: str, *kinds: str) -> None:
        """`wil, groceries, company`: in every part of the week, in Gemert."""
        async with self._phones.village.store.writing() as records:
            turn, key = self._turn(records), await self._person(records, name)
            offer = Offer(kinds=kinds, times=EVERY_PART, area="gemert", since=turn.now)
            neighbour = await turn.neighbour(key)
            asks.keep_neighbour(turn, neighbour.model_copy(update={"offer": offer}))

    async def ask(self, name: str, kind: str, when: str, *more: str) -> None:
        """`anna, groceries, +1 morning`: so many days from now; also `weekly`, `no name`,
        `no circle`, `in SOME-CIRCLE`."""
        village = self._phones.village
        async with village.store.writing() as records:
            turn, key = self._turn(records), await self._person(records, name)
            wish = self._wish(turn, kind, when, more)
            code = self._codes.pop(0)
            number = len(CODES) - len(self._codes)
            change = searching.start(
                wish, key=f"ask{number}", code=code, asker=key, rules=turn.rules, now=turn.now
            )
            await asks.keep(turn, change)
        await village.settle()

    def _wish(self, turn: Turn, kind: str, when: str, more: tuple[str, ...]) -> Wish:
        days, *parts = when.split()
        today = turn.rules.calendar.local(turn.now).date()
        first, _, last = days.partition("..")
        day, until = _day(today, first), _day(today, last or first)
        circle = next((m.removeprefix("in ") for m in more if m.startswith("in ")), "molenstraat")
        return Wish(
            kind=kind,
            when=When(
                first=day,
                last=until,
                parts=tuple(Daypart(part) for part in parts),
                weekly="weekly" in more,
            ),
            area="gemert",
            circle=None if "no circle" in more else circle,
            text="De hond is lief.",
            voice=Voice.THROUGH_VOLUNTEER if "no name" in more else Voice.NAMED,
        )

    async def _person(self, records: Records, name: str) -> str:
        """The person of a phone, who has read the notice."""
        user = self._phones.user(name)
        village = self._phones.village
        key = village.house.person_key(user)
        known = await records.get(Person, key)
        if known is None:
            self._phones.village.sandbox.control.open_chat(user)
            records.put(
                Person(
                    key=key,
                    address=user,
                    first_name=name.capitalize(),
                    language=self._phones.language,
                    informed=village.clock.now(),
                )
            )
        return key

    def _turn(self, records: Records) -> Turn:
        return Turn(self._phones.village.house, records, self._phones.village.clock.now())


def _day(today: date, written: str) -> date:
    return today + timedelta(days=int(written))
