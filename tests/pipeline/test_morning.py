"""The day's messages: each is queued once, when its time of the day has come."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.config import EXAMPLE
from bot.core.worktime import Rules
from bot.covenants import load
from bot.pipeline.morning import Morning
from storage import Store

ZONE = ZoneInfo("Europe/Amsterdam")


async def queued(store: Store, rules: Rules, *moments: str) -> list[str]:
    """Which jobs wait after looking at these moments."""
    at = [datetime.fromisoformat(moment).replace(tzinfo=ZONE) for moment in moments]
    morning = Morning(rules, store, clock=lambda: at.pop(0))
    for _moment in moments:
        await morning()
    return [str(one.payload["name"]) for one in await store.pending(10)]


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The worked example."""
    return load(EXAMPLE)


@pytest.mark.parametrize(
    ("moments", "jobs"),
    [
        (["2026-03-02 07:00"], []),
        (["2026-03-02 09:01", "2026-03-02 12:00"], ["digest"]),
        (["2026-03-02 18:59"], ["digest"]),
        (["2026-03-02 19:00", "2026-03-02 20:00"], ["digest", "evening"]),
        # A Sunday: partners don't work, neighbours do.
        (["2026-03-01 19:00"], ["evening"]),
        (["2026-03-01 19:00", "2026-03-02 09:01", "2026-03-02 19:00"], ["evening", "digest"]),
    ],
)
async def test_each_job_once_a_day(
    store: Store, rules: Rules, moments: list[str], jobs: list[str]
) -> None:
    """At its own time; the evening's also on days without work."""
    found = await queued(store, rules, *moments)
    assert found[: len(jobs)] == jobs


async def test_another_process_adds_nothing(store: Store, rules: Rules) -> None:
    """The key of the job is that of the day."""
    await queued(store, rules, "2026-03-02 19:00")
    assert await queued(store, rules, "2026-03-02 19:05") == ["digest", "evening"]


async def test_an_evening_in_the_quiet_hours_comes_after_them(store: Store, rules: Rules) -> None:
    """Nobody is disturbed at night for how things stand."""
    helping = rules.covenant.helping.model_copy(update={"evening": time(23)})
    covenant = rules.covenant.model_copy(update={"helping": helping})
    late = Rules(covenant, rules.calendar)
    assert await queued(store, late, "2026-03-01 07:59") == []
    assert await queued(store, late, "2026-03-01 08:00", "2026-03-01 23:30") == ["evening"]


async def test_no_evening_without_circles(store: Store, rules: Rules) -> None:
    """A covenant of partners only has nobody to tell."""
    without = Rules(rules.covenant.model_copy(update={"circles": ()}), rules.calendar)
    assert await queued(store, without, "2026-03-02 20:00") == ["digest"]
