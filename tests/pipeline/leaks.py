"""Looks for planted markers in every byte that the bot left behind."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

Marker = tuple[str, bytes]
"""What it is, and its bytes."""


def leaks(folder: Path, markers: Iterable[Marker]) -> list[str]:
    """What was found where; the key file holds keys only and is looked through too."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert files, "there is nothing to look through"
    return [
        f"{kind} in {path.name}"
        for kind, marker in set(markers)
        for path, contents in files.items()
        if marker in contents
    ]


def number(telegram_id: int) -> Iterator[Marker]:
    """An id of Telegram as digits, and as binary whole numbers; that of a group is negative."""
    yield "digits", str(abs(telegram_id)).encode()
    # SQLite keeps such a number in six bytes, most significant first; others use eight.
    yield "six bytes", telegram_id.to_bytes(6, "big", signed=True)
    yield "eight bytes", struct.pack(">q", telegram_id)
    yield "eight bytes turned", struct.pack("<q", telegram_id)
