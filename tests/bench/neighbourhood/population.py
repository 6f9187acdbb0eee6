"""The people: who lives where, offers what, and how each tends to answer.

People and what they offer are written into storage in bulk, as if they had joined before. All that
happens afterwards goes through updates.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.circles import Circle
from bot.core.covenant import Covenant, PartnerKind, Right
from bot.core.helping.circles import draw_code
from bot.core.helping.neighbours import Belonging, CircleRole, Group, Neighbour, Offer, Vog
from bot.core.helping.times import Daypart, times
from bot.core.people import Membership, Person, Role
from bot.core.worktime import Rules
from storage import Store
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.size import MONDAY, Place

FIRST_USER = 100_000
FIRST_GROUP = -1_000_000
COORDINATORS, COACHES, PROFESSIONALS = 2, 3, 2
"""Coaches of all circles together; professionals of each other partner that takes something on."""
BEFORE = MONDAY - timedelta(days=200)
MARK = 8
"""Letters of a circle's mark in a button."""
_AT_ONCE = 500
_OFFERS = 0.55
"""Of the members, who offer something."""
_CHECKED, _EXPIRED = 0.35, 0.05
"""Of those, who have a VOG and an introduction; and of these, whose VOG is too old."""
_PAUSED, _STANDBY, _ABROAD = 0.06, 0.12, 0.4
"""Of who offers: has a pause, stands by, goes to other villages too."""
_GROUPS = 0.7
"""Of the circles, that have a Telegram group."""
_NEWCOMERS = 0.03
"""Of everyone, who have yet to join their circle."""
_LANGUAGES = ("nl", "nl", "nl", "nl", "nl", "nl", "pl", "en")


@dataclass(frozen=True)
class Habit:
    """How someone tends to answer: chances from 0 to 1, and minutes until an answer."""

    notices: float
    """Answers at all, when there is something to answer."""
    willing: float
    """Says yes to an invitation."""
    minutes: float
    """Half of the answers come sooner."""


@dataclass
class Resident:
    """Someone with a phone."""

    number: int
    user: int
    key: str
    person: Person
    habit: Habit
    neighbour: Neighbour | None = None
    circle: Circle | None = None
    gone: bool = False
    """Blocked the bot, or left."""
    wishes: list[int] = field(default_factory=list)
    """The numbers of what this person asked."""

    @property
    def volunteer(self) -> bool:
        """Whether this is a volunteer of the circle."""
        places = self.neighbour.circles if self.neighbour else ()
        return any(place.role is CircleRole.VOLUNTEER for place in places)

    @property
    def address(self) -> str:
        """Street and number, as typed."""
        return f"{marks.word(marks.ADDRESS, self.number)}straat {self.number % 90 + 1}"


@dataclass
class Population:
    """Everyone by number, by phone and by key."""

    residents: list[Resident]
    staff: list[Resident]
    """Coordinators, coaches, and the professionals of the other partners."""
    groups: list[Group]
    """Of circles; most have a Telegram group, as if a volunteer had linked it before."""
    codes: Mapping[str, str]
    """The code to join with, by circle."""
    marks: Mapping[str, str]
    """The circle of each mark that stands in buttons beside a person's key."""

    def __post_init__(self) -> None:
        """Index them."""
        everyone = self.residents + self.staff
        self.by_user = {one.user: one for one in everyone}
        self.by_key = {one.key: one for one in everyone}
        self.by_number = {one.number: one for one in everyone}


def populate(store: Store, rules: Rules, found: Sequence[Place], rng: random.Random) -> Population:
    """Make everyone, with as many in each circle as its place says."""
    residents: list[Resident] = []
    for place in found:
        for n in range(place.people):
            one = _person(store, len(residents), rng)
            one.circle = place.circle
            if n == 0 or rng.random() > _NEWCOMERS:
                one.neighbour = _neighbour(one, n, place, rules, rng)
            residents.append(one)
    staff: list[Resident] = []
    for partner, role in _roles(rules.covenant):
        one = _person(store, len(residents) + len(staff), rng)
        member = Membership(partner=partner, role=role, since=BEFORE)
        one.person = one.person.model_copy(update={"memberships": (member,)})
        staff.append(one)
    codes = {place.circle.id: draw_code(rng.randrange) for place in found}
    groups = [_group(store, n, codes[p.circle.id], residents, p) for n, p in enumerate(found)]
    chosen = [g if rng.random() < _GROUPS else g.model_copy(update=_NO_CHAT) for g in groups]
    marked = {store.lookup("circle", place.circle.id)[:MARK]: place.circle.id for place in found}
    return Population(residents, staff, chosen, codes, marked)


