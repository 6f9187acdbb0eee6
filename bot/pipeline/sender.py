"""The sender: posts what was decided, in order per chat, many chats at once."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from bot.core.clock import Clock
from bot.core.ports import Call, Priority
from bot.core.queue import Outgoing, Queue, Sent
from bot.pipeline.limits import Limits
from bot.pipeline.loops import LONGEST_WAIT, Stopping, Wake, keep_trying, kind
from bot.pipeline.verdict import Verdict, judge
from bot.telegram import Refused, Unanswered

log = logging.getLogger(__name__)

AT_ONCE = 256
"""Calls under way at the same time."""
EDITS = frozenset({"editMessageText", "editMessageReplyMarkup", "editMessageCaption"})
NEED_MESSAGE = EDITS | {"deleteMessage"}
IDLE = 60.0
"""Seconds without news after which the sender looks for itself."""


class Line(Protocol):
    """Where calls go."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call a method of the Bot API."""
        ...


class Sender:
    """One call per chat at a time; its result is kept before the chat's next call goes."""

    def __init__(
        self, line: Line, queue: Queue, limits: Limits, *, clock: Clock, decided: Wake
    ) -> None:
        self._line = line
        self._queue = queue
        self._limits = limits
        self._clock = clock
        self._decided = decided
        self._under_way: dict[int, Outgoing] = {}
        self._resting: dict[str, float] = {}
        """Chats that must wait, until when (the loop's time)."""
        self._resting_alarms: dict[str, float] = {}
        """Chats whose alarms Telegram does not take now, until when."""
        self._failures: dict[str, int] = {}
        self._sent: list[Sent] = []
        self._gone: list[int] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, stopping: Stopping) -> None:
        """Send until it is time to stop; what is under way then is waited for and kept."""
        await keep_trying(self._round, name="sender", stopping=stopping)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._keep()

    async def _round(self) -> None:
        await self._keep()
        room = AT_ONCE - len(self._under_way)
        started = 0
        if room > 0:
            busy, alarmed = self._busy(), self._alarmed()
            for outgoing in await self._queue.to_send(room, busy, alarmed):
                started += self._start(outgoing)
        if not started and not self._sent and not self._gone:
            self._limits.forget_idle()
            await self._decided.wait(self._until_next())

    async def _keep(self) -> None:
        """Write down what Telegram answered since the last time, in one transaction."""
        sent, self._sent = self._sent, []
        gone, self._gone = self._gone, []
        try:
            if sent:
                await self._queue.sent(sent)
            if gone:
                await self._queue.drop(gone)
        except BaseException:
            self._sent, self._gone = sent + self._sent, gone + self._gone
            raise
        for seq in [result.seq for result in sent] + gone:
            self._under_way.pop(seq, None)

    def _busy(self) -> set[str]:
        self._resting = self._still(self._resting)
        under_way = {o.call.chat for o in self._under_way.values() if not _apart(o.call)}
        return under_way | self._resting.keys()

    def _alarmed(self) -> set[str]:
        """Chats with an alarm under way: a second one waits, so that nobody takes all the room."""
        self._resting_alarms = self._still(self._resting_alarms)
        under_way = {o.call.chat for o in self._under_way.values() if _is_alarm(o.call)}
        return under_way | self._resting_alarms.keys()

    def _still(self, resting: Mapping[str, float]) -> dict[str, float]:
        now = self._time()
        return {chat: until for chat, until in resting.items() if until > now}

    def _until_next(self) -> float:
        now = self._time()
        ends = (*self._resting.values(), *self._resting_alarms.values())
        return min([max(0.0, until - now) for until in ends] + [IDLE])

    def _start(self, outgoing: Outgoing) -> bool:
        """Send `outgoing` if it may go now, else let its chat rest; returns whether it went."""
        call = outgoing.call
        if outgoing.seq in self._under_way or (_is_alarm(call) and call.chat in self._alarmed()):
            return False
        if not _apart(call):
            group = _is_group(call)
            wait = max(self._limits.chat_wait(call.chat, group=group), self._limits.total_wait())
            if wait:
                self._resting[call.chat] = self._time() + wait
                return False
            self._limits.take(call.chat, group=group)
        self._under_way[outgoing.seq] = outgoing
        task = asyncio.create_task(self._send(outgoing))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return True

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.warning("sending failed, trying again", extra={"error": kind(error)})
        self._decided.ring()

    async def _send(self, outgoing: Outgoing) -> None:
        call = outgoing.call
        try:
            params = await self._params(call)
            if params is None:
                self._done(outgoing, None)
                return
            self._done(outgoing, await self._line.call(call.method, params))
        except Unanswered:
            self._later(outgoing, None)
        except Refused as refused:
            await self._refused(outgoing, refused)
        except Exception:
            # The database, not Telegram: the call stays in the outbox and is taken again.
            self._under_way.pop(outgoing.seq, None)
            self._later(outgoing, None)
            raise

    async def _params(self, call: Call) -> Mapping[str, Any] | None:
        """The call's parameters with the id of the message that it names; None if that is gone."""
        if call.method not in NEED_MESSAGE or "message_id" in call.params or call.card is None:
            return call.params
        ids = await self._queue.message_ids(call.chat, call.card)
        return {**call.params, "message_id": ids[-1]} if ids else None

    def _done(self, outgoing: Outgoing, result: Any) -> None:
        self._failures.pop(outgoing.call.chat, None)
        edits = outgoing.call.method in EDITS
        ids = _renamed(outgoing.call) if edits else _message_ids(result)
        self._sent.append(Sent(outgoing.seq, outgoing.call, ids, self._clock()))

    def _later(self, outgoing: Outgoing, seconds: float | None) -> None:
        """Let the chat of `outgoing` wait: as Telegram says, or longer with each failure."""
        chat = outgoing.call.chat
        if outgoing.call.unordered:
            self._gone.append(outgoing.seq)
            return
        failures = self._failures[chat] = self._failures.get(chat, 0) + 1
        wait = seconds if seconds is not None else min(2.0 ** (failures - 3), LONGEST_WAIT)
        resting = self._resting_alarms if _is_alarm(outgoing.call) else self._resting
        resting[chat] = self._time() + wait
        self._under_way.pop(outgoing.seq, None)

    async def _refused(self, outgoing: Outgoing, refused: Refused) -> None:
        verdict = judge(refused, outgoing.call)
        log.info("refused", extra={"out": outgoing.seq, "code": refused.code})
        match verdict:
            case Verdict.DONE:
                self._done(outgoing, None)
            case Verdict.WAIT:
                self._later(outgoing, refused.retry_after or 1.0)
            case Verdict.CLOSED:
                log.error("Telegram does not accept the token")
                self._later(outgoing, LONGEST_WAIT)
            case Verdict.UNREACHABLE:
                await self._queue.unreachable(outgoing.call.chat)
                self._under_way.pop(outgoing.seq, None)
            case Verdict.BROKEN:
                await self._queue.refuse(outgoing, str(refused.code))
                self._under_way.pop(outgoing.seq, None)

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()


def _renamed(call: Call) -> tuple[int, ...]:
    """The message that was changed by its id, when the call has a new name for it."""
    return (call.params["message_id"],) if call.card and "message_id" in call.params else ()


def _apart(call: Call) -> bool:
    """Whether a call goes outside the order and the limits: danger, and answers to presses."""
    return call.unordered or _is_alarm(call)


def _is_alarm(call: Call) -> bool:
    return call.priority == Priority.DANGER and not call.unordered


def _is_group(call: Call) -> bool:
    chat_id = call.params.get("chat_id")
    return isinstance(chat_id, int) and chat_id < 0


def _message_ids(result: Any) -> tuple[int, ...]:
    messages = result if isinstance(result, list) else [result]
    return tuple(
        int(message["message_id"])
        for message in messages
        if isinstance(message, dict) and "message_id" in message
    )
