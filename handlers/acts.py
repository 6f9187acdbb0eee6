"""Acts: every button of the partners' side, with what it says and the verb that it carries."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.core.items import Item
from bot.core.words import _, line
from handlers.keyboards import Button, Press, Rows, in_pairs


class Act(NamedTuple):
    """One button: its label and its verb; the item and the revision come with the message."""

    label: str
    verb: str


OPEN = Act(_("Open"), "open")
CARD = Act(_("Look"), "card")
CANNOT = Act(_("I can't now"), "cannot")
ACCEPT = Act(_("Accept"), "accept")
COVER = Act(_("Take over"), "cover")
DECLINE = Act(_("We can't, because…"), "decline")
SPOKEN = Act(_("Spoken"), "spoken")
NOBODY_HOME = Act(_("Nobody home"), "nobody_home")
LATER_TODAY = Act(_("Later today"), "later_today")
ASK = Act(_("Ask the reporter"), "ask_reporter")
NOTE = Act(_("Note"), "note")
CLOSE = Act(_("Done"), "close")
TOLD = Act(_("Was the person told?"), "told")
TO_CIRCLE = Act(_("To a circle"), "to_circle")
LINE = Act(_("Talk together"), "line")
"""Who talk along after a warm hand-over: the resident, the volunteer and the professional."""
ASSIGN = Act(_("Assign"), "assign")
REOPEN = Act(_("Open again"), "reopen")
WORK = Act(_("My work"), "work")
STEER = Act(_("Overview"), "steer")

# The reporter's side: what follows is in the resident's own handlers.
HOW = Act(_("Open"), "how")
LATER = Act(_("Later"), "later")
QUESTION = Act(_("Open"), "question")
MINE = Act(_("Look"), "mine")
NEWS = Act(_("Open"), "mine")
NOT_WELL = Act(_("It is not solved"), "how")


def buttons(item: Item, *acts: Act) -> list[Button]:
    """One row of buttons for an item."""
    return [Button(line(act.label), Press(act.verb, item.key, item.revision)) for act in acts]


def rows(acts: Iterable[Act], key: str, revision: int) -> Rows:
    """The buttons for an item, two to a row."""
    return in_pairs([Button(line(act.label), Press(act.verb, key, revision)) for act in acts])
