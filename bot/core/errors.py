"""The one tree of exceptions; a docstring is the default message and says what to do."""

import inspect


class OmzienError(Exception):
    """Something went wrong; look in the log for the reference."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or inspect.getdoc(type(self)))


class NotAllowed(OmzienError):
    """You have no mandate for this."""


class NotFound(OmzienError):
    """This does not exist, or not any more."""


class Stale(OmzienError):
    """Someone was before you; look at the newest state."""
