"""Texts as data: what to say is decided here, in which language only when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def _(text: str) -> str:
    """Mark `text` for the catalogues, unchanged: translating happens where it is sent."""
    return text


@dataclass(frozen=True, slots=True)
class Line:
    """One translatable text with its values.

    `text` is a message id of the catalogues with named placeholders (`{partner}`). With `plural`,
    `count` chooses the form. A value is a str, int, date, datetime, `Titled` or another `Line`; it
    is escaped when the line is rendered, the text is not.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0


def line(text: str, **values: Any) -> Line:
    """Say `text` with `values`."""
    return Line(text, values)


def plural(one: str, many: str, count: int, **values: Any) -> Line:
    """Say `one` or `many`, by the plural rule of the reader's language."""
    return Line(text=one, plural=many, count=count, values={"count": count, **values})
