"""Cards: where an item stands and what this person may do with it now. No contents."""

from bot.core.access import acting_for, is_coordinator
from bot.core.covenant import About, Right
from bot.core.handing import asked_now
from bot.core.items import Item, Stage
from bot.core.lifecycle import hears
from bot.core.people import Person
from bot.core.words import Line, _, line
from handlers import acts
from handlers.acts import Act, rows
from handlers.states import happened, state
from handlers.turn import Turn

_CARD = _("<b>{code}</b> {state}\nLast step: {step}")
_WORKING = frozenset({Stage.WAITING, Stage.HELD})


def name(item: Item) -> str:
    """The name of the card of an item in a chat."""
    return f"item-{item.key}"


def alert(item: Item) -> str:
    """The name of the newest message in a chat that asks for something about an item."""
    return f"alert-{item.key}"


def acts_for(turn: Turn, person: Person, item: Item) -> tuple[Act, ...]:
    """What `person` may press: by the state of the item and the mandate of this moment."""

    def can(right: Right) -> str | None:
        return acting_for(person, right, item, turn.rules, turn.now)

    if not can(Right.SEE) and not can(Right.ACT):
        return ()
    a = item.assignment
    leader = can(Right.LEAD)
    leads = leader is not None and leader in {a.partner, a.deputy}
    offered = {
        acts.OPEN: can(Right.SEE),
        acts.ACCEPT: leads and item.stage is Stage.WAITING,
        acts.COVER: leads and item.stage is Stage.HELD and a.by != person.key,
        acts.SPOKEN: leads and item.stage is Stage.HELD,
        acts.NOBODY_HOME: leads and item.stage is Stage.HELD,
        acts.LATER_TODAY: leads and item.stage is Stage.HELD,
        acts.ASK: can(Right.ACT) and item.stage in _WORKING and hears(item),
        acts.NOTE: can(Right.ACT) and item.stage in _WORKING,
        acts.CLOSE: leads and item.stage is Stage.HELD,
        acts.TO_CIRCLE: leads and _for_a_circle(turn, item),
        acts.DECLINE: leads and item.stage in _WORKING and a.partner != _coordinator(turn),
        acts.TOLD: can(Right.ACT) and item.told_at and item.stage is not Stage.WAITING,
    }
    if item.talk and item.open and a.by == person.key and can(Right.ACT):
        offered[acts.LINE] = True
    steering = _steering(item) if is_coordinator(person, turn.rules) else ()
    return tuple(act for act, offer in offered.items() if offer) + steering


async def text(turn: Turn, item: Item) -> Line:
    """Code, state and last step."""
    history = await turn.records.history(item.key)
    step = happened(history[-1], turn.rules.covenant) if history else ""
    return line(_CARD, code=item.code, state=state(item, turn.rules, turn.now), step=step)


async def show(turn: Turn, item: Item) -> None:
    """Say the card as the newest message of whoever acts."""
    offered = acts_for(turn, turn.person, item)
    buttons = rows(offered, item.key, item.revision)
    turn.say(await text(turn, item), buttons, card=name(item), item=item.key)


async def refresh(turn: Turn, item: Item, person: Person | None = None) -> None:
    """Bring the card of an item up to date in the chat of who acts, or of `person`."""
    reader = person or turn.person
    buttons = rows(acts_for(turn, reader, item), item.key, item.revision)
    turn.edit(name(item), await text(turn, item), buttons, to=person)


async def settle(turn: Turn, item: Item) -> None:
    """Let the alert that whoever acts had say how it stands now."""
    offered = [acts.OPEN] if acting_for(turn.person, Right.SEE, item, turn.rules, turn.now) else []
    turn.edit(alert(item), await text(turn, item), rows(offered, item.key, item.revision))


async def pressed_alert(turn: Turn, item: Item) -> bool:
    """Whether the button that was pressed stands on the alert."""
    if turn.pressed is None:
        return False
    shown = await turn.records.message(turn.person.key, turn.pressed)
    return shown is not None and shown.card == alert(item)


def _for_a_circle(turn: Turn, item: Item) -> bool:
    """Whether neighbours may be asked to do something, besides the partner."""
    held = item.stage is Stage.HELD and not asked_now(item.back) and not item.report.unsafe
    of_a_person = item.report.about is not About.NEIGHBOURHOOD
    return held and of_a_person and bool(turn.rules.covenant.circles)


def _coordinator(turn: Turn) -> str:
    return turn.rules.covenant.coordinator


def _steering(item: Item) -> tuple[Act, ...]:
    if item.stage in _WORKING:
        return (acts.ASSIGN,)
    return () if item.stage is Stage.WITHDRAWN else (acts.REOPEN,)
