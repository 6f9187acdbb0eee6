"""What the bot may read of a chat.

Source: Telegram's "Privacy mode", which is on for every bot unless its owner turns it off.
"""

from typing import Any

from bot.sandbox.entities import units
from bot.sandbox.state import Chat

Json = dict[str, Any]
SERVICE = frozenset(
    [
        "group_chat_created",
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    ]
)
"""Fields of messages that nobody wrote; every bot in the group gets them."""


def may_read(chat: Chat, message: Json, bot: Json) -> bool:
    """Whether the bot gets this message: all of its own chats, of channels and where it is an
    administrator; of other groups commands, replies to it and what nobody wrote.
    """
    if not chat.has_bot:
        return False
    if not chat.is_group or chat.bot == "administrator":
        return True
    if SERVICE & message.keys() or _replies_to(message, bot):
        return True
    return any(_is_for(command, bot) for command in _commands(message))


def _replies_to(message: Json, bot: Json) -> bool:
    sender = message.get("reply_to_message", {}).get("from", {})
    return bool(sender.get("id") == bot["id"])


def _commands(message: Json) -> list[str]:
    found = [e for e in message.get("entities", ()) if e["type"] == "bot_command"]
    return [_part(message["text"], e["offset"], e["length"]) for e in found]


def _part(text: str, offset: int, length: int) -> str:
    """A part of a text, counted in UTF-16 units as entities are."""
    start = next(i for i in range(len(text) + 1) if units(text[:i]) == offset)
    return text[start : start + length]


def _is_for(command: str, bot: Json) -> bool:
    """A command without a name is for every bot; here there is one."""
    _, _, name = command.partition("@")
    return not name or name.lower() == str(bot["username"]).lower()
