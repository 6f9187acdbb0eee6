"""Replies: what a professional writes below a message about an item becomes a note."""

from telegram import Update

from bot.core import lifecycle
from bot.core.access import acting_for
from bot.core.covenant import Right
from bot.core.errors import Stale
from bot.core.items import Item
from bot.core.small_forms import NOTE_LENGTH
from bot.core.words import _, line
from handlers.sent import message_of, words_of
from handlers.turn import Turn
from handlers.work import record

_NOTED = _("I kept that as a note with <b>{code}</b>. The reporter does not see it.")
_NO_WORDS = _("Only words can be a note. Please type it.")
_TOO_LONG = _("That is too long for a note: at most {max} characters fit.")
_CLOSED = _("<b>{code}</b> is closed. No note was made.")


async def take(update: Update, turn: Turn) -> bool:
    """A reply below a message about an item for which the person may act; else False."""
    message = message_of(update)
    about = message.reply_to_message
    if about is None or not turn.person.memberships:
        return False
    shown = await turn.records.message(turn.person.key, about.message_id)
    item = await turn.records.get(Item, shown.item) if shown and shown.item else None
    partner = item and acting_for(turn.person, Right.ACT, item, turn.rules, turn.now)
    if item is None or not partner:
        return False
    await _note(turn, item, partner, words_of(message))
    return True


async def _note(turn: Turn, item: Item, partner: str, words: str) -> None:
    if not words:
        turn.say(line(_NO_WORDS), item=item.key)
        return
    if len(words) > NOTE_LENGTH:
        turn.say(line(_TOO_LONG, max=NOTE_LENGTH), item=item.key)
        return
    by, rules = turn.person.key, turn.rules
    try:
        change = lifecycle.note(item, words, by=by, partner=partner, rules=rules, now=turn.now)
    except Stale:
        turn.say(line(_CLOSED, code=item.code))
        return
    turn.say(line(_NOTED, code=item.code), item=item.key)
    await record(turn, change)
