"""Lists: items a page at a time, most urgent first, each with what is expected next."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.core.covenant import Covenant
from bot.core.items import Item, Stage
from bot.core.words import Line, _, line
from handlers import acts
from handlers.contents import title
from handlers.keyboards import Button, Press, Rows, in_pairs
from handlers.pages import page_of
from handlers.paragraphs import spaced
from handlers.states import happened, late, partner, stuck
from handlers.turn import Turn

PAGE = 10
"""Items of one message."""

_RESPOND = _("{Looks} responds before {by}.")
_LATE = _("Late! {Looks} should have responded before {by}.")
_PROGRESS = _("{Looks} is on it. Next question on {by}.")
_STUCK = _("Stuck! {Looks} did not say how far it is.")
_CONFIRM = _("Closed by {looks}. We ask the reporter to confirm.")
_ENTRY = _("{title}\n{expected} Last step: {step}")


async def page(
    turn: Turn, heading: Line, items: Sequence[Item], number: int, turning: Callable[[int], Press]
) -> tuple[Line, Rows]:
    """One page of `items` with a button for each; `turning` gives the press for another page."""
    part = page_of(items, number, PAGE)
    texts = [heading, *[await entry(turn, item) for item in part.shown], *part.said]
    return spaced(texts), [*_opening(part.shown), part.turning(turning)]


async def entry(turn: Turn, item: Item) -> Line:
    """Code, topic and village, what is expected by when, and the last step."""
    covenant = turn.rules.covenant
    history = await turn.records.history(item.key)
    step = happened(history[-1], covenant) if history else ""
    expected = _expected(item, covenant, turn.now)
    return line(_ENTRY, title=title(item, covenant), expected=expected, step=step)


def by_urgency(items: Sequence[Item], now: datetime) -> list[Item]:
    """Late ones first, then by the moment at which something is expected."""
    return sorted(items, key=lambda i: (not late(i, now), not stuck(i), due(i), i.key))


def due(item: Item) -> datetime:
    """By when something is expected of somebody."""
    if item.stage is Stage.HELD and item.progress_at:
        return item.progress_at
    if item.stage is Stage.CLOSED and item.line.next_at:
        return item.line.next_at
    return item.assignment.respond_by


def _expected(item: Item, covenant: Covenant, now: datetime) -> Line:
    looks = partner(item.assignment.partner, covenant)
    return line(_pattern(item, now), looks=looks, by=due(item))


def _pattern(item: Item, now: datetime) -> str:
    if item.stage is Stage.WAITING:
        return _LATE if late(item, now) else _RESPOND
    if item.stage is Stage.HELD:
        return _STUCK if stuck(item) else _PROGRESS
    return _CONFIRM


def _opening(shown: Sequence[Item]) -> Rows:
    buttons = [Button(i.code, Press(acts.CARD.verb, i.key, i.revision)) for i in shown]
    return in_pairs(buttons)
