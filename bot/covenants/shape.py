"""What pydantic found wrong with the shape of a covenant, as paths and plain sentences."""

import copy
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.core.faults import Fault, Level, Path

_FORMS = {
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$": "an id of at most 32 letters, digits, - and _",
    r"^([A-Za-z0-9][A-Za-z0-9_-]{0,31})?$": "the id of a partner",
    r"^[1-9][0-9]{3}$": "a postcode of four digits, without letters",
    r"^[a-z]{2}$": "a language of two small letters, such as nl",
    r"^[0-9][0-9 -]{1,14}$": "a telephone number of 2 to 15 digits, spaces and dashes",
    r"^[A-Z]{2,4}$": "two to four capital letters",
}
_SENTENCES = {
    "missing": "`{key}` is missing here.",
    "extra_forbidden": "A covenant has no `{key}` here; is it a typing error?",
    "string_pattern_mismatch": "`{key}` must be {form}.",
    "enum": "`{key}` must be one of: {expected}.",
    "literal_error": "`{key}` must be {expected}.",
    "greater_than_equal": "`{key}` must be at least {ge}.",
    "less_than_equal": "`{key}` must be at most {le}.",
    "too_short": "`{key}` must have at least {min_length} of them.",
    "time_parsing": "`{key}` must be a time such as 08:30:00.",
    "time_type": "`{key}` must be a time such as 08:30:00.",
    "string_type": "`{key}` must be a text between quotes.",
    "int_type": "`{key}` must be a whole number.",
    "int_parsing": "`{key}` must be a whole number.",
    "bool_type": "`{key}` must be true or false.",
    "bool_parsing": "`{key}` must be true or false.",
    "tuple_type": "`{key}` must be a list between [ and ].",
}

_ALTERNATIVES = ("tuple[", "literal[")
"""How pydantic names what it tried where a list or "all" is expected."""

_STAND_INS: dict[Path, Any] = {
    ("areas", "title"): {},
    ("areas", "postcodes"): [],
    ("partners", "title"): {},
    ("partners", "kind"): "municipality",
    ("partners", "rights"): [],
    ("partners", "topics"): [],
    ("topics", "title"): {},
    ("topics", "kind"): "concern",
    ("topics", "respond"): {"working_days": 1},
    ("topics", "working_days"): 1,
    ("topics", "ask_reporter_days"): 1,
    ("routes", "topics"): [],
    ("help", "number"): "0",
    ("help", "purpose"): {},
    ("title", "title"): {},
    ("code_prefix", "code_prefix"): "XX",
}
"""What takes the place of a required value that is wrong, by list and key, while checking on."""


def shape_faults(error: ValidationError, data: dict[str, Any]) -> list[Fault]:
    """Each thing that has the wrong shape, once, in the order of the types."""
    found = (_fault(e, data) for e in error.errors(include_url=False, include_input=False))
    return list(dict.fromkeys(f for f in found if f))


def without(faults: list[Fault], data: dict[str, Any]) -> dict[str, Any]:
    """The data with each wrong value left out or replaced, so that the rest can be checked too."""
    rest = copy.deepcopy(data)
    for fault in faults:
        *outer, last = _table_key(fault.path)
        place: Any = rest
        for part in outer:
            place = place[part]
        place.pop(last, None)
        if (fault.path[0], last) in _STAND_INS:
            place[last] = _STAND_INS[fault.path[0], last]
    return rest


def _table_key(path: Path) -> Path:
    """The path up to its last key: an index in a list means the whole list."""
    while isinstance(path[-1], int):
        path = path[:-1]
    return path


def _fault(error: ErrorDetails, data: dict[str, Any]) -> Fault | None:
    path, meant = _locate(error["loc"], data)
    if not meant:
        return None
    key = next((part for part in reversed(path) if isinstance(part, str)), "file")
    if error["type"] == "literal_error" and path[-1] in {"topics", "areas", "landlords", "about"}:
        return Fault(path, f'`{key}` must be "all" or a list of ids between [ and ].', Level.BROKEN)
    context = dict(error.get("ctx") or {})
    context["form"] = _FORMS.get(str(context.get("pattern")), "written differently")
    sentence = _SENTENCES.get(error["type"], "`{key}`: " + error["msg"] + ".")
    return Fault(path, sentence.format(key=key, **context), Level.BROKEN)


def _locate(loc: Path, data: Any) -> tuple[Path, bool]:
    """The path in the file, and whether pydantic tried there what the writer meant."""
    path: Path = ()
    value, meant = data, True
    for part in loc:
        if str(part).startswith(_ALTERNATIVES):
            meant = str(part).startswith("tuple") == isinstance(value, list)
        elif isinstance(value, dict) and (part in value or part == loc[-1]):
            path, value = (*path, part), value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            path, value = (*path, part), value[part]
    return path, meant
