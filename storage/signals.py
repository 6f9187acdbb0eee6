"""Signals as inbox rows: the one place that knows their names, keys and form."""

from datetime import datetime

from bot.core.checkins import CheckIn
from bot.core.ports import Signal
from storage.columns import microseconds
from storage.rows import Row


def signal_row(signal: Signal, *, key: str, lane: str, at: datetime) -> Row:
    """A row of `inbox`: its kind is the name of the class, its payload the signal as JSON."""
    return {
        "key": key,
        "lane": lane,
        "kind": type(signal).__name__,
        "at": at,
        "payload": signal.model_dump_json(),
    }


def checkin_signal(checkin: CheckIn, at: datetime) -> Row:
    """A due check-in as an inbox row.

    The due moment is part of the key: the same round scheduled for another moment is news.
    """
    key = f"ci:{checkin.key}@{microseconds(checkin.due)}"
    return signal_row(checkin, key=key, lane=checkin.subject, at=at)
