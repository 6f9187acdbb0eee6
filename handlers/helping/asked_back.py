"""What a professional asked a circle for has ended: who has it hears that, and may ask again."""

from bot.core import lifecycle
from bot.core.helping.asks import Ask
from bot.core.items import Item
from handlers.notices import tell
from handlers.turn import Turn


async def ended(turn: Turn, before: Ask | None, after: Ask) -> None:
    """Record it with the matter that it came from; why it ended stands there too."""
    if before is None or not before.open or after.end is None or before.item is None:
        return
    item = await turn.records.get(Item, before.item)
    if item is None or not item.open or item.back is None or item.back.over:
        return
    if item.back.ask == after.key:
        how = after.end.value
        change = lifecycle.circle_ended(item, how=how, reason=after.reason, now=turn.now)
        turn.keep(change)
        await tell(turn, change)
