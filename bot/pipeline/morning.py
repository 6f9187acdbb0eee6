"""The morning's digest: queued once on every working day of the covenant."""

from datetime import date

from bot.core.clock import Clock
from bot.core.ports import Job
from bot.core.queue import Arrival, Queue
from bot.core.worktime import Rules


class Morning:
    """Queues the digest when the working day begins; its key makes a second time no news."""

    def __init__(self, rules: Rules, queue: Queue, *, clock: Clock) -> None:
        self._rules = rules
        self._queue = queue
        self._clock = clock
        self._queued: date | None = None

    async def __call__(self) -> None:
        """Queue today's digest if its time has come."""
        now = self._clock()
        local = self._rules.calendar.local(now)
        today = local.date()
        begun = local.time() >= self._rules.covenant.hours.start
        if today == self._queued or not begun or not self._rules.calendar.is_workday(today):
            return
        job = Job(name="digest", due=now)
        key = f"job:{job.name}:{today}"
        await self._queue.receive([Arrival(key, "job", "Job", job.model_dump(mode="json"), now)])
        self._queued = today
