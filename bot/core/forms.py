"""The conversation engine: an ordered list of questions, asked one at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.people import Frozen


class Answered(Frozen):
    """An answer as JSON data, with the message that it came from (to correct it by editing)."""

    value: Any
    message_id: int | None = None


class Draft(Frozen):
    """A form being filled in: everything that a conversation needs to go on after a restart."""

    form: str
    version: int
    revision: int = 0
    """The turn number that every button of a prompt carries."""
    answers: Mapping[str, Answered] = {}
    tries: int = 0
    """Invalid answers in a row to the question at hand."""
    changing: str | None = None
    """The question being changed; its old answer stands until the new one is given."""
    done: tuple[str, ...] = ()
    """Questions that collect several things and are finished."""
    context: Mapping[str, str] = {}
    """What the form was opened for, such as the item."""
    touched: datetime
    reminded: bool = False


class Drafts(Frozen):
    """The forms of one chat; the last one takes text, the ones below resume."""

    key: str
    stack: tuple[Draft, ...] = ()
