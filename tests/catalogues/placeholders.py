"""A translation fills in the same values as the text that it translates."""

from collections.abc import Iterator
from string import Formatter

from tests.catalogues.reading import Catalogue, Text
from tests.house.sources import Finding


def check(catalogue: Catalogue) -> Iterator[Finding]:
    """Placeholders that differ, broken ones, and a wrong number of plural forms."""
    for text in catalogue.texts:
        where = catalogue.at(text)
        yield from (Finding(where, sentence) for sentence in _faults(text))
        forms = catalogue.plural_forms if len(text.said) > 1 else 1
        if text.translated and len(text.translated) != forms:
            yield Finding(where, f"has {len(text.translated)} forms; {forms} are needed.")


def placeholders(text: str) -> frozenset[str]:
    """The names between braces; a format or conversion belongs to the name.

    A capital only opens a sentence: `{Partner}` and `{partner}` fill in the same value.

    Raises:
        ValueError: when braces don't match.
    """
    return frozenset(
        f"{name}!{conversion}:{spec}" if conversion or spec else name[:1].lower() + name[1:]
        for _literal, name, spec, conversion in Formatter().parse(text)
        if name is not None
    )


def _faults(text: Text) -> Iterator[str]:
    try:
        wanted = frozenset[str]().union(*map(placeholders, text.said))
        if any(not name.isidentifier() for name in wanted):
            yield "name each placeholder, without a format."
        for translated in filter(None, text.translated):
            given = placeholders(translated)
            # "One day" may leave the number out; nothing else may be left out or added.
            if given != wanted and (len(text.said) == 1 or given | {"count"} != wanted | {"count"}):
                yield f"fills in {_names(given)}, the source {_names(wanted)}."
    except ValueError as error:
        yield f"has braces that don't match: {error}."


def _names(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
