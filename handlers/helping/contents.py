"""Contents of an ask on a screen: logged in the same turn, protected, and taken off again."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.checkins import CheckIn, Due
from bot.core.helping.asks import Ask, AskStage
from bot.core.items import Access
from bot.core.people import Person
from bot.core.prompts import Say
from bot.core.words import Line, _, line
from handlers.helping import buttons as b
from handlers.helping import cards
from handlers.keyboards import Rows
from handlers.paragraphs import joined
from handlers.turn import Turn

_FOR_A_WHILE = _("This goes off the screen in {minutes} minutes. Don't copy it.")
_BLANKED = _("<b>{code}</b> What was here is taken off the screen.")


async def show(turn: Turn, ask: Ask, says: Sequence[Say], rows: Rows, what: str) -> None:
    """Show contents to who is talking, who may see them; no row in the log, no contents."""
    me, card = turn.person.key, cards.opened(ask)
    if any(read.person == me for read in await turn.records.accesses(ask.key)):
        # What was opened before may still stand there; only the newest keeps its name.
        turn.edit(card, _blanked(ask))
    partner = next(iter(turn.person.partners), None)
    turn.records.append(Access(item=ask.key, person=me, partner=partner, at=turn.now, what=what))
    turn.say(joined(says, turn.speaker), rows, card=card, item=ask.key, protect=True)
    minutes = turn.rules.covenant.times.blank_after_minutes
    due, subject = turn.now + timedelta(minutes=minutes), cards.blanking(me, ask)
    turn.plan(subject, CheckIn.at(subject, Due.BLANK, due))
    turn.toast(line(_FOR_A_WHILE, minutes=minutes))


async def fade(turn: Turn, checkin: CheckIn) -> None:
    """The time is over: take the contents off the screen, unless they were opened anew; or go on
    with what fades a few messages at a time."""
    if await turn.records.scheduled(checkin.subject):
        return
    _card, person_key, card = checkin.subject.split(":", 2)
    person = await turn.records.get(Person, person_key)
    ask = await turn.records.get(Ask, cards.ask_key(card))
    if person is None or ask is None:
        return
    if cards.fades_on(card):
        await cards.fade_on(turn, ask, person, card)
        return
    helps = ask.helper is not None and ask.helper.person == person.key
    rows = [[b.button(b.ADDRESS, ask)]] if helps and ask.stage is AskStage.AGREED else []
    turn.edit(card, _blanked(ask), rows, to=person)


def _blanked(ask: Ask) -> Line:
    return line(_BLANKED, code=ask.code)
