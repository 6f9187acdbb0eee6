"""Trouble can be switched on: limits, bad gateways and lost connections."""

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import ANNA, TOKEN, CallApi


async def test_too_many_requests_says_how_long_to_wait(
    raw: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    sandbox.control.fail("too_many_requests", calls=1, retry_after=7, methods=["sendMessage"])
    assert (await raw("getMe"))["ok"]
    refused = await raw("sendMessage", chat_id=ANNA, text="x")
    assert refused["error_code"] == 429
    assert refused["parameters"] == {"retry_after": 7}
    assert (await raw("sendMessage", chat_id=ANNA, text="x"))["ok"]
    assert len(anna.messages) == 1


async def test_a_bad_gateway_answers_with_a_page(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    sandbox.control.fail("bad_gateway", calls=1)
    async with http.get(f"{sandbox.url}/bot{TOKEN}/getMe") as answer:
        assert answer.status == 502
        assert "<html>" in await answer.text()


@pytest.mark.parametrize(("kind", "delivered"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_dropped_connection_may_hide_a_delivered_message(
    raw: CallApi, anna: Phone, sandbox: Sandbox, kind: str, delivered: int
) -> None:
    sandbox.control.fail(kind, calls=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("sendMessage", chat_id=ANNA, text="x")
    assert len(anna.messages) == delivered


async def test_the_same_seed_gives_the_same_luck(
    raw: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    runs = []
    for _ in range(2):
        sandbox.control.fail("too_many_requests", probability=0.5, seed=3)
        runs.append([(await raw("getMe"))["ok"] for _ in range(20)])
        sandbox.control.recover()
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 2
