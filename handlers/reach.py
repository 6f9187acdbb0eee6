"""Reach: a person blocks the bot or comes back, and open reports follow that."""

from typing import Any

from telegram import ChatMember, Update
from telegram.ext import BaseHandler

from bot.core import lifecycle
from bot.core.helping.neighbours import CircleRole
from bot.core.items import Item, Quiet
from bot.core.people import Person
from bot.core.ports import Unreachable
from handlers.absence import fell_away
from handlers.blanking import blank_all
from handlers.circles import group
from handlers.circles.people import placed
from handlers.commands import on_type
from handlers.helping.asks import (
    without_coach,
    without_person,
    without_speaker,
    without_volunteer,
)
from handlers.helping.cards import fade_stale
from handlers.notices import tell
from handlers.standing import enough_today
from handlers.turn import Turn

_AWAY = {ChatMember.BANNED, ChatMember.LEFT}


class _OnMembership(BaseHandler[Any, Any, Any]):
    """Takes news about whether a person in a private chat lets us write."""

    def check_update(self, update: object) -> bool:
        if not isinstance(update, Update) or update.my_chat_member is None:
            return False
        return update.my_chat_member.chat.type == update.my_chat_member.chat.PRIVATE


async def changed(update: Update, turn: Turn) -> None:
    """Blocked: what is open goes on without the reporter. Unblocked: the questions go on."""
    assert update.my_chat_member is not None, "the handler's check lets these through only"
    if update.my_chat_member.new_chat_member.status in _AWAY:
        await lose(turn, turn.person)
    else:
        await find_back(turn)


async def signalled(update: object, turn: Turn) -> None:
    """Telegram refused a message to this person."""
    assert isinstance(update, Unreachable)
    person = await turn.records.get(Person, update.chat)
    if person is None:
        await group.lost(turn, update.chat)
    else:
        await lose(turn, person)


async def lose(turn: Turn, person: Person) -> None:
    """Remember that the person can't be reached; tell who has their reports, or needs them."""
    lost = person.model_copy(update={"unreachable": person.unreachable or turn.now})
    turn.records.put(lost)
    if person.unreachable is None:
        await fell_away(turn, person, person.partners)
        await without_person(turn, person.key)
        await without_speaker(turn, lost)
        await _without_volunteer(turn, person)
        if person.memberships or await _coaches(turn, person):
            await without_coach(turn)
    for item in await turn.records.raised_by(person.key):
        change = lifecycle.unreachable(item, turn.rules, turn.now)
        if change.events:
            turn.keep(change)
            if not await enough_today(turn, item):
                await tell(turn, change)


async def _without_volunteer(turn: Turn, person: Person) -> None:
    """In circles where nobody else coordinates, whoever stands behind is asked at once."""
    alone = [
        place.circle
        for place in (await turn.neighbour(person.key)).circles
        if place.approved and place.role is CircleRole.VOLUNTEER
        if not await placed(turn, place.circle, CircleRole.VOLUNTEER, (person.key,))
    ]
    await without_volunteer(turn, alone)


async def _coaches(turn: Turn, person: Person) -> bool:
    places = (await turn.neighbour(person.key)).circles
    return any(place.role is CircleRole.COACH for place in places)


async def find_back(turn: Turn) -> None:
    """The person can be reached again: their open reports ask on, and what they opened goes."""
    await blank_all(turn)
    await fade_stale(turn)
    for item in await turn.records.raised_by(turn.person.key):
        if _lost(item):
            turn.keep(lifecycle.reachable(item, turn.rules, turn.now))


def _lost(item: Item) -> bool:
    return item.open and item.line.quiet is Quiet.UNREACHABLE


HANDLERS = [_OnMembership(changed)]
SIGNALS = [on_type(Unreachable, signalled)]
