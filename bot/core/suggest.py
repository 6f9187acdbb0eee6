"""Which topics fit a reporter's own sentence, by the words that the covenant lists for each."""

from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from bot.core.circles import HelpKind
from bot.core.covenant import Covenant, Kind, Topic
from bot.core.labels import fold

SUGGESTIONS = 3
_REMEMBERED = 1024
"""Sentences whose fitting topics are remembered: several turns of a form ask for the same."""

# What a word of the sentence counts for, by how it matches a word of the topic.
_SAME, _STEM, _ALIKE = 3, 2, 1
_MOST_WORDS = 120
"""Words of the sentence that are looked at; 2,000 characters hold about 350."""
_STEM_LENGTH, _ENDING_LENGTH = 4, 3
"""Two words share a stem of at least 4 letters when each has an ending of at most 3."""
_TYPED_LENGTH, _TYPED_RATIO = 6, 0.82
"""From six letters on, one letter in six may be wrong (difflib's ratio)."""


@lru_cache(_REMEMBERED)
def suggest(text: str, covenant: Covenant, kind: Kind = Kind.CONCERN) -> tuple[Topic, ...]:
    """The three topics that fit best, the best first; the same for the same words.

    Topics that fit equally well stand as in the covenant. Where the words fit fewer than three,
    the last topic that is taken as an item follows, since a covenant ends with its most general
    one, then those that it calls general, and only then its first ones.
    """
    topics = [t for t in covenant.topics if t.kind is kind]
    said = _said(text)
    scored = [(score(said, t), t) for t in topics]
    hits = [t for points, t in sorted(scored, key=lambda pair: -pair[0]) if points]
    taken = [t for t in topics if t.refer is None]
    general = [t for t in taken if t.general]
    every = {t.id: t for t in (*hits, *taken[-1:], *general, *taken, *topics)}
    return tuple(every.values())[:SUGGESTIONS]


@lru_cache(_REMEMBERED)
def suggest_kinds(text: str, covenant: Covenant) -> tuple[HelpKind, ...]:
    """The kinds of help whose words are in the sentence, at most three, the best first."""
    said = _said(text)
    scored = [(score(said, kind), kind) for kind in covenant.kinds]
    hits = [kind for points, kind in sorted(scored, key=lambda pair: -pair[0]) if points]
    return tuple(hits)[:SUGGESTIONS]


@lru_cache(maxsize=256)
def meant(text: str, covenant: Covenant) -> Kind:
    """What the words fit best; a concern when they fit nothing else better."""
    said = _said(text)
    points = dict.fromkeys(Kind, 0)
    for topic in covenant.topics:
        points[topic.kind] = max(points[topic.kind], score(said, topic))
    helped = [score(said, kind) for kind in covenant.kinds]
    points[Kind.ASK] = max([points[Kind.ASK], *helped])
    return max((Kind.CONCERN, Kind.ASK, Kind.OFFER), key=lambda kind: points[kind])


class Sentence(NamedTuple):
    """What someone said, folded: between spaces, and its different words."""

    whole: str
    words: frozenset[str]


def _said(text: str) -> Sentence:
    words = fold(text).split()[:_MOST_WORDS]
    return Sentence(f" {' '.join(words)} ", frozenset(words))


def score(said: Sentence, topic: Topic | HelpKind) -> int:
    """How well a topic's words, of all languages, fit what was said."""
    listed = _listed(tuple(topic.words.values()))
    whole = sum(points for phrase, points in listed.phrases if phrase in said.whole)
    return whole + sum(_fits(word, listed.by_initial.get(word[:1], ())) for word in said.words)


class _Listed(NamedTuple):
    """A topic's words, folded: phrases of several words, and single words by first letter."""

    phrases: tuple[tuple[str, int], ...]
    """Each between spaces, with what it counts for."""
    by_initial: dict[str, tuple[str, ...]]


@lru_cache(maxsize=256)
def _listed(words: tuple[tuple[str, ...], ...]) -> _Listed:
    folded = sorted({fold(word) for listed in words for word in listed})
    by_initial: dict[str, list[str]] = {}
    for word in folded:
        if " " not in word:
            by_initial.setdefault(word[:1], []).append(word)
    phrases = tuple((f" {p} ", _SAME * len(p.split())) for p in folded if " " in p)
    return _Listed(phrases, {initial: tuple(words) for initial, words in by_initial.items()})


@lru_cache(maxsize=4096)
def _fits(word: str, listed: tuple[str, ...]) -> int:
    """How well one word fits the best of the listed words with the same first letter."""
    if word in listed:
        return _SAME
    if any(_same_stem(word, other) for other in listed):
        return _STEM
    return _ALIKE if any(_typing_error(word, other) for other in listed) else 0


def _same_stem(word: str, other: str) -> bool:
    shorter = min(len(word), len(other))
    same = next((i for i in range(shorter) if word[i] != other[i]), shorter)
    return same >= _STEM_LENGTH and max(len(word), len(other)) - same <= _ENDING_LENGTH


def _typing_error(word: str, other: str) -> bool:
    if len(other) < _TYPED_LENGTH or abs(len(word) - len(other)) > 1:
        return False
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    return matcher.quick_ratio() >= _TYPED_RATIO and matcher.ratio() >= _TYPED_RATIO
