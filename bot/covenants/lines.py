"""On which line of a TOML file each part stands; the parsers for its values don't tell."""

from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from bot.core.faults import Path

_TOML = Language(tree_sitter_toml.language())
_KEYS = ("bare_key", "quoted_key", "dotted_key")
_QUOTES = "\"'"


class Lines:
    """The lines of one file, whose syntax is right."""

    def __init__(self, source: bytes) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._last: dict[Path, int] = {}
        for node in Parser(_TOML).parse(source).root_node.children:
            self._top(node)

    def of(self, path: Path) -> int:
        """The line (from 1) where `path` stands, or what should have contained it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _top(self, node: Node) -> None:
        if node.type == "pair":
            self._pair(node, ())
        elif node.type in {"table", "table_array_element"}:
            path = self._header(node)
            self._note(path, node)
            for pair in node.children:
                if pair.type == "pair":
                    self._pair(pair, path)

    def _header(self, node: Node) -> Path:
        """The path that a `[table]` or `[[list of tables]]` opens."""
        *outer, last = _keys(next(c for c in node.children if c.type in _KEYS))
        path: Path = ()
        for key in outer:
            path = self._entered((*path, key))
        path = (*path, last)
        if node.type == "table_array_element":
            self._note(path, node)
            self._last[path] = self._last.get(path, -1) + 1
        return self._entered(path)

    def _entered(self, path: Path) -> Path:
        """The path itself, or its newest element when it is a list of tables."""
        return (*path, self._last[path]) if path in self._last else path

    def _pair(self, node: Node, table: Path) -> None:
        path = (*table, *_keys(node.children[0]))
        self._note(path, node)
        self._value(node.children[-1], path)

    def _value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            for pair in (c for c in node.children if c.type == "pair"):
                self._pair(pair, path)
        elif node.type == "array":
            values = (c for c in node.children if c.is_named and c.type != "comment")
            for index, value in enumerate(values):
                self._note((*path, index), value)
                self._value(value, (*path, index))

    def _note(self, path: Path, node: Node) -> None:
        for end in range(1, len(path) + 1):
            self._lines.setdefault(path[:end], node.start_point[0] + 1)


def _keys(node: Node) -> Iterator[str]:
    if node.type == "dotted_key":
        for part in node.children:
            if part.type in _KEYS:
                yield from _keys(part)
    else:
        yield (node.text or b"").decode().strip(_QUOTES)
