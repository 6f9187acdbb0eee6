"""Which inputs a handler is for: commands, messages that pass a filter, signals of one type."""

from typing import Any

from telegram.ext import CommandHandler, MessageHandler, TypeHandler, filters

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
"""A new message of one person to the bot."""
EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
"""A message of one person that was changed."""


def on_command(
    name: str, callback: Any, *, where: filters.BaseFilter = PRIVATE
) -> "CommandHandler[Any, Any]":
    """A handler for `/name`; what stands after it is in `turn.args`."""
    return CommandHandler(name, callback, filters=where)


def on_messages(which: filters.BaseFilter, callback: Any) -> "MessageHandler[Any, Any]":
    """A handler for the messages that pass the filter."""
    return MessageHandler(which, callback)


def on_type(kind: type, callback: Any) -> "TypeHandler[Any, Any, Any]":
    """A handler for all inputs of one type: updates, or one kind of signal."""
    return TypeHandler(kind, callback)
