"""Work: what a professional does with an item, each press authorised anew."""

from telegram import Update

from bot.core import lifecycle
from bot.core.covenant import Right
from bot.core.items import EventKind, Item, Stage, Step
from bot.core.lifecycle import Change
from bot.core.small_forms import ITEM
from bot.core.words import _, line
from handlers import acts, cards
from handlers.acts import rows
from handlers.audience import colleagues
from handlers.forms import open_form
from handlers.keyboards import Press, on_press
from handlers.notices import tell
from handlers.states import STEPS, partner, state
from handlers.turn import Turn

_YOURS = _("It is yours now. The reporter hears that.")
_COVERED = _("It is yours now. Your colleague hears that.")
_RECORDED = _("Recorded: {step}")
_ALREADY = _("That was recorded already.")
_COLLEAGUES = _(
    "<b>{code}</b> You can't now. It stays with your colleagues at {looks}. "
    "If nobody responds, the coordinator is warned."
)


async def record(turn: Turn, change: Change) -> None:
    """Keep what a partner did, tell who must know, and bring the own cards up to date."""
    before = await turn.item(change.item.key)
    turn.keep(change)
    await tell(turn, change)
    await cards.refresh(turn, change.item)
    if change.item.stage is not before.stage or await cards.pressed_alert(turn, change.item):
        await cards.settle(turn, change.item)


async def accepted(_update: Update, turn: Turn) -> None:
    """Take it on; who comes second sees who was first."""
    item, for_partner = await turn.may(_press(turn).id, Right.LEAD)
    if item.stage is not Stage.WAITING:
        await _too_late(turn, item)
        return
    by = turn.person.key
    change = lifecycle.accept(item, by=by, partner=for_partner, rules=turn.rules, now=turn.now)
    turn.toast(line(_YOURS))
    await record(turn, change)


async def covered(_update: Update, turn: Turn) -> None:
    """Take it over from the colleague who has it."""
    item, for_partner = await turn.may(_press(turn).id, Right.LEAD)
    if item.stage is not Stage.HELD:
        await _too_late(turn, item)
        return
    by = turn.person.key
    if item.assignment.by == by:
        turn.toast(line(_ALREADY))
        return
    change = lifecycle.cover(item, by=by, partner=for_partner, rules=turn.rules, now=turn.now)
    turn.toast(line(_COVERED))
    await record(turn, change)


async def cannot(_update: Update, turn: Turn) -> None:
    """This person can't now: colleagues keep it; without any, the partner declines."""
    item, for_partner = await turn.may(_press(turn).id, Right.SEE)
    others = await colleagues(turn, item, for_partner, besides=turn.person.key)
    if item.stage is not Stage.WAITING:
        await _too_late(turn, item)
    elif others:
        looks = partner(for_partner, turn.rules.covenant)
        said = line(_COLLEAGUES, code=item.code, looks=looks)
        buttons = rows([acts.OPEN, acts.DECLINE], item.key, item.revision)
        turn.edit(cards.alert(item), said, buttons)
    else:
        await declining(_update, turn)


async def declining(_update: Update, turn: Turn) -> None:
    """Ask why the partner can't take it."""
    await _begin(turn, "decline", Right.LEAD)


async def asking(_update: Update, turn: Turn) -> None:
    """Ask what to ask the reporter."""
    await _begin(turn, "ask", Right.ACT)


async def noting(_update: Update, turn: Turn) -> None:
    """Ask for the note."""
    await _begin(turn, "note", Right.ACT)


async def closing(_update: Update, turn: Turn) -> None:
    """Ask how it ended."""
    await _begin(turn, "close", Right.LEAD)


async def telling(_update: Update, turn: Turn) -> None:
    """Ask whether the person concerned was told."""
    await _begin(turn, "told", Right.ACT)


async def stepped(_update: Update, turn: Turn) -> None:
    """Record with one tap what was done; a second tap on the same button does nothing."""
    press = _press(turn)
    item, for_partner = await turn.may(press.id, Right.LEAD)
    step = Step(press.verb)
    if await _done_before(turn, item, step, press.rev):
        turn.toast(line(_ALREADY))
        return
    by, rules = turn.person.key, turn.rules
    change = lifecycle.step(item, step, by=by, partner=for_partner, rules=rules, now=turn.now)
    turn.toast(line(_RECORDED, step=line(STEPS[step])))
    await record(turn, change)


async def _begin(turn: Turn, form: str, right: Right) -> None:
    item, _partner = await turn.may(_press(turn).id, right)
    if form != "told" and item.stage not in {Stage.WAITING, Stage.HELD}:
        await _too_late(turn, item)
        return
    await open_form(turn, form, context={ITEM: item.key})


async def _too_late(turn: Turn, item: Item) -> None:
    """Say kindly how it stands now, and show it on the cards."""
    turn.toast(state(item, turn.rules, turn.now), alert=True)
    await cards.refresh(turn, item)
    await cards.settle(turn, item)


async def _done_before(turn: Turn, item: Item, step: Step, shown: int) -> bool:
    """Whether the person recorded this step after the button was shown."""
    history = await turn.records.history(item.key)
    return any(
        event.kind is EventKind.STEP
        and event.revision > shown
        and event.by == turn.person.key
        and event.data.get("step") == step
        for event in history
    )


def _press(turn: Turn) -> Press:
    assert turn.press is not None, "on_press lets our own buttons through only"
    return turn.press


HANDLERS = [
    on_press(acts.ACCEPT.verb, accepted),
    on_press(acts.COVER.verb, covered),
    on_press(acts.CANNOT.verb, cannot),
    on_press(acts.DECLINE.verb, declining),
    on_press(acts.ASK.verb, asking),
    on_press(acts.NOTE.verb, noting),
    on_press(acts.CLOSE.verb, closing),
    on_press(acts.TOLD.verb, telling),
    *(on_press(step.value, stepped) for step in Step),
]
