"""An exception to a rule has its reason beside it."""

import re
from collections.abc import Iterator, Sequence

from tests.house.sources import Finding, Source

_IGNORES = re.compile(
    r"#\s*(type:\s*ignore|noqa)(\[[\w, -]+\]|:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*)?"
)
_UNFINISHED = re.compile(r"#.*\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
_MARKS = re.compile(r"pytest\.mark\.(skip|xfail)\b(?!if)(?!.*reason=)")
_WORDS = 2
"""A reason has at least this many words."""


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    """Every ignore without a code or a reason, and everything left unfinished."""
    for source in sources:
        for number, text in enumerate(source.lines, 1):
            yield from _line(source, number, text)


def _line(source: Source, number: int, text: str) -> Iterator[Finding]:
    found = _IGNORES.search(text)
    if found and not found[2]:
        yield Finding(source.at(number), "name the code that is ignored.")
    if found and not (_reason(text[found.end() :]) or _reason_above(source, number)):
        yield Finding(source.at(number), "give the reason beside it.")
    if _UNFINISHED.search(text):
        yield Finding(source.at(number), "finish it, or write it in the issue tracker.")
    if _MARKS.search(text):
        yield Finding(source.at(number), "say in `reason=` why this is skipped.")


def _reason(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= _WORDS


def _reason_above(source: Source, number: int) -> bool:
    above = source.lines[number - 2].strip() if number > 1 else ""
    return above.startswith("#") and _reason(above)
