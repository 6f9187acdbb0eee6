"""Photos, voice messages and documents: their bytes, ids and sizes."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.errors import bad_request

# Source: the Bot API reference, getFile.
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `path` is what getFile answers."""

    file_id: str
    unique_id: str
    path: str
    mime: str
    size: int
    seconds: int = 0
    """How long a recording is."""

    def reference(self) -> dict[str, Any]:
        """The fields that every file object of the Bot API has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


class Files:
    """Files by id; kept on disk when there is a data folder, else in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "files" if folder else None
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        self.known: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}

    def add(
        self, content: bytes, group: str, suffix: str, mime: str, seconds: int = 0
    ) -> StoredFile:
        """Keep a new file; `group` is its folder in the path, such as `photos`."""
        unique = secrets.token_urlsafe(11)
        stored = StoredFile(
            file_id=f"Ag{secrets.token_urlsafe(42)}",
            unique_id=unique,
            path=f"{group}/file_{unique}{suffix}",
            mime=mime,
            size=len(content),
            seconds=seconds,
        )
        self.known[stored.file_id] = stored
        if self._folder:
            (self._folder / unique).write_bytes(content)
        else:
            self._contents[unique] = content
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file with this id; raises 400 when there is none."""
        stored = self.known.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return stored

    def by_path(self, path: str) -> StoredFile | None:
        """The file behind a path of getFile."""
        return next((f for f in self.known.values() if f.path == path), None)

    def read(self, stored: StoredFile) -> bytes:
        """The bytes of a file."""
        if self._folder:
            return (self._folder / stored.unique_id).read_bytes()
        return self._contents[stored.unique_id]
