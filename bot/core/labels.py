"""Recognising a choice that someone typed: its number, its label, or the start of it."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

# Letters that don't fall apart into a base letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_SHORTEST_START = 2
"""Fewer letters than this are not taken as the start of a label."""
_SHORTEST_GUESS, _LONGEST_GUESS = 5, 60
_ALIKE = 0.82
"""How alike (difflib's ratio) a typing error may be: one letter in six."""


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """The text without case, accents and punctuation, with single spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    kept = (c for c in parts if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def pick(text: str, shown: Sequence[str], labels: Sequence[tuple[str, str]]) -> str | None:
    """The value that was meant, or None.

    `shown` are the values on the screen in order; `labels` are pairs of value and label, where a
    value may have several. A whole label goes before a number, a number before the start of a
    label, and that before a label with a typing error.
    """
    wanted = fold(text)
    if not wanted:
        return None
    folded = [(value, fold(label)) for value, label in labels]
    whole = [value for value, label in folded if label == wanted]
    if whole:
        return whole[0]
    if wanted.isascii() and wanted.isdigit():
        number = int(wanted[:4])
        return shown[number - 1] if 1 <= number <= len(shown) else None
    return _only(_begins(wanted, folded)) or _only(_resembles(wanted, folded))


def _only(values: set[str]) -> str | None:
    return values.pop() if len(values) == 1 else None


def _begins(wanted: str, folded: Sequence[tuple[str, str]]) -> set[str]:
    if len(wanted) < _SHORTEST_START:
        return set()
    words = {value for value, label in folded if label.startswith(f"{wanted} ")}
    return words or {value for value, label in folded if label.startswith(wanted)}


def _resembles(wanted: str, folded: Sequence[tuple[str, str]]) -> set[str]:
    if not _SHORTEST_GUESS <= len(wanted) <= _LONGEST_GUESS:
        return set()
    close = get_close_matches(wanted, [label for _value, label in folded], n=1, cutoff=_ALIKE)
    return {value for value, label in folded if label in close}
