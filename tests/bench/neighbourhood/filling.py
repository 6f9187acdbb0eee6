"""Filling in forms: each question is answered with what the person wants."""

import random
from collections.abc import Mapping
from typing import Any

from bot.core.forms import Draft, Progress, progress
from bot.core.prompts import Verb
from bot.core.questions import Scene
from bot.core.small_forms import FORMS
from bot.core.worktime import Rules
from handlers.keyboards import Press
from tests.bench.neighbourhood.phones import Phones, Shown

PROMPTS = frozenset(verb.value for verb in Verb)
_ENOUGH = 3
"""Wrong answers after which somebody stops."""
_ANSWER, _SKIP, _READY = Verb.ANSWER.value, Verb.SKIP.value, Verb.READY.value


class Filling:
    """Answers the question that a form is at."""

    def __init__(self, rules: Rules, phones: Phones, rng: random.Random) -> None:
        self._rules = rules
        self._phones = phones
        self._rng = rng

    def fill(
        self, shown: Shown, draft: Draft | None, goal: Mapping[str, Any], scene: Scene
    ) -> None:
        """Answer by a button where there is one for it, else by typing."""
        if draft is None or draft.form not in FORMS:
            return
        at = progress(FORMS[draft.form], draft, scene)
        if at.question is None:
            return
        if at.draft.tries >= _ENOUGH:
            self._phones.say(shown.resident, "/stop")
            return
        press, text = _answer(at, goal, shown)
        if press is not None:
            self._phones.press(shown, press)
        elif text:
            self._phones.say(shown.resident, text)
        else:
            self._anything(shown)

    def _anything(self, shown: Shown) -> None:
        """Nothing was wanted here: skip it, else take what there is, else say something."""
        for verb in (_SKIP, _READY, _ANSWER):
            if choices := shown.with_verb(verb):
                self._phones.press(shown, self._rng.choice(choices))
                return
        self._phones.say(shown.resident, "Dat is goed.")


def _answer(at: Progress, goal: Mapping[str, Any], shown: Shown) -> tuple[Press | None, str]:
    """The button that says what is wanted, or the text; neither when nothing is wanted."""
    wanted = goal.get(at.current.name)
    if wanted is None or at.draft.tries:  # what was wanted is not (any more) an answer
        return None, ""
    if isinstance(wanted, list):
        given = at.draft.answers.get(at.current.name)
        chosen = given.value if given and isinstance(given.value, list) else []
        wanted = next((each for each in wanted if each not in chosen), None)
        if wanted is None:
            return next(iter(shown.with_verb(_READY)), None), ""
    fitting = (p for p in shown.with_verb(_ANSWER) if p.id == wanted)
    found = next(fitting, None)
    more = next(iter(shown.with_verb(Verb.MORE.value)), None)
    return found or more, "" if found or more else str(wanted)
