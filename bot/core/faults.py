"""What can be wrong with a covenant, and where: the words of its checks."""

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]
"""Keys and indexes from the top of the covenant's file: `("routes", 3, "lead")`."""


class Level(StrEnum):
    """How bad a fault is."""

    WARNING = "warning"
    """Right today; look at it soon."""
    ERROR = "error"
    """Not finished; until then the coordinator gets what this part should have decided."""
    BROKEN = "broken"
    """Not even an unfinished covenant works with this."""


@dataclass(frozen=True)
class Fault:
    """Something wrong at `path`, in a sentence for the one who writes the covenant."""

    path: Path
    sentence: str
    level: Level = Level.ERROR


def listed(words: list[str]) -> str:
    """The words as English says them: `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
