"""Nothing in the repository ties it to a machine, a registry or a way of working."""

import re
from collections.abc import Iterator, Sequence

from tests.house.sources import Finding, Source

# Written so that no pattern matches itself.
_FORBIDDEN = (
    (r"py[p]i\.(org|python)|pythonhoste[d]\.org|registry\.npm[j]s", "the address of a registry"),
    (r"-(extra-)?inde[x]-url\b|/simpl[e]/?$|registr[y] *= *http", "the address of a registry"),
    (r"(?<![a-z.\w])/(wor[k]|far[m]|roo[t]|hom[e]/\w+|User[s]/\w+)/", "a path of one machine"),
    (r"\.\./share[d]", "a path outside the repository"),
    (r"\b(Chat[G]PT|Clau[d]e|Copil[o]t|Open[A]I|LL[M]s?|AI[-]generated)\b", "how it was written"),
)
_PATTERNS = tuple((re.compile(pattern), what) for pattern, what in _FORBIDDEN)


def check(files: Sequence[Source]) -> Iterator[Finding]:
    """Every line that names what does not belong in the repository."""
    for file in files:
        for number, text in enumerate(file.lines, 1):
            for pattern, what in _PATTERNS:
                if pattern.search(text):
                    yield Finding(file.at(number), f"names {what}.")
