"""Messages: who takes a message that is no command, in order; and what an edited one does."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from bot.core.danger import EMERGENCY
from bot.core.items import Addition, Item
from bot.core.ports import Shown
from bot.core.words import _, line
from handlers import forms, menu, reporter, standing
from handlers.commands import EDITED, PRIVATE, on_messages
from handlers.door import UNSEEN
from handlers.sent import goes_on, message_of, replied_to, words_of
from handlers.turn import Turn

Take = Callable[[Update, Turn], Awaitable[bool]]
"""Takes a message, or returns False to leave it to the next one."""

EDITABLE = timedelta(hours=48)
"""How long a change of a message that was sent counts as an addition."""

_CORRECTED = _("Corrected: {words}")
_TOO_LATE = _("I can't change what was sent. You can add something to your report.")
_NO_PHOTO = _("Photos don't go with this subject. Please write it in words.")
_NOT_THIS = _("That can't be added. Please send a text.")


def handlers(takers: Sequence[Take]) -> list[BaseHandler[Any, Any, Any]]:
    """One handler for every new message, and one for every edited message."""

    async def new(update: Update, turn: Turn) -> None:
        if message_of(update).media_group_id is not None and not await goes_on(update, turn):
            turn.say(line(UNSEEN, number=EMERGENCY))
        for taker in takers:
            if await taker(update, turn):
                return

    return [on_messages(PRIVATE, new), on_messages(EDITED, edited)]


async def reply(update: Update, turn: Turn) -> bool:
    """A reply to a message about an own report: an answer to the open question, or an addition."""
    item = await _own(turn, await replied_to(update, turn))
    if item is None:
        return False
    turn.answered = (message_of(update).message_id,)
    await _reply(update, turn, item)
    return True


async def _reply(update: Update, turn: Turn, item: Item) -> None:
    message, words = message_of(update), words_of(message_of(update))
    asked = standing.open_question(await turn.records.history(item.key))
    photo = message.photo[-1].file_id if message.photo else None
    voice = message.voice.file_id if message.voice else None
    if asked and words and photo is None:
        await reporter.record_answer(turn, item, words)
    elif photo and not _takes_photos(turn, item):
        turn.say(line(_NO_PHOTO), item=item.key)
    elif not (words or photo or voice):
        turn.say(line(_NOT_THIS), item=item.key)
    else:
        addition = Addition(at=turn.now, text=words, photo=photo, voice=voice)
        if await reporter.record_addition(turn, item, addition) and not await goes_on(update, turn):
            reporter.say_added(turn, item)


async def edited(update: Update, turn: Turn) -> None:
    """A changed message corrects its answer; what was sent already gets an addition."""
    message = update.edited_message
    assert message is not None, "the handler's filter lets edited messages through only"
    words = words_of(message)
    # A live location moves: that is no correction.
    if not words or await forms.correct(turn, message.message_id, words):
        return
    shown = await turn.records.message(turn.person.key, message.message_id)
    item = await _own(turn, shown)
    if shown is None or item is None or not item.open or turn.now - shown.at > EDITABLE:
        turn.say(line(_TOO_LATE), [[menu.MY_ITEMS]])
        return
    text = turn.speaker.plain(line(_CORRECTED, words=words))
    if await reporter.record_addition(turn, item, Addition(at=turn.now, text=text)):
        reporter.say_added(turn, item)


async def _own(turn: Turn, shown: Shown | None) -> Item | None:
    """The item that a message is about, when it is the person's own."""
    if shown is None or shown.item is None:
        return None
    item = await turn.records.get(Item, shown.item)
    return item if item is not None and item.reporter == turn.person.key else None


def _takes_photos(turn: Turn, item: Item) -> bool:
    topics = turn.rules.covenant.topics
    return any(t.id == item.report.topic and t.photos for t in topics)
