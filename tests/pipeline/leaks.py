"""Looks for planted markers in every byte that the bot left behind."""

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
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


def in_plain(database: Path, word: str) -> set[str]:
    """The columns of a database in which a word can be read, as `table.column`."""
    with closing(sqlite3.connect(database)) as line:
        tables = [name for (name,) in line.execute("SELECT name FROM pragma_table_list")]
        columns = [
            (table, column)
            for table in tables
            for (column,) in line.execute("SELECT name FROM pragma_table_info(?)", (table,))
        ]
        found = 'SELECT 1 FROM "{}" WHERE instr(lower("{}"), ?) LIMIT 1'
        return {
            f"{table}.{column}"
            for table, column in columns
            if line.execute(found.format(table, column), (word,)).fetchone()
        }
