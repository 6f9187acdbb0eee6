"""Words that no text may use, and sentences short enough for a person under stress."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.catalogues.reading import Catalogue
from tests.house.sources import Finding

USUAL_WORDS = 10
MOST_WORDS = 20

_ANONYMOUS = {
    "nl": r"\banonie?m",
    "en": r"\banonym",
    "pl": r"\banonim",
}
# Telegram can read along, so a text may only say that something is NOT anonymous.
_DENIED = {"nl": r"\b(niet|geen) $", "en": r"\bnot $", "pl": r"\b(nie|ani) $"}
# The name of the Dutch crime line; a text that gives its number has to say it.
_NAMES = re.compile(r"Meld Misdaad Anoniem")
_LABELS = {
    "nl": r"\bverward(e)? (persoon|personen|man|vrouw)|\beenza(am|me)\b",
    "en": r"\bconfused (person|people|man|woman)|\blonely\b",
    "pl": r"\b(zagubion|zaburzon)\w+ osob|\bsamotn\w+ osob",
}
_SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\{\w+\}")


class Sentence(NamedTuple):
    """One sentence of a catalogue with its number of words."""

    where: str
    text: str
    words: int


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Texts that promise to be anonymous or put a label on a person, and long sentences."""
    for text in catalogue.texts:
        for each in text.translated:
            for sentence in _wrong_words(_NAMES.sub("", each), catalogue.language):
                yield Finding(catalogue.at(text), sentence)
    for long in sentences(catalogue):
        if long.words > MOST_WORDS:
            yield Finding(long.where, f"{long.words} words in “{long.text}”; at most {MOST_WORDS}.")


def sentences(catalogue: Catalogue) -> list[Sentence]:
    """Every sentence of a catalogue, the longest first."""
    found = (
        Sentence(catalogue.at(text), part, len(_WORD.findall(part)))
        for text in catalogue.texts
        for each in text.translated
        for part in _SENTENCE.split(re.sub(r"<[^<>]*>", "", each))
        if part
    )
    return sorted(found, key=lambda sentence: -sentence.words)


def _wrong_words(text: str, language: str) -> Iterator[str]:
    for found in re.finditer(_ANONYMOUS.get(language, "(?!)"), text, re.IGNORECASE):
        if not re.search(_DENIED[language], text[: found.start()], re.IGNORECASE):
            yield f"“{found[0]}…” promises too much: say confidential."
    if re.search(_LABELS.get(language, "(?!)"), text, re.IGNORECASE):
        yield "puts a label on a person: say what happens instead."
