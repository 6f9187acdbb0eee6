"""The example covenant with something changed, to see what the checks say of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.covenants import Reading, read

EXAMPLE = Path(__file__).parents[2] / "bot" / "covenants" / "gemert-bakel.toml"
TODAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Changed:
    """The example with changes, written in `folder`."""

    path: Path
    text: str

    @property
    def reading(self) -> Reading:
        """What the checks find."""
        return read(self.path, TODAY)

    def line(self, start: str, nth: int = 1) -> int:
        """The number of the nth line that begins with `start`."""
        found = [n for n, line in enumerate(self.text.splitlines(), 1) if line.startswith(start)]
        return found[nth - 1]

    def told(self) -> list[tuple[int, str]]:
        """Line and sentence of each problem."""
        return [(p.line, p.sentence) for p in self.reading.problems]


def changed(folder: Path, *changes: tuple[str, str]) -> Changed:
    """The example with the first place of each old text replaced by the new one."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "covenant.toml"
    path.write_text(text, encoding="utf-8")
    return Changed(path, text)
