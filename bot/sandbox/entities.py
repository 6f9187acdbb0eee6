"""Texts with markup: Telegram's HTML becomes plain text with entities.

Offsets and lengths count UTF-16 code units, as the Bot API does.
"""

import html
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "span": "spoiler",
}
_TOKEN = re.compile(r"<(/?)([^>]*)(>?)|&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot);")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?""")
_FOUND_IN_USER_TEXT = re.compile(
    r"(?P<url>https?://[^\s<>]+|\bwww\.[^\s<>]+)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]+\b)"
    r"|(?<![\w/@#<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/<>])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{4,31})\b"
    r"|(?<!\w)(?P<hashtag>\#\w*[^\W\d]\w*)"
    r"|(?<![\w+])(?P<phone_number>\+\d[\d ]{8,16}\d|0\d[\d -]{7,11}\d)(?!\w)"
)

Entity = dict[str, Any]


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    entity: Entity
    at: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of a message in HTML; raises 400 as Telegram does."""
    parts: list[str] = []
    length = position = 0
    stack: list[_Open] = []
    entities: list[Entity] = []
    for token in _TOKEN.finditer(source):
        plain = source[position : token.start()]
        position = token.end()
        if token[4]:
            plain += html.unescape(token[0])
        parts.append(plain)
        length += units(plain)
        if token[4]:
            continue
        at = len(source[: token.start()].encode())
        if token[1]:
            _close(stack, token[2].strip().lower(), at, length, entities)
        else:
            stack.append(_opened(token, at, length))
    parts.append(source[position:])
    if stack:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return "".join(parts), entities


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def _opened(token: re.Match[str], at: int, offset: int) -> _Open:
    if not token[3]:
        raise _unparsable(f"Unclosed start tag at byte offset {at}")
    name, _, rest = token[2].strip().partition(" ")
    tag = name.lower()
    given = {
        m[1].lower(): html.unescape((m[2] or "").strip("\"'")) for m in _ATTRIBUTE.finditer(rest)
    }
    if tag not in _KINDS:
        raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    if tag == "span" and given.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    entity: Entity = {"type": _KINDS[tag], "offset": offset, "length": 0}
    if tag == "a":
        entity["url"] = given.get("href", "")
    if tag == "blockquote" and "expandable" in given:
        entity["type"] = "expandable_blockquote"
    return _Open(tag, entity, at)


def _close(stack: list[_Open], tag: str, at: int, offset: int, entities: list[Entity]) -> None:
    if not stack:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    opened = stack.pop()
    if tag not in ("", opened.tag):
        raise _unparsable(
            f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
        )
    entity = opened.entity
    entity["length"] = offset - entity["offset"]
    if entity["length"] and entity.get("url", "-"):
        entities.append(entity)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around it, as Telegram stores it; entities move along."""
    stripped = text.strip()
    if len(stripped) == len(text) or not entities:
        return stripped, entities
    lead, size = units(text) - units(text.lstrip()), units(stripped)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return stripped, moved


def found_entities(text: str) -> list[Entity]:
    """What Telegram marks in a person's text by itself: commands, links, mentions, numbers."""
    return [
        {
            "type": match.lastgroup,
            "offset": units(text[: match.start()]),
            "length": units(match[0]),
        }
        for match in _FOUND_IN_USER_TEXT.finditer(text)
    ]
