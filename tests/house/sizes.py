"""Files and functions stay small enough to read at once."""

import ast
from collections.abc import Iterator, Sequence
from statistics import median

from tests.house.sources import Finding, Source

FILE_MEDIAN = 110
FILE_MOST = 300
FUNCTION_MOST = 40
FUNCTION_USUAL = 20
USUAL_SHARE = 0.9

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    """Every file and function that is too long, and the house as a whole."""
    yield from _files(sources)
    yield from _functions(sources)


def function_lines(function: _Function) -> int:
    """Lines from `def` to the end, decorators and docstring not counted."""
    last = function.end_lineno or function.lineno
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        return last - function.lineno + 1 - ((first.end_lineno or 0) - first.lineno + 1)
    return last - function.lineno + 1


def _files(sources: Sequence[Source]) -> Iterator[Finding]:
    lengths = [len(source.lines) for source in sources]
    for source, length in zip(sources, lengths, strict=True):
        if length > FILE_MOST:
            yield Finding(source.path, f"{length} lines; split it, at most {FILE_MOST}.")
    if lengths and median(lengths) > FILE_MEDIAN:
        yield Finding(
            "all files", f"the median is {median(lengths):.0f} lines, at most {FILE_MEDIAN}."
        )


def _functions(sources: Sequence[Source]) -> Iterator[Finding]:
    lengths = []
    for source in sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, _Function):
                continue
            lengths.append(function_lines(node))
            if lengths[-1] > FUNCTION_MOST:
                sentence = f"{node.name} has {lengths[-1]} lines; at most {FUNCTION_MOST}."
                yield Finding(source.at(node.lineno), sentence)
    usual = sum(length < FUNCTION_USUAL for length in lengths)
    if lengths and usual < USUAL_SHARE * len(lengths):
        sentence = f"{usual} of {len(lengths)} are under {FUNCTION_USUAL} lines; nine in ten are."
        yield Finding("all functions", sentence)
