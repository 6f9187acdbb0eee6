"""Time is a value: aware everywhere, and never read from a clock by the core."""

import ast
from collections.abc import Iterator, Sequence

from tests.house.sources import Finding, Source

_READS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
_CLOCKS = {"datetime", "date", "time"}
_AWARE_COMBINE = 3
"""`datetime.combine` takes the zone as its third argument."""


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    """Every reading of a clock in the core, and every naive moment that ruff's DTZ leaves."""
    for source in sources:
        core = source.path.startswith("bot/core/")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                yield from _call(source, node, core=core)
            elif core and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _now(source, node)


def _call(source: Source, call: ast.Call, *, core: bool) -> Iterator[Finding]:
    if not isinstance(call.func, ast.Attribute):
        return
    owner, name = ast.unparse(call.func.value).rsplit(".", 1)[-1], call.func.attr
    keywords = {k.arg: k.value for k in call.keywords}
    if core and owner in _CLOCKS and name in _READS:
        yield Finding(source.at(call.lineno), "reads a clock; take `now` as a parameter.")
    given = len(call.args) + ("tzinfo" in keywords)
    if owner == "datetime" and name == "combine" and given < _AWARE_COMBINE:
        yield Finding(source.at(call.lineno), "makes a naive moment; give the zone.")
    zone = keywords.get("tzinfo")
    if name == "replace" and isinstance(zone, ast.Constant) and zone.value is None:
        yield Finding(source.at(call.lineno), "takes the zone away; keep moments aware.")


def _now(source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    optional = named[len(named) - len(arguments.defaults) :]
    defaulted = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    optional += [a for a, default in defaulted if default is not None]
    if any(a.arg == "now" for a in optional):
        yield Finding(
            source.at(function.lineno), "`now` has no default: the caller knows the time."
        )
