"""Signals of neighbours: what is due for an ask, a neighbour or an address on a screen."""

from bot.core.checkins import CheckIn, Due
from handlers.helping import asks, contents, offering
from handlers.turn import Turn


async def due(turn: Turn, checkin: CheckIn) -> bool:
    """A check-in of neighbours fires; False for one of something else."""
    if checkin.what is Due.FRESH:
        await offering.paused_over(turn, checkin)
        await asks.freshen(turn, checkin)
    elif checkin.subject.startswith(asks.SUBJECT):
        await asks.fire(turn, checkin)
    elif checkin.what is Due.BLANK and _is_ours(checkin):
        await contents.fade(turn, checkin)
    else:
        return False
    return True


def _is_ours(checkin: CheckIn) -> bool:
    return checkin.subject.split(":", 2)[-1].startswith("help-")
