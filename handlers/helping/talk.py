"""The line: who talk along after a warm hand-over read and write here, through the bot only.

A volunteer sees these messages and how it stands, never what the partner notes.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.core import codes, lifecycle
from bot.core.access import acting_for
from bot.core.checkins import CheckIn, Due
from bot.core.covenant import Right
from bot.core.errors import NotAllowed
from bot.core.helping.lines import (
    READ,
    Side,
    circle_for,
    readable,
    resident_of,
    side_of,
    volunteers_of,
)
from bot.core.items import Access, Event, EventKind, Item, Openness, Stage
from bot.core.people import Person
from bot.core.prompts import Say
from bot.core.small_forms import ITEM
from bot.core.words import Line, _, line
from handlers import acts, cards
from handlers.acts import Act
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import buttons as b
from handlers.keyboards import Button, Rows, on_press
from handlers.notices import tell
from handlers.paragraphs import joined
from handlers.sent import message_of, replied_to, words_of
from handlers.states import SIDES, partner
from handlers.turn import Turn

LAST = 8
"""Messages on one screen."""

WRITE = Act(_("Write to the others"), "line_write")
STOP = Act(_("End this talk"), "line_stop")
BLOCK = Act(b.BLOCK.label, "line_block")
COACH = Act(b.COACH.label, "line_coach")

_CARD_PREFIXES = ("line-", "talk-")
_TOGETHER = _("You talk here with the others about <b>{code}</b>.")
_LEFT = _("A volunteer talks along no more.")
_READERS: Mapping[tuple[bool, bool], str] = {
    (True, True): _("They read it: the resident, the volunteer and {partner}."),
    (False, True): _("They read it: the volunteer and {partner}."),
    (True, False): _("They read it: the resident and {partner}."),
    (False, False): _LEFT,
}
"""By whether the resident and a volunteer read along; else only the partner does."""
_STATES: Mapping[Stage, str] = {
    Stage.WAITING: _("{Partner} responds by {when}."),
    Stage.HELD: _("{Partner} picked it up."),
    Stage.CLOSED: _("{Partner} closed it."),
}
_NOTHING_YET = _("Nobody wrote anything yet.")
_FADES = _("This goes off the screen in {minutes} minutes.")
_FADED = _("<b>{code}</b>. What was here is taken off the screen.")
_SENT = _("Sent to the others. Code: <b>{code}</b>.")
_NO_WORDS = _("I can pass on words only. Please type it.")


async def open_(_update: Update, turn: Turn) -> None:
    """Show the last messages to who talks along; others' reading goes into the access log."""
    item, side = await authorised(turn)
    circle = await _circle(turn, item) if side is Side.VOLUNTEER else None
    _log(turn, item, side, circle)
    history = await turn.records.history(item.key)
    read = readable(history, item, circle) if side is Side.VOLUNTEER else history
    says = [*await _head(turn, item), *_messages(turn, item, read)]
    if side is not Side.RESIDENT:
        says.append(line(_FADES, minutes=turn.rules.covenant.times.blank_after_minutes))
        _plan_blank(turn, item)
    text = joined(says, turn.speaker)
    turn.say(text, rows(item, side), card=card(item), item=item.key, protect=True)


async def write(_update: Update, turn: Turn) -> None:
    """Ask what to write."""
    item, _side = await authorised(turn)
    await open_form(turn, "talk", context={ITEM: item.key})


