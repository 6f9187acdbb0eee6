"""The work list: open items of a person's partners, most urgent first; and leaving a partner."""

from telegram import Update

from bot.core.access import acting_for
from bot.core.covenant import Right
from bot.core.errors import NotAllowed
from bot.core.items import Item
from bot.core.people import Person
from bot.core.words import _, line, plural
from handlers import acts
from handlers.commands import on_command
from handlers.helping import unplaced
from handlers.keyboards import Press, on_press
from handlers.lists import by_urgency, page
from handlers.turn import Turn

CARD = "work"
"""The name of the list in a chat: turning a page edits it."""

_NOTHING = _("There is no work for you now. You get a message when something comes.")
_NOTHING_YET = _("Of reports there is no work for you now.")
_NO_ROLE = _("This is for partners. Do you want to report something? Tap /start.")


async def asked(_update: Update, turn: Turn) -> None:
    """Send the list anew."""
    if not turn.person.memberships:
        turn.say(line(_NO_ROLE))
        return
    items, below = await work_of(turn, turn.person), await unplaced.button(turn)
    if not items:
        turn.say(line(_NOTHING_YET if below else _NOTHING), below)
        return
    heading = plural("{count} open item for you.", "{count} open items for you.", len(items))
    said, buttons = await page(
        turn, heading, items, _page(turn), lambda n: Press("work_page", "", n)
    )
    if turn.press is not None and turn.press.verb == "work_page":
        turn.edit(CARD, said, [*buttons, *below])
    else:
        turn.say(said, [*buttons, *below], card=CARD)


async def turned(update: Update, turn: Turn) -> None:
    """Show another page in place of this one."""
    if not turn.person.memberships:
        raise NotAllowed
    await asked(update, turn)


async def work_of(turn: Turn, person: Person) -> list[Item]:
    """The open items that a person may see for the partners they work for, each once."""
    found: dict[str, Item] = {}
    for partner in person.partners:
        for item in await turn.records.held_by(partner):
            if acting_for(person, Right.SEE, item, turn.rules, turn.now):
                found[item.key] = item
    return by_urgency(list(found.values()), turn.now)


def _page(turn: Turn) -> int:
    return turn.press.rev if turn.press is not None and turn.press.verb == "work_page" else 0


HANDLERS = [
    on_command("werk", asked),
    on_command("work", asked),
    on_press(acts.WORK.verb, asked),
    on_press("work_page", turned),
]
