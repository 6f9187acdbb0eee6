"""Circles: who belongs, by which code, what a place allows, and what a volunteer looks at first."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core import matching
from bot.core.access import is_coordinator
from bot.core.circles import Circle, Level
from bot.core.codes import ALPHABET
from bot.core.helping.asks import Ask, AskStage, SearchStep, wanted_on
from bot.core.helping.neighbours import Belonging, CircleRole, Group, Meeting, Neighbour, Vog
from bot.core.helping.searching import looks
from bot.core.people import Person, Role
from bot.core.worktime import Rules

CODE_LENGTH = 8
"""Characters of a code: 20⁸ of them, so that nobody guesses one within its time."""
TRIES_PER_DAY = 5
"""Codes that are none, of one person."""
LINK_TIME = timedelta(hours=1)
"""How long the code that links a group can be used."""
MOST_MEETINGS = 10
"""Meetings of one circle that are still to come."""
MEETING_NEWS_PER_DAY = 10
"""Meetings of one circle that are announced or called off: phones make a sound for each."""
RISK = timedelta(hours=24)
"""Help that is this close and has no helper is at risk."""
SOON_DAYS = 2
COACHING = frozenset({Role.COACH, Role.PROFESSIONAL})
"""The roles at a circle's coach's partner that coach it."""
RENEW_DAYS = 30
"""Days before a VOG has to be renewed that people hear of it."""


# Codes


def draw_code(below: Callable[[int], int]) -> str:
    """A new code, as `7K2F-9CHD`; `below` gives a random whole number."""
    drawn = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(CODE_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def read_code(typed: str) -> str | None:
    """The code in what somebody typed, with or without dash, spaces and capitals; else None."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).replace("Z", "2")
    if len(plain) != CODE_LENGTH or not set(plain) <= set(ALPHABET):
        return None
    return f"{plain[:4]}-{plain[4:]}"


def may_try(neighbour: Neighbour, rules: Rules, now: datetime) -> bool:
    """Whether this neighbour may type another code today."""
    return len(rules.calendar.on_day_of(now, neighbour.tries)) < TRIES_PER_DAY


def tried(neighbour: Neighbour, rules: Rules, now: datetime) -> Neighbour:
    """After a code that was none."""
    tries = (*rules.calendar.on_day_of(now, neighbour.tries), now)
    return neighbour.model_copy(update={"tries": tries})


def with_code(group: Group, code: str, rules: Rules, now: datetime) -> Group:
    """The circle with a new joining code (its keyed hash); the one before stops."""
    until = now + timedelta(days=rules.covenant.helping.code_days)
    return group.model_copy(update={"join": code, "join_until": until})


def code_holds(group: Group, code: str, now: datetime) -> bool:
    """Whether this is the joining code of the circle, and may still be used."""
    return bool(code) and group.join == code and not expired(group.join_until, now)


def expired(until: datetime | None, now: datetime) -> bool:
    """Whether what holds until then is over."""
    return until is None or until <= now


# Belonging


def belonging(neighbour: Neighbour, circle: str) -> Belonging | None:
    """The place or the request in this circle, or None."""
    return next((b for b in neighbour.circles if b.circle == circle), None)


def asked(neighbour: Neighbour, circle: str, now: datetime) -> Neighbour:
    """Asks to be a member; a volunteer has to say yes."""
    request = Belonging(circle=circle, role=CircleRole.MEMBER, since=now, approved=False)
    return _with(neighbour, request)


def placed(neighbour: Neighbour, circle: str, role: CircleRole, now: datetime) -> Neighbour:
    """Has this place from now on; standby stays as it was."""
    before = belonging(neighbour, circle)
    standby = before is not None and before.standby
    return _with(neighbour, Belonging(circle=circle, role=role, since=now, standby=standby))


def left(neighbour: Neighbour, circle: str) -> Neighbour:
    """Belongs to it no more, in no way; without any circle the VOG is forgotten too."""
    kept = tuple(b for b in neighbour.circles if b.circle != circle)
    introduced = tuple(c for c in neighbour.introduced if c != circle)
    vog = neighbour.vog if kept else None
    return neighbour.model_copy(update={"circles": kept, "introduced": introduced, "vog": vog})


def on_standby(neighbour: Neighbour, circle: str, *, standby: bool) -> Neighbour:
    """Is asked first when somebody can't make it, or no more."""
    place = neighbour.place_in(circle)
    if place is None:
        return neighbour
    return _with(neighbour, place.model_copy(update={"standby": standby}))


def vouched(neighbour: Neighbour, by: str, rules: Rules, now: datetime) -> Neighbour:
    """Somebody saw the certificate of conduct today."""
    vog = Vog(seen=rules.calendar.local(now).date(), by=by)
    return neighbour.model_copy(update={"vog": vog})


def introduced(neighbour: Neighbour, circle: str) -> Neighbour:
    """Was introduced in this circle."""
    known = (*(c for c in neighbour.introduced if c != circle), circle)
    return neighbour.model_copy(update={"introduced": known})


def members(neighbours: Iterable[Neighbour], circle: str) -> list[Neighbour]:
    """Who has an approved place in it."""
    return [n for n in neighbours if n.place_in(circle)]


def waiting(neighbours: Iterable[Neighbour], circle: str) -> list[Neighbour]:
    """Who asked to join and got no answer yet, the longest first."""
    found = [(b, n) for n in neighbours if (b := belonging(n, circle)) and not b.approved]
    return [n for _b, n in sorted(found, key=lambda pair: (pair[0].since, pair[1].key))]


