"""Offering: what a neighbour wants to do for others, with pauses, and taking it back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from telegram import Update

from bot.core.checkins import CheckIn
from bot.core.circles import Level
from bot.core.errors import Stale
from bot.core.helping.neighbours import Neighbour, Offer
from bot.core.helping.offer_form import (
    OFFER,
    PAUSE,
    from_offer,
    parts_of,
    to_offer,
    weekdays_of,
)
from bot.core.helping.said import WEEKDAYS, kind_or_none, kind_said, parts_said
from bot.core.helping.times import WEEK
from bot.core.many_choices import listed
from bot.core.matching import cleared, introduced
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.prompts import Say
from bot.core.words import Line, _, line, plural
from handlers import forms, menu
from handlers.commands import on_command
from handlers.helping import asks
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

_NOT_HERE = _("Neighbours can't offer help here yet.")
_THANKS = _("Thank you! We ask you when a neighbour needs this.")
_YOURS = _("You offer: {kinds}.")
_DAYS = _("On: {days}, {parts}.")
_WHERE = _("In: {villages}.")
_PAUSED = _("We don't ask you until {day}.")
_VOG = _("For {kinds} the coach must see your certificate (VOG) first.")
_INTRODUCED = _("The volunteer of your circle also introduces you. Until then we don't ask that.")
_ONLY_INTRODUCED = _(
    "For {kinds} the volunteer of your circle introduces you first. Until then we don't ask that."
)
_UNTIL_WHEN = _("How long do you want a pause? What you promised already stays.")
_ON_AGAIN = _("Your pause is over. We ask you again when a neighbour needs help.")
_SURE = _("Do you want to stop offering? What you promised already stays.")
_STOPPED = _("You don't offer help any more. Thank you for all you did.")
_NONE = _("You offer no help now.")
_WEEK, _MONTH = 7, 30


async def begin(_update: Update, turn: Turn) -> None:
    """The card of the own offer, or the form when there is none."""
    await open_(turn)


async def open_(turn: Turn) -> None:
    """Show the own offer, or ask what somebody wants to do."""
    neighbour = await turn.neighbour()
    if not turn.rules.covenant.kinds:
        turn.say(line(_NOT_HERE), menu.rows(turn))
    elif neighbour.offer is None:
        await forms.open_form(turn, OFFER.name)
    else:
        show(turn, neighbour)


async def change(_update: Update, turn: Turn) -> None:
    """The form again, with the answers of now."""
    offer = (await turn.neighbour()).offer
    known = from_offer(offer, turn.rules.covenant) if offer else None
    await forms.open_form(turn, OFFER.name, answers=known)


async def finish(turn: Turn, answers: Mapping[str, Any], _context: Mapping[str, str]) -> None:
    """Keep the offer, in place of the one before."""
    neighbour = await turn.neighbour()
    offer = to_offer(answers, neighbour.offer, turn.rules.covenant, turn.now)
    show(turn, _keep(turn, neighbour, offer), line(_THANKS))


async def pause(_update: Update, turn: Turn) -> None:
    """Ask until when the offer rests."""
    if not await _offers(turn):
        return
    rows = [
        [
            Button(line(_("A week")), Press("offer_rest", "", _WEEK)),
            Button(line(_("A month")), Press("offer_rest", "", _MONTH)),
        ],
        [Button(line(_("Until a date")), Press("offer_until"))],
    ]
    turn.say(line(_UNTIL_WHEN), rows)


async def rest(_update: Update, turn: Turn) -> None:
    """Pause for a week or a month."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    if turn.press.rev not in {_WEEK, _MONTH}:
        raise Stale
    today = turn.rules.calendar.local(turn.now).date()
    await _rest_until(turn, today + timedelta(days=turn.press.rev))


async def until(_update: Update, turn: Turn) -> None:
    """Ask for the date."""
    if await _offers(turn):
        await forms.open_form(turn, PAUSE.name)


async def rested(turn: Turn, answers: Mapping[str, Any], _context: Mapping[str, str]) -> None:
    """Pause until the date that was given."""
    await _rest_until(turn, date.fromisoformat(answers["until"]))


async def go_on(_update: Update, turn: Turn) -> None:
    """End the pause."""
    await _rest_until(turn, None)


async def stop(_update: Update, turn: Turn) -> None:
    """Ask whether that is meant."""
    if not await _offers(turn):
        return
    yes = Button(line(_("Yes, stop offering")), Press("offer_end"))
    turn.say(line(_SURE), [[yes], [Button(line(_("No, leave it")), Press("offer_help"))]])


