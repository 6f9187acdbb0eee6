"""Questions for neighbours: several of a list, and a day that is still to come."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.core.choices import Choice, Option
from bot.core.labels import fold, pick
from bot.core.names import Titled
from bot.core.prompts import Button, Say, Verb
from bot.core.question_kinds import iso, today, typed_date
from bot.core.questions import CHOOSE, Accepted, Question, Refused, SoFar
from bot.core.words import Line, _, line

_HOW = _("Tap all that fit. Then tap Ready.")
_CHOSEN = _("Chosen: {chosen}.")
_BETWEEN = re.compile(r"[,;/+&\n]|\s+(?:en|and|i|oraz)\s+", re.IGNORECASE)
"""What stands between two choices that someone types, in the languages of the catalogues."""
_ON, _OFF = "☑ {option}", "☐ {option}"


@dataclass(frozen=True)
class Many(Choice):
    """Several of a list: each tap or typed choice adds one or takes it away, until Ready."""

    by_name: KW_ONLY
    sets: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Buttons for several options at once: value, label and the options."""
    collects: ClassVar[bool] = True

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """At least one of the options, and the person said that there are no more."""
        return self.name in so_far.done and bool(self.kept(value, so_far))

    def ready(self, so_far: SoFar) -> bool:
        """Something has been chosen."""
        return bool(self.kept(so_far.given, so_far))

    def kept(self, value: Any, so_far: SoFar) -> list[str]:
        """What was chosen of the options that there are now, in their order."""
        chosen = value if isinstance(value, list) else []
        return [v for v, _label in self.all_options(so_far) if v in chosen]

    def lines(self, so_far: SoFar) -> tuple[Say, ...]:
        """The question, how to answer it, and in words what was chosen."""
        asked = (*super().lines(so_far), line(_HOW))
        chosen = self.kept(so_far.given, so_far)
        said = line(_CHOSEN, chosen=self.shown(chosen, so_far))
        return (*asked, said) if chosen else asked

    def buttons(self, so_far: SoFar) -> tuple[Button, ...]:
        """The options with a mark, and then those for several at once."""
        chosen = self.kept(so_far.given, so_far)
        options = [
            Button(line(_ON if v in chosen else _OFF, option=label), Verb.ANSWER, v)
            for v, label in self.all_options(so_far)
        ]
        sets = [Button(line(label), Verb.ANSWER, value) for value, label, _of in self.sets]
        return (*options, *sets)

    def read_value(self, value: str, so_far: SoFar) -> Accepted | Refused:
        """One option more or less, or those of a set."""
        whole = next((members for name, _label, members in self.sets if name == value), None)
        if whole is not None:
            return Accepted(self.kept(list(whole), so_far))
        if not Choice.valid(self, value, so_far):
            return Refused(line(CHOOSE))
        return Accepted(self._with([value], so_far))

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """One or several, by number or label: "1, 3", "groceries and garden"."""
        whole = self._pick(text, so_far)
        parts = [whole] if whole else [self._pick(p, so_far) for p in _parts(text)]
        found = [value for value in parts if value]
        if not found or len(found) < len(parts):
            return Refused(line(CHOOSE))
        if len(found) == 1:
            return self.read_value(found[0], so_far)
        return Accepted(self._with(found, so_far))

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """The labels."""
        labels = dict(self.all_options(so_far))
        return listed([labels[v] for v in self.kept(value, so_far)])

    def _with(self, values: Sequence[str], so_far: SoFar) -> list[str]:
        """With these added; taken away instead when all of them were chosen."""
        chosen = set(self.kept(so_far.given, so_far))
        changed = chosen - set(values) if chosen >= set(values) else chosen | set(values)
        return self.kept(list(changed), so_far)

    def _pick(self, text: str, so_far: SoFar) -> str | None:
        options, say = self.all_options(so_far), so_far.scene.say
        sets = [(value, line(label)) for value, label, _members in self.sets]
        shown = [v for v, _label in (*options, *sets)]
        return pick(text, shown, [*_named(options, say), *_named(sets, say)])


def _named(options: Iterable[Option], say: Any) -> list[tuple[str, str]]:
    """Every way to name an option."""
    names: list[tuple[str, str]] = []
    for value, label in options:
        names.append((value, say(label)))
        names += [(value, t) for t in label.title.values()] if isinstance(label, Titled) else []
    return names


def _parts(text: str) -> list[str]:
    parts = [part for part in _BETWEEN.split(text) if fold(part)]
    numbers = fold(text).split()
    return numbers if all(n.isascii() and n.isdigit() for n in numbers) else parts


def listed(says: Sequence[Say]) -> Line:
    """Names one after the other."""
    names = {f"c{number}": say for number, say in enumerate(says)}
    return Line(text=", ".join(f"{{{name}}}" for name in names), values=names)


MOST_AHEAD = 60
"""Days that help can be asked ahead; who knows what comes later?"""
_NOT_A_DATE = _("I can't read a date in that. Type it like this: {day}.")
_PASSED = _("That date has passed. Please give a later one.")
_TODAY = _("Today is too soon. Please give a later date.")
_TOO_FAR = _("That is too far ahead. At most {count} days are possible.")


@dataclass(frozen=True)
class DayAhead(Question):
    """A day that is still to come: typed, or one of the buttons; an ISO date."""

    by_name: KW_ONLY
    most: int = MOST_AHEAD
    """Days from today, at most."""
    ahead: tuple[tuple[int, str], ...] = ()
    """Buttons: so many days from today, and a label."""

    def buttons(self, so_far: SoFar) -> tuple[Button, ...]:
        """The days that are asked for most."""
        begin = today(so_far)
        return tuple(
            Button(line(label), Verb.ANSWER, (begin + timedelta(days=days)).isoformat())
            for days, label in self.ahead
        )

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """An ISO date after today, not too far ahead."""
        day = iso(value)
        return day is not None and self._wrong(day, so_far) is None

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """The label of a button, or a date in numbers, day first; without a year: the next one."""
        say, buttons = so_far.scene.say, self.buttons(so_far)
        picked = pick(text, [b.value for b in buttons], [(b.value, say(b.label)) for b in buttons])
        day = iso(picked) if picked else typed_date(text, today(so_far), ahead=True)
        if day is None:
            example = (today(so_far) + timedelta(days=7)).strftime("%d-%m-%Y")
            return Refused(line(_NOT_A_DATE, day=example))
        wrong = self._wrong(day, so_far)
        return Refused(wrong) if wrong else Accepted(day.isoformat())

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """The day, as the reader's language writes it."""
        del so_far
        return line("{day}", day=date.fromisoformat(value))

    def _wrong(self, day: date, so_far: SoFar) -> Line | None:
        if day <= today(so_far):
            return line(_PASSED if day < today(so_far) else _TODAY)
        if day > today(so_far) + timedelta(days=self.most):
            return line(_TOO_FAR, count=self.most)
        return None
