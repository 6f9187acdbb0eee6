"""Groups: who is in them, what the bot may read there, and where its links lead."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.errors import SandboxError
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import ANNA, CallApi

STREET, PIOTR = -1001, 1002
LINK = "https://t.me/OmzienOefenBot?start=ask_7"
MARKUP = {
    "inline_keyboard": [
        [{"text": "Ik kan helpen", "url": LINK}, {"text": "Ja", "callback_data": "yes"}]
    ]
}


@pytest.fixture
def street(sandbox: Sandbox, anna: Phone) -> int:
    """A group of two, with the bot in it."""
    Phone(sandbox, PIOTR, "Piotr")
    sandbox.control.add_group(STREET, "Molenstraat", members=[ANNA, PIOTR])
    return STREET


async def test_the_bot_reads_only_what_is_for_it(
    api: CallApi, sandbox: Sandbox, street: int
) -> None:
    sent = await api("sendMessage", chat_id=street, text="Er is een vraag.")
    control = sandbox.control
    for text in ("hallo buren", "/koppel ABC", "/koppel@OmzienOefenBot ABC", "/koppel@AnderBot"):
        control.group_text(street, PIOTR, text)
    control.group_text(street, PIOTR, "ik!", reply_to=sent["message_id"])
    control.leave_group(street, ANNA)
    told = [update["message"] for update in await api("getUpdates")]
    texts = ["/koppel ABC", "/koppel@OmzienOefenBot ABC", "ik!", None]
    assert [message.get("text") for message in told] == texts
    assert told[-1]["left_chat_member"]["id"] == ANNA
    assert {message["chat"]["type"] for message in told} == {"supergroup"}


async def test_an_administrator_reads_all(api: CallApi, sandbox: Sandbox, street: int) -> None:
    sandbox.world.chats[street].bot = "administrator"
    sandbox.control.group_text(street, PIOTR, "hallo buren")
    assert len(await api("getUpdates")) == 1


async def test_it_hears_when_it_comes_and_when_it_has_to_go(
    api: CallApi, refusal: CallApi, sandbox: Sandbox, anna: Phone
) -> None:
    control = sandbox.control
    control.add_group(STREET, "Molenstraat", members=[ANNA], with_bot=False)
    control.group_text(STREET, ANNA, "/niemand")
    control.add_bot(STREET, ANNA, "koppel_ABC")
    added, note, start = await api("getUpdates")
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert note["message"]["new_chat_members"][0]["is_bot"]
    assert start["message"]["text"] == "/start@OmzienOefenBot koppel_ABC"
    await api("sendMessage", chat_id=STREET, text="Dag")
    control.remove_bot(STREET, ANNA)
    *_, removed = await api("getUpdates")
    assert removed["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    why = await refusal("sendMessage", chat_id=STREET, text="Dag")
    assert why == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_press_says_who_pressed_and_where(
    api: CallApi, sandbox: Sandbox, street: int
) -> None:
    sent = await api("sendMessage", chat_id=street, text="?", reply_markup=MARKUP)
    sandbox.control.press(PIOTR, sent["message_id"], 1, chat_id=street)
    (update,) = await api("getUpdates")
    query: dict[str, Any] = update["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (PIOTR, street)
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Dank u")
    assert sandbox.control.toasts(street)[0]["user_id"] == PIOTR


async def test_a_link_opens_the_own_chat_of_who_taps(
    api: CallApi, sandbox: Sandbox, street: int
) -> None:
    sent = await api("sendMessage", chat_id=street, text="?", reply_markup=MARKUP)
    assert sandbox.control.press(PIOTR, sent["message_id"], 0, chat_id=street) == ""
    (update,) = await api("getUpdates")
    message = update["message"]
    assert (message["chat"]["id"], message["text"]) == (PIOTR, "/start ask_7")
    await api("sendMessage", chat_id=PIOTR, text="Fijn!")
    with pytest.raises(SandboxError):
        sandbox.control.follow(PIOTR, "https://t.me/AnderBot?start=x")


async def test_who_is_not_in_it_can_do_nothing_there(sandbox: Sandbox, street: int) -> None:
    sandbox.control.leave_group(street, ANNA)
    with pytest.raises(SandboxError):
        sandbox.control.group_text(street, ANNA, "/koppel")
    sandbox.control.join_group(street, ANNA)
    sandbox.control.group_text(street, ANNA, "/koppel")


async def test_an_upgraded_group_goes_on_under_another_id(
    api: CallApi, raw: CallApi, sandbox: Sandbox, anna: Phone
) -> None:
    sandbox.control.add_group(STREET, "Molenstraat", "group", members=[ANNA])
    sandbox.control.upgrade_group(STREET, -100_7, ANNA)
    old, new = await api("getUpdates")
    assert (old["message"]["chat"]["id"], old["message"]["migrate_to_chat_id"]) == (STREET, -100_7)
    assert (new["message"]["chat"]["type"], new["message"]["migrate_from_chat_id"]) == (
        "supergroup",
        STREET,
    )
    refused = await raw("sendMessage", chat_id=STREET, text="Dag")
    assert refused["parameters"] == {"migrate_to_chat_id": -100_7}
    await api("sendMessage", chat_id=-100_7, text="Dag")
    with pytest.raises(SandboxError):
        sandbox.control.upgrade_group(-100_7, -100_8, ANNA)
