"""Speech: lines of the core become text in someone's language, with every value escaped."""

import gettext
import html
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

from bot.core.names import Titled
from bot.core.words import Line, _

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "omzien"

_REMEMBERED = 4096
"""Translations that are looked up once, per language; the catalogues have fewer texts."""

# Patterns of Unicode's date format, so that each language has its own order and words.
MOMENT = _("EEEE d MMMM, HH:mm")
DAY = _("EEEE d MMMM")


class Speaker:
    """Says lines in one language, with times in the covenant's zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self._zone = zone
        self._locale = Locale.parse(language)
        self._catalogue = gettext.translation(
            DOMAIN, str(CATALOGUES), languages=[language], fallback=True
        )
        self._translated = lru_cache(_REMEMBERED)(self._catalogue.gettext)

    def html(self, line: Line) -> str:
        """The line as HTML for Telegram: markup of the catalogue stays, values are escaped."""
        return self._say(line, html.escape)

    def plain(self, line: Line | Titled | str) -> str:
        """The line without markup, for buttons and toasts."""
        return self._say(line, _as_is) if isinstance(line, Line) else self._value(line, _as_is)

    def _say(self, line: Line, escape: Callable[[str], str]) -> str:
        if line.plural is None:
            text = self._translated(line.text) if line.text else ""
        else:
            text = self._catalogue.ngettext(line.text, line.plural, line.count)
        if not line.values:
            return text
        said = {n[:1].lower() + n[1:]: self._value(v, escape) for n, v in line.values.items()}
        return text.format_map(_Said(said))

    def _value(self, value: Any, escape: Callable[[str], str]) -> str:
        match value:
            case Line():
                return self._say(value, escape)
            case Titled():
                return escape(value.name(self.language))
            case Mapping():
                return escape(value.get(self.language) or value.get("nl") or "")
            case datetime():
                pattern = self._catalogue.gettext(MOMENT)
                local = value.astimezone(self._zone)
                return escape(format_datetime(local, pattern, locale=self._locale))
            case date():
                return escape(format_date(value, self._catalogue.gettext(DAY), self._locale))
            case _:
                return escape(str(value))


def _as_is(text: str) -> str:
    return text


class _Said(dict[str, str]):
    """Values by name; with a capital where the name has one, since it opens a sentence.

    So a translation may move a value to the start of a sentence, or away from it.
    """

    def __missing__(self, name: str) -> str:
        if not name[:1].isupper():
            raise KeyError(name)
        text = self[name[:1].lower() + name[1:]]
        return text[:1].upper() + text[1:]


@lru_cache(maxsize=64)
def speaker(language: str, zone: str) -> Speaker:
    """The speaker of a language; catalogues are read once."""
    return Speaker(language, ZoneInfo(zone))
