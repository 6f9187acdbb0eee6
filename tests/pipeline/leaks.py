"""Looks for planted markers in every byte that the bot left behind."""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.pipeline.reporters import Neighbour


def leaks(folder: Path, neighbours: Sequence[Neighbour]) -> list[str]:
    """What was found where; the key file holds keys only and is looked through too."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert files, "there is nothing to look through"
    return [
        f"{kind} in {path.name}"
        for kind, marker in set(_markers(neighbours))
        for path, contents in files.items()
        if marker in contents
    ]


def _markers(neighbours: Sequence[Neighbour]) -> Iterator[tuple[str, bytes]]:
    """Texts, names, streets, and Telegram ids as digits and as binary whole numbers."""
    yield "street", b"Ganzerikhof"
    yield "text", b"zwaluwnest"
    yield "name", b"Wilhelmijntje"
    for neighbour in neighbours:
        if neighbour.voice:
            yield "file id", neighbour.voice.encode()
        number = neighbour.phone.user_id
        yield "digits", str(number).encode()
        # SQLite keeps such a number in six bytes, most significant first; others use eight.
        yield "six bytes", number.to_bytes(6, "big")
        yield "eight bytes", struct.pack(">q", number)
        yield "eight bytes turned", struct.pack("<q", number)
