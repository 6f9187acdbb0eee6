"""The plot: asks that are open by day, and how many helps people gave, as one SVG."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench.neighbourhood.load import Load

_WIDTH, _HEIGHT, _MARGIN = 760, 260, 48
_INK, _LINE, _BAR, _EVEN, _GRID = "#222222", "#1f6f8b", "#1f6f8b", "#e39b3b", "#dddddd"
_STEPS = 5
"""Lines behind a plot, at most."""
_LEGEND = 520


def draw(open_by_day: Mapping[date, int], load: Load, file: Path) -> Path:
    """Write the plot."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = [*_days(open_by_day), *_helps(load)]
    height = 2 * _HEIGHT
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
    style = f'font-family="sans-serif" font-size="12" fill="{_INK}"'
    body = "\n".join(parts)
    file.write_text(
        f'{head} {style}>\n<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n',
        encoding="utf-8",
    )
    return file


def _days(open_by_day: Mapping[date, int]) -> Iterator[str]:
    days, numbers = list(open_by_day), list(open_by_day.values())
    top = _round([*numbers, 1])
    yield from _frame("Asks that are open at the end of each day", 0, top)
    yield _text(_WIDTH - _MARGIN, _HEIGHT - 12, "day and month", "end")
    step = _inner() / max(len(numbers) - 1, 1)
    points = " ".join(
        f"{_MARGIN + n * step:.1f},{_y(number, top, 0):.1f}" for n, number in enumerate(numbers)
    )
    yield f'<polyline points="{points}" fill="none" stroke="{_LINE}" stroke-width="2"/>'
    for n in range(0, len(days), max(len(days) // 6, 1)):
        yield _text(_MARGIN + n * step, _HEIGHT - _MARGIN + 18, f"{days[n]:%d-%m}", "middle")


def _helps(load: Load) -> Iterator[str]:
    actual, even = Counter(load.actual), Counter(load.even)
    most, top = max([*actual, *even, 1]), _round([*actual.values(), *even.values(), 1])
    yield from _frame("People who could help, by how often they did", 1, top)
    yield from _legend(_HEIGHT + 66, _BAR, "as it went")
    yield from _legend(_HEIGHT + 84, _EVEN, "as evenly as the offers allow")
    busiest = f"The busiest tenth carries {load.ratio:.2f} times its share."
    yield _text(_WIDTH - _MARGIN, _HEIGHT + 28, busiest, "end")
    yield _text(_WIDTH - _MARGIN, 2 * _HEIGHT - 12, "helps given", "end")
    step = _inner() / (most + 1)
    for helps in range(most + 1):
        left = _MARGIN + helps * step
        yield _bar(left + step * 0.1, step * 0.4, actual[helps], top, _BAR)
        yield _bar(left + step * 0.5, step * 0.4, even[helps], top, _EVEN)
        yield _text(left + step / 2, 2 * _HEIGHT - _MARGIN + 18, str(helps), "middle")


def _bar(left: float, width: float, number: int, top: int, colour: str) -> str:
    y = _y(number, top, 1)
    height = 2 * _HEIGHT - _MARGIN - y
    return (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{colour}"/>'
    )


def _frame(title: str, nth: int, top: int) -> Iterator[str]:
    yield _text(_MARGIN, nth * _HEIGHT + 28, title, "start")
    for number in _marks(top):
        y = _y(number, top, nth)
        yield f'<path d="M{_MARGIN} {y:.1f}H{_WIDTH - _MARGIN}" stroke="{_GRID}"/>'
        yield _text(_MARGIN - 8, y + 4, str(number), "end")


def _legend(y: int, colour: str, words: str) -> Iterator[str]:
    yield f'<rect x="{_LEGEND}" y="{y - 10}" width="10" height="10" fill="{colour}"/>'
    yield _text(_LEGEND + 16, y, words, "start")


def _round(numbers: Sequence[int]) -> int:
    """The end of the axis, so that it and the lines below it are at round numbers."""
    most = max(numbers)
    step = _step(most)
    return -(-most // step) * step


def _step(most: int) -> int:
    """From one line behind a plot to the next: 1, 2, 5, 10, 20, 50 and so on."""
    nice = (n * int(10**power) for power in count() for n in (1, 2, 5))
    return next(step for step in nice if step * _STEPS >= most)


def _marks(top: int) -> Sequence[int]:
    return range(0, top + 1, _step(top))


def _y(number: float, top: int, nth: int) -> float:
    return (nth + 1) * _HEIGHT - _MARGIN - number / top * (_HEIGHT - 2 * _MARGIN)


def _inner() -> int:
    return _WIDTH - 2 * _MARGIN


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
