"""Numbers that never come back: update ids and message ids survive a restart, even a crash."""

import json
import os
import time
from pathlib import Path

# 1 January 2026; keeps time-based first numbers within 31 bits for years.
_EPOCH = 1_767_225_600
# How many numbers are promised to the disk at once: a crash skips at most this many.
_BLOCK = 1_000


def write_atomically(path: Path, content: str) -> None:
    """Replace a file so that a crash leaves either the old or the new contents."""
    draft = path.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class Counters:
    """Two rising numbers. With a data folder they go on where they were, else they follow time."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "counters.json" if folder else None
        age = int(time.time()) - _EPOCH
        self._update = 100_000_000 + age * 10
        self._message = age
        if self._path and self._path.exists():
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self._update, self._message = kept["update"], kept["message"]
        self._update_limit = self._message_limit = 0

    def next_update(self) -> int:
        """A new update id."""
        self._update += 1
        if self._path and self._update > self._update_limit:
            self._reserve(self._path)
        return self._update

    def next_message(self) -> int:
        """A new message id: higher than every earlier one, in every chat."""
        self._message += 1
        if self._path and self._message > self._message_limit:
            self._reserve(self._path)
        return self._message

    def _reserve(self, path: Path) -> None:
        self._update_limit = self._update + _BLOCK
        self._message_limit = self._message + _BLOCK
        kept = {"update": self._update_limit, "message": self._message_limit}
        write_atomically(path, json.dumps(kept))
