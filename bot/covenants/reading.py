"""Reading a covenant from its file: all that is wrong with it at once, each with its line."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path as FilePath
from typing import Any

from holidays import country_holidays
from pydantic import ValidationError

from bot.core.covenant import Covenant
from bot.core.errors import OmzienError
from bot.core.faults import Fault, Level
from bot.core.soundness import Gap, gaps, parts_faults, problems
from bot.core.worktime import Calendar, Rules
from bot.covenants.lines import Lines
from bot.covenants.shape import shape_faults, without

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True)
class Problem:
    """Something about one line (from 1) of the file."""

    line: int
    sentence: str
    level: Level = Level.ERROR

    def at(self, file: FilePath) -> str:
        """As editors and people find it: `file:line: sentence`."""
        return f"{file}:{self.line}: {self.sentence}"


class CovenantError(OmzienError):
    """The covenant can't be used as it is; `omzien check FILE` tells what to change."""

    def __init__(self, file: FilePath, problems: list[Problem]) -> None:
        super().__init__("\n".join(p.at(file) for p in problems) or None)
        self.problems = problems


@dataclass(frozen=True)
class Reading:
    """What a file says, and all that is to be said about it."""

    rules: Rules | None
    """None when the file is broken."""
    problems: list[Problem] = field(default_factory=list)
    """By line."""
    gaps: list[Gap] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    """The gaps as questions, each at the line of its topic."""

    @property
    def errors(self) -> list[Problem]:
        """What must be put right before the covenant is finished."""
        return [p for p in self.problems if p.level is not Level.WARNING]

    @property
    def warnings(self) -> list[Problem]:
        """What will soon be wrong."""
        return [p for p in self.problems if p.level is Level.WARNING]


def load(path: FilePath, *, unfinished: bool = False, today: date | None = None) -> Rules:
    """Read the covenant with its calendar; `CovenantError` tells everything that is wrong.

    `unfinished` accepts faults and gaps: the coordinator then gets what they leave open. Only a
    file that can't be understood, or can't be worked with at all, is still refused. `today` is the
    day on which mandates must hold; today without it.
    """
    reading = read(path, today or datetime.now(UTC).date())
    refused = [*reading.errors, *reading.questions]
    if reading.rules is None:
        raise CovenantError(path, reading.errors)
    if refused and not unfinished:
        raise CovenantError(path, refused)
    return reading.rules


def read(path: FilePath, today: date) -> Reading:
    """Read the file and check everything; never raises for what is in it."""
    try:
        source = path.read_bytes()
        data = tomllib.loads(source.decode())
    except OSError:
        return _unreadable(1, "This file can't be read; look at its name and its rights.")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return _unreadable(line, "This line is not UTF-8; save the file as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        return _syntax(str(error), source)
    lines = Lines(source)
    try:
        return _sound(Covenant.model_validate(data), lines, today)
    except ValidationError as error:
        return _misshapen(shape_faults(error, data), data, lines, today)


def _unreadable(line: int, sentence: str) -> Reading:
    return Reading(None, [Problem(line, sentence, Level.BROKEN)])


def _syntax(message: str, source: bytes) -> Reading:
    found = _AT_LINE.search(message)
    line = int(found[1]) if found else source.count(b"\n") + 1
    return _unreadable(line, f"This is not TOML: {_AT_LINE.sub('', message)}.")


def _sound(covenant: Covenant, lines: Lines, today: date) -> Reading:
    faults = problems(covenant, today)
    calendar, unknown = _calendar(covenant)
    found = _placed([*faults, *unknown], lines)
    open_ = gaps(covenant, today)
    broken = any(p.level is Level.BROKEN for p in found)
    order = [t.id for t in covenant.topics]
    questions = [
        Problem(lines.of(("topics", order.index(gap.topic))), gap.question(covenant))
        for gap in open_
    ]
    return Reading(None if broken else Rules(covenant, calendar), found, open_, questions)


def _misshapen(faults: list[Fault], data: dict[str, Any], lines: Lines, today: date) -> Reading:
    """The faults of shape, and those of the other parts as far as they can be understood."""
    try:
        rest = Covenant.model_validate(without(faults, data))
    except ValidationError:
        return Reading(None, _placed(faults, lines))
    told = {fault.path for fault in faults}
    others = [f for f in parts_faults(rest, today) if f.path not in told]
    return Reading(None, _placed([*faults, *others], lines))


def _placed(faults: list[Fault], lines: Lines) -> list[Problem]:
    found = (Problem(lines.of(f.path), f.sentence, f.level) for f in faults)
    return sorted(dict.fromkeys(found), key=lambda p: p.line)


def _calendar(covenant: Covenant) -> tuple[Calendar, list[Fault]]:
    """The covenant's calendar; without holidays when its country is unknown, which is a fault."""
    country = covenant.hours.holidays
    try:
        return Calendar(covenant.hours, country_holidays(country)), []
    except NotImplementedError:  # how the library of holidays says that it knows no such country
        sentence = "`holidays` is no country with known public holidays; write it like NL."
        return Calendar(covenant.hours), [Fault(("hours", "holidays"), sentence, Level.BROKEN)]
