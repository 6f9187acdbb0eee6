"""Every question of the residents' forms, with the answers that lead to it."""

from collections.abc import Mapping
from typing import Any

CONCERN = {
    "danger": "no",
    "about": "other",
    "what": "Elke nacht harde muziek",
    "topic": "noise",
    "where": {"text": "Kerkstraat 1", "area": None},
    "village": "gemert",
    "landlord": "unknown",
    "openness": "via_bot",
}
HELP = {
    "for_whom": "other",
    "name": "Riet",
    "text": "Samen koffie drinken",
    "kind": "company",
    "consent": "yes",
    "day": "weekly",
    "weekday": "4",
    "parts": ["morning"],
    "village": "gemert",
    "street_too": "no",
    "street": "Kerkstraat",
    "voice": "named",
}
OFFER = {
    "kinds": ["groceries", "transport"],
    "weekdays": ["1", "2"],
    "parts": ["evening"],
    "village": "gemert",
    "reach": "chosen",
    "villages": ["bakel"],
    "most": "4",
    "street": None,
}
MEETING = {"day": "2026-03-05", "clock": "14:30", "place": "De Eendracht", "what": None}


def _until(answers: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The answers that come before this one."""
    names = list(answers)
    return {n: answers[n] for n in names[: names.index(name)]}


QUESTIONS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "danger": ("concern", {}),
    "danger_seen": ("concern", {"danger": "yes"}),
    "about": ("concern", {"danger": "no"}),
    "what": ("concern", {"danger": "no", "about": "other"}),
    "topic": ("concern", {n: CONCERN[n] for n in ("danger", "about", "what")}),
    "referral": ("concern", {**CONCERN, "topic": "wvggz"}),
    "where": ("concern", {n: CONCERN[n] for n in ("danger", "about", "what", "topic")}),
    "village": ("concern", {n: v for n, v in CONCERN.items() if n != "village"}),
    "landlord": ("concern", {n: v for n, v in CONCERN.items() if n != "landlord"}),
    "openness": ("concern", {n: v for n, v in CONCERN.items() if n != "openness"}),
    "review": ("concern", CONCERN),
    "things": ("add", {}),
    "text": ("reply", {}),
    **{f"help {name}": ("help", _until(HELP, name)) for name in HELP},
    "help elsewhere": ("help", {**HELP, "kind": "other"}),
    "help no_consent": ("help", {**HELP, "consent": "no"}),
    "help before": ("help", {**HELP, "day": "before"}),
    "help review": ("help", HELP),
    **{f"offer {name}": ("offer", _until(OFFER, name)) for name in OFFER},
    "offer review": ("offer", OFFER),
    "pause until": ("pause", {}),
    "join sure": ("join", {}),
    "to the coach text": ("circle_talk", {}),
    "from the coach text": ("circle_talk_back", {}),
    **{f"meeting {name}": ("meeting", _until(MEETING, name)) for name in MEETING},
    "way way": ("way", {"what": "Wie kan mij helpen?"}),
}
"""By a name whose last word is the question's: the form, and the answers before it."""

ENDS = {
    "text",
    "referral",
    "review",
    "help elsewhere",
    "help no_consent",
    "help review",
    "join sure",
    "to the coach text",
    "from the coach text",
    "meeting what",
    "offer review",
    "pause until",
    "way way",
}
"""Questions whose answer ends the form."""
ABOUT_AN_ITEM = {"add", "reply"}
"""Forms that are about an item of the person."""
