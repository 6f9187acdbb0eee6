"""Standing: where a report stands, in words for its reporter; never how someone's care ended."""

from collections.abc import Mapping, Sequence

from bot.core.covenant import Covenant
from bot.core.items import Event, EventKind, Item, Quiet, Stage
from bot.core.prompts import Say
from bot.core.routing import partner_or_none
from bot.core.words import Line, _, line
from handlers.paragraphs import joined
from handlers.turn import Turn

STEPS = 5
"""Last steps on a card."""

_ROW = _("<b>{code}</b> · You reported: {topic} · {state} · {day}")
"""One line of a list."""
_SHORT: Mapping[Stage, str] = {
    Stage.WAITING: _("waits for {partner}"),
    Stage.HELD: _("{partner} works on it"),
    Stage.CLOSED: _("closed by {partner}"),
    Stage.CONFIRMED: _("solved"),
    Stage.NOT_CONFIRMED: _("ended, not confirmed"),
    Stage.WITHDRAWN: _("withdrawn"),
}
_SHORT_ASKED = _("{partner} has a question for you")
_STATE: Mapping[Stage, str] = {
    Stage.WAITING: _("{Partner} looks at it by {when}."),
    Stage.HELD: _("{Partner} picked it up and works on it."),
    Stage.CLOSED: _("{Partner} closed it. We ask you whether it is solved."),
    Stage.CONFIRMED: _("You told us that it is solved."),
    Stage.NOT_CONFIRMED: _("It has ended. You did not confirm that it is solved."),
    Stage.WITHDRAWN: _("You withdrew it. Nobody had opened it."),
}
_LATE = _("{Partner} should have looked at it by {when}. The coordinator knows that.")
_QUIET = _("You withdrew it. {Partner} had opened it, so it goes on there.")
_HEAD = _("<b>{code}</b> · {topic}")
_SENT = _("Sent on {day}.")
_STEP = _("{when}: {what}")
_ASKED_ON = _("We ask you how it is on {day}.")
# What a reporter may hear: received, picked up, closed; never the outcome of someone's care.
_TOLD: Mapping[EventKind, str] = {
    EventKind.REPORTED: _("we received it"),
    EventKind.ACCEPTED: _("it was picked up"),
    EventKind.TERM_MISSED: _("nobody responded in time"),
    EventKind.QUESTION: _("there was a question for you"),
    EventKind.ANSWER: _("you answered"),
    EventKind.ADDED: _("you added something"),
    EventKind.CLOSED: _("it was closed"),
    EventKind.REOPENED: _("it was opened again"),
    EventKind.CONFIRMED: _("you told us that it is solved"),
    EventKind.WITHDRAWN: _("you withdrew it"),
}


def row(item: Item, turn: Turn, *, asked: bool) -> Line:
    """One line of the list; `asked` when a partner waits for an answer to a question."""
    covenant, calendar = turn.rules.covenant, turn.rules.calendar
    partner = partner_or_none(item.assignment.partner, covenant) or item.assignment.partner
    stage = Stage.WITHDRAWN if _left(item) else item.stage
    return line(
        _ROW,
        code=item.code,
        topic=topic_name(item, covenant),
        state=line(_SHORT_ASKED if asked else _SHORT[stage], partner=partner),
        day=calendar.local(item.created).date(),
    )


async def enough_today(turn: Turn, item: Item) -> bool:
    """Whether the reporter did as much with it today as the covenant's limit."""
    history = await turn.records.history(item.key)
    acts = [event.at for event in history if event.by == item.reporter]
    return len(turn.today(acts)) >= turn.rules.covenant.limits.acts_per_day


async def card(turn: Turn, item: Item) -> Line:
    """What stands on the card of an item."""
    calendar = turn.rules.calendar
    says: list[Say] = [
        line(_HEAD, code=item.code, topic=topic_name(item, turn.rules.covenant)),
        line(_SENT, day=calendar.local(item.created).date()),
        standing(item, turn),
    ]
    if item.open and item.line.next_at:
        says.append(line(_ASKED_ON, day=calendar.local(item.line.next_at).date()))
    told = _steps(await turn.records.history(item.key))
    steps = [line(_STEP, when=e.at, what=line(_TOLD[e.kind])) for e in told[-STEPS:]]
    return joined([*says, *steps], turn.speaker)


def standing(item: Item, turn: Turn) -> Line:
    """Where it stands: who looks at it, and by which date."""
    held = item.assignment
    partner = partner_or_none(held.partner, turn.rules.covenant) or held.partner
    text = _STATE[item.stage]
    if item.stage is Stage.WAITING and held.respond_by < turn.now:
        text = _LATE
    if _left(item):
        text = _QUIET
    return line(text, Partner=partner, partner=partner, when=held.respond_by)


def open_question(history: Sequence[Event]) -> Event | None:
    """The partner's question that was not answered yet, the last one first."""
    for event in reversed(history):
        if event.kind is EventKind.ANSWER:
            return None
        if event.kind is EventKind.QUESTION:
            return event
    return None


async def asked(turn: Turn, item: Item) -> bool:
    """Whether it is open, and a partner waits for the reporter's answer to a question."""
    if not item.open or _left(item):
        return False
    return open_question(await turn.records.history(item.key)) is not None


def topic_name(item: Item, covenant: Covenant) -> Say:
    """The topic's name, or its id when the covenant no longer has it."""
    found = next((t for t in covenant.topics if t.id == item.report.topic), None)
    return found or line("{topic}", topic=item.report.topic)


def _left(item: Item) -> bool:
    """The reporter withdrew, and a partner goes on."""
    return item.open and item.line.quiet is Quiet.WITHDRAWN


def _steps(history: Sequence[Event]) -> list[Event]:
    """What the reporter may hear, the same step several times in a row only once: the last."""
    told = [e for e in history if e.kind in _TOLD]
    return [e for e, after in zip(told, [*told[1:], None], strict=True) if not _same(e, after)]


def _same(event: Event, after: Event | None) -> bool:
    return after is not None and after.kind is event.kind
