"""Absence: who falls away for a partner, and who must know when nobody is left there."""

from collections.abc import Iterable

from bot.core.items import Item
from bot.core.notices import Why
from bot.core.people import Person
from handlers.audience import colleagues
from handlers.notices import alert_coordinators
from handlers.turn import Turn


async def fell_away(turn: Turn, person: Person, partners: Iterable[str]) -> None:
    """`person` left these partners or can't be reached: alert to items that hang on them."""
    for partner in partners:
        for item in await turn.records.held_by(partner):
            if await _hangs(turn, item, person, partner):
                await alert_coordinators(turn, item, Why.UNREACHABLE, looks=partner)


async def _hangs(turn: Turn, item: Item, person: Person, partner: str) -> bool:
    """Whether the partner holds it, and this person accepted it or was the last who could."""
    if item.assignment.partner != partner:
        return False
    others = await colleagues(turn, item, partner, besides=person.key)
    return item.assignment.by == person.key or not others
