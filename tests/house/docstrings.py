"""Every module says in its first sentence what lives there."""

import ast
from collections.abc import Iterator, Sequence

from tests.house.sources import Finding, Source


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    """Every module without a docstring that starts with one whole sentence."""
    for source in sources:
        docstring = ast.get_docstring(source.tree)
        if not docstring:
            yield Finding(source.at(1), "say in one sentence what lives here.")
        elif not docstring.splitlines()[0].endswith((".", "?", "!")):
            yield Finding(source.at(1), "end the first line of the docstring as a sentence.")
