"""The covenant of a dialogue: the worked example, with other values where the dialogue says so."""

import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.config import EXAMPLE
from bot.core.covenant import Covenant
from bot.core.soundness import problems
from bot.core.worktime import Rules

NOTHING = "nothing"
"""Instead of a value: the covenant does not have this."""


def agreed(example: Rules, changes: Sequence[str], on: date) -> Rules:
    """The example with `helping.asks_per_day = 1` or `partners.BC.phone = nothing` in it."""
    if not changes:
        return example
    agreement = tomllib.loads(EXAMPLE.read_text())
    for change in changes:
        path, _, value = change.partition(" = ")
        *way, name = path.split(".")
        table = _at(agreement, way)
        table.pop(name, None)
        if value != NOTHING:
            table[name] = tomllib.loads(f"value = {value}")["value"]
    covenant = Covenant.model_validate(agreement)
    assert not problems(covenant, on), "a covenant that omzien would refuse"
    return Rules(covenant, example.calendar)


def _at(place: Any, way: Sequence[str]) -> dict[str, Any]:
    """The table at the end of `way`: by name, and in a list by id."""
    for name in way:
        found = place if isinstance(place, dict) else {one["id"]: one for one in place}
        place = found[name]
    assert isinstance(place, dict), "a covenant is changed one value at a time"
    return place
