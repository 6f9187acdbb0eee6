"""The privacy notice: read before the first question, once."""

from telegram import Update

from bot.core.concern import CONCERN
from bot.core.forms import Draft, Drafts
from bot.core.helping.ask_form import HELP
from bot.core.helping.circle_forms import JOIN
from bot.core.helping.offer_form import OFFER
from bot.core.helping.way_form import WAY
from bot.core.labels import pick
from bot.core.words import _, line
from handlers import calls, danger, forms, menu
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.sent import message_of, words_of
from handlers.turn import Turn

_TEXT = (
    _("Welcome to Omzien. You talk with a computer."),
    _("This is confidential, not anonymous. Telegram can technically read along."),
    _("Before you send anything, you see who gets it."),
    _("Write what you see or hear. Write nothing about illnesses."),
)
_FIRST = _("Please read this first, and tap Continue. Then tell me more.")
_BUTTONS = (
    Button(line(_("Continue")), Press("read_on")),
    Button(line(_("There is danger now")), Press("danger_now")),
    Button(line(_("Rather call")), Press("call_us")),
)
_AFTER_NOTICE = frozenset(form.name for form in (CONCERN, JOIN, HELP, OFFER, WAY))
"""The forms whose questions come only after the notice was read."""
_ROWS: Rows = ((_BUTTONS[0],), _BUTTONS[1:])


def show(turn: Turn) -> None:
    """Say what everyone must know before the first question."""
    turn.say(joined([line(text) for text in _TEXT], turn.speaker), _ROWS)


def gate(turn: Turn, draft: Draft) -> bool:
    """Show the notice first to who begins a report and has not read it."""
    if draft.form not in _AFTER_NOTICE or turn.person.informed is not None:
        return False
    show(turn)
    return True


async def read_on(_update: Update, turn: Turn) -> None:
    """The notice was read: the question that waits, else the menu."""
    turn.keep_person(turn.person.model_copy(update={"informed": turn.now}))
    if not await forms.resume(turn):
        await menu.show(turn)


async def typed(update: Update, turn: Turn) -> bool:
    """A message while a report waits for the notice to be read: its button typed, or not yet."""
    drafts = await turn.records.get(Drafts, turn.person.key)
    top = drafts.top if drafts else None
    if turn.person.informed or top is None or top.form not in _AFTER_NOTICE:
        return False
    labels = [(b.press.verb, turn.speaker.plain(b.label)) for b in _BUTTONS]
    act = _ACTS.get(pick(words_of(message_of(update)), list(_ACTS), labels) or "")
    if act is None:
        turn.say(line(_FIRST))
        show(turn)
    else:
        await act(update, turn)
    return True


_ACTS = {"read_on": read_on, "danger_now": danger.show, "call_us": calls.show}

HANDLERS = [on_press("read_on", read_on)]
