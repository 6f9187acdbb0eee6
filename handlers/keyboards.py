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


def in_pairs(buttons: Sequence[Button]) -> list[list[Button]]:
    """Rows of two; where a label needs the room, `markup` gives it a row of its own."""
    return [list(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


_ROOM = {1: 64, 2: 17, 3: 13}
"""Letters that a small phone shows of a label, by how many buttons share the row."""


def markup(rows: Rows, speaker: Speaker) -> dict[str, Any]:
    """The inline keyboard as the Bot API wants it; no label is cut for lack of room beside it."""
    made = [[_made(button, speaker) for button in row] for row in rows if row]
    return {"inline_keyboard": [part for row in made for part in _fitting(row)]}


def _made(button: Button, speaker: Speaker) -> dict[str, str]:
    return {"text": _opening(speaker.plain(button.label)), "callback_data": button.press.data}


def _fitting(row: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """The row as it is where it fits; else in several rows, in the same order."""
    parts: list[list[dict[str, str]]] = []
    whole = _fits(row)
    for button in row:
        if parts and (whole or (len(parts[-1]) == 1 and _fits([*parts[-1], button]))):
            parts[-1].append(button)
        else:
            parts.append([button])
    return parts


def _fits(row: list[dict[str, str]]) -> bool:
    return all(len(button["text"]) <= _ROOM.get(len(row), 0) for button in row)


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
