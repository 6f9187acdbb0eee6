"""A clock that can be moved forward, so that weeks of check-ins fit in one sitting."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class MovableClock:
    """Real time plus an offset that only grows. All moments are aware and in UTC."""

    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start` (any aware moment, also in the past) or at the real time."""
        self._offset = timedelta(0) if start is None else start - datetime.now(UTC)
        self._listeners: list[Callable[[], None]] = []
        self._waiters: list[asyncio.Future[None]] = []

    def now(self) -> datetime:
        """The moment it is on this clock, in UTC."""
        return datetime.now(UTC) + self._offset

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of the real time."""
        return self._offset

    def advance(self, by: timedelta) -> None:
        """Jump forward by a duration; everyone who waits for a jump is woken.

        Raises ValueError for a negative duration: time only moves forward.
        """
        if by < timedelta(0):
            raise ValueError("The clock only moves forward; give a positive duration.")
        self._offset += by
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)
        for listener in tuple(self._listeners):
            listener()

    def advance_to(self, moment: datetime) -> None:
        """Jump to a moment; one that has passed already changes nothing."""
        self.advance(max(moment - self.now(), timedelta(0)))

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every jump."""
        self._listeners.append(listener)

    async def wait_moved(self) -> None:
        """Wait for the next jump."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await waiter
