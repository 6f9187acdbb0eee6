"""Updates are handed out until they are confirmed, to one consumer at a time."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox import MovableClock, Sandbox, create_sandbox
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import ANNA, TOKEN, CallApi


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    api: CallApi, anna: Phone
) -> None:
    await anna.send("een")
    await anna.send("twee")
    first = await api("getUpdates")
    again = await api("getUpdates")
    assert ids(first) == ids(again)
    rest = await api("getUpdates", offset=first[0]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["twee"]
    assert await api("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_forgets_all_but_the_last(api: CallApi, anna: Phone) -> None:
    for text in ("een", "twee", "drie"):
        await anna.send(text)
    kept = await api("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in kept] == ["drie"]
    assert ids(await api("getUpdates")) == ids(kept)


async def test_a_batch_holds_at_most_the_limit_and_never_more_than_100(
    api: CallApi, anna: Phone
) -> None:
    for number in range(130):
        await anna.send(str(number))
    assert len(await api("getUpdates", limit=7)) == 7
    assert len(await api("getUpdates", limit=1000)) == 100


async def test_a_long_poll_returns_as_soon_as_something_comes(
    api: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.wait_for(sandbox.world.updates.polled.wait(), 5)
    await anna.send("hallo")
    updates = await asyncio.wait_for(poll, 5)
    assert updates[0]["message"]["text"] == "hallo"


async def test_the_older_of_two_consumers_is_told_to_stop(raw: CallApi, sandbox: Sandbox) -> None:
    older = asyncio.create_task(raw("getUpdates", timeout=30))
    await asyncio.wait_for(sandbox.world.updates.polled.wait(), 5)
    assert (await raw("getUpdates"))["ok"]
    refused = await asyncio.wait_for(older, 5)
    assert refused["error_code"] == 409
    assert "terminated by other getUpdates request" in refused["description"]


async def test_updates_are_not_fetched_while_a_webhook_is_set(
    api: CallApi, refusal: CallApi
) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    assert "webhook is active" in await refusal("getUpdates")
    assert (await api("getWebhookInfo"))["url"] == "http://127.0.0.1:1/hook"
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_a_webhook_gets_every_update_in_order_until_it_takes_it(
    api: CallApi, anna: Phone
) -> None:
    taken: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    answers = [500, 200, 200]

    async def hook(request: web.Request) -> web.Response:
        status = answers.pop(0)
        if status == 200:
            secret = request.headers["X-Telegram-Bot-Api-Secret-Token"]
            taken.put_nowait((secret, (await request.json())["message"]["text"]))
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/hook", hook)
    async with TestServer(app) as server:
        await api("setWebhook", url=str(server.make_url("/hook")), secret_token="sesame")
        await anna.send("een")
        await anna.send("twee")
        first = await asyncio.wait_for(taken.get(), 5)
        second = await asyncio.wait_for(taken.get(), 5)
    assert [first, second] == [("sesame", "een"), ("sesame", "twee")]


async def test_only_the_wanted_kinds_are_kept(api: CallApi, anna: Phone, sandbox: Sandbox) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    await anna.send("hallo")
    assert await api("getUpdates") == []
    await api("getUpdates", allowed_updates=[])
    sandbox.control.block(ANNA)
    (update,) = await api("getUpdates")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_updates_are_forgotten_after_a_real_day_not_by_a_jump_of_the_clock(
    api: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    await anna.send("hallo")
    sandbox.clock.advance(timedelta(days=3))
    assert len(await api("getUpdates")) == 1
    sandbox.world.updates.now = lambda: time.time() + 25 * 3600
    assert await api("getUpdates") == []


async def test_a_duplicate_below_the_confirmed_offset_is_handed_out_once(
    api: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    await anna.send("een")
    (update,) = await api("getUpdates")
    offset = update["update_id"] + 1
    await api("getUpdates", offset=offset)
    sandbox.control.push(update)
    sandbox.control.push({"update_id": offset + 5, "nonsense": [None]})
    await anna.send("twee")
    batch = await api("getUpdates", offset=offset)
    assert ids(batch) == [offset - 1, offset + 5, offset]
    assert await api("getUpdates", offset=offset + 6) == []


async def test_numbers_go_on_after_a_restart(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    seen: list[tuple[int, int]] = []
    for stopped_cleanly in (True, False, True):
        sandbox = create_sandbox(clock=MovableClock(), cast=(), token=TOKEN, data=tmp_path)
        phone = Phone(sandbox, ANNA)
        await sandbox.start()
        message_id = await phone.send("hallo")
        async with http.get(f"{sandbox.url}/bot{TOKEN}/getUpdates?offset=-1") as answer:
            update_id = (await answer.json())["result"][0]["update_id"]
        seen.append((update_id, message_id))
        if stopped_cleanly:
            await sandbox.stop()
        else:  # as after a crash: nothing more is written
            sandbox._data = None
            await sandbox.stop()
    updates, messages = zip(*seen, strict=True)
    assert sorted(set(updates)) == list(updates)
    assert sorted(set(messages)) == list(messages)
    assert updates[0] > 1


async def test_everything_is_as_it_was_after_a_restart(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    sandbox = create_sandbox(clock=MovableClock(), cast=(), token=TOKEN, data=tmp_path)
    await sandbox.start()
    phone = Phone(sandbox, ANNA)
    await phone.send("hallo")
    sandbox.control.photo(ANNA)
    sandbox.clock.advance(timedelta(days=3))
    await sandbox.stop()
    clock = MovableClock()
    again = create_sandbox(clock=clock, cast=(), token=TOKEN, data=tmp_path)
    assert clock.offset >= timedelta(days=3)
    assert [bubble.text for bubble in Phone(again, ANNA).messages] == ["hallo", ""]
    assert len(again.world.updates.waiting) == 2
