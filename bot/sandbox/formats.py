"""Checks on what a call carries: texts with their markup, captions, keyboards, numbers."""

import json
from typing import Any

from bot.sandbox.entities import Entity, parse_html, trimmed, units
from bot.sandbox.errors import bad_request

# Source: the Bot API reference. Counted in UTF-16 units, the strictest reading of "characters".
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTON_DATA_BYTES = 64

Json = dict[str, Any]


def decoded(value: Any, what: str) -> Any:
    """A parameter that is JSON inside a form field, or came as JSON already."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {what} JSON object") from None


def number(params: Json, name: str, default: int = 0) -> int:
    """A whole number; raises 400 when it is something else."""
    value = params.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request(f'field "{name}" must be of type Number') from None


def truth(value: Any) -> bool:
    """A boolean, also as a form field."""
    return value in (True, 1) or (isinstance(value, str) and value.lower() in {"true", "1", "yes"})


def formatted(params: Json, name: str = "text") -> tuple[str, list[Entity]]:
    """The text of a message and its entities, within Telegram's limits."""
    raw = params.get(name, "")
    if not isinstance(raw, str):
        raw = str(raw)
    if not raw.isascii():
        _check_unicode(raw)
    mode = params.get("parse_mode")
    if mode:
        if str(mode).lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, entities = parse_html(raw)
    else:
        key = "entities" if name == "text" else "caption_entities"
        given = params.get(key)
        text, entities = raw, list(decoded(given, "entities")) if given else []
    text, entities = trimmed(text, entities)
    _check_length(text, name)
    return text, entities


def _check_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _check_length(text: str, name: str) -> None:
    if name == "text":
        if not text:
            raise bad_request("message text is empty")
        if units(text) > MAX_TEXT:
            raise bad_request("message is too long")
    elif units(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")


def reply_markup(params: Json) -> tuple[Json | None, Json | None]:
    """The inline keyboard, and the reply keyboard (or its removal), each if given."""
    given = params.get("reply_markup")
    if given in (None, ""):
        return None, None
    markup = decoded(given, "reply keyboard markup")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [
            [_inline_button(button) for button in _row(row)]
            for row in _row(markup["inline_keyboard"])
        ]
        return {"inline_keyboard": [row for row in rows if row]}, None
    if "keyboard" in markup:
        rows = [[_reply_button(button) for button in _row(row)] for row in _row(markup["keyboard"])]
        return None, {**markup, "keyboard": rows}
    return None, markup


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise bad_request("can't parse reply keyboard markup: expected an Array of Array")
    return row


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if "callback_data" in button:
        data = button["callback_data"]
        size = len(data.encode()) if isinstance(data, str) else 0
        if not 1 <= size <= MAX_BUTTON_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif len(button) == 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    elif "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )
    return button


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button
