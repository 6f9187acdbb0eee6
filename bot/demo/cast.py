"""Who plays the story of a worry: a resident, a volunteer, professionals and coordinators."""

from datetime import datetime

from bot.core.people import Role
from bot.core.worktime import Rules
from bot.invites import make_invite
from bot.sandbox import Persona
from storage import Store

RESIDENT, VOLUNTEER, FIRST_PROFESSIONAL = 1001, 2001, 3001
COORDINATORS = (4001, 4002)
PIOTR = {"nl": "Piotr, spreekt Pools", "en": "Piotr, speaks Polish"}
PAGE_LANGUAGES = ("nl", "en")
NAMES = ("Sanne", "Youssef", "Marieke", "Tom", "Ewa", "Henk", "Fatma", "Joris", "Ilse", "Ruud")


async def cast(rules: Rules, store: Store, now: datetime, *, fresh: bool) -> list[Persona]:
    """A resident, a volunteer, a professional of every other partner, and two coordinators.

    In a `fresh` game everyone but the residents comes in with an invitation.
    """
    covenant = rules.covenant
    found = [Persona(RESIDENT, "Anna", "nl", "resident", {"nl": "Anna"})]
    found += [Persona(RESIDENT + 1, "Piotr", "pl", "resident", PIOTR)]
    for (user, slot, partner, role), name in zip(_parts(rules), NAMES * 4, strict=False):
        opening = None
        if fresh:
            opening = f"/start {await make_invite(store, rules, role, partner, now)}"
        labels = {tongue: covenant.partner(partner).name(tongue) for tongue in PAGE_LANGUAGES}
        found.append(Persona(user, name, "nl", slot, labels, opening))
    return found


def _parts(rules: Rules) -> list[tuple[int, str, str, Role]]:
    """Who works for which partner, and on which phone."""
    covenant = rules.covenant
    circles = [p for p in covenant.partners if p.kind == "circles"]
    others = [p for p in covenant.partners if p not in circles and p.id != covenant.coordinator]
    parts = [(VOLUNTEER, "volunteer", p.id, Role.VOLUNTEER) for p in circles[:1]]
    parts += [
        (FIRST_PROFESSIONAL + i, "professional", p.id, Role.PROFESSIONAL)
        for i, p in enumerate(others + circles[1:])
    ]
    steer = covenant.coordinator
    return parts + [(user, "coordinator", steer, Role.COORDINATOR) for user in COORDINATORS]
