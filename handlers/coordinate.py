"""Coordinating: giving an item to a partner with a reason, and opening it again."""

from telegram import Update

from bot.core.access import is_coordinator
from bot.core.covenant import Partner, Right
from bot.core.errors import NotAllowed, Stale
from bot.core.items import EventKind, Item, Stage
from bot.core.routing import may
from bot.core.small_forms import ITEM, PARTNER, REOPEN
from bot.core.words import _, line
from handlers import acts
from handlers.contents import NOT_SAFE
from handlers.forms import open_form
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.states import state
from handlers.turn import Turn

_WHO = _("<b>{code}</b> Who should respond to this? These partners have a mandate for it.")
_NOBODY = _("<b>{code}</b> No other partner has a mandate for this. You can pick it up yourself.")
_GIVE = "give"


async def assigning(_update: Update, turn: Turn) -> None:
    """Show the partners with a mandate for this item."""
    item = await _reach(turn, _press(turn).id)
    if item.stage not in {Stage.WAITING, Stage.HELD}:
        turn.toast(state(item, turn.rules, turn.now), alert=True)
        return
    able = with_mandate(turn, item)
    buttons = [
        [Button(partner, Press(_GIVE, f"{item.key}.{index}", item.revision))]
        for index, partner in able
    ]
    asked = line(_WHO if able else _NOBODY, code=item.code)
    says = [line(NOT_SAFE), asked] if item.report.unsafe else [asked]
    turn.say(joined(says, turn.speaker), buttons, item=item.key)


async def giving(_update: Update, turn: Turn) -> None:
    """A partner was chosen: ask for the reason, which names the partner once more."""
    press = _press(turn)
    key, _dot, index = press.id.rpartition(".")
    item = await _reach(turn, key)
    chosen = next((p for i, p in with_mandate(turn, item) if str(i) == index), None)
    if chosen is None or await _moved(turn, item, press.rev):
        raise Stale
    await open_form(turn, "reason", context={ITEM: item.key, PARTNER: chosen.id})


async def reopening(_update: Update, turn: Turn) -> None:
    """Ask why a closed or ended item should be open again."""
    item = await _reach(turn, _press(turn).id)
    if item.stage in {Stage.WAITING, Stage.HELD}:
        turn.toast(state(item, turn.rules, turn.now), alert=True)
        return
    if item.stage is Stage.WITHDRAWN:
        raise NotAllowed
    await open_form(turn, REOPEN.name, context={ITEM: item.key})


def with_mandate(turn: Turn, item: Item) -> list[tuple[int, Partner]]:
    """The other partners that may lead this item, with their place in the covenant."""
    covenant, report = turn.rules.covenant, item.report
    on = turn.rules.calendar.local(turn.now).date()

    def leads(partner: str) -> bool:
        topic, area, landlord = report.topic, report.area, report.landlord
        return may(partner, Right.LEAD, topic, area, landlord, covenant, on)

    now = item.assignment.partner
    return [(i, p) for i, p in enumerate(covenant.partners) if p.id != now and leads(p.id)]


async def _reach(turn: Turn, key: str) -> Item:
    """The item, for a coordinator who may see it; else `NotAllowed`."""
    if not is_coordinator(turn.person, turn.rules):
        raise NotAllowed
    item, _partner = await turn.may(key, Right.SEE)
    return item


async def _moved(turn: Turn, item: Item, shown: int) -> bool:
    """Whether it went to another partner, or was closed, after the buttons were shown."""
    history = await turn.records.history(item.key)
    moved = any(e.kind is EventKind.ASSIGNED and e.revision > shown for e in history)
    return moved or item.stage not in {Stage.WAITING, Stage.HELD}


def _press(turn: Turn) -> Press:
    assert turn.press is not None, "on_press lets our own buttons through only"
    return turn.press


HANDLERS = [
    on_press(acts.ASSIGN.verb, assigning),
    on_press(_GIVE, giving),
    on_press(acts.REOPEN.verb, reopening),
]
