"""My reports: the list, and the card of one of them as its reporter may see it."""

from collections.abc import Mapping, Sequence

from telegram import Update

from bot.core.covenant import Covenant
from bot.core.items import Event, EventKind, Item, Quiet, Stage
from bot.core.prompts import Say
from bot.core.routing import partner_or_none
from bot.core.words import Line, _, line
from handlers import menu
from handlers.clearing import CLEAR
from handlers.commands import on_command
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

LISTED = 10
"""Reports in one message."""
STEPS = 5
"""Last steps on a card."""

_NONE = _("You have no reports here.")
_LIST = _("Your reports, the newest first:")
_ROW = _("<b>{code}</b> · {topic} · {state} · {day}")
_OLDER = _("Older")

_SHORT: Mapping[Stage, str] = {
    Stage.WAITING: _("waits for {partner}"),
    Stage.HELD: _("{partner} works on it"),
    Stage.CLOSED: _("closed by {partner}"),
    Stage.CONFIRMED: _("solved"),
    Stage.NOT_CONFIRMED: _("ended, not confirmed"),
    Stage.WITHDRAWN: _("withdrawn"),
}
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


async def list_(_update: Update, turn: Turn) -> None:
    """The person's own items, a button each; older ones on the next page."""
    items = await turn.records.raised_by(turn.person.key)
    start = turn.press.rev if turn.press else 0
    page = items[start : start + LISTED]
    if not page:
        turn.say(line(_NONE), [[menu.CONCERN]])
        return
    rows = [[Button(item.code, Press("mine", item.key, item.revision))] for item in page]
    pairs = [[*left, *right] for left, right in zip(rows[::2], [*rows[1::2], []], strict=False)]
    if len(items) > start + LISTED:
        pairs.append([Button(line(_OLDER), Press("my_items", "", start + LISTED))])
    says = [line(_LIST), *(_row(item, turn) for item in page)]
    turn.say(joined(says, turn.speaker), pairs)


async def open_(_update: Update, turn: Turn) -> None:
    """The card of one item."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    await show(turn, await turn.own(turn.press.id))


async def show(turn: Turn, item: Item, *notes: Say) -> None:
    """Say what stands on the card of `item`, after the notes."""
    text = await _card(turn, item)
    card = joined([*notes, text], turn.speaker) if notes else text
    turn.say(card, await _rows(turn, item), card=f"mine-{item.key}", item=item.key)


async def renew(turn: Turn, item: Item) -> None:
    """Bring the card up to date where it stands."""
    turn.edit(f"mine-{item.key}", await _card(turn, item), await _rows(turn, item))


def open_question(history: Sequence[Event]) -> Event | None:
    """The partner's question that was not answered yet, the last one first."""
    for event in reversed(history):
        if event.kind is EventKind.ANSWER:
            return None
        if event.kind is EventKind.QUESTION:
            return event
    return None


def topic_name(item: Item, covenant: Covenant) -> Say:
    """The topic's name, or its id when the covenant no longer has it."""
    found = next((t for t in covenant.topics if t.id == item.report.topic), None)
    return found or line("{topic}", topic=item.report.topic)


def standing(item: Item, turn: Turn) -> Line:
    """Where it stands: who looks at it, and by which date."""
    held = item.assignment
    partner = partner_or_none(held.partner, turn.rules.covenant) or held.partner
    text = _STATE[item.stage]
    if item.stage is Stage.WAITING and held.respond_by < turn.now:
        text = _LATE
    if item.open and item.line.quiet is Quiet.WITHDRAWN:
        text = _QUIET
    return line(text, Partner=partner, partner=partner, when=held.respond_by)


def _row(item: Item, turn: Turn) -> Line:
    covenant, calendar = turn.rules.covenant, turn.rules.calendar
    partner = partner_or_none(item.assignment.partner, covenant) or item.assignment.partner
    return line(
        _ROW,
        code=item.code,
        topic=topic_name(item, covenant),
        state=line(_SHORT[item.stage], partner=partner),
        day=calendar.local(item.created).date(),
    )


async def _card(turn: Turn, item: Item) -> Line:
    calendar = turn.rules.calendar
    says: list[Say] = [
        line(_HEAD, code=item.code, topic=topic_name(item, turn.rules.covenant)),
        line(_SENT, day=calendar.local(item.created).date()),
        standing(item, turn),
    ]
    if item.open and item.line.next_at:
        says.append(line(_ASKED_ON, day=calendar.local(item.line.next_at).date()))
    told = [e for e in await turn.records.history(item.key) if e.kind in _TOLD]
    steps = [line(_STEP, when=e.at, what=line(_TOLD[e.kind])) for e in told[-STEPS:]]
    return joined([*says, *steps], turn.speaker)


async def _rows(turn: Turn, item: Item) -> Rows:
    """What fits the state."""
    question = open_question(await turn.records.history(item.key)) if item.open else None
    rev, key = item.revision, item.key
    rows: list[list[Button]] = []
    if question:
        rows.append([Button(line(_("Answer the question")), Press("question", key, rev))])
    if item.open:
        rows.append([Button(line(_("Add something")), Press("add", key, rev))])
    rows.append([Button(line(_("Who has opened it?")), Press("opened_by", key, rev))])
    if item.open:
        rows.append([Button(line(_("Ask me more or less often")), Press("often", key, rev))])
    if item.stage in {Stage.CLOSED, Stage.CONFIRMED, Stage.NOT_CONFIRMED}:
        rows.append([Button(line(_("Tell how it is")), Press("how", key, rev))])
    if item.open and item.line.quiet is not Quiet.WITHDRAWN:
        rows.append([Button(line(_("Withdraw")), Press("withdraw", key, rev))])
    return [*rows, [CLEAR]]


HANDLERS = [
    on_command("mijn", list_),
    on_press("my_items", list_),
    on_press("mine", open_),
]
