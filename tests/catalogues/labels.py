"""What stands on a button fits on a button, in every language."""

import ast
from collections.abc import Iterator, Sequence

from tests.catalogues.reading import Catalogue
from tests.house.sources import Finding, Source

MOST = 40
"""Characters of a label that a narrow phone shows whole."""

# How the source names what becomes a label; a text marked inside one of these is a label.
_CALLS = ("Act", "Button")
_NAMES = ("label", "labels", "options", "buttons", "extra")


def check(catalogue: Catalogue, labels: frozenset[str]) -> Iterator[Finding]:
    """Every label that is too long, or has markup that a button shows as it is."""
    for text in catalogue.texts:
        if text.said[0] in labels:
            for each in text.translated:
                if len(each) > MOST:
                    sentence = f"“{each}” has {len(each)} characters on a button; at most {MOST}."
                    yield Finding(catalogue.at(text), sentence)
                if "<" in each:
                    yield Finding(catalogue.at(text), "has markup, and stands on a button.")


def labels(sources: Sequence[Source]) -> frozenset[str]:
    """The texts that the source puts on buttons."""
    return frozenset(said for source in sources for said in _in(source.tree, on_button=False))


def _in(node: ast.AST, *, on_button: bool) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node.func) == "_" and on_button:
        yield from (text for text in map(_text, node.args) if text)
        return
    for child in ast.iter_child_nodes(node):
        yield from _in(child, on_button=_stays(node, child, on_button=on_button))


def _stays(node: ast.AST, child: ast.AST, *, on_button: bool) -> bool:
    match node:
        case ast.Call():
            return (_name(node.func) in _CALLS and child is not node.func) or on_button
        case ast.keyword():
            return _says_label(node.arg or "")
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            return _says_label(_name(target))
    return on_button


def _says_label(name: str) -> bool:
    return name.lower().rsplit("_", 1)[-1] in _NAMES


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""
