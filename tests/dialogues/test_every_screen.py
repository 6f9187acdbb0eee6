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

_AFTER_YEARS = "three years of mornings and evenings make a dialogue slow"
_COVENANT = "never with the covenant of the dialogues"
_CROWD = "needs a crowd of neighbours with offers of their own"
_GUARD = "only when two things come together at once"
_DUTCH = "the group speaks the first language of the covenant; in Dutch it is told"
_OFTEN = "takes dozens of turns in one day"
_REPLY = "what people reply in a dialogue is always words"
EXCEPTIONS = {
    "A VOG has to be renewed soon: {names}.": _AFTER_YEARS,
    "It has to be renewed.": _AFTER_YEARS,
    "Your VOG was seen on {seen}. Please show a new one to the coach of {circle}.": _AFTER_YEARS,
    "Neighbours can't be asked for help here yet. You can report it.": _COVENANT,
    "Neighbours can't offer help here yet.": _COVENANT,
    "You are no longer in {circle}. Ask the volunteer if you have a question.": _COVENANT,
    "another village": _COVENANT,
    "May help without contact.": "whoever is a member may also help in public",
    "It was done.": "nobody is alarmed when it was done",
    "{Name} said yes to this.": "kept with the ask as the words of the consent, and not said",
    "{count} have no time then": _CROWD,
    "{count} help enough already": _CROWD,
    "{count} live in the same street": _CROWD,
    "{count} live too far away": _CROWD,
    "Page {page} of {pages}": _CROWD,
    "There are meetings enough now. Call one off first.": _OFTEN,
    "That is enough for today. You can write to the coach again tomorrow.": _OFTEN,
    "You asked for help {count} times today; more is not possible here.": _OFTEN,
    "In private: {whom} helps very often. Please ask how it goes.": _OFTEN,
    "Helps very often: {names}. Please ask how it goes.": _OFTEN,
    "That moment has passed. Please announce it once more.": _GUARD,
    "I can pass on words only. Please type it.": _REPLY,
    "Only words go to the other. Please type it.": _REPLY,
    "I can't link this group with that. Ask for a code under /cirkel, in a chat with me.": _DUTCH,
    "I never tell names or addresses. Answering is in a chat with me: @{name}": _DUTCH,
    "I tell here when a neighbour looks for help: what, and on which part of the day.": _DUTCH,
    "There is a question in {circle}.": _DUTCH,
    "This group belongs to another circle. Unlink it there first.": _DUTCH,
    "This group belongs to {circle} now.": _DUTCH,
    "This group is no longer linked to {circle}. I tell nothing here any more.": _DUTCH,
    "A neighbour looks for help: {task}, {when}. {Circle}.": _DUTCH,
    "It is not needed any more. Thank you!": _DUTCH,
    "Somebody helps already. Thank you!": _DUTCH,
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
