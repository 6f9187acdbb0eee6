"""When help is wanted and what for, in words for everyone who may read that."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.core.circles import HelpKind
from bot.core.covenant import Covenant
from bot.core.helping.asks import Ask, AskStage
from bot.core.helping.times import Daypart, Slot, When
from bot.core.prompts import Say
from bot.core.words import Line, _, line

PARTS: Mapping[Daypart, str] = {
    Daypart.MORNING: _("Morning"),
    Daypart.AFTERNOON: _("Afternoon"),
    Daypart.EVENING: _("Evening"),
}
"""As they stand on a button."""
_IN_TEXT: Mapping[Daypart, str] = {
    Daypart.MORNING: _("morning"),
    Daypart.AFTERNOON: _("afternoon"),
    Daypart.EVENING: _("evening"),
}
_WHEN = {
    1: _("{first}, {parts}"),
    2: _("{first} or {last}, {parts}"),
}
WEEKDAYS: Mapping[int, str] = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
    6: _("Saturday"),
    7: _("Sunday"),
}
"""By ISO weekday."""


def when_said(when: When) -> Line:
    """When help is wanted: the days, or every week from a day on, with the parts of the day."""
    parts = parts_said(when.parts)
    if when.weekly:
        weekly = _("each week, next on {first}, {parts}")
        return line(weekly, first=when.first, parts=parts)
    period = _("from {first} to {last}, {parts}")
    days = (when.last - when.first) // timedelta(days=1) + 1
    return line(_WHEN.get(days, period), first=when.first, last=when.last, parts=parts)


def wanted_said(ask: Ask) -> Line:
    """The same of an ask: of weekly help that is just over for this time, the next time."""
    when = ask.wish.when
    over = when.weekly and ask.stage is AskStage.AFTER
    return when_said(when.next_week() if over else when)


def promise_said(ask: Ask) -> Line:
    """What somebody would promise now: the time that a helper hands over, else all that was asked
    for."""
    return slot_said(ask.helper.slot) if ask.helper else when_said(ask.wish.when)


def slot_said(slot: Slot) -> Line:
    """One part of one day."""
    return line(_("{day}, {part}"), day=slot.day, part=line(_IN_TEXT[slot.part]))


def parts_said(parts: Collection[Daypart]) -> Line:
    """Parts of the day, in their order."""
    names = [line(_IN_TEXT[part]) for part in Daypart if part in parts]
    if len(names) == len(_IN_TEXT):
        return line(_("any part of the day"))
    return line(_("{one} or {two}"), one=names[0], two=names[1]) if len(names) > 1 else names[0]


def kind_said(kind: str, covenant: Covenant) -> Say:
    """The name of a kind of help, or its id when the covenant no longer has it."""
    return kind_or_none(kind, covenant) or line("{kind}", kind=kind)


def kind_or_none(kind: object, covenant: Covenant) -> HelpKind | None:
    """The kind of help with this id, if the covenant has it."""
    return next((k for k in covenant.kinds if k.id == kind), None)
