"""Talking to the coach of a circle: a message through the bot, and the answer."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core.access import is_coordinator
from bot.core.errors import NotAllowed, NotFound
from bot.core.helping import circles
from bot.core.helping.circle_forms import CIRCLE, PERSON, TALK, TALK_BACK
from bot.core.people import Person
from bot.core.words import _, line
from handlers.circles import people
from handlers.drawing import new_key
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import limits, unreached
from handlers.keyboards import Button, Press, on_press
from handlers.sent import message_of
from handlers.turn import Turn

_WRITES = _("<b>{Circle}</b>\n{Name} writes to you as the coach:\n{words}")
_SENT = _("Your message is with the coach. The answer comes here.")
_ANSWERS = _("<b>{Circle}</b>\nThe coach answers you:\n{words}")
_NOT_READ = _("Nobody reads what you write there. Please tap the button below that message.")
_TALKED = "coached-"
_ANSWERED = _("Your answer is on its way to {name}.")


async def begin(_update: Update, turn: Turn) -> None:
    """Ask what the coach should know."""
    here = await people.as_known(turn, people.pressed(turn).id)
    if await _found(turn, here) and not limits.talked_enough(turn, here.me):
        await open_form(turn, TALK.name, context={CIRCLE: here.circle.id})


@kindly
async def sent(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The coach gets it, with the first name and a button to answer."""
    here = await people.as_known(turn, context.get(CIRCLE, ""))
    found = await _found(turn, here)
    if not found or limits.talked_enough(turn, here.me):
        return
    limits.count_talk(turn, here.me)
    name, key = people.name(turn.person), turn.person.key
    said = line(_WRITES, circle=here.circle, name=name, words=answers["text"])
    answer = Button(line(_("Answer")), people.about(turn, "coach_answer", key, here.circle.id))
    out = people.ways_out(turn, here.circle, key)
    for coach in found:
        turn.say(said, [[answer], out], to=coach, card=_card(turn))
    turn.say(line(_SENT))


async def _found(turn: Turn, here: people.Here) -> list[Person]:
    """Who coaches for who is talking; that it is nobody is said."""
    me = here.me
    every = await people.coaches(turn, here.circle.id, besides=(me.key, *me.blocked))
    # Who stands in alone is nobody's coach.
    found = [coach for coach in every if coach.key != me.key]
    if not found:
        unreached.no_coach(turn)
    return found


async def answering(_update: Update, turn: Turn) -> None:
    """Ask the coach what to answer."""
    key, circle = people.split(turn, people.pressed(turn))
    here = await _as_coach(turn, circle.id, key)
    if (await turn.neighbour(key)).place_in(circle.id) is None:
        raise NotFound
    if not limits.talked_enough(turn, here.me):
        await open_form(turn, TALK_BACK.name, context={CIRCLE: circle.id, PERSON: key})


@kindly
async def answered(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Who wrote gets the answer."""
    here = await _as_coach(turn, context.get(CIRCLE, ""), context.get(PERSON, ""))
    found = await people.persons(turn, [context.get(PERSON, "")])
    if not found:
        raise NotFound
    if limits.talked_enough(turn, here.me):
        return
    limits.count_talk(turn, here.me)
    for person in found:
        again = Button(line(_("Answer")), Press("circle_coach", here.circle.id))
        said = line(_ANSWERS, circle=here.circle, words=answers["text"])
        out = people.ways_out(turn, here.circle, turn.person.key)
        turn.say(said, [[again], out], to=person, card=_card(turn))
        turn.say(line(_ANSWERED, name=people.name(person)))


async def reply(update: Update, turn: Turn) -> bool:
    """What stands below such words is read by nobody: that is said. False below other messages."""
    about = message_of(update).reply_to_message
    shown = about and await turn.records.message(turn.person.key, about.message_id)
    if not shown or not (shown.card or "").startswith(_TALKED):
        return False
    turn.say(line(_NOT_READ))
    return True


def _card(turn: Turn) -> str:
    return f"{_TALKED}{new_key(turn)}"


async def _as_coach(turn: Turn, circle: str, other: str) -> people.Here:
    """For a coach whom no block keeps away from the other, or coordinators who stand in."""
    here = people.Here(people.circle_of(turn, circle), await turn.neighbour())
    if not circles.may_vouch(turn.person, here.me, here.circle, turn.rules):
        raise NotAllowed
    if other in here.me.blocked and not is_coordinator(turn.person, turn.rules):
        raise NotFound
    return here


FINISH = {TALK.name: sent, TALK_BACK.name: answered}
HANDLERS = [on_press("circle_coach", begin), on_press("coach_answer", answering)]
