"""Blanking: an opened card has its contents on the screen for a short time only."""

from datetime import timedelta

from bot.core.access import acting_for
from bot.core.checkins import CheckIn, Due
from bot.core.covenant import Right
from bot.core.items import Item
from bot.core.people import Person
from bot.core.words import _, line
from handlers import acts
from handlers.acts import rows
from handlers.contents import parts
from handlers.states import state
from handlers.turn import Turn

_OPENED = "open-"
_BLANKED = _("<b>{code}</b>. What was here is taken off the screen.\n{state}")


def subject(person: Person, item: Item) -> str:
    """What the check-in that blanks a card belongs to."""
    return f"card:{person.key}:open-{item.key}"


def part(item: Item, index: int) -> str:
    """The name of one message of an opened card; the first one stays and is edited."""
    return f"{_OPENED}{item.key}" if index == 0 else f"{_OPENED}{item.key}-{index}"


def plan_blank(turn: Turn, item: Item) -> None:
    """Take the contents off the screen again after the covenant's minutes."""
    due = turn.now + timedelta(minutes=turn.rules.covenant.times.blank_after_minutes)
    checkin = CheckIn.at(subject(turn.person, item), Due.BLANK, due)
    turn.plan(checkin.subject, checkin)


async def blank(turn: Turn, item: Item, person: Person) -> None:
    """Take the contents of `item` off the screen of `person`, if they stand there."""
    if await turn.records.scheduled(subject(person, item)):
        await erase(turn, item, person)
        turn.plan(subject(person, item))


async def blank_all(turn: Turn) -> None:
    """Take off the screen what could not be taken off in time, since the chat was closed to us."""
    shown = await turn.records.shown(turn.person.key)
    keys = {m.item for m in shown if m.item and m.card and m.card.startswith(_OPENED)}
    for key in sorted(keys):
        item = await turn.records.get(Item, key)
        if item is not None:
            await erase(turn, item, turn.person)


async def erase(turn: Turn, item: Item, person: Person) -> None:
    """Edit the first message to reference and state; take the other ones away."""
    text = line(_BLANKED, code=item.code, state=state(item, turn.rules, turn.now))
    seen = acting_for(person, Right.SEE, item, turn.rules, turn.now)
    buttons = rows([acts.OPEN] if seen else [], item.key, item.revision)
    turn.edit(part(item, 0), text, buttons, to=person)
    everything = await turn.records.history(item.key)
    covenant = turn.rules.covenant
    count = len(parts(item, everything, covenant.coordinator, covenant))
    for index in range(1, count):
        turn.call("deleteMessage", {}, to=person, card=part(item, index))
