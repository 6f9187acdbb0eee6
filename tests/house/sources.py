"""What the house rules look at: the Python sources, and every text file of the repository."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "handlers", "storage", "tests")
"""The folders with Python sources."""

_TEXT = {".css", ".html", ".ini", ".js", ".mako", ".md", ".po", ".pot", ".py", ".toml", ".txt"}
_NAMELESS = {".gitignore", "LICENSE", "Makefile", "run"}
_OUTSIDE = {".git", ".venv", "__pycache__", "build", "data"}


class Finding(NamedTuple):
    """Where a house rule is broken, and what to change."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """One text file, by its path from the root."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text, self.path)

    def at(self, line: int) -> str:
        """A place in this file, as editors open it."""
        return f"{self.path}:{line}"


def python_sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the house."""
    found = (p for room in ROOMS for p in (root / room).rglob("*.py"))
    return [_read(p, root) for p in sorted(found) if not _outside(p, root)]


def text_files(root: Path = ROOT) -> list[Source]:
    """Every text file that a reader of the repository can open."""
    return [_read(p, root) for p in sorted(_texts(root))]


def _texts(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        if (path.suffix in _TEXT or path.name in _NAMELESS) and not _outside(path, root):
            yield path


def _outside(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    caches = (p for p in parts if p.endswith((".egg-info", "_cache")))
    return bool(_OUTSIDE.intersection(parts)) or any(caches) or not path.is_file()


def _read(path: Path, root: Path) -> Source:
    return Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
