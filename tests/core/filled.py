"""Every form filled in: valid answers of each, and what makes the other questions apply."""

from collections.abc import Mapping
from typing import Any

from bot.core import conversation
from bot.core.forms import Answered, Draft, Form
from bot.core.many_choices import Many
from bot.core.small_forms import FORMS, TOPIC
from tests.core.talking import NOW

_HELP = {
    "for_whom": "self",
    "text": "een brood halen",
    "kind": "groceries",
    "day": "week",
    "parts": ["morning"],
    "village": "gemert",
    "voice": "named",
    "review": "send",
}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "concern": {
        "danger": "no",
        "about": "other",
        "what": "harde muziek",
        "topic": "noise",
        "where": {"text": "Kerkstraat 1", "area": None},
        "village": "bakel",
        "landlord": "WON",
        "openness": "named",
        "review": "send",
    },
    "add": {"things": 1},
    "close": {"outcome": "helped", "note": None},
    "decline": {"why": "other", "note": None},
    "assign": {"partner": "GGD", "reason": "ja"},
    "told": {"told": "yes", "when": "2026-11-01"},
    "help": _HELP,
    "help_again": {"day": "week", "parts": ["morning"]},
    "help_address": {"address": "Kerkstraat 1"},
    "offer": {
        "kinds": ["groceries"],
        "weekdays": ["1"],
        "parts": ["morning"],
        "village": "gemert",
        "reach": "own",
        "most": "4",
        "street": None,
        "review": "send",
    },
    "pause": {"until": "2026-12-01"},
    "way": {"what": "een brood halen", "way": "ask"},
    "pass_on": {
        "what": "eet bijna niet",
        "topic": "selfcare",
        "agreed": "yes",
        "named": "yes",
        "where": None,
        "ask": "goes",
        "review": "send",
    },
    "to_circle": {
        "circle": "molenstraat",
        "text": "een kop koffie",
        "kind": "company",
        "day": "week",
        "parts": ["morning"],
        "agreed": "yes",
        "review": "send",
    },
    "join": {"sure": "yes"},
    "meeting": {"day": "2026-12-01", "clock": "14:00", "place": "de kerk", "what": None},
}
"""Valid answers by form; what isn't here has one question, with a text or a reason."""

_FOR_OTHER = {"for_whom": "other", "name": "Jan", "consent": "yes"}
_COMPANY = {"kind": "company", "street_too": "yes"}
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "concern.danger_seen": {"danger": "yes"},
    "concern.referral": {"topic": "violence"},
    "told.because": {"told": "exempt"},
    "help.name": _FOR_OTHER,
    "help.consent": _FOR_OTHER,
    "help.no_consent": {**_FOR_OTHER, "consent": "no"},
    "help.elsewhere": {"kind": "other"},
    "help.before": {"day": "before"},
    "help.weekday": {"day": "weekly"},
    "help.street_too": _COMPANY,
    "help.street": {**_COMPANY, "street_too": "no"},
    "help_again.before": {"day": "before"},
    "help_again.weekday": {"day": "weekly"},
    "offer.villages": {"reach": "chosen"},
    "pass_on.referral": {"topic": "violence"},
    "pass_on.landlord": {"topic": "noise"},
    "pass_on.talk_first": {"topic": "company", "agreed": "no"},
    "pass_on.reason": {"topic": "forgetful", "agreed": "no"},
    "to_circle.weekday": {"day": "weekly"},
    "to_circle.ask_first": {"agreed": "no"},
}
"""Other answers that make a question apply."""
NEVER = {"help.circle"}
"""No village of the example has several circles."""
EVERY = [
    (form, q.name)
    for form in FORMS.values()
    for q in form.questions
    if f"{form.name}.{q.name}" not in NEVER
]


def draft_at(form: Form, name: str) -> Draft:
    """The form, filled in up to this question."""
    only = dict.fromkeys((q.name for q in form.questions), "ja")
    known = {**ANSWERS.get(form.name, only), **NEEDED.get(f"{form.name}.{name}", {})}
    known.pop(name, None)
    answers = {n: Answered(value=v) for n, v in known.items()}
    context = {"item": "1", TOPIC: "neglect", "partner": "GEM", "area": "gemert", "ask": "1"}
    draft = conversation.start(form, NOW, answers=answers, context=context)
    several = {q.name for q in form.questions if isinstance(q, Many)}
    done = tuple(n for n in known if n in several)
    return draft.model_copy(update={"done": done})
