"""The command: what an administrator reads when something is wrong, at two in the morning."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.config import EXAMPLE
from bot.sandbox import Sandbox
from bot.sandbox.state import Webhook
from tests.pipeline.bot_process import TOKEN, BotProcess

# Nothing listens there: the port is reserved and never given out.
NOWHERE = "http://127.0.0.1:1"


async def omzien(*words: str, **settings: str) -> tuple[int, str]:
    """Run the command; returns its exit code and all it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        env={"PATH": os.environ["PATH"]} | {f"OMZIEN_{k.upper()}": v for k, v in settings.items()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _nothing = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        (["run"], {}, "OMZIEN_COVENANT"),
        (["run"], {"covenant": str(EXAMPLE)}, "OMZIEN_TOKEN"),
        (["run"], {"covenant": "nowhere.toml"}, "nowhere.toml"),
        (["run"], {"covenant": str(EXAMPLE), "send_rate": "fast"}, "OMZIEN_SEND_RATE"),
        (["check", "nowhere.toml"], {}, "nowhere.toml"),
        (["invite", "professional"], {"covenant": str(EXAMPLE)}, "--partner"),
        (
            ["invite", "professional", "--partner", "XYZ"],
            {"covenant": str(EXAMPLE), "token": TOKEN},
            "omzien check",
        ),
        (
            ["invite", "volunteer", "--circle", "nergens"],
            {"covenant": str(EXAMPLE), "token": TOKEN},
            "no circle",
        ),
        (
            ["invite", "professional", "--circle", "molenstraat"],
            {"covenant": str(EXAMPLE), "token": TOKEN},
            "circles have",
        ),
        (
            ["invite", "member", "--partner", "BC"],
            {"covenant": str(EXAMPLE), "token": TOKEN},
            "circles have",
        ),
        (["db", "backup", "copy.sqlite3"], {}, "OMZIEN_DATA"),
        (["db", "upgrade"], {"database": "access://x"}, "OMZIEN_DATABASE"),
        (["db", "upgrade"], {"database": "x"}, "OMZIEN_DATABASE"),
        (["db", "upgrade"], {"data": "/proc/nowhere"}, "/proc/nowhere"),
    ],
)
async def test_what_is_wrong_is_said_in_words(
    tmp_path: Path, words: list[str], settings: dict[str, str], sentence: str
) -> None:
    """A mistake gets a sentence that says what to do, and no traceback."""
    code, said = await omzien(*words, **{"data": str(tmp_path / "data"), **settings})
    assert code != 0
    assert sentence in said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 3, said


async def test_the_token_is_never_said(tmp_path: Path) -> None:
    """Also when Telegram can't be reached at all."""
    settings = {"covenant": str(EXAMPLE), "token": TOKEN, "api_url": NOWHERE}
    code, said = await omzien(
        "invite", "professional", "--partner", "WON", data=str(tmp_path), **settings
    )
    assert code != 0
    assert TOKEN not in said
    assert TOKEN.partition(":")[2] not in said


async def test_the_example_covenant_is_sound() -> None:
    """`omzien check` without a file proves the example."""
    code, said = await omzien("check")
    assert code == 0, said


async def test_a_wrong_token_is_said_in_words(tmp_path: Path, sandbox: Sandbox) -> None:
    """Telegram does not know the token: one sentence, and no try after try."""
    code, said = await omzien(
        "run",
        data=str(tmp_path / "data"),
        covenant=str(EXAMPLE),
        token="1:wrong",
        api_url=sandbox.url,
    )
    assert code != 0
    assert "BotFather" in said
    assert "wrong" not in said


async def test_a_webhook_of_an_earlier_life_goes(tmp_path: Path, sandbox: Sandbox) -> None:
    """A token that was used with a webhook gets its updates by polling again."""
    sandbox.world.webhook = Webhook("http://127.0.0.1:1/hook")
    bot = BotProcess(tmp_path, sandbox.url)
    await bot.start()
    async with asyncio.timeout(30):
        await sandbox.world.updates.polled.wait()
    await bot.stop()
    assert sandbox.world.webhook is None
