"""Warm hand-over: how an item came from neighbours, or was given back to them. The types.

What may happen is in `lifecycle/handing.py`; who talks along in `helping/lines.py`.
"""

from datetime import datetime

from bot.core.people import Frozen


class Passed(Frozen):
    """Somebody of a circle passed it on for a neighbour."""

    by: str | None
    """The person key of who wrote it; None once that link has been erased."""
    circle: str | None
    ask: str | None = None
    """The key of the ask that it was."""
    agreed: datetime | None = None
    """When the neighbour said yes to it, to `by`; None: passed on without that."""
    reason: str = ""
    """Why without, in the words of `by`; only for topics for which the covenant allows it."""


class HandedBack(Frozen):
    """A professional asked a circle to do something for the person whom an item is about."""

    by: str
    """The person key of the professional."""
    circle: str
    ask: str
    """The key of the ask that came of it."""
    agreed: datetime
    """When that person said yes to it, to `by`."""
    over: datetime | None = None
    """When that ask ended; from then on a circle may be asked again."""


def asked_now(back: HandedBack | None) -> bool:
    """Whether a circle is asked for something now, besides the partner."""
    return back is not None and back.over is None
