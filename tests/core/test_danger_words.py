"""Words of acute danger are recognised, in many guises; ordinary concerns are left alone."""

import pytest

from bot.core.danger import Danger, find
from tests.core.danger_tables import DANGEROUS, HARMLESS


def _lines(table: str) -> list[str]:
    return table.strip().split("\n")


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, table in DANGEROUS.items() for text in _lines(table)]
)
def test_words_of_danger_are_recognised(kind: Danger, text: str) -> None:
    """Misspelt, stretched, spelled out or in another language: the kind of danger is found."""
    assert find(text) is kind


@pytest.mark.parametrize("text", _lines(HARMLESS))
def test_ordinary_concerns_are_no_danger(text: str) -> None:
    """Words that only sound dangerous raise no alarm."""
    assert find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "i\u200bk w\u200bil d\u200bood",
        "ik wil d\u0336o\u0336o\u0336d\u0336",
        "ｉｋ　ｗｉｌ　ｄｏｏｄ",
        "ik wil dооd",
        "𝐢𝐤 𝐰𝐢𝐥 𝐝𝐨𝐨𝐝",
        "IK\u202e WIL\u202c DOOD",
        "ik wil do\u00adod",
        "ik-wil-dood",
        "ik\nwil\ndood",
        "wil d@@d niet, ik wil dood",
    ],
)
def test_disguises_fall_away(text: str) -> None:
    """Invisible characters, stacked marks, look-alikes and odd letters hide nothing."""
    assert find(text) is Danger.SUICIDE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hij slaat mij en heeft een mes", Danger.LIFE),
        ("help me, hij slaat mij", Danger.LIFE),
        ("hij slaat zijn kind en ik wil dood", Danger.SUICIDE),
        ("mijn vader slaat mij in een psychose", Danger.CHILD),
    ],
)
def test_the_gravest_danger_counts(text: str, kind: Danger) -> None:
    """Of several kinds the gravest is answered."""
    assert find(text) is kind


@pytest.mark.parametrize("text", ["", " ", "…", "🔥", "\x00", "\ud800", "a" * 4096, "1" * 4096])
def test_nothing_to_read_is_no_danger(text: str) -> None:
    """Empty, wordless and broken texts are no danger and raise nothing."""
    assert find(text) is None
