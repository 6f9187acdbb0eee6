"""The demo's own manners: how it starts, stops and goes on."""

import asyncio
import json
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from bot.config import EXAMPLE
from bot.covenants import load
from bot.demo import working_moment
from tests.browser.demo_process import DemoProcess

RESIDENT = 1001
SECONDS = 20


async def test_a_game_goes_on_after_a_stop(demo: DemoProcess) -> None:
    async with aiohttp.ClientSession() as http:
        address = await demo.start()
        await _do(http, address, "text", user_id=RESIDENT, text="/start")
        before = await _phone_when_answered(http, address)
        await _do(http, address, "advance", seconds=7 * 86400)
        moved = datetime.fromisoformat((await _snapshot(http, address))["now"])
        assert await demo.interrupt() == (0, "")

        address = await demo.start()
        again = await _snapshot(http, address)
        assert _messages(again) == before
        assert datetime.fromisoformat(again["now"]) >= moved
    assert await demo.interrupt() == (0, "")


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-23T13:54+01:00", "2026-11-23T13:54+01:00"),  # a Monday, at work
        ("2026-11-23T06:10+01:00", "2026-11-23T08:30+01:00"),
        ("2026-11-23T15:00+01:00", "2026-11-24T08:30+01:00"),  # too late for the same day
        ("2026-11-27T19:30+01:00", "2026-11-30T08:30+01:00"),  # a Friday evening
        ("2026-11-28T11:00+01:00", "2026-11-30T08:30+01:00"),
        ("2026-12-25T11:00+01:00", "2026-12-28T08:30+01:00"),  # Christmas, then a weekend
        ("2026-10-24T23:00+02:00", "2026-10-26T08:30+01:00"),  # the clock goes back
    ],
)
def test_whenever_it_starts_it_is_working_time(now: str, begins: str) -> None:
    rules = load(EXAMPLE, unfinished=True)
    found = working_moment(rules, datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(begins)


async def test_a_game_begins_when_partners_work(demo: DemoProcess) -> None:
    calendar = load(EXAMPLE, unfinished=True).calendar
    async with aiohttp.ClientSession() as http:
        snapshot = await _snapshot(http, await demo.start())
    now = datetime.fromisoformat(snapshot["now"])
    assert calendar.next_working_moment(now) == now


async def test_a_port_that_is_taken_is_said_in_one_sentence(demo: DemoProcess) -> None:
    other = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    async with other:
        code, said = await demo.refused(other.sockets[0].getsockname()[1])
    assert code == 1
    assert said.splitlines() == [
        "Another program uses this port. Choose one with --port, or any free one with --port 0."
    ]


async def _do(http: aiohttp.ClientSession, address: str, action: str, **given: Any) -> None:
    async with http.post(f"{address}/sandbox/{action}", json=given) as answer:
        assert answer.status == 200


async def _snapshot(http: aiohttp.ClientSession, address: str) -> Any:
    async with http.get(f"{address}/sandbox/stream") as stream:
        return json.loads((await stream.content.readuntil(b"\n\n"))[6:])


async def _phone_when_answered(http: aiohttp.ClientSession, address: str) -> list[str]:
    """What stands on the resident's phone, once the bot has answered."""
    async with asyncio.timeout(SECONDS), http.get(f"{address}/sandbox/stream") as stream:
        while len(_messages(await _snapshot(http, address))) < 2:
            await stream.content.readuntil(b"\n\n")  # something changed
    return _messages(await _snapshot(http, address))


def _messages(snapshot: Any) -> list[str]:
    resident = next(phone for phone in snapshot["cast"] if phone["id"] == RESIDENT)
    return [view["message"]["text"] for view in resident["messages"]]
