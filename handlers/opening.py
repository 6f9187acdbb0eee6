"""Opening: the contents of an item on the screen of someone with a mandate, logged, for a while."""

from typing import Any

from telegram import Update

from bot.core import codes
from bot.core.checkins import CheckIn
from bot.core.covenant import Right
from bot.core.items import Item
from bot.core.people import Person
from bot.core.words import _, line
from handlers import acts, cards
from handlers.blanking import erase, part, plan_blank
from handlers.contents import Part, parts
from handlers.helping import talk
from handlers.keyboards import on_press
from handlers.sent import message_of, words_of
from handlers.turn import Turn

_FOR_A_WHILE = _("This goes off the screen in {minutes} minutes. Don't copy it.")


async def show_contents(_update: Update, turn: Turn) -> None:
    """Show what the mandate allows; the reading goes into the access log in the same turn."""
    assert turn.press is not None
    item, partner = await turn.read(turn.press.id, "contents", Right.SEE)
    if await _opened_before(turn, item):
        await erase(turn, item, turn.person)
    history = await turn.records.history(item.key)
    for index, message in enumerate(parts(item, history, partner, turn.rules.covenant)):
        _show(turn, item, index, message)
    plan_blank(turn, item)
    minutes = turn.rules.covenant.times.blank_after_minutes
    turn.toast(line(_FOR_A_WHILE, minutes=minutes))
    await cards.show(turn, item)


async def show_card(_update: Update, turn: Turn) -> None:
    """Show the card of an item: its state and what can be done, without contents."""
    assert turn.press is not None
    item = await turn.item(turn.press.id)
    if not cards.acts_for(turn, turn.person, item):
        await turn.may(item.key, Right.SEE)
    await cards.show(turn, item)


async def by_code(update: Update, turn: Turn) -> bool:
    """A code that somebody called about, typed: its card, for who may see it; else False."""
    if not turn.person.memberships:
        return False
    code = codes.parse(words_of(message_of(update)), turn.rules.covenant.code_prefix)
    item = await turn.records.item_by_code(code) if code else None
    if item is None or not cards.acts_for(turn, turn.person, item):
        return False
    await cards.show(turn, item)
    return True


async def fade(turn: Turn, checkin: CheckIn) -> None:
    """The time is over: take the contents off the screen, unless they were opened anew."""
    if await turn.records.scheduled(checkin.subject):
        return
    _card, person_key, card = checkin.subject.split(":", 2)
    if card.startswith("line-"):
        await talk.fade(turn, checkin)
        return
    person = await turn.records.get(Person, person_key)
    item = await turn.records.get(Item, card.removeprefix("open-"))
    if person is not None and item is not None:
        await erase(turn, item, person)


async def _opened_before(turn: Turn, item: Item) -> bool:
    """Whether the person read it before now, so that it may still be on the screen."""
    read = await turn.records.accesses(item.key)
    return sum(access.person == turn.person.key for access in read) > 1


def _show(turn: Turn, item: Item, index: int, message: Part) -> None:
    card = part(item, index)
    if not message.photo and not message.voice:
        turn.say(message.text, card=card, item=item.key, protect=True)
        return
    params: dict[str, Any] = {
        "caption": turn.speaker.html(message.text),
        "parse_mode": "HTML",
        "protect_content": True,
    }
    if message.photo:
        turn.call("sendPhoto", {"photo": message.photo, **params}, card=card, item=item.key)
    else:
        turn.call("sendVoice", {"voice": message.voice, **params}, card=card, item=item.key)


HANDLERS = [on_press(acts.OPEN.verb, show_contents), on_press(acts.CARD.verb, show_card)]