def _roles(covenant: Covenant) -> Iterator[tuple[str, Role]]:
    """Who works where. The circles' own partner is the volunteers', who live here."""
    yield from [(covenant.coordinator, Role.COORDINATOR)] * COORDINATORS
    yield from [("BC-COACH", Role.COACH)] * COACHES
    for partner in covenant.partners:
        leads = any(Right.LEAD in mandate.rights for mandate in partner.mandates)
        if leads and partner.kind is not PartnerKind.CIRCLES and partner.id != covenant.coordinator:
            yield from [(partner.id, Role.PROFESSIONAL)] * PROFESSIONALS


_NO_CHAT = {"chat": None, "lane": "", "linked_by": "", "since": None}


def _group(
    store: Store, number: int, code: str, residents: Sequence[Resident], place: Place
) -> Group:
    chat = FIRST_GROUP - number
    linker = next(r for r in residents if r.volunteer and r.circle == place.circle)
    return Group(
        key=place.circle.id,
        chat=chat,
        lane=store.lookup("chat", str(chat)),
        linked_by=linker.key,
        since=BEFORE,
        join=store.lookup("join", code),
        join_until=MONDAY + timedelta(days=365),
    )


async def keep(store: Store, everyone: Iterable[Resident], groups: Iterable[Group]) -> None:
    """Write them into storage."""
    async with store.writing() as records:
        for group in groups:
            records.put(group)
    waiting = list(everyone)
    for start in range(0, len(waiting), _AT_ONCE):
        async with store.writing() as records:
            for one in waiting[start : start + _AT_ONCE]:
                records.put(one.person)
                if one.neighbour is not None:
                    records.put(one.neighbour)


def _person(store: Store, number: int, rng: random.Random) -> Resident:
    user = FIRST_USER + number
    key = store.lookup("person", user)
    person = Person(
        key=key,
        address=user,
        first_name=marks.word(marks.NAME, number),
        language=rng.choice(_LANGUAGES),
        informed=BEFORE,
    )
    habit = Habit(
        notices=rng.uniform(0.45, 0.95),
        willing=rng.uniform(0.35, 0.85),
        minutes=rng.lognormvariate(3.6, 0.9),
    )
    return Resident(number, user, key, person, habit)


def _neighbour(
    one: Resident, nth: int, place: Place, rules: Rules, rng: random.Random
) -> Neighbour:
    """Who lives in a circle; the first of it is its volunteer, in a large one the second too."""
    volunteer = nth == 0 or (nth == 1 and place.people > rules.covenant.helping.small_circle)
    offers = rng.random() < _OFFERS
    belonging = Belonging(
        circle=place.circle.id,
        role=CircleRole.VOLUNTEER if volunteer else CircleRole.MEMBER,
        since=BEFORE,
        standby=offers and rng.random() < _STANDBY,
    )
    checked = offers and rng.random() < _CHECKED
    age = rules.covenant.helping.vog_years * 366 if rng.random() < _EXPIRED else rng.randint(9, 700)
    return Neighbour(
        key=one.key,
        circles=(belonging,),
        offer=_offer(one, place.circle, rules, rng) if offers else None,
        vog=Vog(seen=MONDAY.date() - timedelta(days=age), by=one.key) if checked else None,
        introduced=(place.circle.id,) if checked else (),
    )


def _offer(one: Resident, circle: Circle, rules: Rules, rng: random.Random) -> Offer:
    kinds = [kind.id for kind in rules.covenant.kinds]
    areas = [area.id for area in rules.covenant.areas]
    away = rng.sample(areas, rng.randint(1, 2)) if rng.random() < _ABROAD else []
    paused = MONDAY.date() + timedelta(days=rng.randint(3, 60))
    return Offer(
        kinds=tuple(sorted(rng.sample(kinds, rng.randint(2, 5)))),
        times=_times(rng),
        area=circle.area,
        areas=tuple(dict.fromkeys([circle.area, *away])),
        most=rng.randint(2, 6),
        street=one.address.rsplit(" ", 1)[0],
        paused_until=paused if rng.random() < _PAUSED else None,
        since=BEFORE,
    )


def _times(rng: random.Random) -> int:
    """Some parts of the day, on some days of the week."""
    days = rng.sample(range(1, 8), rng.randint(2, 6))
    parts = rng.sample(list(Daypart), rng.randint(1, 3))
    return times(days, parts)
