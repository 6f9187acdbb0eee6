"""What a professional asked a circle for ends, or is looked for again: who has it knows that."""

from bot.core import lifecycle
from bot.core.helping.asks import Ask
from bot.core.items import Item
from bot.core.people import Person
from handlers import cards
from handlers.audience import reaches
from handlers.notices import tell
from handlers.turn import Turn


async def ended(turn: Turn, before: Ask | None, after: Ask) -> None:
    """Record with the matter that it came from that it ended, and why, or that it goes on.

    Who has that matter may ask another circle as long as it has ended.
    """
    if before is None or before.open == after.open or after.item is None:
        return
    item = await turn.records.get(Item, after.item)
    if item is None or not item.open or item.back is None or item.back.ask != after.key:
        return
    if after.open and item.back.over:
        change = lifecycle.circle_again(item, now=turn.now)
        turn.keep(change)
        await _holder_reads(turn, change.item)
    elif after.end is not None and not item.back.over:
        how = after.end.value
        change = lifecycle.circle_ended(item, how=how, reason=after.reason, now=turn.now)
        turn.keep(change)
        await tell(turn, change)


async def _holder_reads(turn: Turn, item: Item) -> None:
    """The card of who has the matter says so; it needs no message."""
    holder = await turn.records.get(Person, item.assignment.by) if item.assignment.by else None
    if holder is not None and reaches(turn, holder, item):
        await cards.refresh(turn, item, holder)
