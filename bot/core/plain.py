"""Plain words: a text without the disguises and accidents that hide a word of danger.

Accents, stacked marks, invisible characters, look-alike letters, digits for letters, stretched
words and letters with spaces between them all fall away.
"""

import re
import unicodedata
from itertools import groupby

LONGEST = 4096
"""Characters of a Telegram message; more is not looked at."""
_SPELLED = 3
"""Single letters in a row that may be a word."""
_SPELLED_LONGEST, _SPELLED_RUNS = 80, 10
"""Letters of such a run, and runs of a message, that are looked at."""

# Marks on letters, invisible characters, direction marks, tags, variation selectors, soft hyphen.
_HIDDEN = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e01ef]+"
)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_LOOKALIKES = str.maketrans("авеіјкмнорѕтухсԁһαβεικνορτυχω", "abeijkmhopstyxcdhabeiknoptuxw")
_DIGITS = str.maketrans("013457@$", "oieastas")
_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"[@$0-9]")
_LEET = re.compile(r"[a-z][@$0134579]|[@$0134579][a-z]")
_STRETCHED = tuple(letter * 3 for letter in "aeiouhlmpnrstdgkbcfjvwxyzq")
_RUN = re.compile(r"(.)\1+")
_QUOTES = str.maketrans("", "", "'’‘`´ʼ")


def plain_words(text: str) -> list[str]:
    """The words in order, each without case and disguise."""
    text = text[:LONGEST].lower()
    if not text.isascii():
        text = _latin(text)
    text = text.translate(_QUOTES) if "'" in text else text
    if _FIGURE.search(text):
        text = " ".join(map(_unleeted, text.split()))
    return _WORD.findall(text)


def spelled(words: list[str]) -> list[str]:
    """What was written as single letters (`h e l p`, `h.e.l.p`), three or more in a row."""
    if sum(len(word) == 1 for word in words) < _SPELLED:
        return []
    runs = ("".join(run) for single, run in groupby(words, lambda w: len(w) == 1) if single)
    return [run[:_SPELLED_LONGEST] for run in runs if len(run) >= _SPELLED][:_SPELLED_RUNS]


def is_stretched(text: str) -> bool:
    """Whether a letter stands there three times in a row."""
    lower = text[:LONGEST].lower()
    return any(letters in lower for letters in _STRETCHED)


def shorter(word: str) -> tuple[str, str]:
    """A stretched word with its runs as pairs, and as single letters."""
    return _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)


def _latin(text: str) -> str:
    """Compatibility forms, marks and look-alikes undone; true Cyrillic and Greek words stay."""
    # A few characters fall apart into eighteen; what comes after is not looked at.
    text = unicodedata.normalize("NFKD", text)[: 2 * LONGEST].translate(_QUOTES)
    text = _HIDDEN.sub("", text).translate(_LETTERS).lower()
    if text.isascii():
        return text
    return " ".join(map(_untwinned, text.split(" ")))


def _untwinned(word: str) -> str:
    """A word of mixed alphabets, with the letters that only look Latin replaced."""
    mixed = not word.isascii() and any("a" <= c <= "z" for c in word)
    return word.translate(_LOOKALIKES) if mixed else word


def _unleeted(word: str) -> str:
    """A word with digits for letters, such as d00d; numbers and codes stay."""
    letters = sum(c.isalpha() for c in word)
    return word.translate(_DIGITS) if letters * 2 >= len(word) and _LEET.search(word) else word
