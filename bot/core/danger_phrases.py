"""Finding the phrases of danger in plain words: a phrase is tried only if its key is there."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from bot.core.danger_words import ORDINARY, PHRASES
from bot.core.plain import plain_words, shorter

_KEY = 4
"""Letters of a word by which the phrases with that word are found."""
_LONG = 7
"""Letters from which a word is recognised with one typing error."""
_COMMON = frozenset(
    {"heeft", "niet", "meer", "zijn", "wordt", "want", "over", "maak", "maakt", "make", "there"}
)
"""Words that say too little to look a phrase up by."""
_VOWELS = "aeiou"
_SOUNDS = {"d": "t", "t": "d", "s": "z", "z": "s", "v": "f", "f": "v", "c": "k", "k": "c"}
_GAP = r"(?:\S+ ){0,3}?"
_MARKS = frozenset({"..", "^", "$"})


class Phrase(NamedTuple):
    """One phrase: its kind, and its parts, each a mark or the words that may stand there."""

    kind: str
    parts: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The parts that are words."""
        return tuple(p for p in self.parts if p[0] not in _MARKS)


def matching(words: list[str]) -> set[str]:
    """The kinds of danger that these words tell of."""
    keys = {word[:_KEY] for word in words} & _INDEX.keys()
    if not keys:
        return set()
    said = f" {' '.join(words)} "
    candidates = {number for key in keys for number in _INDEX[key]}
    return {_ALL[number].kind for number in candidates if _pattern(number).search(said)}


def matching_glued(runs: Iterable[str]) -> set[str]:
    """The kinds of danger in words without spaces between them."""
    return {kind for run in runs for kind in PHRASES if _glued(kind).search(run)}


def unstretched(word: str) -> str:
    """A stretched word (`heeelp`) as the danger word that it is, else with pairs of letters."""
    doubled, single = shorter(word)
    known = (w for w in (word, doubled, single) if w in _VOCABULARY or w in TYPING_ERRORS)
    return next(known, doubled)


def _phrases() -> Iterator[Phrase]:
    for kind, listed in PHRASES.items():
        for text in listed.replace("\n", ";").split(";"):
            if text.strip():
                yield Phrase(kind, tuple(_part(token) for token in text.split()))


def _part(token: str) -> tuple[str, ...]:
    if token in _MARKS:
        return (token,)
    return tuple("".join(plain_words(w)) + "~" * w.endswith("~") for w in token.split("/"))


def _anchor(phrase: Phrase) -> tuple[str, ...]:
    """The part that is rarest in ordinary text: the one whose shortest word is longest."""

    def weight(part: tuple[str, ...]) -> int:
        return min(0 if w in _COMMON or _short_stem(w) else len(w) for w in part)

    return max(phrase.words, key=weight)


def _short_stem(word: str) -> bool:
    """Whether a stem is too short to be looked up by its key."""
    return word.endswith("~") and len(word) <= _KEY


def _variants(word: str) -> Iterator[str]:
    """The word with one typing error: a letter missing, doubled, swapped or heard differently."""
    for i in range(1, len(word)):
        before, letter, after = word[:i], word[i], word[i + 1 :]
        yield before + after
        yield before + letter + letter + after
        yield before + after[:1] + letter + after[1:]
        for other in _VOWELS if letter in _VOWELS else _SOUNDS.get(letter, ""):
            yield before + other + after


@cache
def _pattern(number: int) -> re.Pattern[str]:
    return re.compile("".join(_expression(part) for part in _ALL[number].parts) + "")


def _expression(part: tuple[str, ...]) -> str:
    match part[0]:
        case "..":
            return _GAP
        case "^":
            return "^ "
        case "$":
            return "$"
    return f"(?<= )(?:{'|'.join(map(_one, part))}) "


def _one(word: str) -> str:
    return re.escape(word.removesuffix("~")) + r"\S*" * word.endswith("~")


@cache
def _glued(kind: str) -> re.Pattern[str]:
    """All phrases of a kind without gaps, written as one word."""
    whole = (p for p in _ALL if p.kind == kind and ("..",) not in p.parts)
    return re.compile(
        "|".join("".join(f"(?:{'|'.join(_bare(p))})" for p in x.words) for x in whole)
    )


def _bare(part: tuple[str, ...]) -> list[str]:
    return [re.escape(word.removesuffix("~")) for word in part]


def _typing_errors() -> dict[str, str]:
    long = sorted(w for w in _VOCABULARY if len(w) >= _LONG and w.isascii())
    found = {variant: word for word in long for variant in _variants(word)}
    return {v: w for v, w in found.items() if v not in _VOCABULARY and v not in ORDINARY}


_ALL = tuple(_phrases())
_INDEX: dict[str, list[int]] = {}
for _number, _each in enumerate(_ALL):
    for _word in _anchor(_each):
        _INDEX.setdefault(_word.removesuffix("~")[:_KEY], []).append(_number)
_VOCABULARY = frozenset(w.removesuffix("~") for p in _ALL for part in p.words for w in part)
TYPING_ERRORS = _typing_errors()
"""Words with one typing error, and the danger word that was meant."""
