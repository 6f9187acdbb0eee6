"""The topics that are suggested follow from the words of the sentence, in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.covenant import Kind
from bot.core.suggest import SUGGESTIONS, meant, suggest, suggest_kinds
from tests.core.strategies import example


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("De buurman heeft elke nacht harde muziek aan", "noise"),
        ("HARDE MUZIEK!!!", "noise"),
        ("de buren schreeuwden en stampten", "noise"),
        ("muziekk en lawai", "noise"),
        ("Loud music every night", "noise"),
        ("W nocy bardzo glosno, impreza", "noise"),
        ("W nocy bardzo głośno, impreza", "noise"),
        ("De tuin is vervuild en er zijn ratten", "neglect"),
        ("Mijn buurvrouw vergeet alles en is verdwaald", "forgetful"),
        ("She is lonely and has no friends", "company"),
        ("Mam długi i nie mogę płacić rachunków", "money"),
        ("Er wordt gedeald, drugs en wiet", "drugs"),
        ("ik weet niet", "other"),
    ],
)
def test_the_words_point_at_the_topic(text: str, topic: str) -> None:
    """The best topic comes first, in every language, with stems and typing errors."""
    assert suggest(text, example().covenant)[0].id == topic


@pytest.mark.parametrize("text", ["", "…", "xyzzy", "🎉"])
def test_without_a_hit_the_general_topics_are_suggested(text: str) -> None:
    """The most general topic comes first, then those that the covenant calls general."""
    found = suggest(text, example().covenant)
    assert [t.id for t in found] == ["other", "behaviour", "unsafe"]


def test_what_fits_comes_before_what_is_general() -> None:
    """One topic fits: the general ones fill the other places."""
    found = suggest("muziek", example().covenant)
    assert [t.id for t in found] == ["noise", "other", "behaviour"]


@given(st.text(max_size=300))
def test_there_are_always_three_different_topics(text: str) -> None:
    """Whatever is said, three concerns are suggested, and the same ones again."""
    covenant = example().covenant
    found = suggest(text, covenant)
    assert len({t.id for t in found}) == SUGGESTIONS
    assert all(t.kind is Kind.CONCERN for t in found)
    assert suggest(text, covenant) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wie kan mij naar het ziekenhuis rijden?", Kind.ASK),
        ("I need help with my groceries", Kind.ASK),
        ("Kto może wyprowadzić psa?", Kind.ASK),
        ("Ik wil graag helpen in de buurt", Kind.OFFER),
        ("I want to help", Kind.OFFER),
        ("De buurman heeft elke nacht harde muziek aan", Kind.CONCERN),
        ("De tuin hiernaast ligt vol vuilnis", Kind.CONCERN),
        ("Mijn moeder is vaak de weg kwijt", Kind.CONCERN),
        ("hulp! geluidsoverlast", Kind.CONCERN),
        ("xyzzy", Kind.CONCERN),
        ("", Kind.CONCERN),
    ],
)
def test_what_a_text_is_about(text: str, kind: Kind) -> None:
    """A worry, unless the words fit asking or offering help better."""
    assert meant(text, example().covenant) is kind


def test_kinds_of_help_follow_from_the_words() -> None:
    """The best first; without a hit none, since the whole list is short."""
    covenant = example().covenant
    assert [k.id for k in suggest_kinds("boodschappen en de hond", covenant)] == [
        "groceries",
        "pets",
    ]
    assert suggest_kinds("xyzzy", covenant) == ()
