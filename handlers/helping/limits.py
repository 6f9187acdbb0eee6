"""Limits: how much one person may cause among neighbours in a day."""

from collections.abc import Iterable
from datetime import datetime

from bot.core.helping.asks import Ask, AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.words import _, line, plural
from handlers import menu
from handlers.helping.asks import keep_neighbour
from handlers.turn import Turn

_WROTE = _("<b>{code}</b> That is enough for today. You can write again tomorrow.")
_TALKED = _("That is enough for today. You can write to the coach again tomorrow.")


def asked_enough(turn: Turn, neighbour: Neighbour) -> bool:
    """Whether the person asked for help as often as may be today; that is said."""
    count = len(_today(turn, neighbour.asks))
    if count < turn.rules.covenant.helping.asks_per_day:
        return False
    said = plural(
        "You asked for help {count} time today; more is not possible here.",
        "You asked for help {count} times today; more is not possible here.",
        count,
    )
    turn.say(said, [[menu.CONCERN]])
    return True


def count_ask(turn: Turn, neighbour: Neighbour) -> None:
    """Neighbours are asked once more because of this person."""
    asks = (*_today(turn, neighbour.asks), turn.now)
    keep_neighbour(turn, neighbour.model_copy(update={"asks": asks}))


def talked_enough(turn: Turn, neighbour: Neighbour) -> bool:
    """Whether the person wrote to coaches, or as one, as often as may be today; that is said."""
    if len(_today(turn, neighbour.talks)) < turn.rules.covenant.limits.acts_per_day:
        return False
    turn.say(line(_TALKED))
    return True


def count_talk(turn: Turn, neighbour: Neighbour) -> None:
    """A message to the coach is on its way, or an answer."""
    talks = (*_today(turn, neighbour.talks), turn.now)
    keep_neighbour(turn, neighbour.model_copy(update={"talks": talks}))


async def wrote_enough(turn: Turn, ask: Ask) -> bool:
    """Whether the person wrote about this ask as often as may be today; that is said."""
    mine = [
        event.at
        for event in await turn.records.ask_history(ask.key)
        if event.kind is AskEventKind.MESSAGE and event.by == turn.person.key
    ]
    if len(_today(turn, mine)) < turn.rules.covenant.limits.acts_per_day:
        return False
    turn.say(line(_WROTE, code=ask.code), item=ask.key)
    return True


def _today(turn: Turn, moments: Iterable[datetime]) -> tuple[datetime, ...]:
    local = turn.rules.calendar.local
    today = local(turn.now).date()
    return tuple(at for at in moments if local(at).date() == today)
