"""The report: a table, and where the plot is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bot.core.helping.events import AskEventKind
from bot.core.items import EventKind
from tests.bench.neighbourhood import laws
from tests.bench.neighbourhood.load import MOST, Load, measure
from tests.bench.neighbourhood.plot import draw
from tests.bench.neighbourhood.run import Outcome, simulate
from tests.bench.neighbourhood.size import FULL

Row = tuple[str, str, str, str]
"""What, measured, ratio, promised: as all benchmarks have it."""
_LONG = 120
"""Minutes from which hours are easier to read."""
_PLOT = Path("build/neighbourhood.svg")
_SHOWN = 20
"""Broken laws that are shown in full."""


async def neighbourhood(folder: Path) -> list[Row]:
    """Live through three months of forty circles: a table of its own, and the plot.

    Raises `AssertionError` when a law is broken.
    """
    outcome = await simulate(FULL, folder)
    load = measure(outcome.tally.helps)
    table = Table("what", "measured", "", "promised", title="A neighbourhood")
    for row in rows(outcome, load):
        table.add_row(*row)
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    console.print(f"plot: {draw(outcome.open_by_day, load, _PLOT).resolve()}")
    for law, what in outcome.laws.broken[:_SHOWN]:
        console.print(f"broken: {law}: {what}", markup=False)
    assert not outcome.laws.broken, "a law is broken"
    assert load.ratio <= MOST, "the busiest tenth carries too much"
    return []


def rows(outcome: Outcome, load: Load) -> Iterator[Row]:
    """Everything that was measured."""
    size, tally = outcome.size, outcome.tally
    yield _row(
        "neighbourhood",
        f"{size.people:,} people, {size.circles} circles, {size.days} days",
    )
    yield _row("turns", f"{tally.turns:,}")
    yield _row("turns/s, with all phones", f"{tally.turns / outcome.seconds:,.0f}")
    yield _row("presses and texts", f"{outcome.pressed:,} and {outcome.typed:,}")
    yield _row("messages sent", f"{outcome.sent:,}")
    for name, kind in _COUNTED.items():
        yield _row(name, f"{tally.events[kind]:,}")
    for name, what in _BETWEEN.items():
        yield _row(name, f"{tally.of_items[what]:,}")
    met = f"{len(tally.meetings):,}, {tally.called_off:,} called off, {tally.signed_up:,} signed up"
    yield _row("meetings announced", met)
    yield _row("left a circle, or were taken out", f"{tally.left:,}")
    yield _row("claims that came too late", f"{outcome.laws.raced:,}")
    yield _row("of these in the same moment", f"{outcome.laws.tied:,}")
    blocks = sum(len(n.blocked) for n in outcome.mirror.neighbours.values()) // 2
    yield _row("pairs that blocked", f"{blocks:,}")
    yield _row("time to a claim, help today", _time(tally.urgent))
    yield _row("time to a claim, other help", _time(tally.others))
    yield from _parts("found by", tally.found_at)
    yield from _parts("ended", tally.ended_by)
    yield from _laws(outcome)
    yield (
        "busiest tenth's share",
        f"{load.busiest} of {sum(load.actual)} helps",
        f"{load.ratio:.2f}x",
        f"at most {MOST:.0f}x",
    )


_COUNTED: Mapping[str, AskEventKind] = {
    "asks": AskEventKind.ASKED,
    "claims": AskEventKind.CLAIMED,
    "agreed": AskEventKind.AGREED,
    "refused by the asker": AskEventKind.REFUSED,
    "fell through": AskEventKind.FELL_THROUGH,
    "handed over": AskEventKind.HANDED_OVER,
    "not seen in time": AskEventKind.NOT_SEEN,
    "weekly help, next time": AskEventKind.NEXT_TIME,
}

_BETWEEN: Mapping[str, EventKind] = {
    "concerns, reported or passed on": EventKind.REPORTED,
    "passed on to a partner": EventKind.PASSED_ON,
    "handed back to a circle": EventKind.HANDED_BACK,
    "messages in these lines": EventKind.TALK,
    "who ended talking along": EventKind.LEFT_TALK,
}


def _laws(outcome: Outcome) -> Iterator[Row]:
    broken = Counter(law for law, _what in outcome.laws.broken)
    for law in laws.ALL:
        looked = f"{outcome.laws.looked[law]:,} looked at"
        yield law, f"{broken[law]:,} broken", looked, "0 broken"


def _parts(what: str, counted: Counter[str]) -> Iterator[Row]:
    for name, number in counted.most_common():
        yield f"{what}: {name}", f"{number:,}", f"{number / counted.total():.0%}", ""


def _time(times: Sequence[timedelta]) -> str:
    if not times:
        return "-"
    minutes = median(time / timedelta(minutes=1) for time in times)
    return f"{minutes / 60:.1f} h" if minutes >= _LONG else f"{minutes:.0f} min"


def _row(what: str, measured: str) -> Row:
    return what, measured, "", ""
