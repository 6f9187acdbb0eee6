"""All house rules by name, each with what it looks at in this repository."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from statistics import mean

from bot.config import EXAMPLE
from bot.covenants import load
from tests.catalogues import completeness, labels, marking, markup, placeholders, wording
from tests.catalogues.reading import Catalogue, catalogue, marked, paths
from tests.house import charts, clocks, dependencies, docstrings, exceptions, sizes, strings
from tests.house.sources import Finding, python_sources, text_files


def _complete() -> Iterator[Finding]:
    said = frozenset(marked())
    return (finding for one in _catalogues() for finding in completeness.check(one, said))


def _labels() -> Iterator[Finding]:
    on_buttons = labels.labels(python_sources())
    return (finding for one in _catalogues() for finding in labels.check(one, on_buttons))


def _languages() -> Iterator[Finding]:
    spoken = load(EXAMPLE).covenant.languages
    return completeness.languages(spoken, {c.language for c in _catalogues()}, EXAMPLE.name)


def _each(check: Callable[[Catalogue], Iterator[Finding]]) -> Callable[[], Iterator[Finding]]:
    return lambda: (finding for one in _catalogues() for finding in check(one))


RULES: Mapping[str, Callable[[], Iterable[Finding]]] = {
    "files and functions are small": lambda: sizes.check(python_sources()),
    "every module says what lives there": lambda: docstrings.check(python_sources()),
    "every exception has its reason": lambda: exceptions.check(python_sources()),
    "time is a value": lambda: clocks.check(python_sources()),
    "nothing names a machine or registry": lambda: strings.check(text_files()),
    "every dependency has its reason": dependencies.of_the_house,
    "ARCHITECTURE.md shows what is": lambda: charts.check(charts.document()),
    "every text is marked": lambda: marking.check(python_sources()),
    "every text is translated": _complete,
    "values and plural forms agree": _each(placeholders.check),
    "markup is Telegram's": _each(markup.check),
    "labels fit on buttons": _labels,
    "words are kind and sentences short": _each(wording.check),
    "the covenant's languages have catalogues": _languages,
}


def mean_dutch_sentence() -> float:
    """The mean number of words of a Dutch sentence."""
    return mean([s.words for s in _dutch()] or [0])


def longest_dutch_sentences(count: int = 5) -> Iterator[str]:
    """The longest Dutch sentences, with their number of words and where they are."""
    return (f"{s.words} words: {s.where}: {s.text}" for s in _dutch()[:count])


def _dutch() -> list[wording.Sentence]:
    return next((wording.sentences(c) for c in _catalogues() if c.language == "nl"), [])


@cache
def _catalogues() -> tuple[Catalogue, ...]:
    return tuple(catalogue(path) for path in paths())
