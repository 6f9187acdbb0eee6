"""Marks: made-up words that nobody else has, so that whatever is said gives away whose it is."""

import re
from typing import NamedTuple

NAME, ADDRESS, TEXT, LETTER = "n", "a", "t", "r"
"""A first name, an address, what an ask is about, and a message between people."""
PASSED, CONCERN, NOTE, PLACE = "p", "c", "o", "m"
"""What a volunteer passed on, what was reported, what a professional noted, where to meet."""
_LETTERS = 26
_WIDTH = 4
_FOUND = re.compile(rf"xq([natrpcom])([a-z]{{{_WIDTH}}})", re.IGNORECASE)


class Mark(NamedTuple):
    """What sort of secret it is, and its number: of a person, or among texts of that sort."""

    sort: str
    number: int


def word(sort: str, number: int) -> str:
    """A word for this secret, such as `Xqnabcd`."""
    letters = ""
    for _ in range(_WIDTH):
        number, rest = divmod(number, _LETTERS)
        letters = chr(ord("a") + rest) + letters
    return f"Xq{sort}{letters}"


def found(text: str) -> set[Mark]:
    """Every secret that a text gives away."""
    return {Mark(m[1].lower(), _number(m[2].lower())) for m in _FOUND.finditer(text)}


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("a")
    return number
