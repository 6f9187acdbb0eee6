"""Block, stop and coach are one tap away: on every screen among neighbours that names another."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.dialogues.replay import as_answer, lines

HERE = Path(__file__).parent
DIALOGUES = sorted([*HERE.glob("neighbours/*.txt"), *HERE.glob("circles/*.txt")])

_COORDINATING = ("BC", "BC-COACH", "GEM", "(volunteer)", "(coach)")
"""Who sees to asks: by the partner, or by the place in the circle."""
_WAYS_OUT = re.compile(r"\[(Block|Blokkeren|Coach|Talk to the coach|Praten met de coach|…)\]")
_SURE = re.compile(r"\[(Yes|Ja), [^\]]*\] \[(No|Nee|Back|Terug)\]$")
"""Asked once whether it is meant; the other button leads back to the ways out."""
_BUTTON = re.compile(r"\[[^\]]*\]")
_SHORTEST = 3
"""Letters of a name that is no word of a sentence."""


class Screen(NamedTuple):
    """What one phone shows in a dialogue, and who is in it: True for who coordinates."""

    number: int
    said: str
    reader: str
    cast: dict[str, bool]

    def names_another(self) -> bool:
        """Whether somebody else is named in it, besides on buttons."""
        said = _BUTTON.sub("", self.said)
        others = (n for n in self.cast if n != self.reader and len(n) >= _SHORTEST)
        return any(re.search(rf"\b{name.capitalize()}\b", said) for name in others)

    def lacks_ways_out(self) -> bool:
        """Whether it must have them and has not: neighbours always have them, who coordinates where
        there is anything to tap."""
        if self.reader not in self.cast or not self.names_another() or _SURE.search(self.said):
            return False
        owed = not self.cast[self.reader] or bool(_BUTTON.search(self.said))
        return owed and not _WAYS_OUT.search(self.said)


def screens(path: Path) -> Iterator[Screen]:
    """Every screen of a dialogue; partners who get what is passed on have ways out of their own."""
    cast: dict[str, bool] = {}
    actor = ""
    for said in lines(path.read_text()):
        words = [word.strip() for word in said.what.split(",")]
        if answer := as_answer(said.who):
            if said.who != "toast":
                yield Screen(said.number, said.what, answer[2] or actor, cast)
        elif said.who == "circle":
            for name, _, place in (word.partition(" ") for word in words[1:]):
                cast[name] = place.startswith(_COORDINATING)
        elif said.who == "join":
            cast |= {words[0]: True} if words[-1] in _COORDINATING else {}
        elif said.who in {"asks", "offers"}:
            cast.setdefault(words[0], False)
        else:
            actor = said.who


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_ways_out_stand_below_everyone_who_is_named(path: Path) -> None:
    """Add `safety.row`, `safety.seeing_to` or `people.ways_out` to what is listed here."""
    assert [(s.number, s.said) for s in screens(path) if s.lacks_ways_out()] == []


def test_names_are_seen() -> None:
    """So that the rule holds something: most dialogues name somebody."""
    named = [path for path in DIALOGUES if any(s.names_another() for s in screens(path))]
    assert len(named) > len(DIALOGUES) / 2
