"""Groups, channels and inline mode: refused in one sentence, since others would read along.

The group of a circle hears what neighbours ask, once a volunteer linked it; it asks us nothing.
"""

from typing import Any

from telegram import ChatMember, Update
from telegram.ext import BaseHandler, filters

from bot.core.ports import Call
from bot.core.words import _, line
from handlers.circles import group
from handlers.commands import on_command, on_messages
from handlers.turn import Turn

_ALONE = _("I only talk with one person at a time. Open a chat with me: @{name}")
_IN_PRIVATE = _("That works in a chat with me only: @{name}")
_IN_GROUP = _("Type that in the group of your circle. Ask for a code under /cirkel.")
_GROUPS = filters.ChatType.GROUPS
_COMMANDS = _GROUPS & filters.UpdateType.MESSAGE & filters.COMMAND


async def refuse(update: Update, turn: Turn) -> None:
    """Say in the group where one can talk with us."""
    chat, user = update.effective_chat, update.effective_user
    assert chat is not None, "the handlers' filters let chats through only"
    language = turn.house.language(user.language_code if user else None)
    text = turn.house.speaker(language).html(line(_ALONE, name=turn.house.bot_name))
    params = {"chat_id": chat.id, "text": text, "parse_mode": "HTML"}
    lane = turn.house.lookup("chat", str(chat.id))
    turn.records.append(Call(chat=lane, method="sendMessage", params=params))


async def added(update: Update, turn: Turn) -> None:
    """Someone put us in a group: refuse once; put out of it, we tell nothing there any more."""
    change = update.my_chat_member
    assert change is not None, "the handler's check lets these through only"
    here = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED}
    if change.new_chat_member.status not in here:
        await group.forget(turn, change.chat.id)
    joined = change.old_chat_member.status not in here and change.new_chat_member.status in here
    if joined and change.chat.type in {change.chat.GROUP, change.chat.SUPERGROUP}:
        await refuse(update, turn)


async def became(update: Update, turn: Turn) -> None:
    """Telegram gave a group another id: its circle goes along."""
    message = update.effective_message
    assert message is not None, "the handler's filter lets messages through only"
    if message.migrate_to_chat_id:
        await group.moved(turn, message.chat.id, message.migrate_to_chat_id)


async def not_here(_update: Update, turn: Turn) -> None:
    """The code that links a group means nothing in a private chat."""
    turn.say(line(_IN_GROUP))


async def silence(_update: Update, _turn: Turn) -> None:
    """What others say to each other is not for us."""


async def no_results(update: Update, turn: Turn) -> None:
    """Inline mode finds nothing: results would be sent from a chat that others read."""
    query = update.inline_query
    assert query is not None, "the handler's check lets these through only"
    params = {"inline_query_id": query.id, "results": [], "cache_time": 300, "is_personal": True}
    lane = turn.house.person_key(query.from_user.id)
    turn.records.append(Call(chat=lane, method="answerInlineQuery", params=params, unordered=True))


async def let_go(update: Update, turn: Turn) -> None:
    """A button where others read along does nothing but say where it works."""
    query = update.callback_query
    assert query is not None, "the handler's check lets these through only"
    voice = turn.house.speaker(turn.house.language(query.from_user.language_code))
    text = voice.plain(line(_IN_PRIVATE, name=turn.house.bot_name))
    params = {"callback_query_id": query.id, "text": text}
    lane = turn.house.person_key(query.from_user.id)
    turn.records.append(
        Call(chat=lane, method="answerCallbackQuery", params=params, unordered=True)
    )


class _OnPressElsewhere(BaseHandler[Any, Any, Any]):
    """Takes presses outside the private chats, where nobody is known."""

    def check_update(self, update: object) -> bool:
        if not isinstance(update, Update) or update.callback_query is None:
            return False
        chat = update.effective_chat
        return chat is None or chat.type != chat.PRIVATE


class _OnAdded(BaseHandler[Any, Any, Any]):
    """Takes news about our own membership of a chat."""

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.my_chat_member is not None


class _OnInline(BaseHandler[Any, Any, Any]):
    """Takes what people type after our name in another chat."""

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.inline_query is not None


HANDLERS = [
    on_command("koppel", group.link, where=_GROUPS & filters.UpdateType.MESSAGE),
    on_command("koppel", not_here),
    on_messages(_GROUPS & filters.StatusUpdate.MIGRATE, became),
    on_messages(_COMMANDS, refuse),
    on_messages(~filters.ChatType.PRIVATE, silence),
    _OnPressElsewhere(let_go),
    _OnAdded(added),
    _OnInline(no_results),
]
