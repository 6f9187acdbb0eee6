"""Every text among neighbours is said in a dialogue, in Dutch and in English."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.catalogues.reading import LOCALE, Text, catalogue, marked
from tests.dialogues.replay import as_answer, lines
from tests.house.sources import python_sources

ROOMS = ("handlers/helping/", "handlers/circles/", "bot/core/helping/")
NOT_HERE = ("handlers/helping/story.py",)
"""What the panel of the demo shows, which has tests of its own."""

EXCEPTIONS = {
    "{Name} said yes to this.": "kept with the ask as the words of the consent, and not said",
}
"""Texts that no dialogue says in one of the languages, each with the reason."""

_TAG = re.compile(r"</?\w+>")
_PLACE = re.compile(r"\{\w+\}")


@cache
def told() -> tuple[str, ...]:
    """What the bot answers in all dialogues, spaces folded; each once."""
    paths = sorted(Path(__file__).parent.glob("**/*.txt"))
    spoken = (line for path in paths for line in lines(path.read_text()))
    return tuple({" ".join(s.what.split()).casefold() for s in spoken if as_answer(s.who)})


def is_told(text: str) -> bool:
    """Whether a dialogue says this, with whatever the values are."""
    folded = " ".join(_TAG.sub("", text).split()).casefold()
    parts = [part.strip() for part in _PLACE.split(folded)]
    longest = max(parts, key=len)
    return any(longest in said and _in_order(parts, said) for said in told())


def _in_order(parts: list[str], said: str) -> bool:
    place = 0
    for part in parts:
        found = said.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def said_here() -> set[tuple[str, ...]]:
    """Every text that these rooms mark."""
    sources = [s for s in python_sources() if s.path.startswith(ROOMS) and s.path not in NOT_HERE]
    return set(marked(sources))


@cache
def untold(language: str) -> list[str]:
    """The texts of these rooms that no dialogue says in this language."""
    here = said_here()
    texts = catalogue(LOCALE / language / "LC_MESSAGES" / "omzien.po").texts
    return sorted(t.said[0] for t in texts if t.said in here and not _told_somehow(t))


def _told_somehow(text: Text) -> bool:
    """Of plural forms, one is enough."""
    return any(is_told(form) for form in text.translated)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_stands_in_a_dialogue(language: str) -> None:
    """Write the situation in which it is said, or take the text away if there is none."""
    assert [text for text in untold(language) if text not in EXCEPTIONS] == []


def test_exceptions_are_needed() -> None:
    """Nothing is excused that a dialogue says, or that nobody says any more."""
    missing = {*untold("nl"), *untold("en")}
    assert sorted(EXCEPTIONS.keys() - missing) == []
