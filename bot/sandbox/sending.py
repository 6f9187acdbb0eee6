"""Methods that put a message in a chat."""

import struct
from typing import Any

from bot.sandbox.calls import Call, Upload
from bot.sandbox.errors import bad_request
from bot.sandbox.files import Files, StoredFile
from bot.sandbox.formats import decoded, formatted, number, reply_markup, truth
from bot.sandbox.state import Chat, Json

MAX_DEGREES = 180.0
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(call: Call) -> Json:
    """sendMessage."""
    chat = call.world.writable_chat(call.params.get("chat_id"))
    text, entities = formatted(call.params)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    options = call.params.get("link_preview_options")
    if options:
        content["link_preview_options"] = decoded(options, "link preview options")
    return _post(call, chat, content)


def send_photo(call: Call) -> Json:
    """sendPhoto."""
    chat = call.world.writable_chat(call.params.get("chat_id"))
    stored = _file(call, "photo", "photos", ".jpg")
    sizes = photo_sizes(call.world.files, stored)
    return _post(call, chat, {"photo": sizes, **_caption(call)})


def send_voice(call: Call) -> Json:
    """sendVoice."""
    chat = call.world.writable_chat(call.params.get("chat_id"))
    stored = _file(call, "voice", "voice", ".oga")
    voice = {
        **stored.reference(),
        "duration": number(call.params, "duration", stored.seconds),
        "mime_type": stored.mime,
    }
    return _post(call, chat, {"voice": voice, **_caption(call)})


def send_document(call: Call) -> Json:
    """sendDocument."""
    chat = call.world.writable_chat(call.params.get("chat_id"))
    upload = _upload(call, "document")
    stored = _file(call, "document", "documents", "")
    document = {**stored.reference(), "mime_type": stored.mime}
    if upload:
        document["file_name"] = upload.name
    return _post(call, chat, {"document": document, **_caption(call)})


def send_location(call: Call) -> Json:
    """sendLocation."""
    chat = call.world.writable_chat(call.params.get("chat_id"))
    place = {name: _degrees(call.params[name]) for name in ("latitude", "longitude")}
    return _post(call, chat, {"location": place})


def send_chat_action(call: Call) -> bool:
    """sendChatAction: the phone shows it until the next message."""
    chat = call.world.writable_chat(call.params.get("chat_id"))
    action = call.params["action"]
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    call.world.announce("action", chat.info["id"], {"action": action})
    return True


def _degrees(value: Any) -> float:
    try:
        degrees = float(value)
    except (TypeError, ValueError):
        raise bad_request("bad latitude or longitude") from None
    if abs(degrees) > MAX_DEGREES:
        raise bad_request("bad latitude or longitude")
    return degrees


def _caption(call: Call) -> Json:
    text, entities = formatted(call.params, "caption")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content


def _post(call: Call, chat: Chat, content: Json) -> Json:
    world, params = call.world, call.params
    inline, keyboard = reply_markup(params)
    message = {
        "message_id": 0,
        "from": world.bot,
        "chat": chat.info,
        "date": world.timestamp(),
        **_reply(params, chat),
        **content,
    }
    if inline and inline["inline_keyboard"]:
        message["reply_markup"] = inline
    if "protect_content" in params and truth(params["protect_content"]):
        message["has_protected_content"] = True
    message["message_id"] = world.counters.next_message()
    world.add_message(chat, message, keyboard)
    return message


def _reply(params: Json, chat: Chat) -> Json:
    given = params.get("reply_parameters")
    if not given:
        return {}
    reply = decoded(given, "reply parameters")
    entry = chat.entries.get(number(reply, "message_id"))
    if entry is None or entry.deleted:
        if truth(reply.get("allow_sending_without_reply")):
            return {}
        raise bad_request("message to be replied not found")
    original = {name: value for name, value in entry.message.items() if name != "reply_to_message"}
    return {"reply_to_message": original}


def _upload(call: Call, name: str) -> Upload | None:
    given = call.params.get(name, "")
    if isinstance(given, str) and given.startswith("attach://"):
        return call.uploads.get(given.removeprefix("attach://"))
    return call.uploads.get(name)


def _file(call: Call, name: str, group: str, suffix: str) -> StoredFile:
    upload = _upload(call, name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return call.world.files.add(upload.content, group, suffix, upload.mime)
    given = str(call.params.get(name, ""))
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.known.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def photo_sizes(files: Files, stored: StoredFile) -> list[Json]:
    """The PhotoSize list of a photo: a thumbnail, then the whole picture."""
    width, height = _dimensions(files.read(stored)[:32])
    small = {**stored.reference(), "width": 90, "height": max(90 * height // width, 1)}
    return [small, {**stored.reference(), "width": width, "height": height}]


def _dimensions(head: bytes) -> tuple[int, int]:
    if head.startswith(b"\x89PNG") and len(head) >= 24:  # noqa: PLR2004 - the PNG header's size
        width, height = struct.unpack(">II", head[16:24])
        return max(width, 1), max(height, 1)
    return 1280, 960
