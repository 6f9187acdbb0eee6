"""The worker: takes what waits, handles it turn by turn, and records a whole batch at once."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.core.clock import Clock
from bot.core.ports import Records
from bot.core.queue import Batch, Input, Queue
from bot.pipeline.loops import Stopping, Wake, keep_trying, kind

log = logging.getLogger(__name__)

BATCH = 100
"""Inputs in one transaction: enough to pay for the disk's flush, short enough to answer soon."""
ATTEMPTS = 3
"""Failures of its own before an input is parked."""

Handle = Callable[[Input, Records, datetime], Awaitable[None]]
"""Decides one turn: reads and changes records, or raises and leaves nothing behind."""


class Worker:
    """Handles inputs in order per lane, many lanes to a transaction."""

    def __init__(
        self,
        queue: Queue,
        handle: Handle,
        *,
        clock: Clock,
        received: Wake,
        decided: Wake,
        outside: tuple[type[Exception], ...],
        careful: bool = False,
    ) -> None:
        """Wire the worker.

        `outside` are the failures that are not a turn's own: the database is away or full.
        `careful`: after an unclean stop what waits is handled one at a time, each attempt
        committed first, so that an input which kills the process is parked in the end.
        """
        self._queue = queue
        self._handle = handle
        self._clock = clock
        self._received = received
        self._decided = decided
        self._outside = outside
        self._careful = careful

    async def run(self, stopping: Stopping) -> None:
        """Work until it is time to stop."""
        await keep_trying(self._round, name="worker", stopping=stopping)

    async def _round(self) -> None:
        inputs = await self._queue.pending(1 if self._careful else BATCH)
        if not inputs:
            self._careful = False
            await self._received.wait()
        elif self._careful:
            await self._one_by_one(inputs, count_first=True)
        else:
            await self._together(inputs)
        self._decided.ring()

    async def _together(self, inputs: Sequence[Input]) -> None:
        try:
            failed = await self._batch(inputs)
        except self._outside:
            raise
        except Exception as error:  # noqa: BLE001 (a turn wrote what the database refuses)
            log.warning("batch abandoned, one by one", extra={"error": kind(error)})
            await self._one_by_one(inputs)
        else:
            for input_ in failed:
                await self._count(input_)

    async def _batch(self, inputs: Sequence[Input]) -> list[Input]:
        """Handle `inputs` in one transaction; returns the first failed one of each lane."""
        failed: dict[str, Input] = {}
        async with self._queue.batch() as batch:
            await batch.prefetch({input_.lane for input_ in inputs})
            for input_ in inputs:
                if input_.lane not in failed and not await self._turn(batch, input_):
                    failed[input_.lane] = input_
        return list(failed.values())

    async def _turn(self, batch: Batch, input_: Input) -> bool:
        records = batch.turn()
        try:
            await self._handle(input_, records, self._clock())
        except self._outside:
            raise
        except Exception as error:  # noqa: BLE001 (whatever a handler raises is this turn's own)
            log.warning("turn failed", extra={"input": input_.seq, "error": kind(error)})
            return False
        batch.merge(records, input_)
        return True

    async def _one_by_one(self, inputs: Sequence[Input], *, count_first: bool = False) -> None:
        waiting: set[str] = set()
        for input_ in inputs:
            if input_.lane in waiting:
                continue
            if count_first:
                await self._count(input_)
                if input_.attempts + 1 >= ATTEMPTS:
                    continue
            if not await self._alone(input_):
                waiting.add(input_.lane)
                if not count_first:
                    await self._count(input_)

    async def _alone(self, input_: Input) -> bool:
        try:
            return not await self._batch([input_])
        except self._outside:
            raise
        except Exception as error:  # noqa: BLE001 (an integrity or data error is this turn's own)
            log.warning("turn refused", extra={"input": input_.seq, "error": kind(error)})
            return False

    async def _count(self, input_: Input) -> None:
        if input_.attempts + 1 >= ATTEMPTS:
            log.error("input parked", extra={"input": input_.seq})
            await self._queue.park(input_)
        else:
            await self._queue.failed(input_)
