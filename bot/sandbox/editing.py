"""Methods that change or remove messages that are there already."""

from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.formats import decoded, formatted, number, reply_markup
from bot.sandbox.state import Chat, Entry, Json, World

# Source: the Bot API reference, deleteMessage and deleteMessages.
DELETABLE_SECONDS = 48 * 3600
MAX_DELETED_AT_ONCE = 100

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(call: Call) -> Json:
    """editMessageText."""
    chat, entry = _editable(call)
    text, entities = formatted(call.params)
    if "text" not in entry.message:
        raise bad_request("there is no text in the message to edit")
    return _replace(call, chat, entry, {"text": text, "entities": entities})


def edit_message_caption(call: Call) -> Json:
    """editMessageCaption."""
    chat, entry = _editable(call)
    text, entities = formatted(call.params, "caption")
    if not any(kind in entry.message for kind in ("photo", "voice", "document")):
        raise bad_request("there is no caption in the message to edit")
    return _replace(call, chat, entry, {"caption": text, "caption_entities": entities})


def edit_message_reply_markup(call: Call) -> Json:
    """editMessageReplyMarkup."""
    chat, entry = _editable(call)
    return _replace(call, chat, entry, {})


def _editable(call: Call) -> tuple[Chat, Entry]:
    params = call.params
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = call.world.writable_chat(params["chat_id"])
    entry = chat.entries.get(number(params, "message_id"))
    if entry is None or entry.deleted:
        raise bad_request("message to edit not found")
    # Telegram edits only messages without a reply markup or with inline buttons.
    if not entry.from_bot or entry.keyboard is not None:
        raise bad_request("message can't be edited")
    return chat, entry


def _replace(call: Call, chat: Chat, entry: Entry, content: Json) -> Json:
    inline, keyboard = reply_markup(call.params)
    if keyboard is not None:
        raise bad_request("inline keyboard expected")
    if inline and not inline["inline_keyboard"]:
        inline = None
    before = entry.message
    wanted = {**content, "reply_markup": inline}
    if all((before.get(name) or None) == (value or None) for name, value in wanted.items()):
        raise bad_request(NOT_MODIFIED)
    after = {**before, **wanted, "edit_date": call.world.timestamp()}
    entry.message = {name: value for name, value in after.items() if value not in (None, [], "")}
    if content:
        entry.earlier.append(str(before.get("text", before.get("caption", ""))))
    call.world.changed(chat, entry)
    return entry.message


def delete_message(call: Call) -> bool:
    """deleteMessage."""
    chat = call.world.known_chat(call.params["chat_id"])
    entry = chat.entries.get(number(call.params, "message_id"))
    if entry is None or entry.deleted:
        raise bad_request("message to delete not found")
    _check_age(call.world, entry)
    _delete(call.world, chat, entry)
    return True


def delete_messages(call: Call) -> bool:
    """deleteMessages: those that can't be found are skipped."""
    chat = call.world.known_chat(call.params["chat_id"])
    ids: Any = decoded(call.params["message_ids"], "message identifiers")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MAX_DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    entries = [chat.entries[i] for i in ids if i in chat.entries]
    present = [entry for entry in entries if not entry.deleted]
    for entry in present:
        _check_age(call.world, entry)
    for entry in present:
        _delete(call.world, chat, entry)
    return True


def _check_age(world: World, entry: Entry) -> None:
    if world.timestamp() - entry.message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def _delete(world: World, chat: Chat, entry: Entry) -> None:
    entry.deleted = True
    world.changed(chat, entry)
