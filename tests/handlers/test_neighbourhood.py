"""Two weeks of three circles, so that what months would break is found at once."""

from pathlib import Path

from bot.core.helping.events import AskEventKind
from tests.bench.neighbourhood import laws, load
from tests.bench.neighbourhood.run import simulate
from tests.bench.neighbourhood.size import SMALL


async def test_no_law_is_broken_in_two_weeks(tmp_path: Path) -> None:
    """No turn fails, no ask is without a next step, nobody learns what they may not, and much
    happens meanwhile: otherwise the laws would hold of nothing.
    """
    outcome = await simulate(SMALL, tmp_path)
    assert outcome.laws.broken == []
    assert all(outcome.laws.looked[law] for law in laws.ALL)
    events = outcome.tally.events
    assert events[AskEventKind.AGREED] > 20
    assert all(events[kind] for kind in (AskEventKind.DONE, AskEventKind.FELL_THROUGH))
    items = outcome.mirror.items.values()
    assert any(item.passed for item in items)
    assert any(item.back for item in items)
    assert outcome.mirror.of_meeting
    assert sum(load.measure(outcome.tally.helps).actual) > 0
