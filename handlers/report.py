"""Reporting: a concern from the menu or from a free text, sent once and confirmed with its code."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core import lifecycle
from bot.core.concern import CONCERN, is_referral, to_report
from bot.core.covenant import Kind
from bot.core.danger import EMERGENCY
from bot.core.forms import Answered
from bot.core.helping.way_form import WAY
from bot.core.items import Item
from bot.core.prompts import Say
from bot.core.suggest import meant
from bot.core.words import _, line
from handlers import forms, menu
from handlers.clearing import CLEAR
from handlers.commands import on_command
from handlers.drawing import new_code, new_key
from handlers.helping import asking, offering
from handlers.keyboards import Button, Press, on_press
from handlers.notices import tell
from handlers.paragraphs import joined
from handlers.sent import message_of, words_of
from handlers.turn import Turn

_ENOUGH = _("You sent {count} reports today; more is not possible here. Please call {phone}.")
_ENOUGH_NO_PHONE = _("You sent {count} reports today; more is not possible here.")
_REFERRED = _("I sent nothing and kept nothing. You can report something else.")
_THANKS = _("We have your report. Code: <b>{code}</b>.")
_NOBODY_YET = _("Nobody looks at it yet. {Partner} responds by {when}.")
_UNSAFE = _("Only {partner} sees this, and talks with you before anything is passed on.")
_CALL_YOU = _("May we call you? Tap Add something, and write a number and a safe moment.")
_IF_NOT = _("If that fails, you hear from us.")
_WORSE = _("Is it getting worse? Call {phone}.")
_DANGER = _("In danger: {number}.")


async def begin(_update: Update, turn: Turn) -> None:
    """The concern form, from a command or a button."""
    if not too_many(turn):
        await forms.open_form(turn, CONCERN.name)


async def from_text(update: Update, turn: Turn) -> bool:
    """A text outside any form is what someone wants to tell; False when there are no words."""
    message = message_of(update)
    words = words_of(message)
    if not any(c.isalnum() for c in words):
        return False
    said = Answered(value=words, message_id=message.message_id)
    if meant(words, turn.rules.covenant) is not Kind.CONCERN:
        await forms.open_form(turn, WAY.name, answers={"what": said})
    elif not too_many(turn):
        await forms.open_form(turn, CONCERN.name, answers={"what": said})
    return True


async def on_its_way(turn: Turn, answers: Mapping[str, Any], _context: Mapping[str, str]) -> None:
    """What the text is about was chosen: it goes on in the form for that."""
    said = Answered(value=answers["what"], message_id=next(iter(turn.answered), None))
    match answers["way"]:
        case Kind.ASK:
            await asking.open_(turn, {"text": said})
        case Kind.OFFER:
            await offering.open_(turn)
        case _ if not too_many(turn):
            await forms.open_form(turn, CONCERN.name, answers={"what": said})


async def from_voice(update: Update, turn: Turn) -> bool:
    """A voice message outside any form likewise."""
    message = message_of(update)
    if message.voice is None or message.forward_origin is not None:
        return False
    if not too_many(turn):
        voice = {"voice": message.voice.file_id}
        said = Answered(value=voice, message_id=message.message_id)
        await forms.open_form(turn, CONCERN.name, answers={"what": said})
    return True


async def finish(turn: Turn, answers: Mapping[str, Any], _context: Mapping[str, str]) -> None:
    """Send the report: it gets a code and a holder, and both sides hear it."""
    if is_referral(answers, turn.rules.covenant):
        turn.say(line(_REFERRED), menu.rows(turn))
        return
    if too_many(turn):
        return
    change = lifecycle.report(
        to_report(answers, turn.person),
        key=new_key(turn),
        code=await new_code(turn),
        reporter=turn.person.key,
        rules=turn.rules,
        now=turn.now,
    )
    turn.keep(change)
    count(turn)
    turn.belong(turn.answered, change.item.key)
    _confirm(turn, change.item)
    await tell(turn, change)


def _confirm(turn: Turn, item: Item) -> None:
    """What happens next, with a date."""
    covenant, held = turn.rules.covenant, item.assignment
    partner = covenant.partner(held.partner)
    says: list[Say] = [
        line(_THANKS, code=item.code),
        line(_NOBODY_YET, Partner=partner, when=held.respond_by),
        line(_IF_NOT),
        *([line(_UNSAFE, partner=partner), line(_CALL_YOU)] if item.report.unsafe else []),
    ]
    if covenant.local_phone:
        says.append(line(_WORSE, phone=covenant.local_phone))
    says.append(line(_DANGER, number=EMERGENCY))
    add = Button(line(_("Add something")), Press("add", item.key))
    turn.say(joined(says, turn.speaker), [[add, CLEAR]], item=item.key)


def too_many(turn: Turn) -> bool:
    """Whether the person reached the day's limit, and if so where to call."""
    covenant, count = turn.rules.covenant, len(turn.today(turn.person.reported))
    if count < covenant.limits.reports_per_day:
        return False
    text = _ENOUGH if covenant.local_phone else _ENOUGH_NO_PHONE
    turn.say(line(text, count=count, phone=covenant.local_phone or ""))
    return True


def count(turn: Turn) -> None:
    """Count a report of the person for the day's limit."""
    reported = (*turn.today(turn.person.reported), turn.now)
    turn.keep_person(turn.person.model_copy(update={"reported": reported}))


HANDLERS = [on_command("melden", begin), on_press("concern", begin)]
FINISH = {CONCERN.name: finish, WAY.name: on_its_way}