def full(neighbours: Iterable[Neighbour], circle: Circle) -> bool:
    """Whether there is no room for another member."""
    return len(members(neighbours, circle.id)) >= circle.most


def small(neighbours: Iterable[Neighbour], circle: str, rules: Rules) -> bool:
    """Whether it has so few members that a task tells who asks."""
    return len(members(neighbours, circle)) < rules.covenant.helping.small_circle


def coaches(person: Person, neighbour: Neighbour, circle: Circle) -> bool:
    """Whether this person coaches the circle: by a place in it, or at its coach's partner."""
    place = neighbour.place_in(circle.id)
    at_partner = person.role_at(circle.coach) in COACHING
    return at_partner or (place is not None and place.role is CircleRole.COACH)


def coordinates(person: Person, neighbour: Neighbour, circle: Circle) -> bool:
    """Whether this person sees to the circle: by a place in it, or as its coach."""
    return neighbour.coordinates(circle.id) or coaches(person, neighbour, circle)


def may_vouch(person: Person, neighbour: Neighbour, circle: Circle, rules: Rules) -> bool:
    """Whether this person may record that a VOG was seen: a coach or a coordinator may."""
    return coaches(person, neighbour, circle) or is_coordinator(person, rules)


def renew_soon(neighbour: Neighbour, rules: Rules, now: datetime) -> bool:
    """Whether the VOG that was seen ends within a month, or has ended."""
    on = rules.calendar.local(now).date() + timedelta(days=RENEW_DAYS)
    holds = matching.cleared(neighbour, rules, on) is Level.ALONE
    return neighbour.vog is not None and not holds


def told_to_renew(neighbour: Neighbour) -> Neighbour:
    """Heard that the VOG has to be renewed."""
    vog = neighbour.vog and neighbour.vog.model_copy(update={"told": True})
    return neighbour.model_copy(update={"vog": vog})


# The board


class Urgency(StrEnum):
    """How close the day is by which help is wanted."""

    LATE = "late"
    ASKED = "asked"
    """The help is over, and it waits for a word on how it went."""
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


def urgency(ask: Ask, rules: Rules, now: datetime) -> Urgency:
    """How close it is."""
    days = (wanted_on(ask) - rules.calendar.local(now).date()).days
    if days < 0:
        return Urgency.ASKED if ask.stage is AskStage.AFTER else Urgency.LATE
    if days == 0:
        return Urgency.TODAY
    return Urgency.SOON if days <= SOON_DAYS else Urgency.LATER


def at_risk(ask: Ask, rules: Rules, now: datetime) -> bool:
    """Whether it may go wrong: close and without a helper, or somebody is silent. A helper who
    looks for somebody to take over still comes."""
    if ask.stage is AskStage.AFTER or not ask.open:
        return False
    silent = ask.pending and ask.pending.until <= now and ask.pending.person in ask.parties
    called = ask.search.step not in {SearchStep.INVITING, SearchStep.BOARD}
    if silent or (called and not ask.handing_over):
        return True
    if ask.stage is AskStage.AGREED:
        return False
    slots = ask.wish.when.slots(rules.calendar, now)
    last = slots[-1].begins(rules.calendar) if slots else now
    return last - now <= RISK


def by_due(asks: Iterable[Ask]) -> list[Ask]:
    """Asks by the day that help is wanted, then the oldest first."""
    return sorted(asks, key=lambda ask: (wanted_on(ask), ask.created, ask.key))


def on_board(asks: Iterable[Ask]) -> list[Ask]:
    """The asks that every member may see: nobody who was invited in private could help.

    What was put on the board stays there, also while more neighbours are invited; so does what a
    helper hands over.
    """
    looked = [ask for ask in by_due(asks) if looks(ask)]
    return [a for a in looked if a.search.on_board or a.search.step is not SearchStep.INVITING]


# Meetings


def upcoming(group: Group, now: datetime) -> list[Meeting]:
    """The meetings that are still to come, the first one first."""
    return sorted((m for m in group.meetings if m.at > now), key=lambda m: (m.at, m.key))


def with_meeting(group: Group, meeting: Meeting, now: datetime) -> Group:
    """The circle with this meeting new or changed; those that are over go."""
    others = [m for m in upcoming(group, now) if m.key != meeting.key]
    return group.model_copy(update={"meetings": (*others, meeting)})


def without_meeting(group: Group, key: str) -> Group:
    """The circle without this meeting."""
    return group.model_copy(update={"meetings": tuple(m for m in group.meetings if m.key != key)})


def may_tell(group: Group, rules: Rules, now: datetime) -> bool:
    """Whether phones may make a sound today for one more meeting that is new or called off."""
    return len(rules.calendar.on_day_of(now, group.told)) < MEETING_NEWS_PER_DAY


def told(group: Group, rules: Rules, now: datetime) -> Group:
    """After news of a meeting."""
    return group.model_copy(update={"told": (*rules.calendar.on_day_of(now, group.told), now)})


def signed(meeting: Meeting, person: str, *, comes: bool) -> Meeting:
    """The meeting with or without this person."""
    others = tuple(p for p in meeting.coming if p != person)
    return meeting.model_copy(update={"coming": (*others, person) if comes else others})


def remind_at(meeting: Meeting, rules: Rules) -> datetime:
    """The day before, outside the quiet hours."""
    return rules.calendar.outside_quiet(rules.calendar.days_after(meeting.at, -1))


def _with(neighbour: Neighbour, place: Belonging) -> Neighbour:
    others = tuple(b for b in neighbour.circles if b.circle != place.circle)
    return neighbour.model_copy(update={"circles": (*others, place)})
