"""The daily jobs: which are due by the covenant's own days, queued once each by their name."""

from datetime import datetime, time

from bot.core.clock import Clock
from bot.core.ports import Job
from bot.core.queue import Arrival, Queue
from bot.core.worktime import Rules

UPKEEP_AT = time(3, 0)
"""Local time of retention and backup: when nobody is waiting."""


class Daily:
    """Queues the morning's digest and the night's upkeep, once a day, also after a restart."""

    def __init__(self, rules: Rules, queue: Queue, *, clock: Clock) -> None:
        self._rules = rules
        self._queue = queue
        self._clock = clock
        self._queued: set[str] = set()

    async def __call__(self) -> None:
        """Queue the jobs of today whose time has come; the same name twice is no news."""
        now = self._clock()
        fresh = {name: job for name, job in self._due(now).items() if name not in self._queued}
        if not fresh:
            return
        await self._queue.receive(
            [
                Arrival(name, "job", "Job", job.model_dump(mode="json"), now)
                for name, job in fresh.items()
            ]
        )
        self._queued = set(self._due(now))

    def _due(self, now: datetime) -> dict[str, Job]:
        local = self._rules.calendar.local(now)
        hours = self._rules.covenant.hours
        jobs = []
        if local.time() >= UPKEEP_AT:
            jobs.append(Job(name="upkeep", due=now))
        if self._rules.calendar.is_workday(local.date()) and local.time() >= hours.start:
            jobs.append(Job(name="digest", due=now))
        return {f"job:{job.name}:{local.date()}": job for job in jobs}
