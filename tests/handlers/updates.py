"""Every kind of update that a stranger can cause, as Telegram would send it."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

GROUPS: tuple[Json, ...] = (
    {"id": -100, "type": "supergroup", "title": "Buurt"},
    {"id": -200, "type": "channel", "title": "Nieuws"},
)

_BOT = {"id": 424242, "is_bot": True, "first_name": "Omzien"}
LEFT: Json = {"user": _BOT, "status": "left"}
HERE: Json = {"user": _BOT, "status": "member"}
GONE: Json = {"user": _BOT, "status": "kicked", "until_date": 0}

FILE = {"file_id": "AgAD", "file_unique_id": "u1"}
PICTURE = [{**FILE, "width": 90, "height": 90}]
ORIGIN = {"type": "hidden_user", "sender_user_name": "Iemand", "date": 1}
PLACE = {"latitude": 51.55, "longitude": 5.69}

TEXTS: Mapping[str, str] = {
    "words": "Er staat iemand voor de deur",
    "number": "1",
    "huge number": "9" * 300,
    "other digits": "٣",
    "4096 letters": "a" * 4096,
    "4096 emoji": "😀" * 4096,
    "2000 emoji": "😀" * 1999 + "a",
    "zalgo": "H̷̡̛̖e̶̺͌l̵̰̈́p̴̝̚" * 40,
    "right-to-left override": "\u202edrow neddibrof\u202c",
    "zero width": "\u200b\u200d\u2060",
    "null bytes": "a\x00b\x00",
    "lone surrogate": "a\ud83d",
    "control characters": "\x07\x1b[31m",
    "html": "<b>&amp;</i> <script>alert(1)</script> &lt;",
    "sql": "'; DROP TABLE items; --",
    "csv": '=HYPERLINK("http://x.example","x")',
    "braces": "{partner} {0} {} %s %(x)s {code.__class__}",
    "colons": "answer:yes:1",
    "spaces": " \n\t ",
    "slash": "/",
    "unknown command": "/bestaatniet",
    "command for another bot": "/start@eenanderebot",
    "personal number": "BSN 111222333, IBAN NL91ABNA0417164300",
    "danger": "help hij heeft een mes",
}

MESSAGES: Mapping[str, Json] = {
    "photo": {"photo": PICTURE},
    "photo with words": {"photo": PICTURE, "caption": "<b>Kijk</b> {x}"},
    "photo of an album": {"photo": PICTURE, "media_group_id": "g1"},
    "voice": {"voice": {**FILE, "duration": 3}},
    "audio": {"audio": {**FILE, "duration": 3}},
    "video": {"video": {**FILE, "duration": 3, "width": 1, "height": 1}},
    "video of an album": {
        "video": {**FILE, "duration": 3, "width": 1, "height": 1},
        "media_group_id": "g2",
    },
    "video note": {"video_note": {**FILE, "duration": 3, "length": 1}},
    "document": {"document": {**FILE, "file_name": "x.pdf"}},
    "animation": {
        "animation": {**FILE, "duration": 1, "width": 1, "height": 1},
        "document": {**FILE},
    },
    "sticker": {
        "sticker": {
            **FILE, "type": "regular", "width": 1, "height": 1,
            "is_animated": False, "is_video": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "contact": {"contact": {"phone_number": "+31600000000", "first_name": "Jan"}},
    "location": {"location": PLACE},
    "impossible location": {"location": {"latitude": 1e308, "longitude": -1e308}},
    "live location": {"location": {**PLACE, "live_period": 60}},
    "venue": {"venue": {"location": PLACE, "title": "Plein", "address": "1"}, "location": PLACE},
    "poll": {
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
            "allows_revoting": False, "members_only": False,
        }
    },
    "forwarded text": {"text": "Van iemand anders", "forward_origin": ORIGIN},
    "forwarded photo": {"photo": PICTURE, "forward_origin": ORIGIN},
    "forwarded voice": {"voice": {**FILE, "duration": 3}, "forward_origin": ORIGIN},
    "story": {"story": {"chat": {"id": 5, "type": "private"}, "id": 1}},
    "pinned": {
        "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}
    },
    "timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "shared users": {"users_shared": {"request_id": 1, "users": []}},
    "web app": {"web_app_data": {"data": "x", "button_text": "x"}},
    "something new": {"a_message_of_next_year": {"x": 1}},
    "empty": {},
}  # fmt: skip

# `{rev}` becomes the turn number of the prompt at hand.
PRESSES = (
    "answer:yes:{rev}",
    "answer:no:{rev}",
    "answer:noise:{rev}",
    "answer:send:{rev}",
    "answer:unsafe:0",
    "answer:constructor:{rev}",
    "answer::{rev}",
    "skip::{rev}",
    "back::{rev}",
    "change::{rev}",
    "change:what:{rev}",
    "change:nothing:{rev}",
    "keep::{rev}",
    "more::{rev}",
    "ready::{rev}",
    "human::{rev}",
    "answer:yes:999999999",
    "answer:yes:-1",
    "back::0",
    "mine:nobody:1",
    "open:nobody:1",
    "accept:nobody:1",
    "add:nobody:0",
    "every:nobody:7",
    "how:nobody:1",
    "how_good:nobody:1",
    "withdraw_yes:nobody:1",
    "question:nobody:1",
    "opened_by:nobody:1",
    "language:xx:0",
    "language::0",
    "my_items::999999999",
    "assign:nobody:1",
    "leave:GEM:0",
    "",
    "::",
    "x",
    "é:é:1",
    "ANSWER:yes:1",
    "answer:yes:1:2",
    "answer:yes:99999999999999999999",
    "\x00",
    "x" * 64,
)


def message(user: int, message_id: int, content: Mapping[str, Any]) -> Json:
    """A private message of `user`."""
    return {
        "message_id": message_id,
        "date": 1_772_000_000,
        "from": person(user),
        "chat": {"id": user, "type": "private", "first_name": "Jan"},
        **content,
    }


def text(words: str) -> Json:
    """The content of a text, with the command that Telegram sees in it."""
    command = words.split(maxsplit=1)[0] if words.startswith("/") and len(words) > 1 else ""
    entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
    return {"text": words, **({"entities": entities} if entities else {})}


def press(user: int, data: str | None, about: Mapping[str, Any] | None) -> Json:
    """A press on a button of the message `about`."""
    query = {"id": str(user), "from": person(user), "chat_instance": "1"}
    query |= {"message": about} if about is not None else {"inline_message_id": "i1"}
    return query | ({"data": data} if data is not None else {"game_short_name": "spel"})


def person(user: int) -> Json:
    """A user as Telegram shows it."""
    return {"id": user, "is_bot": False, "first_name": "Jan <b>{x}", "language_code": "nl"}


def elsewhere(user: int) -> Mapping[str, Json]:
    """Updates that are no private message and no press, and what is not for us."""
    return {**_in_groups(user), **_in_channels(user), **_strange(user)}


def _in_groups(user: int) -> Mapping[str, Json]:
    someone, group = person(user), GROUPS[0]
    said = {"message_id": 5, "date": 1, "from": someone, "chat": group}
    change = {"from": someone, "date": 1, "chat": group}
    added = {**change, "old_chat_member": LEFT, "new_chat_member": HERE}
    put_out = {**change, "old_chat_member": HERE, "new_chat_member": GONE}
    asks = {"chat": group, "from": someone, "user_chat_id": user, "date": 1}
    return {
        "group text": {"message": {**said, **text("hallo")}},
        "group command": {"message": {**said, **text("/start")}},
        "group photo": {"message": {**said, "photo": PICTURE}},
        "group without a person": {"message": {"message_id": 6, "date": 1, "chat": group}},
        "edited in a group": {"edited_message": {**said, **text("hallo"), "edit_date": 2}},
        "added to a group": {"my_chat_member": added},
        "put out of a group": {"my_chat_member": put_out},
        "press in a group": {"callback_query": press(user, "answer:yes:1", said)},
        "join request": {"chat_join_request": asks},
    }


def _in_channels(user: int) -> Mapping[str, Json]:
    channel = GROUPS[1]
    post = {"message_id": 7, "date": 1, "chat": channel}
    change = {"from": person(user), "date": 1, "chat": channel}
    added = {**change, "old_chat_member": LEFT, "new_chat_member": HERE}
    return {
        "added to a channel": {"my_chat_member": added},
        "channel post": {"channel_post": {**post, "text": "x"}},
        "edited channel post": {"edited_channel_post": {**post, "text": "y"}},
    }


def _strange(user: int) -> Mapping[str, Json]:
    someone = person(user)
    private = {"id": user, "type": "private", "first_name": "Jan"}
    back = {"from": someone, "date": 1, "chat": private}
    chosen = {"result_id": "1", "from": someone, "query": "x"}
    vote = {"poll_id": "1", "user": someone, "option_ids": [0], "option_persistent_ids": ["a"]}
    paid = {"id": "1", "from": someone, "currency": "EUR", "total_amount": 1}
    reacted = {"chat": private, "message_id": 1, "user": someone, "date": 1}
    return {
        "unblocked": {"my_chat_member": {**back, "old_chat_member": GONE, "new_chat_member": HERE}},
        "inline": {"inline_query": {"id": "9", "from": someone, "query": "x", "offset": ""}},
        "chosen inline": {"chosen_inline_result": chosen},
        "press inline": {"callback_query": press(user, "answer:yes:1", None)},
        "game": {"callback_query": press(user, None, None)},
        "poll answer": {"poll_answer": vote},
        "checkout": {"pre_checkout_query": {**paid, "invoice_payload": "x"}},
        "reaction": {"message_reaction": {**reacted, "old_reaction": [], "new_reaction": []}},
        "a bot": {"message": {**message(user, 8, text("x")), "from": _BOT}},
        "something new": {"an_update_of_next_year": {"x": 1}},
        "nothing": {},
    }
