"""Choices become buttons, and what comes back from a button is read with distrust."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.core.names import Titled
from bot.core.words import Line
from handlers.speech import Speaker

MOST_BYTES = 64
"""Of button data (Bot API, InlineKeyboardButton)."""


_SHAPE = re.compile(r"([a-z_]{1,16}):([^:]{0,40}):([0-9]{1,9})")


class Press(NamedTuple):
    """What a button says: `verb:id:rev`. Never trusted: whoever acts on it checks all three."""

    verb: str
    id: str = ""
    rev: int = 0

    @property
    def data(self) -> str:
        """As callback data; at most 64 bytes."""
        data = f"{self.verb}:{self.id}:{self.rev}"
        assert len(data.encode()) <= MOST_BYTES, self.verb
        return data

    @classmethod
    @lru_cache(maxsize=256)  # every handler of a button looks at the same press
    def read(cls, data: str | None) -> "Press | None":
        """Read callback data; None when it has another shape, so was never ours."""
        found = _SHAPE.fullmatch(data or "")
        return cls(found[1], found[2], int(found[3])) if found else None


class Button(NamedTuple):
    """A label, and what pressing it says."""

    label: Line | Titled | str
    press: Press


Rows = Sequence[Sequence[Button]]


def markup(rows: Rows, speaker: Speaker) -> dict[str, Any]:
    """The inline keyboard as the Bot API wants it."""
    return {
        "inline_keyboard": [
            [{"text": _opening(speaker.plain(b.label)), "callback_data": b.press.data} for b in row]
            for row in rows
            if row
        ]
    }


def _opening(label: str) -> str:
    """A label begins with a capital, also when it is a name that doesn't inside a sentence."""
    return label[:1].upper() + label[1:]


class OnPress(BaseHandler[Any, Any, Any]):
    """Takes the presses with one verb. PTB's own handler with a pattern also takes a press without
    any data, whatever the pattern is.
    """

    def __init__(self, verb: str, callback: Any) -> None:
        super().__init__(callback)
        self.verb = verb

    def check_update(self, update: object) -> bool:
        if not isinstance(update, Update) or update.callback_query is None:
            return False
        press = Press.read(update.callback_query.data)
        return press is not None and press.verb == self.verb


def on_press(verb: str, callback: Any) -> OnPress:
    """A handler for the buttons with this verb; what has another shape is not for it."""
    return OnPress(verb, callback)


def on_any_press(callback: Any) -> "CallbackQueryHandler[Any, Any]":
    """A handler for every button, also those that were never ours."""
    return CallbackQueryHandler(callback)
