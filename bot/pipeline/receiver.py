"""The receiver: keeps every update durably, and only then confirms it to Telegram."""

import logging
from collections.abc import Coroutine, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from bot.core.clock import Clock
from bot.core.ports import Call, TooMuch
from bot.core.queue import Arrival, Queue
from bot.pipeline.inflow import Inflow
from bot.pipeline.loops import Stopping, Wake, keep_trying, kind
from bot.telegram import Refused

log = logging.getLogger(__name__)

LONG_POLL = 25
"""Seconds that Telegram may hold a request without news."""


class Source(Protocol):
    """Where updates come from."""

    def updates(
        self, offset: int | None, *, wait: int
    ) -> Coroutine[Any, Any, list[dict[str, Any]]]:
        """Updates from `offset` on; asking for an offset confirms all below it."""
        ...


class Door(Protocol):
    """What the receiver must know of an update: whose chat it is, and whether it is danger."""

    def lane(self, update: Mapping[str, Any]) -> str:
        """The person key of the chat, or a key of its own for what has no person."""
        ...

    async def alarm(self, update: Mapping[str, Any]) -> tuple[Call, ...]:
        """The help numbers, when the update has words of acute danger."""
        ...


class Receiver:
    """Polls Telegram. The offset lives here only: after a restart Telegram repeats the rest."""

    def __init__(
        self,
        source: Source,
        queue: Queue,
        door: Door,
        *,
        bot_id: int,
        clock: Clock,
        received: Wake,
        danger: Wake,
    ) -> None:
        self._source = source
        self._queue = queue
        self._door = door
        self._bot_id = bot_id
        self._clock = clock
        self._received = received
        self._danger = danger
        self._inflow = Inflow()
        self._offset: int | None = None

    async def run(self, stopping: Stopping) -> None:
        """Receive until it is time to stop."""
        await keep_trying(partial(self._poll, stopping), name="receiver", stopping=stopping)

    async def _poll(self, stopping: Stopping) -> None:
        try:
            updates = await stopping.race(self._source.updates(self._offset, wait=LONG_POLL))
        except Refused as refused:
            # 409: another program, or an old one of ours, receives with this token.
            log.warning("Telegram gives no updates", extra={"code": refused.code})
            raise
        if updates:
            await self.keep(updates)
            self._offset = max(int(update["update_id"]) for update in updates) + 1

    async def keep(self, updates: list[dict[str, Any]]) -> None:
        """Store `updates` in one transaction; when this returns they are safe.

        Of who sends far too much only words of danger are kept; they are told so.
        """
        now = self._clock()
        looked_at = [await self._arrival(update, now) for update in updates]
        arrivals = [arrival for arrival in looked_at if arrival is not None]
        await self._queue.receive(arrivals)
        self._received.ring()
        if any(arrival.calls for arrival in arrivals):
            self._danger.ring()

    async def _arrival(self, update: Mapping[str, Any], now: datetime) -> Arrival | None:
        """The update as it is kept; of one too many at most that there was one."""
        key, lane = f"tg:{self._bot_id}:{update['update_id']}", self._door.lane(update)
        calls, seconds = await self._alarm(update), now.timestamp()
        if self._inflow.reads(lane, seconds) or (calls and self._inflow.alarms(lane, seconds)):
            return Arrival(key, lane, "Update", update, now, calls)
        log.info("more came in than is read")
        if not self._inflow.tells(lane, seconds):
            return None
        return Arrival(key, lane, TooMuch.__name__, TooMuch(chat=lane).model_dump(), now)

    async def _alarm(self, update: Mapping[str, Any]) -> tuple[Call, ...]:
        try:
            return await self._door.alarm(update)
        except Exception as error:  # noqa: BLE001 (an update that is odd must be kept all the same)
            log.warning("an update could not be looked at", extra={"error": kind(error)})
            return ()
