"""A meeting as a calendar file, which phones take over (RFC 5545)."""

from datetime import UTC, datetime, timedelta

LASTS = timedelta(hours=2)
"""How long a meeting takes, for want of an end that somebody told."""
_LINE = 75
"""Octets of one line at most, without its end (RFC 5545, 3.1)."""
_END = "\r\n"


def calendar_file(
    *, key: str, at: datetime, place: str, title: str, what: str, now: datetime
) -> str:
    """One event. Its moments are in UTC, so that no phone has to know the zone."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Omzien//NL",
        "BEGIN:VEVENT",
        f"UID:{key}@omzien",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(at)}",
        f"DTEND:{_moment(at + LASTS)}",
        f"SUMMARY:{_text(title)}",
        f"LOCATION:{_text(place)}",
        *([f"DESCRIPTION:{_text(what)}"] if what else []),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(_folded(line) + _END for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """As TEXT: a backslash before what has a meaning, and no control characters (3.3.11)."""
    for character in "\\;,":
        value = value.replace(character, "\\" + character)
    value = "\\n".join(value.splitlines())
    return "".join(c for c in value if c.isprintable())


def _folded(line: str) -> str:
    """Long lines go on after a line break and a space, and never within a character."""
    parts: list[str] = [""]
    size = 0
    for character in line:
        wide = len(character.encode())
        if size + wide > _LINE:
            parts.append("")
            size = 1
        parts[-1] += character
        size += wide
    return f"{_END} ".join(parts)
