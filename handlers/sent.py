"""What someone sent, as a value for a form: one value for every kind of message."""

from datetime import timedelta

from telegram import Message, Update

from bot.core.given import (
    Album,
    ContactShared,
    Document,
    Forwarded,
    Given,
    LocationShared,
    Other,
    PhotoSent,
    Said,
    Sticker,
    Voice,
    clean,
)
from bot.core.ports import Shown
from handlers.turn import Turn

_ALBUM = timedelta(seconds=5)
"""Photos of an album come together; that the message before was one of them is a fair guess."""


def message_of(update: Update) -> Message:
    """The new message of an update that a message handler takes."""
    message = update.message
    assert message is not None, "the handler's filter lets new messages through only"
    return message


async def replied_to(update: Update, turn: Turn) -> Shown | None:
    """The message that this one replies to, as far as it is known; a forward replies to none."""
    message = message_of(update)
    about = message.reply_to_message
    if about is None or message.forward_origin is not None:
        return None
    return await turn.records.message(turn.person.key, about.message_id)


async def goes_on(update: Update, turn: Turn) -> bool:
    """Whether this is a later photo of an album: its first one came just before."""
    message = message_of(update)
    if message.media_group_id is None:
        return False
    before = await turn.records.message(turn.person.key, message.message_id - 1)
    return before is not None and not before.ours and turn.now - before.at < _ALBUM


def words_of(message: Message) -> str:
    """The text of a message or the words below its picture or file, cleaned."""
    return clean(message.text or message.caption or "")


def given(message: Message) -> Given:
    """The message as a form sees it."""
    id_ = message.message_id
    if message.forward_origin is not None:
        return Forwarded(words_of(message), id_)
    if message.text is not None:
        return Said(message.text, id_)
    return _media(message, id_) or _other(message, id_)


def _media(message: Message, id_: int) -> Given | None:
    caption = message.caption or ""
    if message.photo:
        largest = message.photo[-1].file_id
        if message.media_group_id is not None:
            return Album(largest, message.media_group_id, caption, id_)
        return PhotoSent(largest, caption, id_)
    if message.voice:
        return Voice(message.voice.file_id, id_)
    if message.location:
        return LocationShared(message.location.latitude, message.location.longitude, id_)
    return None


def _other(message: Message, id_: int) -> Given:
    if message.contact:
        return ContactShared(id_)
    if message.sticker or message.animation or message.dice:
        return Sticker(id_)
    if message.document or message.video or message.audio or message.video_note:
        return Document(message.caption or "", id_)
    return Other(id_)
