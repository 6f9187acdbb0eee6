"""Sayings: what people choose and type in the forms that the bot opens for them."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.core.choices import NO, YES
from bot.core.covenant import UNKNOWN_LANDLORD, About, Kind
from bot.core.forms import Draft
from bot.core.helping.ask_form import HELP
from bot.core.helping.passing_forms import ASK, GOES, PERSON, STAYS
from bot.core.helping.wishes import WEEKLY, WITHIN_A_WEEK
from bot.core.items import Openness, Outcome, Refusal, Told
from bot.core.worktime import Rules
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.mirror import Mirror
from tests.bench.neighbourhood.population import Resident

Goal = Mapping[str, Any]
"""Answers by the name of the question; a list where several are chosen."""
OWN = frozenset({HELP.name, "join"})
"""Forms for which people know what they want before they begin."""
_NOTES = frozenset({"note", "close", "decline", "told"})
_LETTERS = frozenset({"help_message", "talk"})
_AGREED, _NAMED, _GOES, _SELF = 0.8, 0.5, 0.6, 0.7
_DAYS_AHEAD = (3, 20)


class Sayings:
    """What is said in each form; every text has a mark of its own."""

    def __init__(self, rules: Rules, mirror: Mirror, rng: random.Random) -> None:
        self._covenant = rules.covenant
        self._mirror = mirror
        self._rng = rng
        self._used: dict[str, int] = {}

    def number(self, sort: str) -> int:
        """The next number for a text of this sort."""
        self._used[sort] = self._used.get(sort, -1) + 1
        return self._used[sort]

    def goal(self, one: Resident, draft: Draft, today: date) -> Goal:
        """What this person would answer in this form."""
        match draft.form:
            case "pass_on":
                return self._passed_on(draft)
            case "to_circle":
                return self._asked_of_circle(draft)
            case "concern":
                return self._concern(one)
            case "meeting":
                return self._meeting(today)
        return self._noted(today) if draft.form in _NOTES else self._otherwise(one, draft)

    def _otherwise(self, one: Resident, draft: Draft) -> Goal:
        if draft.form in _LETTERS:
            return {"text": f"{self._word(marks.LETTER)} tot dan!"}
        again = {"day": WITHIN_A_WEEK, "parts": ["morning", "afternoon"]}
        said = {"address": one.address, "reason": "Er is niemand.", "text": "Graag even bellen."}
        return {**said, **again}

    def _passed_on(self, draft: Draft) -> Goal:
        return {
            "what": f"{self._word(marks.PASSED)} komt er niet meer uit",
            "topic": self._topic(),
            "landlord": UNKNOWN_LANDLORD,
            "agreed": self._yes(_AGREED),
            "reason": f"{self._word(marks.PASSED)} kan niet wachten",
            "named": self._yes(_NAMED),
            "where": self._whose(draft).address,
            "ask": GOES if self._rng.random() < _GOES else STAYS,
        }

    def _whose(self, draft: Draft) -> Resident:
        """Whose matter a volunteer passes on."""
        by_key = self._mirror.population.by_key
        ask = self._mirror.asks.get(draft.context.get(ASK, ""))
        known = by_key.get((ask.asker if ask else draft.context.get(PERSON)) or "")
        return known or self._rng.choice(self._mirror.population.residents)

    def _asked_of_circle(self, draft: Draft) -> Goal:
        near = [c.id for c in self._covenant.circles if c.area == draft.context.get("area")]
        return {
            "circle": self._rng.choice(near or [c.id for c in self._covenant.circles]),
            "text": f"{self._word(marks.TEXT)} op een vaste dag",
            "kind": self._rng.choice(self._covenant.kinds).id,
            "day": self._rng.choice([WEEKLY, WITHIN_A_WEEK]),
            "weekday": str(self._rng.randint(1, 7)),
            "parts": ["morning", "afternoon"],
            "agreed": self._yes(_AGREED),
        }

    def _concern(self, one: Resident) -> Goal:
        lives_in = one.circle or self._rng.choice(self._covenant.circles)
        about = About.SELF if self._rng.random() < _SELF else About.OTHER
        return {
            "danger": NO,
            "about": about.value,
            "what": f"{self._word(marks.CONCERN)} gaat niet goed",
            "topic": self._topic(),
            "where": self._rng.choice(self._mirror.population.residents).address,
            "village": lives_in.area,
            "landlord": UNKNOWN_LANDLORD,
            "openness": self._rng.choice(list(Openness)).value,
        }

    def _meeting(self, today: date) -> Goal:
        day = today + timedelta(days=self._rng.randint(*_DAYS_AHEAD))
        return {
            "day": f"{day.day}-{day.month}",
            "clock": self._rng.choice(["10:00", "14:30", "19:30"]),
            "place": f"{self._word(marks.PLACE)}huis",
        }

    def _noted(self, today: date) -> Goal:
        said = f"{self._word(marks.NOTE)} afgesproken"
        return {
            "text": said,
            "note": said,
            "because": said,
            "outcome": self._rng.choice(list(Outcome)).value,
            "why": self._rng.choice([Refusal.NOT_OURS, Refusal.NO_CAPACITY]).value,
            "told": self._rng.choice(list(Told)).value,
            "when": f"{today.day}-{today.month}",
        }

    def _topic(self) -> str:
        """Something that a partner takes, and no referral."""
        topics = self._covenant.topics
        return self._rng.choice([t.id for t in topics if t.kind is Kind.CONCERN and not t.refer])

    def _yes(self, chance: float) -> str:
        return YES if self._rng.random() < chance else NO

    def _word(self, sort: str) -> str:
        return marks.word(sort, self.number(sort))
