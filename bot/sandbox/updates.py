"""Updates that wait for the bot: kept 24 hours, handed out until the bot confirms them."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.counters import Counters
from bot.sandbox.errors import conflict

# Source: the Bot API reference, getUpdates.
KEPT_SECONDS = 24 * 3600
MAX_BATCH = 100
MAX_WAIT_SECONDS = 50.0
# Not delivered unless asked for by name.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(slots=True)
class Pending:
    """One update as it will be sent, with when it was stored (seconds since 1970)."""

    update_id: int
    body: bytes
    stored_at: float
    late: bool = False
    delivered: bool = False


class UpdateQueue:
    """Hands out the earliest unconfirmed updates; an offset confirms all below it."""

    def __init__(self, counters: Counters) -> None:
        # The real time, not the movable one: a jump of the clock is no absence of the bot.
        self.now: Callable[[], float] = time.time
        self.waiting: deque[Pending] = deque()
        self.allowed: frozenset[str] | None = None
        self.on_put: Callable[[], None] | None = None
        self._counters = counters
        self._highest = 0
        self._late = 0
        self._poll: asyncio.Future[None] | None = None
        self.polled = asyncio.Event()
        """Set while a consumer waits for updates: the bot is there and has caught up."""

    def put(self, kind: str, payload: dict[str, Any]) -> int:
        """Add a new update and return its id; 0 if the bot did not ask for this kind."""
        wanted = kind not in _ON_REQUEST if self.allowed is None else kind in self.allowed
        if not wanted:
            return 0
        update_id = self._counters.next_update()
        self._add(update_id, {"update_id": update_id, kind: payload})
        return update_id

    def push(self, update: dict[str, Any]) -> None:
        """Add an update exactly as given: a duplicate, one out of order, or poison.

        One whose id lies below an earlier one is still handed out once, whatever was confirmed.
        """
        given = update.get("update_id")
        update_id = given if isinstance(given, int) else self._counters.next_update()
        self._add(update_id, update)

    def _add(self, update_id: int, update: dict[str, Any]) -> None:
        body = json.dumps(update).encode()
        late = update_id <= self._highest
        self._highest = max(self._highest, update_id)
        self._late += late
        self.waiting.append(Pending(update_id, body, self.now(), late))
        self._wake()
        if self.on_put:
            self.on_put()

    def restore(self, pending: Pending) -> None:
        """Put back an update of an earlier run."""
        self._highest = max(self._highest, pending.update_id)
        self._late += pending.late
        self.waiting.append(pending)

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def close(self) -> None:
        """Let a waiting consumer go with what there is."""
        self._wake()

    async def take(self, offset: int, limit: int, wait: float) -> list[bytes]:
        """Confirm below `offset`, then return up to `limit` updates, waiting `wait` seconds.

        Raises a 409 when another consumer comes while this one waits.
        """
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(TERMINATED))
        self._confirm(offset)
        batch = self._batch(limit)
        if batch or wait <= 0:
            return batch
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            await asyncio.wait_for(poll, min(wait, MAX_WAIT_SECONDS))
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self.polled.clear()
        return self._batch(limit)

    def _batch(self, limit: int) -> list[bytes]:
        self._forget_old()
        bodies: list[bytes] = []
        for pending in self.waiting:
            if len(bodies) == limit:
                break
            pending.delivered = True
            bodies.append(pending.body)
        return bodies

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.waiting) > -offset:
                self.drop_first()
        elif offset > 0:
            self._highest = max(self._highest, offset - 1)
            self._drop_below(offset)

    def _drop_below(self, offset: int) -> None:
        while self.waiting and self._is_confirmed(self.waiting[0], offset):
            self.drop_first()
        if self._late:  # ids are out of order: what is confirmed may lie anywhere
            self.waiting = deque(p for p in self.waiting if not self._is_confirmed(p, offset))
            self._late = sum(p.late for p in self.waiting)

    @staticmethod
    def _is_confirmed(pending: Pending, offset: int) -> bool:
        return pending.update_id < offset and (pending.delivered or not pending.late)

    def _forget_old(self) -> None:
        oldest = self.now() - KEPT_SECONDS
        while self.waiting and self.waiting[0].stored_at < oldest:
            self.drop_first()

    def drop_first(self) -> None:
        """Forget the earliest update."""
        self._late -= self.waiting.popleft().late

    def clear(self) -> None:
        """Forget all updates."""
        self.waiting.clear()
        self._late = 0
