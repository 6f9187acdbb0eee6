"""Stop, block and talk to the coach: one tap away for who talks along after a hand-over."""

from datetime import timedelta

from telegram import Update

from bot.core import lifecycle
from bot.core.covenant import Partner
from bot.core.errors import NotAllowed
from bot.core.helping.circle_forms import CIRCLE
from bot.core.helping.circle_forms import TALK as TO_COACH
from bot.core.helping.lines import Side, circle_for, resident_of, volunteers_of
from bot.core.items import Item
from bot.core.people import Person
from bot.core.words import Line, _, line
from handlers.audience import coordinators
from handlers.circles import people
from handlers.forms import open_form
from handlers.helping import talk, unreached
from handlers.helping.parting import part
from handlers.helping.tokens import LENGTH
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.states import partner
from handlers.turn import Turn

AGAIN = timedelta(hours=1)
"""So long the coach is not asked once more for the same."""

_STOP_YOURS = _("Do you want to talk along no more about <b>{code}</b>?")
_STOP_THEIRS = _("Shall the volunteer talk along no more about <b>{code}</b>?")
_GOES_ON = _("{Partner} goes on with it.")
_BLOCK = _("Do you want to block the other? You don't meet here any more, in nothing.")
_NOT_TOLD = _("We don't tell the other.")
_STOPPED = _("<b>{code}</b>. You talk along no more. Thank you.")
_ALONE = _("<b>{code}</b>. The volunteer talks along no more.")
_COACH_HEARS = _("The coach hears that you want to talk, and looks for you.")
_CALL = _("You can call, too: {phone}.")
_FOR_COACH = _("<b>{code}</b>. {Who} wants to talk with you. Please look for them, or ring.")


async def stop(_update: Update, turn: Turn) -> None:
    """Ask whether it is meant: a volunteer stops, or the resident goes on without one."""
    item, side = await _beside_partner(turn)
    text = _STOP_THEIRS if side is Side.RESIDENT else _STOP_YOURS
    looks = partner(item.assignment.partner, turn.rules.covenant)
    says = [line(text, code=item.code), line(_GOES_ON, Partner=looks)]
    _sure(turn, item, joined(says, turn.speaker), "line_stop_yes")


async def stop_yes(_update: Update, turn: Turn) -> None:
    """Let the volunteers talk along no more; a second tap finds nobody."""
    item, _side = await _beside_partner(turn)
    await _end(turn, item)


async def block(_update: Update, turn: Turn) -> None:
    """Ask whether it is meant."""
    item, _side = await _beside_partner(turn)
    says = [line(_BLOCK), line(_NOT_TOLD)]
    _sure(turn, item, joined(says, turn.speaker), "line_block_yes")


async def block_yes(_update: Update, turn: Turn) -> None:
    """Block on both sides, and stop talking along; the other reads only that it ended."""
    item, _side = await _beside_partner(turn)
    resident = resident_of(item)
    for volunteer in volunteers_of(item):
        if resident and turn.person.key in {resident, volunteer}:
            await part(turn, resident, volunteer)
    await _end(turn, item)


async def coach(_update: Update, turn: Turn) -> None:
    """Write to the coach of the own circle; from elsewhere let the coach know who wants to talk."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    item = await turn.item(turn.press.id)
    if item.reporter != turn.person.key:
        await talk.side(turn, item)
    me = await turn.neighbour()
    circle = circle_for(turn.person, me, item, turn.rules.covenant)
    if circle and me.place_in(circle):
        await open_form(turn, TO_COACH.name, context={CIRCLE: circle})
        return
    besides = (me.key, *me.blocked)
    found = await (people.coaches(turn, circle, besides) if circle else coordinators(turn, item))
    if not found:
        unreached.no_coach(turn)
        return
    for one in found:
        if not await _asked_before(turn, one, item):
            text = line(_FOR_COACH, code=item.code, Who=people.name(turn.person))
            turn.say(text, to=one, card=_card(turn, item), item=item.key)
    phone = _phone(turn, circle)
    calls = [line(_CALL, phone=phone)] if phone else []
    turn.say(joined([line(_COACH_HEARS), *calls], turn.speaker), item=item.key)


async def _beside_partner(turn: Turn) -> tuple[Item, Side]:
    """For the resident and the volunteers; a professional closes or declines the item instead."""
    item, side = await talk.authorised(turn)
    if side is Side.PARTNER or not volunteers_of(item):
        raise NotAllowed
    return item, side


def _sure(turn: Turn, item: Item, text: Line, verb: str) -> None:
    yes = Button(line(_("Yes")), Press(verb, item.key, item.revision))
    no = Button(line(_("No")), Press("line", item.key, item.revision))
    turn.say(text, [[yes, no]], item=item.key)


async def _end(turn: Turn, item: Item) -> None:
    """Who stops goes; when the resident stops it, all volunteers go."""
    me = turn.person.key
    leaving = (me,) if me in volunteers_of(item) else volunteers_of(item)
    for volunteer in leaving:
        change = lifecycle.leave(item, volunteer, by=me, now=turn.now)
        turn.keep(change)
        item = change.item
        person = await turn.records.get(Person, volunteer)
        if person is not None:
            goes(turn, item, person)
    if me not in leaving:
        turn.say(line(_ALONE, code=item.code), item=item.key)


def goes(turn: Turn, item: Item, person: Person, *, silent: bool = False) -> None:
    """Tell a volunteer that they talk along no more; nothing of it stays on the screen."""
    talk.erase(turn, item, person)
    turn.say(line(_STOPPED, code=item.code), to=person, item=item.key, silent=silent)


async def _asked_before(turn: Turn, one: Person, item: Item) -> bool:
    shown, name = await turn.records.shown(one.key), _card(turn, item)
    return any(m.card == name and turn.now - m.at < AGAIN for m in shown)


def _card(turn: Turn, item: Item) -> str:
    """The name of what the coach reads: who wants to talk stands in it as a token."""
    return f"coach-{item.key}-{turn.house.lookup('talks', turn.person.key)[:LENGTH]}"


def _phone(turn: Turn, circle: str | None) -> str | None:
    """Where the coach can be called: the own number, or that of the whole of which it is part."""
    covenant = turn.rules.covenant
    found = next((c for c in covenant.circles if c.id == circle), None)
    known: dict[str, Partner] = {p.id: p for p in covenant.partners}
    own = known.get(found.coach) if found else None
    whole = known.get(own.part_of) if own and own.part_of else None
    return (own and own.phone) or (whole and whole.phone) or covenant.local_phone


HANDLERS = [
    on_press(talk.STOP.verb, stop),
    on_press("line_stop_yes", stop_yes),
    on_press(talk.BLOCK.verb, block),
    on_press("line_block_yes", block_yes),
    on_press(talk.COACH.verb, coach),
]
