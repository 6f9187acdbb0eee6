"""Who has opened it: times, and the first receiver's name; later ones stay without a name."""

from telegram import Update

from bot.core.helping.lines import READ
from bot.core.items import Access, Item
from bot.core.routing import partner_or_none
from bot.core.words import Line, _, line
from handlers.keyboards import Button, Press, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

SHOWN = 15
"""The last times that are listed."""

_NOBODY = _("Nobody has opened <b>{code}</b> yet.")
_OPENED = _("<b>{code}</b> was opened on:")
_ONE = _("{when}: {partner}")
_ANOTHER = _("another partner")
_TALK = _("what you talk about together")


async def opened_by(_update: Update, turn: Turn) -> None:
    """Tell the reporter who read the report, and when."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    item = await turn.own(turn.press.id)
    read = await turn.records.accesses(item.key)
    look = Button(line(_("Look")), Press("mine", item.key, item.revision))
    if not read:
        turn.say(line(_NOBODY, code=item.code), [[look]], item=item.key)
        return
    rows = [_row(one, item, turn) for one in read[-SHOWN:]]
    text = joined([line(_OPENED, code=item.code), *rows], turn.speaker)
    turn.say(text, [[look]], item=item.key)


def _row(read: Access, item: Item, turn: Turn) -> Line:
    if read.what == READ:
        return line(_ONE, when=read.at, partner=line(_TALK))
    # Naming a later partner, such as care or police, would tell something about the neighbour.
    first = (*item.past, item.assignment)[0].partner
    known = partner_or_none(first, turn.rules.covenant) if read.partner == first else None
    return line(_ONE, when=read.at, partner=known or line(_ANOTHER))


HANDLERS = [on_press("opened_by", opened_by)]
