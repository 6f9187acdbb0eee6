"""Every text that is said is marked, so that the catalogues know it."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.house.sources import Finding, Source

_ROOMS = ("bot/core/", "handlers/")


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    """Every `line("words")` without `_`: it would stay English in every language."""
    for source in sources:
        if source.path.startswith(_ROOMS):
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Call) and _is_unmarked(node):
                    sentence = f"mark the text: line(_({ast.unparse(node.args[0])}))."
                    yield Finding(source.at(node.lineno), sentence)


def _is_unmarked(call: ast.Call) -> bool:
    """Whether words are said as they stand; `line("{when}: {what}")` has none to translate."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "line" and call.args):
        return False
    text = call.args[0]
    if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
        return isinstance(text, ast.JoinedStr)
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{\w+\}|<[^<>]*>", "", text.value)))
