"""Neighbours of a dialogue at once: their places, their offers, and what one of them asks.

What leads there is told in the dialogues of asking, offering and joining.
"""

from datetime import date, timedelta

from bot.core.helping import neighbourly, searching
from bot.core.helping.asks import Consent, Voice, Wish
from bot.core.helping.neighbours import Belonging, CircleRole, Help, Meeting, Offer, Vog
from bot.core.helping.times import Daypart, When, times
from bot.core.people import Person
from bot.core.ports import Records
from handlers.circles import people
from handlers.helping import asks
from handlers.turn import Turn
from tests.dialogues.phones import Phones

ROLES = {"volunteer": CircleRole.VOLUNTEER, "coach": CircleRole.COACH}
DRAWN = ("7J2F", "3MPH", "9RTX", "4CDG", "6KXN", "8TRF", "2HMD", "5PJC", "3XKR")
CODES = tuple(f"GB-{drawn}" for drawn in DRAWN)
IN, MOST, UNSEEN, FOR = "in ", "at most ", "unseen in ", "for "
USUALLY = 4
"""Helps at most, of who does not say otherwise."""


class Neighbourhood:
    """Puts neighbours where a dialogue begins."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self._codes = list(CODES)

    async def place(self, circle: str, *members: str) -> None:
        """`molenstraat, vera (volunteer), wil (standby vog), kim (vog 2023-03-02)`: everyone knows
        the notice; without its day a VOG was seen today.
        """
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
            days = [date.fromisoformat(w) for w in what if w[0].isdigit()]
            seen = days[0] if days else turn.rules.calendar.local(turn.now).date()
            news |= {"vog": Vog(seen=seen, by=key), "introduced": (circle,)}
        asks.keep_neighbour(turn, neighbour.model_copy(update=news))

    async def offer(self, name: str, *offered: str) -> None:
        """`wil, groceries, company`: in Gemert and in every part of the week. Or also `in handel`,
        `evening` (in that part of the days only), `at most 1`.
        """
        parts = tuple(Daypart(word) for word in offered if word in set(Daypart))
        areas = [word.removeprefix(IN) for word in offered if word.startswith(IN)]
        most = [int(word.removeprefix(MOST)) for word in offered if word.startswith(MOST)]
        kinds = tuple(k.id for k in self._phones.village.rules.covenant.kinds if k.id in offered)
        area = areas[0] if areas else "gemert"
        assert len(offered) == len([*parts, *areas, *most, *kinds]), "not all of this is an offer"
        async with self._phones.village.store.writing() as records:
            turn, key = self._turn(records), await self._person(records, name)
            offer = Offer(
                kinds=kinds,
                times=times(range(1, 8), parts or tuple(Daypart)),
                area=area,
                areas=(area,),
                most=most[0] if most else USUALLY,
                since=turn.now,
            )
            neighbour = await turn.neighbour(key)
            asks.keep_neighbour(turn, neighbour.model_copy(update={"offer": offer}))

    async def blocked(self, one: str, other: str) -> None:
        """`wil, anna`: one of them blocked the other."""
        async with self._phones.village.store.writing() as records:
            turn = self._turn(records)
            pair = [await turn.neighbour(await self._person(records, n)) for n in (one, other)]
            for neighbour in neighbourly.block(*pair):
                asks.keep_neighbour(turn, neighbour)

    async def helped(self, name: str, often: str) -> None:
        """`wil, 3`: so often, the last time yesterday."""
        async with self._phones.village.store.writing() as records:
            turn, key = self._turn(records), await self._person(records, name)
            days = range(int(often), 0, -1)
            helps = tuple(Help(at=turn.now - timedelta(days=n), ask=f"earlier{n}") for n in days)
            neighbour = await turn.neighbour(key)
            asks.keep_neighbour(turn, neighbour.model_copy(update={"helps": helps}))

    async def meet(self, circle: str, often: str, *news: str) -> None:
        """`molenstraat, 3`: so many meetings, in the coming weeks; `today`: announced today."""
        async with self._phones.village.store.writing() as records:
            turn = self._turn(records)
            kept = await people.group_of(turn, circle)
            meetings = tuple(
                Meeting(key=f"meeting{n}", at=turn.now + timedelta(weeks=n), place="De Eendracht")
                for n in range(1, int(often) + 1)
            )
            told = [turn.now] * len(meetings) if news == ("today",) else []
            records.put(kept.model_copy(update={"meetings": meetings, "told": tuple(told)}))

    async def ask(self, name: str, kind: str, when: str, *more: str) -> None:
        """`anna, groceries, +1 morning`: so many days from now; also `weekly`, `no name`,
        `no circle`, `in SOME-CIRCLE`, or `elsewhere`, in no village of ours,
        `unseen in Kerkstraat`, and `for Riet`, who has no chat."""
        village = self._phones.village
        async with village.store.writing() as records:
            turn, key = self._turn(records), await self._person(records, name)
            wish = self._wish(turn, kind, when, more)
            code = self._codes.pop(0)
            number = len(CODES) - len(self._codes)
            change = searching.start(
                wish,
                key=f"ask{number}",
                code=code,
                asker=None if wish.for_other else key,
                by=key if wish.for_other else None,
                rules=turn.rules,
                now=turn.now,
            )
            await asks.keep(turn, change)
        await village.settle()

    def _wish(self, turn: Turn, kind: str, when: str, more: tuple[str, ...]) -> Wish:
        days, *parts = when.split()
        today = turn.rules.calendar.local(turn.now).date()
        first, _, last = days.partition("..")
        day, until = _day(today, first), _day(today, last or first)
        circle = next((m.removeprefix(IN) for m in more if m.startswith(IN)), "molenstraat")
        street = next((m.removeprefix(UNSEEN) for m in more if m.startswith(UNSEEN)), "")
        other = next((m.removeprefix(FOR) for m in more if m.startswith(FOR)), "")
        return Wish(
            kind=kind,
            when=When(
                first=day,
                last=until,
                parts=tuple(Daypart(part) for part in parts),
                weekly="weekly" in more,
            ),
            area=None if "elsewhere" in more else "gemert",
            circle=None if {"no circle", "elsewhere"} & set(more) else circle,
            street=street,
            text="De hond is lief.",
            voice=Voice.THROUGH_VOLUNTEER if "no name" in more else Voice.NAMED,
            for_other=other,
            consent=Consent(to="heard", at=turn.now) if other else None,
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
