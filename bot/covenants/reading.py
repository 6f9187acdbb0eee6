"""Reading a covenant from its file: all that is wrong with it at once, each with its line."""

import tomllib
from dataclasses import dataclass
from pathlib import Path as FilePath

from holidays import country_holidays
from pydantic import ValidationError

from bot.core.covenant import Covenant
from bot.core.errors import OmzienError
from bot.core.worktime import Calendar, Rules
from bot.covenants.lines import Lines


@dataclass(frozen=True)
class Problem:
    """What is wrong on one line (from 1) of the file."""

    line: int
    sentence: str


class CovenantError(OmzienError):
    """The covenant can't be used as it is; `omzien check FILE` tells what to change."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"line {p.line}: {p.sentence}" for p in problems) or None)
        self.problems = problems


def load(path: FilePath, *, unfinished: bool = False) -> Rules:
    """Read the covenant; `unfinished` accepts what is open; `CovenantError` otherwise."""
    del unfinished
    source = path.read_bytes()
    lines = Lines(source)
    try:
        covenant = Covenant.model_validate(tomllib.loads(source.decode()))
    except ValidationError as error:
        raise CovenantError(
            [Problem(lines.of(e["loc"]), e["msg"]) for e in error.errors(include_url=False)]
        ) from None
    return Rules(covenant, Calendar(covenant.hours, country_holidays(covenant.hours.holidays)))
