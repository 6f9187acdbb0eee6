"""The sandbox as a process of its own: prints its address as one JSON line, then serves."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from bot.sandbox.app import create_sandbox
from bot.sandbox.clock import MovableClock

DEFAULT_TOKEN = "123456:sandbox"  # noqa: S105 - opens nothing but this pretend Telegram


async def serve(host: str, port: int, token: str, data: Path | None) -> None:
    """Serve until SIGTERM or SIGINT."""
    sandbox = create_sandbox(clock=MovableClock(), cast=(), token=token, data=data)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await sandbox.start(host, port)
    sys.stdout.write(json.dumps({"url": sandbox.url, "token": token}) + "\n")
    sys.stdout.flush()
    await stop.wait()
    await sandbox.stop()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the token the bot must use")
    parser.add_argument("--data", type=Path, help="folder in which everything is kept")
    given = parser.parse_args()
    asyncio.run(serve(given.host, given.port, given.token, given.data))


if __name__ == "__main__":
    main()
