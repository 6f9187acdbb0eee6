"""`make bench`: prints what Omzien costs, beside its peers and beside its promises."""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import due, matching, scale, throughput
from tests.bench.neighbourhood.report import neighbourhood

Row = tuple[str, str, str, str]
FEW, MANY = 1_000, 1_000_000


async def speed(_folder: Path) -> list[Row]:
    """Updates a second."""
    echo, answers, reports = await throughput.throughput()
    least = "at least 1.5x"
    return [
        ("updates/s, bare echo bot", f"{echo:,.0f}", "", ""),
        ("updates/s, Omzien, an answer each", f"{answers:,.0f}", f"{answers / echo:.2f}x", least),
        ("updates/s, Omzien, whole reports", f"{reports:,.0f}", f"{reports / echo:.2f}x", least),
    ]


async def claiming(folder: Path) -> list[Row]:
    """Due check-ins."""
    few, many = await due.due(folder)
    return [
        (f"claim {due.DUE:,} due of {due.FEW:,}", f"{few * 1000:.1f} ms", "", ""),
        (
            f"claim {due.DUE:,} due of {due.MANY:,}",
            f"{many * 1000:.1f} ms",
            f"{many / few:.2f}x",
            "at most 1.5x",
        ),
    ]


async def match(folder: Path) -> list[Row]:
    """Neighbours for an ask."""
    measured = await matching.matching(folder)
    return [
        (
            f"{what}, {matching.OFFERS:,} offers",
            f"{statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms",
            "",
            matching.PROMISED.get(what, ""),
        )
        for what, times in measured.items()
    ]


async def start(folder: Path) -> list[Row]:
    """Cold start."""
    seconds = await scale.cold_start(folder / "start", MANY)
    return [(f"cold start, {MANY:,} items", f"{seconds:.2f} s", "", "under 2 s")]


async def memory(folder: Path) -> list[Row]:
    """Memory."""
    few = await scale.memory(folder / "few", FEW)
    many = await scale.memory(folder / "many", MANY)
    return [
        (f"memory, {FEW:,} persons", f"{few:.0f} MiB", "", ""),
        (f"memory, {MANY:,} persons", f"{many:.0f} MiB", f"{many / few:.2f}x", "at most 1.2x"),
    ]


PARTS: dict[str, Callable[[Path], Awaitable[list[Row]]]] = {
    "speed": speed,
    "claiming": claiming,
    "matching": match,
    "start": start,
    "memory": memory,
    "neighbourhood": neighbourhood,
}


async def main(names: list[str]) -> None:
    """Measure the parts named, or all, and print a table."""
    table = Table("what", "measured", "ratio", "promised", title="Omzien")
    with tempfile.TemporaryDirectory(prefix="omzien-bench-") as folder:
        try:
            for name in names or PARTS:
                for row in await PARTS[name](Path(folder)):
                    table.add_row(*row)
        finally:  # what was measured counts, also when a later part breaks a promise
            Console().print(table)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
