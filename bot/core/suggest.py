"""Which topics fit a reporter's own sentence, by the words that the covenant lists for each."""

from bot.core.covenant import Covenant, Kind, Topic
from bot.core.labels import fold

SUGGESTIONS = 3


def suggest(text: str, covenant: Covenant, kind: Kind = Kind.CONCERN) -> tuple[Topic, ...]:
    """The three topics that fit best, the best first; the order is the same every time."""
    topics = [t for t in covenant.topics if t.kind is kind]
    said = fold(text).split()
    scored = {t.id: score(said, t) for t in topics}
    return tuple(sorted(topics, key=lambda t: -scored[t.id])[:SUGGESTIONS])


def score(said: list[str], topic: Topic) -> int:
    """How well a topic's words fit: one for each word, and for each word of a phrase."""
    words = {fold(w) for listed in topic.words.values() for w in listed}
    sentence = f" {' '.join(said)} "
    return sum(len(w.split()) for w in words if f" {w} " in sentence)
