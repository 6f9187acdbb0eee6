"""Whatever a person does on a phone reaches the bot as the update that Telegram would send."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.control import Control
from bot.sandbox.errors import SandboxError
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import ANNA, CallApi

GESTURES: list[tuple[str, Callable[[Control], object]]] = [
    ("text", lambda c: c.text(ANNA, "hallo")),
    ("photo", lambda c: c.photo(ANNA)),
    ("media_group_id", lambda c: c.album(ANNA, 1)),
    ("voice", lambda c: c.voice(ANNA)),
    ("location", lambda c: c.location(ANNA, 51.5, 5.7)),
    ("contact", lambda c: c.contact(ANNA)),
    ("sticker", lambda c: c.sticker(ANNA)),
    ("document", lambda c: c.document(ANNA)),
    ("forward_origin", lambda c: c.forward(ANNA, "doorgestuurd")),
    ("dice", lambda c: c.message(ANNA, dice={"emoji": "🎲", "value": 3})),
]


@pytest.mark.parametrize(("field", "gesture"), GESTURES, ids=[name for name, _ in GESTURES])
async def test_a_gesture_becomes_a_message(
    api: CallApi,
    anna: Phone,
    sandbox: Sandbox,
    field: str,
    gesture: Callable[[Control], object],
) -> None:
    gesture(sandbox.control)
    (update,) = await api("getUpdates")
    assert field in update["message"]
    assert update["message"]["from"]["id"] == ANNA


async def test_commands_in_a_text_are_marked(api: CallApi, anna: Phone) -> None:
    await anna.send("🏡 /start@OmzienOefenBot nu")
    (update,) = await api("getUpdates")
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 3, "length": 21}]


async def test_a_long_text_becomes_several_messages(api: CallApi, anna: Phone) -> None:
    await anna.send("x" * 5000)
    assert [len(u["message"]["text"]) for u in await api("getUpdates")] == [4096, 904]


async def test_an_edit_and_a_reply_name_the_message(
    api: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    first = await anna.send("oud")
    await anna.send("antwoord", reply_to=first)
    sandbox.control.edit(ANNA, first, "nieuw")
    _, reply, edit = await api("getUpdates")
    assert reply["message"]["reply_to_message"]["message_id"] == first
    assert edit["edited_message"]["text"] == "nieuw"
    assert edit["edited_message"]["message_id"] == first


async def test_groups_channels_and_inline_mode_can_be_tried(
    api: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    sandbox.control.add_group(-100, "Straat", members=[ANNA])
    sandbox.control.add_group(-200, "Nieuws", "channel")
    sandbox.control.group_text(-100, ANNA, "/hallo")
    sandbox.control.channel_post(-200, "bericht")
    sandbox.control.inline_query(ANNA, "zoek")
    group, channel, inline = await api("getUpdates")
    assert group["message"]["chat"]["type"] == "supergroup"
    assert channel["channel_post"]["chat"]["title"] == "Nieuws"
    assert inline["inline_query"]["query"] == "zoek"


async def test_a_phone_waits_for_what_it_expects(api: CallApi, anna: Phone) -> None:
    await anna.send("hallo")
    waiting = asyncio.create_task(anna.expect("welkom"))
    await api("sendMessage", chat_id=ANNA, text="iets anders")
    await api("sendMessage", chat_id=ANNA, text="welkom, Anna")
    assert (await waiting).text == "welkom, Anna"
    with pytest.raises(AssertionError, match="did not come"):
        await anna.expect("welkom", within=0)


async def test_the_same_control_is_there_over_http(
    sandbox: Sandbox, http: aiohttp.ClientSession, anna: Phone
) -> None:
    async def do(action: str, body: Any) -> Any:
        async with http.post(f"{sandbox.url}/sandbox/{action}", json=body) as answer:
            return await answer.json()

    steps = [{"do": "text", "user_id": ANNA, "text": str(n)} for n in range(2000)]
    assert len((await do("batch", steps))["result"]) == 2000
    views = (await do("read", {"chat_id": ANNA}))["result"]
    assert [view["message"]["text"] for view in views] == [str(n) for n in range(2000)]
    assert (await do("press", {"user_id": ANNA, "message_id": 1}))["error"]
    assert (await do("__init__", {}))["error"] == "There is no such action."
    async with http.post(f"{sandbox.url}/sandbox/read", data=b"{}") as answer:
        assert answer.status == 415


async def test_someone_who_blocked_the_bot_can_not_write(anna: Phone, sandbox: Sandbox) -> None:
    sandbox.control.block(ANNA)
    with pytest.raises(SandboxError):
        await anna.send("hallo")
    sandbox.control.unblock(ANNA)
    await anna.send("hallo")
