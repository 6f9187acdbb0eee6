"""The watch: stands between the worker and the handlers, and looks at every turn as it ends."""

import logging
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot.core.ports import Records
from bot.core.queue import Input
from storage.records import TurnRecords
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.laws import DISCLOSURE, HANDLED, Laws
from tests.bench.neighbourhood.mirror import Happened, Mirror
from tests.dialogues.village import Line

Handle = Callable[[Input, Records, datetime], Awaitable[None]]
Listen = Callable[[Happened], None]


class Watch:
    """Handles a turn, then shows it to the laws and to who counts."""

    def __init__(self, handle: Handle, mirror: Mirror, laws: Laws, listen: Listen) -> None:
        self._handle = handle
        self._mirror = mirror
        self._laws = laws
        self._listen = listen

    async def __call__(self, input_: Input, records: Records, now: datetime) -> None:
        """One turn; a failure is noted, and stays one."""
        try:
            await self._handle(input_, records, now)
        except Exception:
            self._laws.breach(HANDLED, traceback.format_exc(limit=-4))
            raise
        assert isinstance(records, TurnRecords)
        happened = self._mirror.turn(input_, records.changes, now)
        self._laws.turn(happened)
        self._listen(happened)


class WatchedLine:
    """Where calls go; what gives something away must have been looked at when it was decided."""

    def __init__(self, line: Line, laws: Laws) -> None:
        self._line = line
        self._laws = laws
        self.sent = 0
        self.seen: set[tuple[Any, str]] = set()

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call a method of the Bot API."""
        self.sent += 1
        text = str(params.get("text", ""))
        if marks.found(text) and (params.get("chat_id"), text) not in self.seen:
            self._laws.breach(DISCLOSURE, "something was sent that no turn decided")
        return await self._line.call(method, params)

    def decided(self, happened: Happened) -> None:
        """Remember what a turn lets be said."""
        for call in happened.changes.calls:
            text = str(call.params.get("text", ""))
            if marks.found(text):
                self.seen.add((call.params.get("chat_id"), text))


class Alarms(logging.Handler):
    """Whatever the pipeline warns of is a broken law here."""

    def __init__(self, laws: Laws) -> None:
        super().__init__(logging.WARNING)
        self._laws = laws

    def emit(self, record: logging.LogRecord) -> None:
        """Note it, with what went wrong just then."""
        what = traceback.format_exc(limit=-4) if sys.exc_info()[0] else ""
        self._laws.breach(HANDLED, f"{record.name}: {record.getMessage()} {what}")
