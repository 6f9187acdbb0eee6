"""Reference codes that people read aloud and type over, such as `GB-7K2F`."""

import re
from collections.abc import Callable

ALPHABET = "234679CDFGHJMNPQRTWX"
"""No look-alikes (0 O, 1 I L, 5 S, 8 B, U V, 2 Z), no vowels (Y too) and no K, against words."""
LENGTH = 4
"""Characters after the prefix: 20 × 19³ = 137,180 codes."""
LONGER = 5
"""When four are nearly used up: 20 × 19⁴ = 2,606,420 codes."""

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015._/#]*")
_MEANT = str.maketrans({"Z": "2"})
"""The one look-alike with a partner in the alphabet: a Z was a 2."""

Below = Callable[[int], int]
"""A random integer from 0 up to, not including, its argument."""


def draw(prefix: str, below: Below, length: int = LENGTH) -> str:
    """Make a code; the caller draws again, or a longer one, when it is taken.

    No character comes twice in a row, since that is hard to read aloud.
    """
    drawn = ""
    for _ in range(length):
        left = ALPHABET.replace(drawn[-1:], "") if drawn else ALPHABET
        drawn += left[below(len(left))]
    return f"{prefix}-{drawn}"


def parse(typed: str, prefix: str) -> str | None:
    """The code that a person typed, with or without dash, spaces, capitals or prefix; else None."""
    plain = _BETWEEN.sub("", typed).upper()
    if len(plain) > len(prefix) + LONGER:
        return None
    for rest in (plain.removeprefix(prefix), plain):
        known = rest.translate(_MEANT)
        if len(known) in {LENGTH, LONGER} and set(known) <= set(ALPHABET):
            return f"{prefix}-{known}"
    return None


def find(text: str, prefix: str) -> str | None:
    """The first code with its prefix in a sentence, or None."""
    pattern = rf"(?<!\w){re.escape(prefix)}[\s\-\u2010-\u2015]?(\w{{{LENGTH},{LONGER}}})(?!\w)"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        if code := parse(match.group(), prefix):
            return code
    return None
