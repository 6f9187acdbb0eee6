"""What claiming 1,000 due check-ins costs among many that are open, and among few."""

import statistics
import time
from pathlib import Path

from storage import Keys, open_store
from tests.bench.crowd import NOW, fill_checkins, make_empty

DUE = 1000
FEW, MANY = 10_000, 1_000_000
RUNS = 5


async def claiming(folder: Path, open_: int) -> float:
    """Seconds for 1,000 due ones among `open_`; the median of five runs."""
    keys = Keys.generate()
    path = folder / f"due-{open_}.db"
    await make_empty(path, keys)
    fill_checkins(path, DUE * (RUNS + 1), open_)
    store = await open_store(f"sqlite:///{path}", keys, clock=lambda: NOW)
    await store.claim_due(NOW, DUE)  # the first one reads the file
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        claimed = await store.claim_due(NOW, DUE)
        times.append(time.perf_counter() - begin)
        assert claimed == DUE
    await store.close()
    return statistics.median(times)


async def due(folder: Path) -> tuple[float, float]:
    """Seconds among few and among many."""
    return await claiming(folder, FEW), await claiming(folder, MANY)
