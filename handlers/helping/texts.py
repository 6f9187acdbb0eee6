"""Texts: an ask in words: what, when and where, who somebody is, and why a neighbour is asked."""

from collections.abc import Mapping

from bot.core.circles import Circle
from bot.core.covenant import Covenant
from bot.core.helping.asks import Ask, AskEnd, AskStage, SearchStep, Voice, Wish, speaks_for
from bot.core.helping.said import slot_said, when_said
from bot.core.helping.times import Slot
from bot.core.matching import Reasons
from bot.core.names import Titled
from bot.core.people import Person
from bot.core.words import Line, _, line, plural
from handlers.helping.audience import apart
from handlers.turn import Turn

_NEIGHBOUR = _("a neighbour")
_FOR = _("{name} (for {other})")
_WHY = {
    "circle": _("same circle"),
    "task": _("you offer this help"),
    "time": _("the time fits"),
    "village": _("same village"),
    "none": _("not helped yet this month"),
}
_STAGES: Mapping[AskStage, str] = {
    AskStage.LOOKING: _("We look for a neighbour."),
    AskStage.PROPOSED: _("A neighbour wants to help. The asker was asked."),
    AskStage.AGREED: _("A neighbour helps: {slot}."),
    AskStage.AFTER: _("The help was planned for {slot}. We ask how it went."),
}
_WANTS = _("A neighbour wants to help.")
PASSED = _("The wanted time has passed.")
_BEGINS = _("The search begins on {when}.")
_STEPS: Mapping[SearchStep, str] = {
    SearchStep.INVITING: _("Neighbours were asked in private."),
    SearchStep.BOARD: _("It is on the board of the circle."),
    SearchStep.VOLUNTEER: _("The volunteer was asked to look at it."),
    SearchStep.COACH: _("The coach was asked to look at it."),
    SearchStep.COORDINATOR: _("The coordinator was asked to look at it."),
}
_ENDS: Mapping[AskEnd, str] = {
    AskEnd.DONE: _("It has ended. The help was given."),
    AskEnd.CANCELLED: _("It has ended. It is not needed any more."),
    AskEnd.PASSED_ON: _("It has ended here. A partner goes on with it."),
    AskEnd.LEFT: _("It has ended here."),
}


def place(wish: Wish, covenant: Covenant) -> Titled | Line:
    """The circle that is asked, else the village."""
    circle = circle_of(wish.circle, covenant)
    village = next((a for a in covenant.areas if a.id == wish.area), None)
    return circle or village or line(_("another village"))


def circle_of(id_: str | None, covenant: Covenant) -> Circle | None:
    """The circle with this id, or None."""
    return next((c for c in covenant.circles if c.id == id_), None)


def slot(one: Slot | None) -> Line:
    """A part of a day."""
    return slot_said(one) if one else line("")


def why(reasons: Reasons) -> Line:
    """Why this neighbour; never that the asker was glad before, since that tells who asks."""
    near = "circle" if reasons.same_circle else "village"
    shown = [near] * (reasons.same_circle or reasons.same_village) + ["task", "time"]
    said = {name: line(_WHY[name]) for name in shown} | {"helps": helped(reasons.helps)}
    return line(", ".join("{" + name + "}" for name in said), **said)


def helped(times: int) -> Line:
    """How often somebody helped in the time over which it is counted."""
    if not times:
        return line(_WHY["none"])
    return plural("helped {count} time this month", "helped {count} times this month", times)


async def asker_name(turn: Turn, ask: Ask, *, agreed: bool) -> Line | str:
    """The asker for the helper: by name, or as a neighbour for who put it without one."""
    if ask.wish.voice is not Voice.NAMED:
        return line(_NEIGHBOUR)
    name = await first_name(turn, ask.speaker)
    other = ask.wish.for_other
    return line(_FOR, name=name, other=other) if other and agreed else name


async def first_name(turn: Turn, key: str | None) -> Line | str:
    """Somebody's first name; without one, a neighbour."""
    person = await turn.records.get(Person, key) if key else None
    return (person.first_name if person else "") or line(_NEIGHBOUR)


async def name_for(turn: Turn, reader: str, key: str | None) -> Line | str:
    """Somebody's first name for this reader; where a block keeps the two apart, a neighbour."""
    return line(_NEIGHBOUR) if await apart(turn, reader, key) else await first_name(turn, key)


def state(ask: Ask) -> Line:
    """Where an ask stands, without a name."""
    if ask.end:
        return line(_ENDS[ask.end])
    if ask.stage is AskStage.LOOKING and ask.search.over:
        return line(PASSED)
    promised = slot(ask.helper.slot) if ask.helper else when_said(ask.wish.when)
    return line(_STAGES[ask.stage], slot=promised)


def state_for(ask: Ask, reader: str) -> Line:
    """Where it stands; who was asked to agree is not told so as of somebody else."""
    asked = ask.stage is AskStage.PROPOSED and speaks_for(ask, reader)
    return line(_WANTS) if asked else state(ask)


def step(ask: Ask) -> Line:
    """Who was called last, or when the first are asked."""
    return begins(ask) or line(_STEPS[ask.search.step])


def begins(ask: Ask) -> Line | None:
    """When neighbours are asked for the first time; None once anybody was asked."""
    search = ask.search
    if search.step is not SearchStep.INVITING or search.invited or search.next_at is None:
        return None
    return line(_BEGINS, when=search.next_at)
