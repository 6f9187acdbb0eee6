"""Logs: a constant message and fields; never a text that someone wrote, nor an exception's text."""

import logging
from types import TracebackType

from bot.pipeline.loops import kind

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Fields(logging.Formatter):
    """One line per record: time, level, message and its fields; of exceptions type and place."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        """The message with the record's own fields behind it."""
        fields = {k: v for k, v in vars(record).items() if k not in _STANDARD}
        return super().formatMessage(record) + "".join(f" {k}={v}" for k, v in fields.items())

    def formatException(  # noqa: N802 (logging's own name)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Only what kind of exception, and where: its text may quote contents."""
        return kind(ei[1]) if ei[1] is not None else ""


def set_up_logging(*, verbose: bool = False) -> None:
    """Log to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Fields())
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, handlers=[handler], force=True
    )
    # These name addresses or quote what they handle below this level.
    for name in ("telegram", "httpx", "aiohttp", "apscheduler", "sqlalchemy", "aiosqlite"):
        logging.getLogger(name).setLevel(logging.WARNING)