async def end(_update: Update, turn: Turn) -> None:
    """Take the offer back; what was promised stays."""
    if await _offers(turn):
        _keep(turn, await turn.neighbour(), None)
        turn.say(line(_STOPPED), menu.rows(turn))


async def paused_over(turn: Turn, checkin: CheckIn) -> None:
    """A moment of a neighbour has come: when it is the end of the pause, that is said."""
    key = checkin.subject.removeprefix("neighbour:")
    person, neighbour = await turn.records.get(Person, key), await turn.neighbour(key)
    offer = neighbour.offer
    today = turn.rules.calendar.local(turn.now).date()
    if person is None or offer is None or offer.paused_until is None or offer.paused(today):
        return
    kept = _keep(turn, neighbour, offer.model_copy(update={"paused_until": None}))
    voice = turn.house.speaker(person.language)
    text = joined([line(_ON_AGAIN), *_card(turn, kept)], voice)
    turn.say(text, _rows(kept), to=person, priority=Priority.CHECKIN)


def show(turn: Turn, neighbour: Neighbour, *notes: Line) -> None:
    """The card of the own offer, after the notes."""
    turn.say(joined([*notes, *_card(turn, neighbour)], turn.speaker), _rows(neighbour))


async def _offers(turn: Turn) -> bool:
    """Whether the person offers anything now; if not, that is said."""
    if (await turn.neighbour()).offer is not None:
        return True
    turn.say(line(_NONE), [[menu.OFFER]])
    return False


async def _rest_until(turn: Turn, day: date | None) -> None:
    """Pause until this day, or go on."""
    neighbour = await turn.neighbour()
    if neighbour.offer is None:
        turn.say(line(_NONE), [[menu.OFFER]])
        return
    offer = neighbour.offer.model_copy(update={"paused_until": day})
    show(turn, _keep(turn, neighbour, offer))


def _keep(turn: Turn, neighbour: Neighbour, offer: Offer | None) -> Neighbour:
    changed = neighbour.model_copy(update={"offer": offer})
    asks.keep_neighbour(turn, changed)
    return changed


def _card(turn: Turn, neighbour: Neighbour) -> list[Say]:
    """What stands in the offer, and what is still needed."""
    offer, covenant = neighbour.offer, turn.rules.covenant
    if offer is None:
        return [line(_NONE)]
    villages = [area for area in covenant.areas if area.id in offer.areas]
    chosen = weekdays_of(offer)
    every = line(_("every day"))
    days = every if len(chosen) == WEEK else listed([line(WEEKDAYS[day]) for day in chosen])
    says: list[Say] = [
        line(_YOURS, kinds=listed([kind_said(kind, covenant) for kind in offer.kinds])),
        line(_DAYS, days=days, parts=parts_said(parts_of(offer))),
        line(_WHERE, villages=listed(villages)),
        plural("At most {count} time a month.", "At most {count} times a month.", offer.most),
    ]
    if offer.paused_until:
        says.append(line(_PAUSED, day=offer.paused_until))
    return [*says, *_needed(turn, neighbour, offer)]


def _needed(turn: Turn, neighbour: Neighbour, offer: Offer) -> list[Say]:
    """What must be seen before some of this is asked."""
    covenant = turn.rules.covenant
    found = [kind_or_none(kind, covenant) for kind in offer.kinds]
    careful = [kind for kind in found if kind and kind.level is Level.ALONE]
    today = turn.rules.calendar.local(turn.now).date()
    if not careful:
        return []
    if cleared(neighbour, turn.rules, today) is Level.ALONE:
        known = introduced(neighbour, None)
        return [] if known else [line(_ONLY_INTRODUCED, kinds=listed(careful))]
    return [line(_VOG, kinds=listed(careful)), line(_INTRODUCED)]


def _rows(neighbour: Neighbour) -> Rows:
    offer = neighbour.offer
    if offer is None:
        return [[menu.OFFER]]
    paused = offer.paused_until is not None
    on, off = (_("Go on again"), "offer_on"), (_("Pause"), "offer_pause")
    label, verb = on if paused else off
    return [
        [
            Button(line(_("Change")), Press("offer_change")),
            Button(line(label), Press(verb)),
        ],
        [Button(line(_("Stop offering")), Press("offer_stop"))],
    ]


HANDLERS = [
    on_command("help_bieden", begin),
    on_press(menu.OFFER.press.verb, begin),
    on_press("offer_change", change),
    on_press("offer_pause", pause),
    on_press("offer_rest", rest),
    on_press("offer_until", until),
    on_press("offer_on", go_on),
    on_press("offer_stop", stop),
    on_press("offer_end", end),
]
FINISH = {OFFER.name: finish, PAUSE.name: rested}
