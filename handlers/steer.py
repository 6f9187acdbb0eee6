"""The overview of the coordinators: what needs a decision, what is late, stuck or unanswered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from telegram import Update

from bot.core.access import is_coordinator
from bot.core.covenant import Covenant
from bot.core.errors import NotAllowed, NotFound
from bot.core.items import Item, Quiet, Stage
from bot.core.words import Line, _, line, plural
from handlers import acts, failures
from handlers.commands import on_command
from handlers.helping import steering
from handlers.keyboards import Button, Press, in_pairs, on_press
from handlers.lists import by_urgency, page
from handlers.states import late, stuck
from handlers.turn import Turn

CARD = "steer"
MOST = 500
"""Open items that are looked at, the most urgent first; more than a coordinator reads."""

_NOTHING = _("There are no open items. Nothing waits for you.")
_NONE_HERE = _("Nothing here. Well done.")


class Pile(NamedTuple):
    """Items that need the same kind of attention."""

    heading: str
    button: str
    holds: Callable[[Item, Covenant, datetime], bool]


def _decide(item: Item, covenant: Covenant, now: datetime) -> bool:
    del now
    return item.stage is Stage.WAITING and item.assignment.partner == covenant.coordinator


def _late(item: Item, covenant: Covenant, now: datetime) -> bool:
    del covenant
    return late(item, now)


def _stuck(item: Item, covenant: Covenant, now: datetime) -> bool:
    del covenant, now
    return stuck(item)


def _unanswered(item: Item, covenant: Covenant, now: datetime) -> bool:
    del covenant, now
    return item.line.quiet is Quiet.RESTING or item.line.unanswered > 0


def _open(item: Item, covenant: Covenant, now: datetime) -> bool:
    del covenant, now
    return item.open


PILES: Mapping[str, Pile] = {
    "decide": Pile(_("These wait for your decision."), _("To decide: {count}"), _decide),
    "late": Pile(_("These are late."), _("Late: {count}"), _late),
    "stuck": Pile(_("These are stuck."), _("Stuck: {count}"), _stuck),
    "unanswered": Pile(
        _("Here the reporter did not answer yet."), _("No answer: {count}"), _unanswered
    ),
    "open": Pile(_("All that is open."), _("Open: {count}"), _open),
}


async def overview(_update: Update, turn: Turn) -> None:
    """Say the counts, with a button for each pile."""
    _require(turn)
    items = await turn.records.open_items(MOST)
    others = [await failures.button(turn), await steering.button(turn)]
    more = [[button] for button in others if button]
    if not items and not more:
        turn.say(line(_NOTHING))
        return
    said = plural("Overview of {count} open item.", "Overview of {count} open items.", len(items))
    turn.say(said, [*buttons(items, turn), *more], card=CARD)


async def piled(_update: Update, turn: Turn) -> None:
    """Show one pile, a page at a time."""
    _require(turn)
    press = turn.press
    assert press is not None
    if press.id not in PILES:
        raise NotFound
    items = pile(await turn.records.open_items(MOST), press.id, turn)
    if not items:
        turn.toast(line(_NONE_HERE))
        return
    heading = line(PILES[press.id].heading)
    said, rows = await page(
        turn, heading, by_urgency(items, turn.now), press.rev, lambda n: _turn_to(press.id, n)
    )
    back = Button(line(acts.STEER.label), Press(acts.STEER.verb))
    turn.say(said, [*rows, [back]], card=f"pile-{press.id}")


def pile(items: Sequence[Item], name: str, turn: Turn) -> list[Item]:
    """The items of one pile."""
    covenant = turn.rules.covenant
    return [item for item in items if PILES[name].holds(item, covenant, turn.now)]


def counts(items: Sequence[Item], turn: Turn) -> Line | None:
    """What waits for the coordinators, in one short line; None when nothing does."""
    decide, late_, stuck_ = (len(pile(items, name, turn)) for name in ("decide", "late", "stuck"))
    return numbers(decide, late_, stuck_)


def numbers(decide: int, late_: int, stuck_: int) -> Line | None:
    """3 to decide, 5 late, 2 stuck, without what there is none of; None when there is nothing."""
    waiting = {
        "decide": plural("{count} to decide", "{count} to decide", decide),
        "late": plural("{count} late", "{count} late", late_),
        "stuck": plural("{count} stuck", "{count} stuck", stuck_),
    }
    waiting = {name: said for name, said in waiting.items() if said.count}
    text = ", ".join("{" + name + "}" for name in waiting)
    return line(text, **waiting) if waiting else None


def buttons(items: Sequence[Item], turn: Turn) -> list[list[Button]]:
    """A button for each pile with its count."""
    named = [
        Button(line(pile_.button, count=len(pile(items, name, turn))), Press("pile", name))
        for name, pile_ in PILES.items()
    ]
    return in_pairs(named)


def _turn_to(name: str, number: int) -> Press:
    return Press("pile", name, number)


def _require(turn: Turn) -> None:
    if not is_coordinator(turn.person, turn.rules):
        raise NotAllowed


HANDLERS = [
    on_command("regie", overview),
    on_press(acts.STEER.verb, overview),
    on_press("pile", piled),
]
