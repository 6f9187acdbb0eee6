"""Methods about the bot itself, its commands, button presses, chats and files."""

import re
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.entities import units
from bot.sandbox.errors import bad_request
from bot.sandbox.files import MAX_DOWNLOAD_BYTES
from bot.sandbox.formats import decoded, truth
from bot.sandbox.state import Json

# Telegram does not document this; queries have been seen to expire after about 15 minutes.
QUERY_SECONDS = 15 * 60
MAX_ANSWER = 200
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")

EXPIRED = "query is too old and response timeout expired or query ID is invalid"


def get_me(call: Call) -> Json:
    """getMe."""
    return {
        **call.world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery: a toast on the phone, or an alert to dismiss."""
    world = call.world
    query_id = str(call.params["callback_query_id"])
    query = world.queries.get(query_id)
    now = world.clock.now().timestamp()
    if query is None or now - query.asked_at > QUERY_SECONDS:
        raise bad_request(EXPIRED)
    text = str(call.params.get("text", ""))
    if units(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    toast = {
        "query_id": query_id,
        "text": text,
        "alert": truth(call.params.get("show_alert")),
        "user_id": query.user_id,
    }
    world.chats[query.chat_id].toasts.append(toast)
    world.announce("toast", query.chat_id, toast)
    return True


def _commands_key(call: Call) -> str:
    scope: Any = decoded(call.params.get("scope") or {"type": "default"}, "scope")
    where = scope.get("type", "default"), scope.get("chat_id", ""), scope.get("user_id", "")
    return ":".join(map(str, (*where, call.params.get("language_code", ""))))


def set_my_commands(call: Call) -> bool:
    """setMyCommands, per scope and language."""
    commands: Any = decoded(call.params["commands"], "bot commands")
    if not isinstance(commands, list) or len(commands) > MAX_COMMANDS:
        raise bad_request("expected an Array of BotCommand")
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/")
        if not _COMMAND_NAME.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= MAX_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands[_commands_key(call)] = commands
    call.world.announce("commands", 0)
    return True


def get_my_commands(call: Call) -> list[Json]:
    """getMyCommands."""
    return call.world.commands.get(_commands_key(call), [])


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.world.commands.pop(_commands_key(call), None)
    return True


def get_chat(call: Call) -> Json:
    """getChat."""
    chat = call.world.known_chat(call.params["chat_id"])
    return {
        **chat.info,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_file(call: Call) -> Json:
    """getFile."""
    stored = call.world.files.get(str(call.params["file_id"]))
    if stored.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**stored.reference(), "file_path": stored.path}
