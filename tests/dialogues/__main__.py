"""Writes what the bot answers: `python -m tests.dialogues FILE` prints the dialogue of a file anew.

Only what people do is read from the file. Read what it prints before you keep it.
"""

import asyncio
import re
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path

from tests.dialogues.phones import Phones
from tests.dialogues.replay import Telling, as_answer, changes_of, lines, start_of
from tests.dialogues.village import village

WIDTH = 100
_CODE = re.compile(r"GB-[0-9A-Z]{4,5}")
_OF_CIRCLE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}(?![A-Z0-9])")


async def record(path: Path, folder: Path) -> list[str]:
    """The dialogue of a file, with the answers that the bot gives now."""
    spoken = list(lines(path.read_text()))
    written: list[str] = [raw for raw in path.read_text().splitlines() if raw.startswith("#")]
    async with village(folder, start_of(spoken), changes_of(spoken)) as scene:
        phones = Phones(scene)
        telling = Telling(phones)
        for line in spoken:
            if as_answer(line.who):
                continue
            try:
                await telling.go(line)
            except AssertionError as error:
                return [*written, f"{line.who}: {line.what}", f"# {error}"]
            written.append(f"{line.who}: {line.what}".strip())
            written += _answers(phones, telling)
    return written


def _answers(phones: Phones, telling: Telling) -> Sequence[str]:
    said: list[str] = []
    actor = telling.actor
    for name, user in phones.users.items():
        if name in telling.aside:
            phones.news[user].clear()
        for shown in phones.news[user]:
            text = _OF_CIRCLE.sub("…", _CODE.sub("GB-…", str(shown)))
            if name != actor:
                text = text.replace(":", f" → {name}:", 1)
            said += textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_long_words=False)
        phones.news[user].clear()
    return said


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write("\n".join(asyncio.run(record(Path(sys.argv[1]), Path(folder)))) + "\n")
