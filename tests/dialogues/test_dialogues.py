"""Every dialogue beside this file goes as it is written."""

from pathlib import Path

import pytest

from tests.dialogues.replay import replay

DIALOGUES = sorted(Path(__file__).parent.glob("**/*.txt"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
async def test_dialogue(path: Path, tmp_path: Path) -> None:
    """The conversation of this file, turn by turn."""
    await replay(path, tmp_path)
