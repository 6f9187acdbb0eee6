"""What a form shows: prompts with their buttons, problems, and how a turn of a form ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.core.names import Titled
from bot.core.words import Line

Say = Line | Titled
"""A text to translate, or a name from the covenant in every language."""

# How many buttons share a row of a narrow phone, and how many characters each may then have.
_FITS = ((3, 8), (2, 17))


class Verb(StrEnum):
    """What a button of a form does; with a value and the revision it is the button's data."""

    ANSWER = "answer"
    BACK = "back"
    SKIP = "skip"
    STOP = "stop"
    CHANGE = "change"
    KEEP = "keep"
    """Leave the answer that is being changed as it is."""
    MORE = "more"
    """Show all choices."""
    READY = "ready"
    """Nothing more to add."""
    HUMAN = "human"


@dataclass(frozen=True)
class Button:
    """One choice: what it says, what it does, and to what."""

    label: Say
    verb: Verb
    value: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Prompt:
    """A question as it is put: its paragraphs and its rows of buttons."""

    question: str
    lines: tuple[Say, ...]
    rows: Rows
    revision: int
    location: bool = False
    """A shared location is an answer too: offer that."""
    goes_on: bool = False
    """The same question, one choice later: a tap may change the message where it stands."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order."""
        return tuple(button for row in self.rows for button in row)


@dataclass(frozen=True)
class Problem:
    """What was sent is no answer: one sentence why, and the question again."""

    sentence: Line
    prompt: Prompt


@dataclass(frozen=True)
class Taken:
    """One of several things was given: record `value` now; without a prompt, say nothing."""

    question: str
    value: Mapping[str, str]
    prompt: Prompt | None


@dataclass(frozen=True)
class Finished:
    """Every question that applies has a valid answer; the others were dropped."""

    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Stopped:
    """The person wants to stop: take the draft away."""


@dataclass(frozen=True)
class Silent:
    """Nothing to say: the next photo of an album that was already answered."""


def layout(buttons: Sequence[Button], say: Callable[[Say], str]) -> Rows:
    """The buttons in order, in rows that a narrow phone can show: at most three short labels."""
    rows: list[tuple[Button, ...]] = []
    rest = list(buttons)
    while rest:
        widths = [len(say(b.label)) for b in rest[:3]]
        fitting = (n for n, most in _FITS if len(widths) >= n and max(widths[:n]) <= most)
        count = next(fitting, 1)
        rows.append(tuple(rest[:count]))
        rest = rest[count:]
    return tuple(rows)
