"""Every rule for catalogues finds the fault that it is there for, in a small bad sample."""

from collections.abc import Iterable

import pytest

from tests.catalogues import completeness, labels, marking, markup, placeholders, wording
from tests.catalogues.reading import Catalogue, Text, marked
from tests.house.sources import Finding, Source


def _catalogue(*texts: Text, language: str = "nl", forms: int = 2) -> Catalogue:
    return Catalogue(language, f"locale/{language}.po", forms, texts)


def _text(said: str, *translated: str, plural: str = "", fuzzy: bool = False) -> Text:
    return Text((said, plural) if plural else (said,), translated, fuzzy, 7)


def _told(findings: Iterable[Finding]) -> str:
    return "\n".join(map(str, findings))


def test_the_source_is_read_with_singular_and_plural() -> None:
    """Only from the rooms that speak to people."""
    text = 'a = _("One")\nb = plural("{count} day", "{count} days", n)\n'
    assert list(marked([Source("handlers/x.py", text), Source("storage/x.py", text)])) == [
        ("One",),
        ("{count} day", "{count} days"),
    ]


def test_a_text_that_is_said_without_a_mark_is_found() -> None:
    """Values alone need no translation."""
    text = (
        'line("Hello")\nline(f"{x}")\nline(_("Fine"))\nline("<b>{when}</b>: {what}")\nline(text)\n'
    )
    found = [f.where for f in marking.check([Source("handlers/x.py", text)])]
    assert found == ["handlers/x.py:1", "handlers/x.py:2"]


def test_missing_open_uncertain_and_left_over_texts_are_found() -> None:
    """Each with what to do."""
    texts = (_text("Open", ""), _text("Half", "x", "", plural="Halves"), _text("Old", "Oud"))
    unsure = _text("Unsure", "Onzeker", fuzzy=True)
    said = {("Open",), ("Half", "Halves"), ("Unsure",), ("New",)}
    told = _told(completeness.check(_catalogue(*texts, unsure), said))
    assert "lacks “New”" in told
    assert "translate “Open”" in told
    assert "translate “Half”" in told
    assert "no longer in the source" in told
    assert "uncertain" in told


def test_a_language_without_a_catalogue_is_found_and_the_other_way_round() -> None:
    """The example covenant speaks what the catalogues speak."""
    told = _told(completeness.languages(["nl", "en"], ["nl", "pl"], "example.toml"))
    assert "no catalogue for en" in told
    assert "does not speak pl" in told


@pytest.mark.parametrize(
    ("said", "translated"),
    [
        ("{partner} reads it", "gelezen"),
        ("{partner} reads it", "{PARTNER} leest het"),
        ("reads it", "{partner} leest het"),
        ("{partner} reads it", "{partner leest het"),
        ("{0} reads it", "{0} leest het"),
        ("{day:x}", "{day:x}"),
    ],
)
def test_values_that_differ_or_break_are_found(said: str, translated: str) -> None:
    """Also positions and formats, which a translator can't move."""
    assert list(placeholders.check(_catalogue(_text(said, translated))))


def test_a_value_may_move_to_or_from_the_start_of_a_sentence() -> None:
    """Its name then gets or loses its capital."""
    moved = _text("{Partner} reads it", "Nu leest {partner} het")
    assert not list(placeholders.check(_catalogue(moved)))


def test_every_plural_form_is_checked() -> None:
    """The number of forms is that of the language; only the count may be left out."""
    good = _text("{count} day {x}", "dzień {x}", "{count} dni {x}", "{count} dni {x}", plural="{x}")
    bad = _text("{count} day {x}", "dzień {x}", "{count} dni", "{count} dni {x}", plural="{x}")
    few = _text("{count} day {x}", "dzień {x}", "{count} dni {x}", plural="{x}")
    assert not list(placeholders.check(_catalogue(good, forms=3)))
    assert "fills in count" in _told(placeholders.check(_catalogue(bad, forms=3)))
    assert "2 forms; 3 are needed" in _told(placeholders.check(_catalogue(few, forms=3)))


@pytest.mark.parametrize(
    "text", ["<b>x", "x</b>", "<b><i>x</b></i>", "<br>", '<a href="x">x</a>', "a < b", "a & b"]
)
def test_markup_that_telegram_refuses_is_found(text: str) -> None:
    """Not closed, crossed, unknown, or a loose sign."""
    assert list(markup.faults(text))


def test_markup_that_differs_from_the_source_is_found() -> None:
    """Bold stays bold."""
    assert list(markup.check(_catalogue(_text("<b>Now</b>", "Nu"))))
    assert not list(markup.check(_catalogue(_text("<b>Now</b> &amp;", "<b>Nu</b> &amp;"))))


def test_labels_are_found_in_the_source_and_measured() -> None:
    """Wherever the source makes a button, and only there."""
    text = (
        'Button(line(_("One")), x)\n'
        'Choice("q", _("Question?"), label=_("Two"), options=((YES, _("Three")),))\n'
        'LABELS = {1: _("Four")}\n'
        'TEXT = _("Not a label")\n'
    )
    found = labels.labels([Source("bot/core/x.py", text)])
    assert found == {"One", "Two", "Three", "Four"}
    long = _catalogue(
        _text("One", "x" * 41), _text("Two", "<b>x</b>"), _text("Question?", "x" * 99)
    )
    assert len(list(labels.check(long, found))) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Dit is anoniem."),
        ("nl", "U blijft anoniem."),
        ("en", "This is anonymous."),
        ("pl", "To jest anonimowe."),
        ("nl", "Een verwarde persoon."),
        ("nl", "Bent u eenzaam?"),
        ("nl", " ".join(["woord"] * 21)),
    ],
)
def test_wrong_words_and_long_sentences_are_found(language: str, text: str) -> None:
    """A promise that Telegram can't keep, a label on a person, a sentence of 21 words."""
    assert list(wording.check(_catalogue(_text("x", text), language=language)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Dit is vertrouwelijk, niet anoniem."),
        ("en", "This is confidential, not anonymous."),
        ("pl", "To jest poufne, ale nie anonimowe."),
        ("nl", " ".join(["woord"] * 20) + ". Kort."),
    ],
)
def test_honest_words_and_short_sentences_are_fine(language: str, text: str) -> None:
    """Saying that it is not anonymous is the point."""
    assert not list(wording.check(_catalogue(_text("x", text), language=language)))
