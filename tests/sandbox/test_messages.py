"""Messages are sent, edited, deleted and refused as Telegram does."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import ANNA, TOKEN, CallApi

BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes:1"}]]}


async def test_a_message_reaches_the_phone_with_its_buttons(api: CallApi, anna: Phone) -> None:
    sent = await api(
        "sendMessage", chat_id=ANNA, text="Gaat het?", reply_markup=BUTTON, protect_content=True
    )
    bubble = anna.last
    assert bubble.message_id == sent["message_id"]
    assert (bubble.text, bubble.buttons, bubble.protected) == ("Gaat het?", ("Ja",), True)
    assert sent["from"]["is_bot"]
    assert sent["chat"] == {"id": ANNA, "type": "private", "first_name": "Anna"}


@pytest.mark.parametrize("encoding", ["query", "form", "multipart"])
async def test_parameters_may_come_in_every_way(
    sandbox: Sandbox, http: aiohttp.ClientSession, anna: Phone, encoding: str
) -> None:
    params = {"chat_id": str(ANNA), "text": "hallo"}
    address = f"{sandbox.url}/bot{TOKEN}/sendmessage"
    if encoding == "query":
        answer = await http.get(address, params=params)
    elif encoding == "form":
        answer = await http.post(address, data=params)
    else:
        form = aiohttp.FormData(params, default_to_multipart=True)
        answer = await http.post(address, data=form)
    assert (await answer.json())["ok"]
    assert anna.last.text == "hallo"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"chat_id": 5, "text": "x"}, "Bad Request: chat not found"),
    ({"text": "x"}, "Bad Request: chat_id is empty"),
    ({"chat_id": ANNA}, "Bad Request: message text is empty"),
    ({"chat_id": ANNA, "text": " \n"}, "Bad Request: message text is empty"),
    ({"chat_id": ANNA, "text": "x" * 4097}, "Bad Request: message is too long"),
    ({"chat_id": ANNA, "text": "x", "txet": 1}, "Bad Request: sendMessage has no parameter txet"),
    (
        {"chat_id": ANNA, "text": "<b>x", "parse_mode": "HTML"},
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        {"chat_id": ANNA, "text": "a<b>x</i>", "parse_mode": "HTML"},
        (
            "Bad Request: can't parse entities: Unmatched end tag at byte offset 5, "
            'expected "</b>", found "</i>"'
        ),
    ),
    (
        {"chat_id": ANNA, "text": "é<h1>x</h1>", "parse_mode": "HTML"},
        'Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 2',
    ),
    (
        {"chat_id": ANNA, "text": "1 < 2", "parse_mode": "HTML"},
        "Bad Request: can't parse entities: Unclosed start tag at byte offset 2",
    ),
    (
        {
            "chat_id": ANNA,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]},
        },
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        {"chat_id": ANNA, "text": "x", "reply_parameters": {"message_id": 1}},
        "Bad Request: message to be replied not found",
    ),
]


@pytest.mark.parametrize(("params", "description"), REFUSED)
async def test_a_wrong_message_is_refused_in_telegrams_words(
    refusal: CallApi, anna: Phone, params: dict[str, Any], description: str
) -> None:
    assert await refusal("sendMessage", **params) == description
    assert anna.messages == []


async def test_length_counts_after_the_markup_is_taken_out(api: CallApi, anna: Phone) -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    await api("sendMessage", chat_id=ANNA, text=text, parse_mode="HTML")
    assert len(anna.last.text) == 4096


async def test_html_becomes_entities_counted_in_utf16(api: CallApi, anna: Phone) -> None:
    sent = await api(
        "sendMessage",
        chat_id=ANNA,
        parse_mode="HTML",
        text=' 🏡 <b>Let <i>op</i></b> &lt;ok&gt; <a href="https://omzien.nl/?a=1&amp;b">hier</a>'
        '<span class="tg-spoiler">?</span><blockquote expandable>q</blockquote> ',
    )
    assert sent["text"] == "🏡 Let op <ok> hier?q"
    assert sent["entities"] == [
        {"type": "bold", "offset": 3, "length": 6},
        {"type": "italic", "offset": 7, "length": 2},
        {"type": "text_link", "offset": 15, "length": 4, "url": "https://omzien.nl/?a=1&b"},
        {"type": "spoiler", "offset": 19, "length": 1},
        {"type": "expandable_blockquote", "offset": 20, "length": 1},
    ]


async def test_an_edit_changes_the_message_and_keeps_its_place(api: CallApi, anna: Phone) -> None:
    sent = await api("sendMessage", chat_id=ANNA, text="oud", reply_markup=BUTTON)
    edited = await api("editMessageText", chat_id=ANNA, message_id=sent["message_id"], text="nieuw")
    assert "reply_markup" not in edited
    assert (anna.last.text, anna.last.edited, anna.last.buttons) == ("nieuw", True, ())
    assert len(anna.messages) == 1


async def test_edits_that_telegram_refuses(api: CallApi, refusal: CallApi, anna: Phone) -> None:
    sent = await api("sendMessage", chat_id=ANNA, text="oud", reply_markup=BUTTON)
    card = {"chat_id": ANNA, "message_id": sent["message_id"]}
    same = await refusal("editMessageText", **card, text="oud", reply_markup=BUTTON)
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    assert (await refusal("editMessageReplyMarkup", **card, reply_markup=BUTTON)).startswith(
        "Bad Request: message is not modified"
    )
    gone = await refusal("editMessageText", chat_id=ANNA, message_id=1, text="x")
    assert gone == "Bad Request: message to edit not found"
    own = await anna.send("van mij")
    assert (
        await refusal("editMessageText", chat_id=ANNA, message_id=own, text="x")
        == "Bad Request: message can't be edited"
    )


async def test_deleting_works_for_48_hours(
    api: CallApi, refusal: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    first = await api("sendMessage", chat_id=ANNA, text="een")
    second = await api("sendMessage", chat_id=ANNA, text="twee")
    assert await api("deleteMessage", chat_id=ANNA, message_id=first["message_id"])
    again = await refusal("deleteMessage", chat_id=ANNA, message_id=first["message_id"])
    assert again == "Bad Request: message to delete not found"
    both = [first["message_id"], second["message_id"]]
    sandbox.clock.advance(timedelta(hours=49))
    late = await refusal("deleteMessages", chat_id=ANNA, message_ids=both)
    assert late == "Bad Request: message can't be deleted for everyone"
    assert [bubble.text for bubble in anna.messages] == ["twee"]


async def test_people_who_can_not_be_reached(
    refusal: CallApi, raw: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    sandbox.control.add_user(7, "Bram")
    stranger = await refusal("sendMessage", chat_id=7, text="x")
    assert stranger == "Forbidden: bot can't initiate conversation with a user"
    sandbox.control.block(ANNA)
    blocked = await raw("sendMessage", chat_id=ANNA, text="x")
    assert blocked["error_code"] == 403
    assert blocked["description"] == "Forbidden: bot was blocked by the user"
    sandbox.control.deactivate(ANNA)
    gone = await refusal("sendMessage", chat_id=ANNA, text="x")
    assert gone == "Forbidden: user is deactivated"


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{sandbox.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"
    async with http.get(f"{sandbox.url}/bot{TOKEN}/sendFlowers") as answer:
        assert answer.status == 404


async def test_an_answer_to_a_press_is_a_toast_and_expires(
    api: CallApi, refusal: CallApi, anna: Phone, sandbox: Sandbox
) -> None:
    await api("sendMessage", chat_id=ANNA, text="Gaat het?", reply_markup=BUTTON)
    query_id = await anna.press("Ja")
    (update,) = await api("getUpdates")
    assert update["callback_query"]["id"] == query_id
    assert update["callback_query"]["data"] == "yes:1"
    assert await api("answerCallbackQuery", callback_query_id=query_id, text="Dank u")
    assert await anna.expect_toast("Dank") == "Dank u"
    long = await refusal("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    sandbox.clock.advance(timedelta(minutes=16))
    old = await refusal("answerCallbackQuery", callback_query_id=query_id)
    assert old == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_a_photo_travels_both_ways(
    api: CallApi, sandbox: Sandbox, http: aiohttp.ClientSession, anna: Phone
) -> None:
    sandbox.control.photo(ANNA, caption="kapotte lamp")
    (update,) = await api("getUpdates")
    photo = update["message"]["photo"][-1]
    found = await api("getFile", file_id=photo["file_id"])
    async with http.get(f"{sandbox.url}/file/bot{TOKEN}/{found['file_path']}") as answer:
        assert (await answer.read()).startswith(b"\x89PNG")
    sent = await api("sendPhoto", chat_id=ANNA, photo=photo["file_id"], caption="terug")
    assert sent["photo"][-1]["file_id"] == photo["file_id"]
    form = aiohttp.FormData({"chat_id": str(ANNA), "voice": "attach://file0", "duration": "3"})
    form.add_field("file0", b"OggS", filename="v.oga")
    async with http.post(f"{sandbox.url}/bot{TOKEN}/sendVoice", data=form) as answer:
        assert (await answer.json())["result"]["voice"]["duration"] == 3


async def test_a_reply_keyboard_stays_until_it_is_taken_away(api: CallApi, anna: Phone) -> None:
    keyboard = {"keyboard": [[{"text": "Deel plek", "request_location": True}, "Nee"]]}
    await api("sendMessage", chat_id=ANNA, text="Waar?", reply_markup=keyboard)
    await anna.press("Nee")
    assert anna.messages[-1].text == "Nee"
    await api("sendMessage", chat_id=ANNA, text="Goed", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="did not come"):
        await anna.press("Nee", within=0)


async def test_commands_are_kept_per_scope_and_language(api: CallApi) -> None:
    dutch = [{"command": "hulp", "description": "Hulp"}]
    await api("setMyCommands", commands=dutch, language_code="nl")
    assert await api("getMyCommands", language_code="nl") == dutch
    assert await api("getMyCommands") == []


async def test_the_bot_can_type_and_look_up_a_chat(
    api: CallApi, refusal: CallApi, anna: Phone
) -> None:
    assert await api("sendChatAction", chat_id=ANNA, action="typing")
    assert "wrong parameter action" in await refusal(
        "sendChatAction", chat_id=ANNA, action="dancing"
    )
    assert (await api("getChat", chat_id=ANNA))["first_name"] == "Anna"
