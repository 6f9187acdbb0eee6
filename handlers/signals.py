"""Signals: what the scheduler and the pipeline report, and nobody typed."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import BaseHandler

from bot.core import lifecycle
from bot.core.checkins import CheckIn, Due
from bot.core.items import Item
from bot.core.people import Person
from bot.core.ports import Job, Parked, Priority, Signal, TooMuch, Unsent
from bot.core.words import Line, _, line
from handlers import acts
from handlers.audience import coordinators
from handlers.circles import evening, meetings
from handlers.digest import digest
from handlers.helping import signals as neighbours
from handlers.keyboards import Button, Press
from handlers.notices import tell
from handlers.opening import fade
from handlers.paragraphs import joined
from handlers.turn import Turn

log = logging.getLogger(__name__)
_Act = Callable[[object, Turn], Coroutine[Any, Any, None]]

_PARKED = _(
    "We could not handle your message. Its text is kept, and a person looks at it. "
    "Number: <b>{reference}</b>. Is there danger? Call 112."
)
_PARKED_ALERT = _(
    "Omzien. Message <b>{reference}</b> could not be handled. Its text is kept. "
    "Ask the administrator to look at it."
)
_TOO_MUCH = (
    _("That is more than I can read. Your last messages did not come in."),
    _("Please wait a minute, and send them again."),
    _("Is there danger? Call 112."),
)
_UNSENT_ALERT = _(
    "Omzien. Message <b>{reference}</b> could not be sent. "
    "Open the overview, and let the partner or the reporter know in another way."
)


async def due(update: object, turn: Turn) -> None:
    """A check-in of an item fires; a stale one, or one of an item that is gone, does nothing."""
    assert isinstance(update, CheckIn)
    if await neighbours.due(turn, update):
        return
    if update.what is Due.BLANK:
        await fade(turn, update)
        return
    if update.what is Due.MEETING:
        await meetings.due(turn, update)
        return
    item = await turn.records.get(Item, update.subject)
    if item is None:
        return
    change = lifecycle.fire(item, update, turn.rules, turn.now)
    if change.events:
        turn.keep(change)
        await tell(turn, change)


async def parked(update: object, turn: Turn) -> None:
    """An input failed too often: who sent it is told, and a coordinator too."""
    assert isinstance(update, Parked)
    person = await turn.records.get(Person, update.chat)
    if person is not None:
        turn.say(line(_PARKED, reference=update.reference), to=person)
    await _alert(turn, line(_PARKED_ALERT, reference=update.reference), update.reference)


async def too_much(update: object, turn: Turn) -> None:
    """A person sends faster than is read: what to do, and where to call in danger."""
    assert isinstance(update, TooMuch)
    person = await turn.records.get(Person, update.chat)
    if person is not None:
        voice = turn.house.speaker(person.language)
        turn.say(joined([line(text) for text in _TOO_MUCH], voice), to=person)


async def unsent(update: object, turn: Turn) -> None:
    """A message was refused for good. One to a coordinator is only logged."""
    # An alert about an alert that is refused would be refused again, without end.
    assert isinstance(update, Unsent)
    if any(person.key == update.chat for person in await coordinators(turn)):
        log.error("a message to a coordinator was refused", extra={"out": update.reference})
        return
    await _alert(turn, line(_UNSENT_ALERT, reference=update.reference), update.reference)


async def job(update: object, turn: Turn) -> None:
    """A daily job; the night's upkeep is not a conversation."""
    assert isinstance(update, Job)
    if update.name == "digest":
        await digest(turn, update)
    elif update.name == "evening":
        await evening.send(turn)


async def _alert(turn: Turn, text: Line, reference: str) -> None:
    people = await coordinators(turn)
    if not people:
        log.warning("nobody to alert", extra={"reference": reference})
    for person in people:
        steer = Button(line(acts.STEER.label), Press(acts.STEER.verb))
        turn.say(text, [[steer]], to=person, priority=Priority.CHECKIN)


class _On(BaseHandler[Any, Any, Any]):
    """Takes the signals of one kind."""

    def __init__(self, kind: type[Signal], act: _Act) -> None:
        super().__init__(act)
        self._kind = kind

    def check_update(self, update: object) -> bool:
        return isinstance(update, self._kind)


HANDLERS = [
    _On(CheckIn, due),
    _On(Parked, parked),
    _On(TooMuch, too_much),
    _On(Unsent, unsent),
    _On(Job, job),
]
