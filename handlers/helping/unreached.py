"""Unreached: nobody would get what somebody wants to write, and that is said."""

from bot.core.helping.asks import Ask
from bot.core.words import _, line
from handlers import calls
from handlers.paragraphs import joined
from handlers.turn import Turn

_NOBODY = _("<b>{code}</b> There is nobody to write to now.")
_NO_COACH = _("Nobody can be reached for this here now.")


def nobody(turn: Turn, ask: Ask) -> None:
    """Say that nobody gets it; not why, since a block never tells."""
    turn.say(line(_NOBODY, code=ask.code), item=ask.key)


def no_coach(turn: Turn) -> None:
    """Say that nobody coaches here, and where to call instead."""
    turn.say(joined([line(_NO_COACH), *calls.local(turn)], turn.speaker))