@kindly
async def written(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Pass the words on to the others."""
    item = await turn.item(context[ITEM])
    await _pass(turn, item, await side(turn, item), answers["text"])


async def reply(update: Update, turn: Turn) -> bool:
    """A reply to a message of the line is a message to the others; else False."""
    shown = await replied_to(update, turn)
    if shown is None or not (shown.card or "").startswith(_CARD_PREFIXES) or not shown.item:
        return False
    item = await turn.item(shown.item)
    words = words_of(message_of(update))
    if words:
        await _pass(turn, item, await side(turn, item), words)
    else:
        turn.say(line(_NO_WORDS), item=item.key)
    return True


async def by_code(update: Update, turn: Turn) -> bool:
    """The code of a line, typed by a volunteer who talks along: how it stands; else False."""
    code = codes.parse(words_of(message_of(update)), turn.rules.covenant.code_prefix)
    item = await turn.records.item_by_code(code) if code else None
    if item is None or turn.person.key not in volunteers_of(item):
        return False
    if await _side(turn, turn.person, item) is None or item.reporter == turn.person.key:
        return False
    says = await _head(turn, item)
    turn.say(joined(says, turn.speaker), rows(item, Side.VOLUNTEER), item=item.key)
    return True


async def authorised(turn: Turn) -> tuple[Item, Side]:
    """The item of the button that was pressed, and as whom the person talks along there."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    item = await turn.item(turn.press.id)
    return item, await side(turn, item)


async def side(turn: Turn, item: Item) -> Side:
    """As whom the person talks along now; `NotAllowed` for anyone else."""
    found = await _side(turn, turn.person, item)
    if found is None:
        raise NotAllowed
    return found


async def may_open(turn: Turn, item: Item) -> bool:
    """Whether the person talks along now."""
    return await _side(turn, turn.person, item) is not None


async def fade(turn: Turn, checkin: CheckIn) -> None:
    """The time is over: take the messages off the screen."""
    _card, person_key, shown = checkin.subject.split(":", 2)
    person = await turn.records.get(Person, person_key)
    item = await turn.records.get(Item, shown.removeprefix("line-"))
    if person is not None and item is not None:
        erase(turn, item, person)


def erase(turn: Turn, item: Item, person: Person) -> None:
    """Leave nothing on the screen of what was said."""
    talks = item.open and person.key in {*item.talk, item.assignment.by}
    rows = [acts.buttons(item, acts.LINE)] if talks else []
    turn.edit(card(item), line(_FADED, code=item.code), rows, to=person)


def card(item: Item) -> str:
    """The name of the messages of a line in a chat."""
    return f"line-{item.key}"


async def _side(turn: Turn, person: Person, item: Item) -> Side | None:
    neighbour = await turn.neighbour(person.key)
    return side_of(person, neighbour, item, turn.rules, turn.now)


async def _pass(turn: Turn, item: Item, as_whom: Side, text: str) -> None:
    history = await turn.records.history(item.key)
    said = sum(event.kind is EventKind.TALK for event in history)
    for_partner = None
    if as_whom is Side.PARTNER:
        for_partner = acting_for(turn.person, Right.ACT, item, turn.rules, turn.now)
    change = lifecycle.talk(
        item,
        text,
        by=turn.person.key,
        side=as_whom,
        partner=for_partner,
        said=said,
        now=turn.now,
    )
    turn.keep(change)
    open_again = [acts.buttons(change.item, acts.LINE)]
    turn.say(line(_SENT, code=item.code), open_again, card=f"talk-{item.key}", item=item.key)
    await tell(turn, change)
    if as_whom is Side.PARTNER:
        await cards.refresh(turn, change.item)


async def _circle(turn: Turn, item: Item) -> str | None:
    """The circle for which who is talking talks along."""
    return circle_for(turn.person, await turn.neighbour(), item, turn.rules.covenant)


def _log(turn: Turn, item: Item, as_whom: Side, circle: str | None) -> None:
    """Who reads along in somebody's matter is written down; one's own words are one's own."""
    if as_whom is Side.RESIDENT:
        return
    own = acting_for(turn.person, Right.SEE, item, turn.rules, turn.now)
    of = next((c.partner for c in turn.rules.covenant.circles if c.id == circle), own)
    turn.records.append(
        Access(item=item.key, person=turn.person.key, partner=of, at=turn.now, what=READ)
    )


def _plan_blank(turn: Turn, item: Item) -> None:
    minutes = timedelta(minutes=turn.rules.covenant.times.blank_after_minutes)
    checkin = CheckIn.at(f"card:{turn.person.key}:{card(item)}", Due.BLANK, turn.now + minutes)
    turn.plan(checkin.subject, checkin)


async def _head(turn: Turn, item: Item) -> list[Say]:
    """What it is, who reads along, and how it stands: received, picked up or closed."""
    looks = partner(item.assignment.partner, turn.rules.covenant)
    volunteer, resident = await _volunteer_reads(turn, item), resident_of(item) is not None
    who = _READERS[resident, volunteer]
    return [
        line(_TOGETHER, code=item.code),
        line(who, partner=looks),
        line(_STATES[item.stage], Partner=looks, when=item.assignment.respond_by),
    ]


async def _volunteer_reads(turn: Turn, item: Item) -> bool:
    """Whether a volunteer still may: not who left the circle, nor whom a block keeps out."""
    for key in volunteers_of(item):
        person = await turn.records.get(Person, key)
        if person is not None and await _side(turn, person, item) is Side.VOLUNTEER:
            return True
    return False


def _messages(turn: Turn, item: Item, history: Sequence[Event]) -> list[Say]:
    said = [e for e in history if e.kind in {EventKind.TALK, EventKind.LEFT_TALK}]
    if not said:
        return [line(_NOTHING_YET)]
    return [_message(turn, item, event) for event in said[-LAST:]]


def _message(turn: Turn, item: Item, event: Event) -> Line:
    if event.kind is EventKind.LEFT_TALK:
        return line("{at}: {what}", at=event.at, what=line(_LEFT))
    words = str(event.data.get("text", ""))
    text = "{Who}, {at}:\n<blockquote>{words}</blockquote>"
    return line(text, at=event.at, Who=_writer(turn, item, event), words=words)


def _writer(turn: Turn, item: Item, event: Event) -> Line:
    """As whom it was written; the resident's first name only where that may be known."""
    report, wrote = item.report, Side(str(event.data["side"]))
    if wrote is Side.RESIDENT and report.openness is Openness.NAMED and report.name:
        return line("{name}", name=report.name)
    looks = partner(event.partner, turn.rules.covenant)
    return line(SIDES[wrote], looks=looks)


def rows(item: Item, as_whom: Side) -> Rows:
    """What can be done on the screen of a line."""
    if as_whom is Side.PARTNER:
        return [acts.buttons(item, WRITE), acts.buttons(item, acts.CARD)]
    own = acts.MINE if as_whom is Side.RESIDENT else acts.LINE
    return [acts.buttons(item, WRITE), acts.buttons(item, own), ways_out(item)]


def ways_out(item: Item) -> list[Button]:
    """Block, stop and coach, for the resident and the volunteers; a block is between these two."""
    volunteers = bool(volunteers_of(item))
    met = volunteers and resident_of(item) is not None
    return acts.buttons(item, *[BLOCK] * met, *[STOP] * volunteers, COACH)


HANDLERS = [on_press(acts.LINE.verb, open_), on_press(WRITE.verb, write)]
FINISH = {"talk": written}
