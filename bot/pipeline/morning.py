"""The day's messages: the digest of every working morning, and the evening's of circles."""

from datetime import date, datetime, timedelta

from bot.core.clock import Clock
from bot.core.ports import Job
from bot.core.queue import Arrival, Queue
from bot.core.worktime import Rules

DIGEST, EVENING = "digest", "evening"
DAY = timedelta(days=1)


class Morning:
    """Queues each job when its time of the day comes; its key makes a second time no news."""

    def __init__(self, rules: Rules, queue: Queue, *, clock: Clock) -> None:
        self._rules = rules
        self._queue = queue
        self._clock = clock
        self._queued: dict[str, date] = {}

    async def __call__(self) -> None:
        """Queue the jobs of today whose time has come."""
        now = self._clock()
        today = self._rules.calendar.local(now).date()
        for name, at in job_times(self._rules, today).items():
            if self._queued.get(name) != today and now >= at:
                await self._queue_job(name, today, now)

    async def _queue_job(self, name: str, today: date, now: datetime) -> None:
        job = Job(name=name, due=now)
        key = f"job:{name}:{today}"
        await self._queue.receive([Arrival(key, "job", "Job", job.model_dump(mode="json"), now)])
        self._queued[name] = today


def job_times(rules: Rules, day: date) -> dict[str, datetime]:
    """When each job of a day is due; no digest without working hours."""
    calendar, covenant = rules.calendar, rules.covenant
    times: dict[str, datetime] = {}
    if calendar.is_workday(day):
        times[DIGEST] = calendar.moment(day, covenant.hours.start)
    # An evening in the quiet hours comes after them, which can be the next morning.
    for begun in (day - DAY, day) if covenant.circles else ():
        at = calendar.outside_quiet(calendar.moment(begun, covenant.helping.evening))
        if calendar.local(at).date() == day:
            times[EVENING] = at
    return times
