"""The catalogues as they are in `locale`, and the template as the source makes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.house.sources import ROOT, Source, python_sources

DOMAIN = "omzien"
LOCALE = ROOT / "locale"
KEYWORDS = {"_": None, "plural": (1, 2)}
"""How the source marks texts: `_("text")` and `plural("one", "many", count)`."""
_READERS = ("bot/", "handlers/")
"""Only these rooms speak to people."""


class Text(NamedTuple):
    """One text of a catalogue: what the source says, and each of its translations."""

    said: tuple[str, ...]
    """The msgid, or singular and plural."""
    translated: tuple[str, ...]
    fuzzy: bool
    line: int


@dataclass(frozen=True)
class Catalogue:
    """All texts in one language."""

    language: str
    path: str
    plural_forms: int
    texts: tuple[Text, ...]

    def at(self, text: Text) -> str:
        """Where this text is, as editors open it."""
        return f"{self.path}:{text.line}"


def marked(sources: list[Source] | None = None) -> Iterator[tuple[str, ...]]:
    """Every text that the source marks for translation: the msgid, or singular and plural."""
    for source in python_sources() if sources is None else sources:
        if source.path.startswith(_READERS):
            file = BytesIO(source.text.encode())
            for _line, said, _comments, _context in extract("python", file, KEYWORDS):
                yield (said,) if isinstance(said, str) else tuple(said)


def template() -> Catalog:
    """The texts of the source as an empty catalogue, sorted when it is written."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    for said in marked():
        catalog.add(said[0] if len(said) == 1 else said)
    return catalog


def paths() -> list[Path]:
    """The files of all catalogues."""
    return sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """One catalogue as Babel has it."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=DOMAIN, abort_invalid=True)


def catalogue(path: Path) -> Catalogue:
    """One catalogue as the rules look at it."""
    whole = read(path)
    texts = (Text(_tuple(m.id), _tuple(m.string), m.fuzzy, m.lineno or 0) for m in whole if m.id)
    shown = path.relative_to(ROOT).as_posix()
    return Catalogue(path.parts[-3], shown, whole.num_plurals, tuple(texts))


def _tuple(text: object) -> tuple[str, ...]:
    return (
        (text,) if isinstance(text, str) else tuple(text) if isinstance(text, tuple | list) else ()
    )
