"""What is asked of whom and when: an item's check-ins follow from its state."""

from datetime import datetime
from enum import StrEnum

from bot.core.people import Frozen


class Ask(StrEnum):
    """What a check-in asks or does."""

    RESPOND = "respond"
    """The ladder: the holder, then the deputy, then the coordinator."""
    PROGRESS = "progress"
    REPORTER = "reporter"
    TOLD = "told"
    AFTERCARE = "aftercare"
    DRAFT = "draft"
    """A form that was left: remind once, then forget."""
    BLANK = "blank"
    """An opened card: take its contents off the screen."""


class CheckIn(Frozen):
    """A moment at which something is asked or done; a row that fires once.

    `subject` is what it belongs to: an item's key, or `chat:<person key>` for a draft, or
    `card:<person key>:<card>` for an opened card. All check-ins of a subject are replaced at once.
    """

    subject: str
    ask: Ask
    round: int
    """With `subject` and `ask` it makes the check-in's name; a round never comes back."""
    due: datetime

    @property
    def key(self) -> str:
        """Its name: unique for ever."""
        return f"{self.subject}/{self.ask}/{self.round}"
