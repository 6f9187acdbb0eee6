"""Every language says everything that the source says, and nothing that it no longer says."""

from collections.abc import Collection, Iterator

from tests.catalogues.reading import Catalogue
from tests.house.sources import Finding


def check(catalogue: Catalogue, said: Collection[tuple[str, ...]]) -> Iterator[Finding]:
    """Texts that are missing, left open, uncertain or left over; `said` is what the source says."""
    known = {text.said for text in catalogue.texts}
    for missing in sorted(set(said) - known):
        sentence = f"lacks “{missing[0]}”; run `make messages` and translate it."
        yield Finding(catalogue.path, sentence)
    for text in catalogue.texts:
        if text.said not in said:
            yield Finding(catalogue.at(text), "is no longer in the source; run `make messages`.")
        if not text.translated or not all(text.translated):
            yield Finding(catalogue.at(text), f"translate “{text.said[0]}”.")
        if text.fuzzy:
            yield Finding(catalogue.at(text), "is marked as uncertain; decide.")


def languages(
    spoken: Collection[str], catalogues: Collection[str], covenant: str
) -> Iterator[Finding]:
    """Languages of the example covenant without a catalogue, and the other way round."""
    for language in sorted(set(spoken) - set(catalogues)):
        yield Finding("locale", f"has no catalogue for {language}, which {covenant} promises.")
    for language in sorted(set(catalogues) - set(spoken)):
        yield Finding(covenant, f"does not speak {language}, which has a catalogue.")
