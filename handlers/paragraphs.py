"""Paragraphs: several texts become one message that a phone can show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.core.names import Titled
from bot.core.prompts import Say
from bot.core.words import Line, line
from handlers.speech import Speaker

MOST_UNITS = 4000
"""UTF-16 units of a message of ours; Telegram takes 4,096 after entities."""
CUT = 300
"""Characters that are left of a long value when a message would not fit."""


def joined(says: Iterable[Say], voice: Speaker) -> Line:
    """One text: a list keeps together, and a blank line stands around it.

    When it would not fit in one message, its long values are cut.
    """
    lines = [_as_line(say) for say in says]
    whole = lines[0] if len(lines) == 1 else _together(lines)
    if not _has_long(whole) or units(voice.plain(whole)) <= MOST_UNITS:
        return whole
    return _cut(whole)


def spaced(says: Sequence[Line]) -> Line:
    """One text with a blank line between all of them."""
    names = [f"part{i}" for i in range(len(says))]
    text = "\n\n".join("{" + name + "}" for name in names)
    return line(text, **dict(zip(names, says, strict=True)))


def units(text: str) -> int:
    """How long Telegram thinks a text is: in UTF-16 units, of which an emoji has two."""
    return len(text.encode("utf-16-le", "replace")) // 2


def pieces(text: str, most: int) -> Iterator[str]:
    """The text in pieces of at most so many UTF-16 units."""
    start = size = 0
    for at, character in enumerate(text):
        wide = units(character)
        if size + wide > most:
            yield text[start:at]
            start, size = at, 0
        size += wide
    yield text[start:]


def cut(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= CUT else f"{text[:CUT]}…"


def _together(lines: Sequence[Line]) -> Line:
    runs = [list(run) for _text, run in groupby(lines, key=lambda one: one.text)]
    pattern = ""
    values: dict[str, Line] = {}
    for number, run in enumerate(runs):
        if number:
            pattern += "\n\n" if len(run) > 1 or len(runs[number - 1]) > 1 else "\n"
        names = [f"p{number}_{place}" for place in range(len(run))]
        pattern += "\n".join(f"{{{name}}}" for name in names)
        values.update(zip(names, run, strict=True))
    return Line(text=pattern, values=values)


def _as_line(say: Say) -> Line:
    return line("{name}", name=say) if isinstance(say, Titled) else say


def _has_long(value: Any) -> bool:
    if isinstance(value, Line):
        return any(_has_long(part) for part in value.values.values())
    return isinstance(value, str) and len(value) > CUT


def _cut(whole: Line) -> Line:
    return replace(whole, values={k: _shorter(v) for k, v in whole.values.items()})


def _shorter(value: Any) -> Any:
    if isinstance(value, Line):
        return _cut(value)
    return cut(value) if isinstance(value, str) else value
