"""The menu: what a person can do here, as buttons and as Telegram's list of commands."""

from collections.abc import Sequence
from typing import Any

from bot.core.covenant import Covenant
from bot.core.people import Person, Role
from bot.core.words import _, line
from handlers import acts
from handlers.keyboards import Button, Press, Rows
from handlers.speech import speaker
from handlers.turn import Turn

HELLO = _("What can we help with?")

CONCERN = Button(line(_("I am worried")), Press("concern"))
ASK = Button(line(_("I need help")), Press("ask_help"))
OFFER = Button(line(_("I want to help")), Press("offer_help"))
CIRCLE = Button(line(_("My circle")), Press("circles"))
MY_ITEMS = Button(line(_("My help and reports")), Press("my_items"))
CALL = Button(line(_("Rather call")), Press("call_us"))
LANGUAGE = Button(line(_("Language")), Press("languages"))

_RESIDENT = (
    ("melden", _("Report a concern")),
    ("hulp", _("Ask neighbours for help")),
    ("help_bieden", _("Help neighbours")),
    ("cirkel", _("My circle")),
    ("mijn", _("My help and reports")),
    ("112", _("There is danger now")),
    ("bellen", _("Telephone numbers")),
    ("taal", _("Choose your language")),
    ("stop", _("Stop what I am filling in")),
    ("privacy", _("What we keep, and who sees it")),
    ("help", _("How this works")),
)
_WORK = (("werk", _("My work")),)
_LEAVE = (("uitloggen", _("Stop working for a partner")),)
_STEER = (("regie", _("Overview of all open items")),)


def commands(covenant: Covenant) -> list[dict[str, Any]]:
    """Parameters of setMyCommands: for phones in each language, and the first for all others."""
    listed, languages = _resident(covenant), covenant.languages
    named = [{"commands": _described(listed, code), "language_code": code} for code in languages]
    return [{"commands": _described(listed, languages[0])}, *named]


def own_commands(person: Person, covenant: Covenant) -> dict[str, Any]:
    """Parameters of setMyCommands for the chat of someone who works for a partner."""
    steers = any(m.role is Role.COORDINATOR for m in person.memberships)
    all_ = (*_WORK, *(_STEER if steers else ()), *_resident(covenant), *_LEAVE)
    scope = {"type": "chat", "chat_id": person.address}
    return {"commands": _described(all_, person.language), "scope": scope}


def without(covenant: Covenant) -> frozenset[str]:
    """Commands that lead nowhere under this covenant; they answer, but are not listed."""
    help_ = () if covenant.kinds else ("hulp", "help_bieden")
    return frozenset((*help_, *(() if covenant.circles else ("cirkel",))))


def _resident(covenant: Covenant) -> list[tuple[str, str]]:
    return [command for command in _RESIDENT if command[0] not in without(covenant)]


def rows(turn: Turn, circle: Sequence[Button] = ()) -> Rows:
    """The buttons of the menu; who works for a partner has that first."""
    memberships = turn.person.memberships
    steers = any(m.role is Role.COORDINATOR for m in memberships)
    own = [acts.WORK] * bool(memberships) + [acts.STEER] * steers
    work = [Button(line(act.label), Press(act.verb)) for act in own]
    help_ = [ASK, OFFER] if turn.rules.covenant.kinds else []
    return (work, [CONCERN], help_, circle, [MY_ITEMS], [CALL, LANGUAGE])


async def own_rows(turn: Turn) -> Rows:
    """The buttons of the menu for who is talking: with the circle for who has one."""
    placed = (await turn.neighbour()).circles
    return rows(turn, [CIRCLE] if placed else [])


async def show(turn: Turn) -> None:
    """Show the menu."""
    turn.say(line(HELLO), await own_rows(turn))


def _described(named: Sequence[tuple[str, str]], language: str) -> list[dict[str, str]]:
    # Descriptions name no moment, so any time zone will do.
    voice = speaker(language, "UTC")
    return [{"command": name, "description": voice.plain(line(text))} for name, text in named]
