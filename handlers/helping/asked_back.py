"""What a professional asked a circle for ends, or is looked for again: who has it knows that."""

from bot.core import lifecycle
from bot.core.helping.asks import Ask
from bot.core.items import Item
from bot.core.lifecycle import Change
from bot.core.people import Person
from handlers import cards
from handlers.audience import reaches
from handlers.notices import tell
from handlers.turn import Turn


async def elsewhere(turn: Turn, ask: Ask) -> bool:
    """Whether another circle was asked since, for the same matter: this ask is over then."""
    item = await turn.records.get(Item, ask.item) if ask.item else None
    return item is not None and item.back is not None and item.back.ask != ask.key


async def follow(turn: Turn, before: Ask | None, after: Ask) -> None:
    """Record with the matter that it came from that it ended, and why, or that it goes on.

    Who has that matter may ask another circle as long as it has ended.
    """
    # What ended by being passed on is about another matter from then on.
    if before is None or before.open == after.open or before.item is None:
        return
    item = await turn.records.get(Item, before.item)
    if item is None or item.back is None or item.back.ask != after.key:
        return
    if after.end is None:
        change = lifecycle.circle_again(item, now=turn.now)
    else:
        how = after.end.value
        change = lifecycle.circle_ended(item, how=how, reason=after.reason, now=turn.now)
    turn.keep(change)
    await tell(turn, change)
    await _without_message(turn, change)


async def _without_message(turn: Turn, change: Change) -> None:
    """The card of who has the matter says so, also where no message does: their own act, or that
    it is looked for again."""
    item, by = change.item, change.item.assignment.by
    holder = await turn.records.get(Person, by) if by else None
    told = change.notices and not (turn.sender and turn.sender.key == by)
    if holder is not None and not told and reaches(turn, holder, item):
        await cards.refresh(turn, item, holder)
