"""Drafts: the forms that a chat has open, kept a while, with one reminder."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import BaseHandler

from bot.core.checkins import CheckIn, Due
from bot.core.forms import Draft, Drafts
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.small_forms import FORMS
from bot.core.words import _, line
from handlers.keyboards import Button, Press
from handlers.paragraphs import joined
from handlers.turn import Turn

_EXPIRED = _("You had begun something here and did not finish it. I erased your answers.")
_REMINDER = _("You began something here and did not finish it. Do you want to go on?")
_UNTIL = _("I keep your answers until {until}.")
_CHAT = "chat:"


def go_on_or_stop(draft: Draft) -> tuple[Button, Button]:
    """The two ways on with a form that was left; the button to stop is for this one only."""
    stop = Press("drop", "", draft.revision)
    return Button(line(_("Go on")), Press("go_on")), Button(line(_("Stop filling in")), stop)


async def load(turn: Turn) -> Drafts:
    """The open forms of who is talking; what is too old goes, and that is said."""
    person = turn.person
    kept = await turn.records.get(Drafts, person.key) or Drafts(key=person.key)
    live = kept.without_expired(turn.now, turn.rules.covenant.times.draft_hours)
    # A newer release may have forms that an older one left no longer.
    known = tuple(draft for draft in live.stack if draft.form in FORMS)
    if len(known) == len(kept.stack):
        return kept
    live = live.model_copy(update={"stack": known})
    keep(turn, live)
    turn.say(line(_EXPIRED))
    return live


def answered(turn: Turn, drafts: Drafts) -> None:
    """Keep the newest state of forms that were open already.

    What was planned for them comes too early now; then it is planned anew.
    """
    turn.records.put(drafts)


def keep(turn: Turn, drafts: Drafts) -> None:
    """Keep the forms, and plan when to remind of them or to forget them."""
    turn.records.put(drafts)
    subject = _CHAT + drafts.key
    due = min((_next(draft, turn) for draft in drafts.stack), default=None)
    turn.plan(subject, *([CheckIn.at(subject, Due.DRAFT, due)] if due else []))


def first_revision(drafts: Drafts, now: datetime) -> int:
    """A turn number that no prompt of this chat has had: no old button fits a new form."""
    # Seconds grow faster than people answer; nine digits are what a button carries.
    seconds = int(now.timestamp()) % 900_000_000
    return max([seconds, *(draft.revision + 1 for draft in drafts.stack)])


async def remind(update: object, turn: Turn) -> None:
    """A form was left: remind of it once, later forget it."""
    assert isinstance(update, CheckIn)
    key = update.subject.removeprefix(_CHAT)
    person = await turn.records.get(Person, key)
    drafts = await turn.records.get(Drafts, key)
    if person is None or drafts is None:
        return
    hours = turn.rules.covenant.times.draft_hours
    live = drafts.without_expired(turn.now, hours)
    late = [draft for draft in live.stack if not draft.reminded and _next(draft, turn) <= turn.now]
    keep(turn, _reminded(live, late))
    if len(live.stack) < len(drafts.stack):
        turn.say(line(_EXPIRED), to=person)
    elif late:
        _say_reminder(turn, person, late[-1], hours)


def _say_reminder(turn: Turn, person: Person, draft: Draft, hours: int) -> None:
    voice, until = turn.house.speaker(person.language), draft.touched + timedelta(hours=hours)
    text = joined([line(_REMINDER), line(_UNTIL, until=until)], voice)
    turn.say(text, [go_on_or_stop(draft)], to=person, priority=Priority.CHECKIN)


def _reminded(drafts: Drafts, late: Iterable[Draft]) -> Drafts:
    for draft in late:
        drafts = drafts.put(draft.model_copy(update={"reminded": True}))
    return drafts


def _next(draft: Draft, turn: Turn) -> datetime:
    """When to remind of it, or after that to forget it; never in the quiet hours."""
    life = timedelta(hours=turn.rules.covenant.times.draft_hours)
    due = draft.touched + (life if draft.reminded else life / 2)
    return turn.rules.calendar.outside_quiet(due)


class _OnDraft(BaseHandler[Any, Any, Any]):
    """Takes the check-ins of drafts, and no other signal."""

    def check_update(self, update: object) -> bool:
        return isinstance(update, CheckIn) and update.what is Due.DRAFT


HANDLERS = [_OnDraft(remind)]
