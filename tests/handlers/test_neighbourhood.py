"""Two weeks of three circles, so that what months would break is found at once."""

from pathlib import Path

import pytest

from bot.core.helping.asks import AskEventKind
from tests.bench.neighbourhood import laws, load
from tests.bench.neighbourhood.run import Outcome, simulate
from tests.bench.neighbourhood.size import SMALL


@pytest.fixture(scope="module")
async def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What became of it."""
    folder: Path = tmp_path_factory.mktemp("buurt")
    return await simulate(SMALL, folder)


async def test_no_law_is_broken_in_two_weeks(outcome: Outcome) -> None:
    """No turn fails, no ask is without a next step, and nobody learns what they may not."""
    assert outcome.laws.broken == []
    assert all(outcome.laws.looked[law] for law in laws.ALL)


async def test_neighbours_find_each_other(outcome: Outcome) -> None:
    """Otherwise the laws would hold of nothing."""
    events = outcome.tally.events
    assert events[AskEventKind.AGREED] > 20
    assert all(events[kind] for kind in (AskEventKind.DONE, AskEventKind.FELL_THROUGH))
    assert load.measure(outcome.tally.helps).ratio <= 2
