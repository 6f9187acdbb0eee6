"""The forms of circles: asking to join, writing to the coach, and announcing a meeting."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.core.choices import NO, YES, Choice
from bot.core.forms import Form
from bot.core.many_choices import DayAhead
from bot.core.prompts import Say
from bot.core.questions import Accepted, Refused, SoFar, Text
from bot.core.words import _, line

# Keys of a draft's context.
CIRCLE, CODE, PERSON = "circle", "code", "person"

_LENGTH = 1000
"""Characters of a message to the coach, and of the answer."""
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.hu ]([0-9]{2}))?(?: ?(?:uur|u|h))?", re.IGNORECASE)
_LAST_HOUR, _LAST_MINUTE = 23, 59
_NO_CLOCK = _("I can't read a time in that. Type it like this: 14:30.")


def what_joining_means(a: SoFar) -> tuple[Say, ...]:
    """what joining means, and who sees whose name"""
    circle = next((c for c in a.covenant.circles if c.id == a.context.get(CIRCLE)), None)
    opening = [line(_("Do you want to join {circle}?"), circle=circle)] if circle else []
    return (
        *opening,
        line(_("A volunteer reads your first name, and says yes or not now.")),
        line(_("Members see your first name when you help each other.")),
    )


JOIN = Form(
    "join",
    1,
    Choice(
        "sure",
        what_joining_means,
        options=((YES, _("Yes, ask to join")), (NO, _("No, rather not"))),
    ),
)
"""A newcomer with a code asks to join a circle; `code` in the context is its keyed hash."""

TALK = Form(
    "circle_talk",
    1,
    Text(
        "text", _("What do you want to tell the coach? Nobody else reads it."), max_length=_LENGTH
    ),
)
"""A member writes to the coach of the circle."""

TALK_BACK = Form(
    "circle_talk_back",
    1,
    Text(
        "text",
        _("What do you want to answer? Only who wrote to you reads it."),
        max_length=_LENGTH,
    ),
)
"""The coach answers; `person` in the context is who wrote."""


@dataclass(frozen=True)
class Clock(Text):
    """A time of the day, as `14:30`."""

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """Hours and minutes."""
        del so_far
        return isinstance(value, str) and _clock(value) == value

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """`14:30`, `14.30`, `14 uur`."""
        del so_far
        clock = _clock(text)
        return Accepted(clock) if clock else Refused(line(_NO_CLOCK))


def _clock(text: str) -> str | None:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    return time(hour, minute).strftime("%H:%M")


MEETING = Form(
    "meeting",
    1,
    DayAhead("day", _("On which day is the meeting?"), ahead=((1, _("Tomorrow")),)),
    Clock("clock", _("At what time does it begin?")),
    Text("place", _("Where is it? Members read this."), max_length=200),
    Text(
        "what",
        _("What are you going to do? Members read this."),
        skippable=True,
        skip_label=_("Nothing special"),
        max_length=500,
    ),
)
"""A volunteer announces a meeting of the circle."""

FORMS = (JOIN, TALK, TALK_BACK, MEETING)
