"""Belonging: a circle's screens and meetings are for its own people; who leaves is out of it."""

from collections.abc import Iterator

from bot.core.helping.neighbours import Group, Neighbour
from bot.core.ports import Call
from handlers.keyboards import Press
from tests.bench.neighbourhood import mandates, marks
from tests.bench.neighbourhood.mirror import Happened, Mirror, words

_VERBS = ("circle", "group_", "meeting_", "member_", "worry_about")
"""How the verbs of a circle's buttons begin."""
_REQUEST = "circle_leave_ok"
"""The button with which a request is taken back."""


def shown(happened: Happened, mirror: Mirror) -> Iterator[str]:
    """Of every button of a circle and place of a meeting that is shown: what is wrong, or ""."""
    for call in happened.changes.calls:
        for press in _presses(call):
            circle = _circle(press, mirror)
            if circle is not None:
                fits = mirror.belongs(call.chat, circle) or _asked(press, call, circle, mirror)
                yield "" if fits else f"{press.verb} of {circle} shown outside it"
        for mark in marks.found(words(call)):
            if mark.sort != marks.PLACE or call.chat in mirror.typed[mark] or mirror.of_ask(mark):
                continue  # the own words, or what is said with an ask: `disclosure` looks at that
            fits = mirror.meets(mark, call.chat) or mandates.reads(mark, call.chat, mirror)
            yield "" if fits else f"the place of meeting {mark.number} told outside the circle"


def left(happened: Happened, mirror: Mirror) -> Iterator[str]:
    """Of everyone who left a circle in this turn: what still counts on them there, or ""."""
    for key, neighbour in happened.changes.of(Neighbour).items():
        before = happened.neighbours.get(key)
        for circle in set(before.places if before else ()) - set(neighbour.places):
            yield _still(key, circle, mirror)
    for group in happened.changes.of(Group).values():
        for person in {p for meeting in group.meetings for p in meeting.coming}:
            fits = mirror.belongs(person, group.key)
            yield "" if fits else f"a meeting of {group.key} counts on who is not in it"


def _still(person: str, circle: str, mirror: Mirror) -> str:
    for ask in mirror.with_(person):
        if ask.open and ask.wish.circle == circle and person in ask.helping:
            return f"{ask.code} still counts on who left {circle}"
    meetings = mirror.groups[circle].meetings if circle in mirror.groups else ()
    coming = any(person in meeting.coming for meeting in meetings)
    return f"a meeting of {circle} counts on who left" if coming else ""


def _asked(press: Press, call: Call, circle: str, mirror: Mirror) -> bool:
    neighbour = mirror.neighbours.get(call.chat)
    asked = neighbour is not None and any(b.circle == circle for b in neighbour.circles)
    return asked and press.verb == _REQUEST


def _circle(press: Press, mirror: Mirror) -> str | None:
    """The circle that a button is of: its id, or its mark behind somebody's key."""
    if not press.verb.startswith(_VERBS):
        return None
    _key, _dot, mark = press.id.rpartition(".")
    return mirror.population.marks.get(mark, mark if mark in mirror.groups else None)


def _presses(call: Call) -> Iterator[Press]:
    for row in call.params.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            press = Press.read(button.get("callback_data"))
            if press is not None:
                yield press
