"""A wish from the answers of the form: when, where, in which circle, and who is asked by when."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.choices import NO
from bot.core.circles import Circle
from bot.core.covenant import ALL, About, Covenant, Kind, Topic
from bot.core.helping import moments
from bot.core.helping.asks import Consent, Voice, Wish
from bot.core.helping.times import WEEK, Daypart, Slot, When, last_slot
from bot.core.question_kinds import ELSEWHERE
from bot.core.worktime import Rules

Answers = Mapping[str, Any]
# What may be answered to "when", besides a date.
WITHIN_A_WEEK, BEFORE, WEEKLY = "week", "before", "weekly"
SELF, OTHER_PERSON = "self", "other"


def to_wish(
    answers: Answers,
    *,
    own: Collection[str],
    consent: Consent | None,
    rules: Rules,
    now: datetime,
) -> Wish:
    """What is asked, from the answers of a finished form; `own` are the circles of the person."""
    area = area_of(answers)
    circle = circle_of(answers, own, rules.covenant)
    return Wish(
        kind=answers["kind"],
        when=when_of(answers, rules, now),
        area=area,
        circle=circle.id if circle else None,
        text=answers.get("text") or "",
        street=(answers.get("street") or "") if answers.get("street_too") == NO else "",
        voice=Voice(answers["voice"]),
        for_other=answers.get("name") or "",
        consent=consent,
    )


def area_of(answers: Answers) -> str | None:
    """The village; None: outside every area of the covenant."""
    village = answers.get("village")
    return None if village == ELSEWHERE else village


def own_circles(area: str | None, own: Collection[str], covenant: Covenant) -> tuple[Circle, ...]:
    """The circles in this area to which the person belongs."""
    return tuple(c for c in covenant.circles if c.area == area and c.id in own)


def circle_of(answers: Answers, own: Collection[str], covenant: Covenant) -> Circle | None:
    """The asker's circle in that area; else the only one there; else none."""
    area = area_of(answers)
    mine = own_circles(area, own, covenant)
    chosen = next((c for c in mine if c.id == answers.get("circle")), None)
    if chosen or mine:
        return chosen or mine[0]
    there = [c for c in covenant.circles if c.area == area]
    return there[0] if len(there) == 1 else None


def when_of(answers: Answers, rules: Rules, now: datetime) -> When:
    """When help is wanted."""
    today = rules.calendar.local(now).date()
    parts = tuple(part for part in Daypart if part in answers["parts"])
    match answers["day"]:
        case "week":
            first, last = today, today + timedelta(days=WEEK - 1)
        case "before":
            first, last = today, date.fromisoformat(answers["before"])
        case "weekly":
            first = last = next_weekday(int(answers["weekday"]), today)
        case day:
            first = last = date.fromisoformat(day)
    return When(first=first, last=last, parts=parts, weekly=answers["day"] == WEEKLY)


def next_weekday(weekday: int, today: date) -> date:
    """The first such day after today."""
    ahead = (weekday - today.isoweekday() - 1) % WEEK + 1
    return today + timedelta(days=ahead)


def parts_to_come(day: date, rules: Rules, now: datetime) -> tuple[Daypart, ...]:
    """The parts of this day that have not ended."""
    slots = (Slot(day=day, part=part) for part in Daypart)
    return tuple(slot.part for slot in slots if slot.ends(rules.calendar) > now)


def asked_from(when: When, rules: Rules, now: datetime) -> datetime:
    """From when neighbours are asked: at once for today, else outside the quiet hours."""
    return now if _is_today(when, rules, now) else rules.calendar.outside_quiet(now)


def volunteer_by(when: When, circle: Circle | None, rules: Rules, now: datetime) -> datetime:
    """By when a volunteer looks at it when no neighbour answers."""
    calendar, slot = rules.calendar, last_slot(when)
    at = asked_from(when, rules, now)
    for left in range(rules.covenant.helping.waves + (circle is not None), 0, -1):
        at = moments.wave_after(slot, left, rules, at)
        at = at if slot.day == calendar.local(at).date() else calendar.outside_quiet(at)
    return min(at, slot.ends(calendar))


def coach_topic(covenant: Covenant) -> Topic | None:
    """The topic of a concern that the covenant gives to a circle's coach, about someone else."""
    coaches = {c.coach for c in covenant.circles}
    for route in covenant.routes:
        about_others = route.about == ALL or About.OTHER in route.about
        if route.lead in coaches and about_others and route.topics != ALL:
            found = (t for t in covenant.topics if t.id in route.topics and t.refer is None)
            topic = next((t for t in found if t.kind is Kind.CONCERN), None)
            if topic:
                return topic
    return None


def other_topic(covenant: Covenant) -> Topic | None:
    """The most general topic of a concern: a covenant ends with it."""
    taken = [t for t in covenant.topics if t.kind is Kind.CONCERN and t.refer is None]
    return taken[-1] if taken else None


def _is_today(when: When, rules: Rules, now: datetime) -> bool:
    return when.last <= rules.calendar.local(now).date()
