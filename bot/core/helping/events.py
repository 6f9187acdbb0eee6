"""What can happen to an ask, and how an entry in its history looks."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.core.people import Frozen


class AskEventKind(StrEnum):
    """What can happen to an ask."""

    ASKED = "asked"
    INVITED = "invited"
    DECLINED = "declined"
    """Somebody who was invited can't."""
    ON_BOARD = "on_board"
    VOLUNTEER_CALLED = "volunteer_called"
    COACH_CALLED = "coach_called"
    COORDINATOR_CALLED = "coordinator_called"
    CLAIMED = "claimed"
    AGREED = "agreed"
    REFUSED = "refused"
    """The asker would rather have someone else."""
    FELL_THROUGH = "fell_through"
    """The helper can't make it."""
    HANDING_OVER = "handing_over"
    HANDED_OVER = "handed_over"
    REMINDED = "reminded"
    SEEN = "seen"
    NOT_SEEN = "not_seen"
    ASKED_AFTER = "asked_after"
    SAID = "said"
    DONE = "done"
    CANCELLED = "cancelled"
    AGAIN = "again"
    """Looked for once more."""
    NEXT_TIME = "next_time"
    """Weekly help: this time is over, the next one is planned."""
    PASSED_ON = "passed_on"
    HANDED_BACK = "handed_back"
    """A professional gave it to a circle."""
    LEFT = "left"
    MESSAGE = "message"
    """One of the parties wrote to the others through the bot."""
    COACH_TALK = "coach_talk"
    """Somebody wrote to the coach about it, or the coach answered; what, is kept nowhere."""
    READ = "read"
    """The helper was shown the address."""
    UNREACHABLE = "unreachable"
    """Somebody left, was blocked or can't be reached any more."""
    NEW_SPEAKER = "new_speaker"
    """Who put it for somebody else can't answer for them any more; somebody else does."""
    POSTPONED = "postponed"
    THANKED = "thanked"
    GLADLY = "gladly"
    """The asker said whether this help is welcome again; what was said is only in the marks."""


class AskEvent(Frozen):
    """One entry in an ask's append-only history."""

    ask: str
    revision: int
    at: datetime
    kind: AskEventKind
    by: str | None = None
    """The person key of who did it; None: Omzien itself."""
    data: Mapping[str, Any] = {}
    """What was said or decided; sealed at rest."""
