"""Who plays the story of neighbours: an asker, two who help, their volunteer, and their group.

They know each other already, so that a visitor can begin with a question: the circle has its
members, those who help have said when and with what, and the group is linked.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.circles import Circle, Level
from bot.core.helping.neighbours import Group, Neighbour, Offer, Vog
from bot.core.helping.times import Daypart, times
from bot.core.people import Person, Role
from bot.core.worktime import Rules
from bot.invites import make_invite
from bot.sandbox import Gathering, Persona
from storage import Store

GROUP = -100_5001
ASKER, FIRST_HELPER, GUIDE, COACH, FIRST_OTHER = 5001, 5011, 5021, 5031, 5041
KASIA = {"nl": "Kasia, spreekt Pools", "en": "Kasia, speaks Polish"}
BRAM = {"nl": "Bram, de coach", "en": "Bram, the coach"}
WEEK = range(1, 8)
EARLIER = timedelta(weeks=3)
"""So long ago they offered to help: it is no news for the volunteer."""


class Player(NamedTuple):
    """A person of the circle. One who is not on the page makes the circle large enough: in a
    small one a task alone tells who asks.
    """

    persona: Persona
    role: Role = Role.MEMBER
    helps: bool = False
    cleared: bool = False
    """A VOG was seen, and the volunteer introduced them: for help indoors and in a car."""


async def circle_cast(
    rules: Rules, store: Store, now: datetime, *, fresh: bool
) -> tuple[list[Persona], list[Gathering]]:
    """The people of the covenant's first circle, each with an invitation, and their group.

    A covenant without circles has no such story.
    """
    circle = next(iter(rules.covenant.circles), None)
    if circle is None:
        return [], []
    players = _players()
    if fresh:
        await _settle_in(players, circle, rules, store, now)
    people = []
    for player in players:
        opening = None
        if fresh:
            opening = f"/start {await make_invite(store, rules, player.role, circle.id, now)}"
        people.append(replace(player.persona, opening=opening))
    members = tuple(player.persona.user_id for player in players)
    name = circle.name("nl")
    return people, [Gathering(GROUP, name[0].upper() + name[1:], members)]


def _players() -> list[Player]:
    players = [
        Player(_persona(ASKER, "Riet", "asker")),
        Player(Persona(ASKER + 1, "Kasia", "pl", "asker", KASIA)),
        Player(_persona(FIRST_HELPER, "Mo", "helper"), helps=True),
        Player(_persona(FIRST_HELPER + 1, "Els", "second"), helps=True, cleared=True),
        Player(_persona(GUIDE, "Loes", "guide"), role=Role.VOLUNTEER),
        Player(Persona(COACH, "Bram", "nl", "guide", BRAM), role=Role.COACH),
    ]
    others = enumerate(("Gerrit", "Nadia", "Cor", "Hatice"))
    return players + [Player(_persona(FIRST_OTHER + n, name, "")) for n, name in others]


def _persona(user_id: int, name: str, slot: str) -> Persona:
    return Persona(user_id, name, "nl", slot, {"nl": name, "en": name})


async def _settle_in(
    players: Sequence[Player], circle: Circle, rules: Rules, store: Store, now: datetime
) -> None:
    """Keep what they said earlier: they read the notice, and who helps said when and with what."""
    guide = store.lookup("person", GUIDE)
    async with store.writing() as records:
        for player in players:
            person = _person(player.persona, store, now)
            records.put(person)
            records.put(_neighbour(person.key, player, circle, guide, rules=rules, now=now))
        lane = store.lookup("chat", str(GROUP))
        records.put(Group(key=circle.id, chat=GROUP, lane=lane, linked_by=guide, since=now))


def _person(persona: Persona, store: Store, now: datetime) -> Person:
    return Person(
        key=store.lookup("person", persona.user_id),
        address=persona.user_id,
        first_name=persona.first_name,
        language=persona.language,
        informed=now,
    )


def _neighbour(
    key: str, player: Player, circle: Circle, guide: str, *, rules: Rules, now: datetime
) -> Neighbour:
    if not player.cleared:
        return Neighbour(key=key, offer=_offer(player, circle, rules, now))
    return Neighbour(
        key=key,
        offer=_offer(player, circle, rules, now),
        vog=Vog(seen=rules.calendar.local(now).date(), by=guide),
        introduced=(circle.id,),
    )


def _offer(player: Player, circle: Circle, rules: Rules, now: datetime) -> Offer | None:
    """Everything, at any time: so any question can be played. Indoors only who is cleared."""
    if not player.helps:
        return None
    most = Level.ALONE if player.cleared else Level.IN_PUBLIC
    kinds = tuple(kind.id for kind in rules.covenant.kinds if kind.level <= most)
    return Offer(
        kinds=kinds,
        times=times(WEEK, Daypart),
        area=circle.area,
        areas=(circle.area,),
        since=now - EARLIER,
    )
