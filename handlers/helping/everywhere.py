"""Everywhere: the asks of all circles and of none."""

from bot.core.covenant import Covenant
from bot.core.helping.asks import Ask
from bot.core.ports import Records


async def open_asks(records: Records, covenant: Covenant) -> list[Ask]:
    """Every open ask, circle after circle; those of no circle first."""
    circles = ("", *(circle.id for circle in covenant.circles))
    return [ask for circle in circles for ask in await records.asks_in(circle)]
