"""What people can send to a form, as values: the handlers make these from Telegram's updates."""

import re
from dataclasses import dataclass

# Control characters but newline and tab, text direction marks that can hide words, lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def clean(text: str) -> str:
    """The text without characters that break storage or hide words, and without outer spaces."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n")).strip()


@dataclass(frozen=True)
class Said:
    """A text message."""

    text: str
    message_id: int | None = None


@dataclass(frozen=True)
class Pressed:
    """A button of a prompt; `revision` is the turn number that the button carries."""

    verb: str
    value: str
    revision: int


@dataclass(frozen=True)
class Voice:
    """A voice message."""

    file_id: str
    message_id: int | None = None


@dataclass(frozen=True)
class PhotoSent:
    """One photo, with the words below it."""

    file_id: str
    caption: str = ""
    message_id: int | None = None


@dataclass(frozen=True)
class Album:
    """One photo of several that were sent together; `group` is what they have in common."""

    file_id: str
    group: str
    caption: str = ""
    message_id: int | None = None


@dataclass(frozen=True)
class LocationShared:
    """A place on the map, in degrees."""

    lat: float
    lon: float
    message_id: int | None = None


@dataclass(frozen=True)
class ContactShared:
    """Someone's contact details; they are never kept."""

    message_id: int | None = None


@dataclass(frozen=True)
class Sticker:
    """A sticker, animated picture or dice."""

    message_id: int | None = None


@dataclass(frozen=True)
class Forwarded:
    """A message that someone else wrote; `text` may be empty."""

    text: str = ""
    message_id: int | None = None


@dataclass(frozen=True)
class Document:
    """A file, film or sound, with the words below it."""

    caption: str = ""
    message_id: int | None = None


@dataclass(frozen=True)
class Other:
    """Anything else: a poll, a game, a payment."""

    message_id: int | None = None


Given = (
    Said
    | Pressed
    | Voice
    | PhotoSent
    | Album
    | LocationShared
    | ContactShared
    | Sticker
    | Forwarded
    | Document
    | Other
)
