"""Clearing a conversation: what Telegram lets us delete is deleted, our older words are blanked."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

from telegram import Update

from bot.core.ports import Shown
from bot.core.words import Line, _, line
from handlers import drafts
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

CLEAR = Button(line(_("Clear this conversation")), Press("clear"))
DELETABLE = timedelta(hours=48)
"""Bot API, deleteMessage: a message can be deleted if it was sent less than 48 hours ago."""
AT_ONCE = 100
"""Bot API, deleteMessages: 1 to 100 messages."""
_SPARE = timedelta(minutes=10)
"""Calls may wait before they are sent; a message on the edge is blanked instead."""

_BLANK = _("This message was cleared.")
_CLEARED = _("This conversation is cleared.")
_STAYS = _("Your reports stay with us; you find them under /mijn.")
_BEGUN = _("What you were filling in is kept for now.")
_OLDER = _("Your own messages of more than two days ago you can delete yourself.")

_T = TypeVar("_T")


async def clear(_update: Update, turn: Turn) -> None:
    """Take everything of this chat off the phone that we can; the items stay, and that is said."""
    shown = await turn.records.shown(turn.person.key)
    young = [m for m in shown if turn.now - m.at < DELETABLE - _SPARE]
    old = [m for m in shown if m not in young]
    for ids in _chunks([m.message_id for m in young], AT_ONCE):
        turn.call("deleteMessages", {"message_ids": ids})
    blank = turn.speaker.html(line(_BLANK))
    for message in old:
        if message.ours:
            turn.call("editMessageText", {"message_id": message.message_id, "text": blank})
    turn.records.forget_messages(turn.person.key, [m.message_id for m in shown])
    begun = (await drafts.load(turn)).top
    on = [drafts.go_on_or_stop(begun)] if begun else []
    turn.say(_what_stays(turn, old, begun=begun is not None), on)


def _what_stays(turn: Turn, old: Sequence[Shown], *, begun: bool) -> Line:
    theirs = any(not m.ours for m in old)
    facts = ((_CLEARED, True), (_STAYS, True), (_OLDER, theirs), (_BEGUN, begun))
    return joined([line(text) for text, holds in facts if holds], turn.speaker)


def _chunks(things: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (things[i : i + size] for i in range(0, len(things), size))


HANDLERS = [on_press("clear", clear)]
