"""The methods this sandbox knows, with the parameters that Telegram documents for each.

Distilled from the Bot API 10.1 reference, so that a misspelt or missing parameter is noticed here
and not on the day the bot goes live.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """What a method takes."""

    required: frozenset[str]
    known: frozenset[str]


def _method(required: str, optional: str) -> Method:
    must = frozenset(required.split())
    return Method(must, must | frozenset(optional.split()))


_SENDING = (
    "business_connection_id message_thread_id direct_messages_topic_id disable_notification "
    "protect_content allow_paid_broadcast message_effect_id suggested_post_parameters "
    "reply_parameters reply_markup "
)
_CAPTION = "caption parse_mode caption_entities "
_EDITING = "business_connection_id chat_id message_id inline_message_id reply_markup "

METHODS: dict[str, Method] = {
    "getMe": _method("", ""),
    "getUpdates": _method("", "offset limit timeout allowed_updates"),
    "setWebhook": _method(
        "url",
        "certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": _method("", "drop_pending_updates"),
    "getWebhookInfo": _method("", ""),
    "sendMessage": _method("chat_id text", _SENDING + "parse_mode entities link_preview_options"),
    "sendPhoto": _method(
        "chat_id photo", _SENDING + _CAPTION + "show_caption_above_media has_spoiler"
    ),
    "sendVoice": _method("chat_id voice", _SENDING + _CAPTION + "duration"),
    "sendDocument": _method(
        "chat_id document",
        _SENDING + _CAPTION + "thumbnail disable_content_type_detection",
    ),
    "sendLocation": _method(
        "chat_id latitude longitude",
        _SENDING + "horizontal_accuracy live_period heading proximity_alert_radius",
    ),
    "sendChatAction": _method("chat_id action", "business_connection_id message_thread_id"),
    "editMessageText": _method(
        "", _EDITING + "text parse_mode entities link_preview_options rich_message"
    ),
    "editMessageCaption": _method("", _EDITING + _CAPTION + "show_caption_above_media"),
    "editMessageReplyMarkup": _method("", _EDITING),
    "deleteMessage": _method("chat_id message_id", ""),
    "deleteMessages": _method("chat_id message_ids", ""),
    "answerCallbackQuery": _method("callback_query_id", "text show_alert url cache_time"),
    "setMyCommands": _method("commands", "scope language_code"),
    "getMyCommands": _method("", "scope language_code"),
    "deleteMyCommands": _method("", "scope language_code"),
    "getFile": _method("file_id", ""),
    "getChat": _method("chat_id", ""),
}
