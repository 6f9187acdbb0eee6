"""Slots: the parts of days as buttons, and what comes back from them, read with distrust."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.helping.asks import Ask, open_slots
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.times import Daypart, Slot
from bot.core.words import _, line
from handlers.acts import Act
from handlers.helping import buttons as b
from handlers.helping import texts
from handlers.keyboards import Button, Press, Rows, in_pairs
from handlers.pages import page_of
from handlers.turn import Turn

MOST = 6
"""Buttons with a slot in one message; of more, the day is chosen first."""
MOST_DAYS = 10
"""Days in one message; the others are a page further."""
_YES = _("Yes, {slot}")
_LETTERS = {"m": Daypart.MORNING, "a": Daypart.AFTERNOON, "e": Daypart.EVENING}
_OF_PART = {part: letter for letter, part in _LETTERS.items()}
_PAGE = "p"
_DAY = "%y%m%d"
_DAY_LENGTH = 6


def token(slot: Slot) -> str:
    """A slot inside the id of a button: seven characters."""
    return slot.day.strftime(_DAY) + _OF_PART[slot.part]


def read(words: str) -> Slot | None:
    """The slot of a button; None for what was never ours."""
    day, part = _read_day(words[:_DAY_LENGTH]), _LETTERS.get(words[_DAY_LENGTH:])
    return Slot(day=day, part=part) if day and part else None


def every(turn: Turn, ask: Ask) -> tuple[Slot, ...]:
    """The parts of days that can still be promised."""
    return open_slots(ask, turn.rules.calendar, turn.now)


def fitting(turn: Turn, ask: Ask, neighbour: Neighbour) -> tuple[Slot, ...]:
    """Those that the neighbour's offer has too; all when there is no offer, or none of them."""
    slots = every(turn, ask)
    times = neighbour.offer.times if neighbour.offer else 0
    return tuple(slot for slot in slots if slot.bit & times) or slots


def rows(
    ask: Ask, slots: Sequence[Slot], act: Act = b.HELP_YES, more: str = "", page: int = 0
) -> Rows:
    """A button for each slot; with too many, one for each day of a page, whose parts come next."""
    before = f"{ask.key}.{more}." if more else f"{ask.key}."
    if len(slots) <= MOST:
        return [
            [
                Button(
                    line(_YES, slot=texts.slot(slot)),
                    Press(act.verb, before + token(slot), ask.revision),
                )
            ]
            for slot in slots
        ]
    days = page_of(list(dict.fromkeys(slot.day for slot in slots)), page, MOST_DAYS)
    buttons = [
        Button(line("{day}", day=day), Press(act.verb, before + day.strftime(_DAY), ask.revision))
        for day in days.shown
    ]
    turning = days.turning(
        lambda number: Press(act.verb, f"{before}{_PAGE}{number}", ask.revision),
        back=_("Earlier days"),
        on=_("Later days"),
    )
    return [*in_pairs(buttons), turning]


def page(words: str) -> int | None:
    """The page of days that a button turns to; None when it turns no page."""
    number = words.removeprefix(_PAGE)
    return int(number) if words != number and number.isdecimal() else None


def of_day(words: str, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots of the day that a button names; none when it names no day."""
    day = _read_day(words) if len(words) == _DAY_LENGTH else None
    return tuple(slot for slot in slots if slot.day == day)


def _read_day(words: str) -> date | None:
    try:
        return datetime.strptime(words, _DAY).date() if words.isdecimal() else None  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
