"""Meetings: a volunteer announces one, members sign up, and the day before they are reminded."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from telegram import Update

from bot.core.checkins import CheckIn, Due
from bot.core.circles import Circle
from bot.core.codes import ALPHABET
from bot.core.errors import NotFound
from bot.core.helping import circles
from bot.core.helping.calendar_file import calendar_file
from bot.core.helping.circle_forms import CIRCLE, MEETING
from bot.core.helping.neighbours import Group, Meeting
from bot.core.people import Person
from bot.core.ports import Call, Priority
from bot.core.words import Line, _, line, plural
from handlers.circles import people
from handlers.circles.people import Here
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import buttons as b
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

SUBJECT = "circle:"
_KEY_LENGTH = 10

_NONE = _("<b>{Circle}</b>\nNo meeting is planned.")
_MEETING = _("<b>{Circle}</b>\nMeeting on {at}, {place}.")
_WHO = _("Signed up: {names}.")
_YOU_COME = _("You are coming.")
_MANY = _("There are meetings enough now. Call one off first.")
_TOMORROW = _("That is enough for today. You can announce a meeting again tomorrow.")
_SOON = _("<b>{Circle}</b>\nThere is a meeting: {at}, {place}.")
_OFF = _("<b>{Circle}</b>\nThe meeting of {at} is called off.")
_SURE = _("Do you want to call off the meeting of {at}? Who signed up hears it.")
_ANNOUNCED = _("The members hear of it.")
_COMES = _("You are signed up. Here is the meeting for your calendar.")
_NOT = _("Noted: you are not coming.")
_TITLE = _("Meeting of {circle}")


async def listed(_update: Update, turn: Turn) -> None:
    """Every meeting that is to come, each with its own buttons."""
    here = await people.as_known(turn, people.pressed(turn).id)
    steers = people.coordinates(turn, here)
    kept = await people.group_of(turn, here.circle.id)
    coming = circles.upcoming(kept, turn.now)
    new = _new(here.circle)
    if not coming:
        turn.say(line(_NONE, circle=here.circle), [*[[new]] * steers, [people.back(here.circle)]])
        return
    for number, meeting in enumerate(coming, start=1):
        said, rows = await _shown(turn, here, meeting)
        last = [*[[new]] * steers, [people.back(here.circle)]]
        more = last if number == len(coming) else []
        turn.say(said, [*rows, *more], card=_card(meeting))


def _new(circle: Circle) -> Button:
    return Button(line(_("Announce a meeting")), Press("meeting_new", circle.id))


async def announcing(_update: Update, turn: Turn) -> None:
    """Ask when, where and what."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    if not await _enough(turn, here.circle):
        await open_form(turn, MEETING.name, context={CIRCLE: here.circle.id})


@kindly
async def announced(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Keep the meeting and tell the members."""
    here = await people.as_volunteer(turn, context.get(CIRCLE, ""))
    if await _enough(turn, here.circle):
        return
    day, clock = date.fromisoformat(answers["day"]), time.fromisoformat(answers["clock"])
    at = turn.rules.calendar.moment(day, clock)
    key = "".join(ALPHABET[turn.house.random(len(ALPHABET))] for _n in range(_KEY_LENGTH))
    meeting = Meeting(key=key, at=at, place=answers["place"], what=answers.get("what") or "")
    if circles.remind_at(meeting, turn.rules) <= turn.now:
        # They hear of it now, which is the day before or later.
        meeting = meeting.model_copy(update={"reminded": True})
    kept = circles.told(await people.group_of(turn, here.circle.id), turn.rules, turn.now)
    _keep(turn, circles.with_meeting(kept, meeting, turn.now))
    turn.say(line(_ANNOUNCED))
    for person in await _members(turn, here.circle.id):
        them = Here(here.circle, await turn.neighbour(person.key))
        said, rows = await _shown(turn, them, meeting, reader=person)
        quiet = _quiet(turn)
        turn.say(said, rows, to=person, card=_card(meeting), priority=Priority.BULK, silent=quiet)


async def _enough(turn: Turn, circle: Circle) -> bool:
    """Whether as many meetings are to come, or had news today, as may be; that is said."""
    kept = await people.group_of(turn, circle.id)
    many = len(circles.upcoming(kept, turn.now)) >= circles.MOST_MEETINGS
    if not many and circles.may_tell(kept, turn.rules, turn.now):
        return False
    turn.say(line(_MANY if many else _TOMORROW))
    return True


async def comes(_update: Update, turn: Turn) -> None:
    """Sign up, and get the file for the calendar."""
    here, meeting = await _pressed(turn)
    meeting = await _sign(turn, here, meeting, comes=True)
    await _again(turn, here, meeting)
    caption = line(_COMES)
    turn.records.append(_document(turn, turn.person, here.circle, meeting, caption))


async def stays_away(_update: Update, turn: Turn) -> None:
    """Not coming, or no more."""
    here, meeting = await _pressed(turn)
    meeting = await _sign(turn, here, meeting, comes=False)
    turn.toast(line(_NOT))
    await _again(turn, here, meeting)


async def calling_off(_update: Update, turn: Turn) -> None:
    """Ask a volunteer once whether it is to be called off."""
    here, meeting = await _pressed(turn)
    here = await people.as_volunteer(turn, here.circle.id)
    yes = people.about(turn, "meeting_off_yes", meeting.key, here.circle.id)
    leave = Button(line(b.LEAVE_IT.label), Press("circle_meet", here.circle.id))
    turn.say(line(_SURE, at=meeting.at), [[Button(line(b.CALL_OFF_YES.label), yes), leave]])


async def called_off(_update: Update, turn: Turn) -> None:
    """A volunteer calls the meeting off; who signed up hears it, of very many in silence."""
    here, meeting = await _pressed(turn)
    here = await people.as_volunteer(turn, here.circle.id)
    kept = await people.group_of(turn, here.circle.id)
    quiet = _quiet(turn) or not circles.may_tell(kept, turn.rules, turn.now)
    kept = circles.told(kept, turn.rules, turn.now)
    _keep(turn, circles.without_meeting(kept, meeting.key))
    said = line(_OFF, circle=here.circle, at=meeting.at)
    for person in await people.persons(turn, meeting.coming):
        if person.key != turn.person.key:
            turn.say(said, to=person, silent=quiet)
    await _settle(turn, here.circle, meeting, said)
    turn.say(said, [[_new(here.circle)], [people.back(here.circle)]])


async def _settle(turn: Turn, circle: Circle, meeting: Meeting, said: Line) -> None:
    """What anybody has of this meeting has no buttons any more."""
    for person in await people.readers(turn, circle, meeting.coming):
        turn.edit(_card(meeting), said, to=person)
        if person.key in meeting.coming:
            turn.edit(_reminder(meeting), said, to=person)


async def due(turn: Turn, checkin: CheckIn) -> None:
    """The day before: remind who signed up, once; and when it begins, nobody can sign up."""
    id_ = checkin.subject.removeprefix(SUBJECT)
    circle = next((c for c in turn.rules.covenant.circles if c.id == id_), None)
    kept = await turn.records.get(Group, id_)
    if circle is None or kept is None:
        return
    for meeting in kept.meetings:
        if meeting.at <= turn.now:
            passed = line(_MEETING, circle=circle, at=meeting.at, place=meeting.place)
            await _settle(turn, circle, meeting, passed)
            kept = circles.without_meeting(kept, meeting.key)
    for meeting in circles.upcoming(kept, turn.now):
        if meeting.reminded or circles.remind_at(meeting, turn.rules) > turn.now:
            continue
        said = line(_SOON, circle=circle, at=meeting.at, place=meeting.place)
        for person in await people.persons(turn, meeting.coming):
            cant = Button(line(_("I can't")), people.about(turn, "meeting_no", meeting.key, id_))
            name = _reminder(meeting)
            turn.say(said, [[cant]], to=person, card=name, priority=Priority.CHECKIN)
        reminded = meeting.model_copy(update={"reminded": True})
        kept = circles.with_meeting(kept, reminded, turn.now)
    _keep(turn, kept)


async def _pressed(turn: Turn) -> tuple[Here, Meeting]:
    key, circle = people.split(turn, people.pressed(turn))
    here = await people.as_known(turn, circle.id)
    kept = await people.group_of(turn, circle.id)
    found = next((m for m in circles.upcoming(kept, turn.now) if m.key == key), None)
    if found is None:
        raise NotFound
    return here, found


async def _sign(turn: Turn, here: Here, meeting: Meeting, *, comes: bool) -> Meeting:
    meeting = circles.signed(meeting, turn.person.key, comes=comes)
    kept = await people.group_of(turn, here.circle.id)
    _keep(turn, circles.with_meeting(kept, meeting, turn.now))
    return meeting


async def _again(turn: Turn, here: Here, meeting: Meeting) -> None:
    said, rows = await _shown(turn, here, meeting)
    turn.edit(_card(meeting), said, rows)


async def _shown(
    turn: Turn, here: Here, meeting: Meeting, *, reader: Person | None = None
) -> tuple[Line, Rows]:
    """A meeting: members see how many come, volunteers the first names; nobody is counted whom a
    block keeps away from the reader."""
    reader = reader or turn.person
    steers = circles.coordinates(reader, here.me, here.circle)
    says = [line(_MEETING, circle=here.circle, at=meeting.at, place=meeting.place)]
    says += [line("{what}", what=meeting.what)] if meeting.what else []
    met = [key for key in meeting.coming if key not in here.me.blocked]
    says.append(plural("{count} person signed up.", "{count} people signed up.", len(met)))
    if steers and met:
        names = [people.name(p) for p in await people.persons(turn, met)]
        says.append(line(_WHO, names=people.some(names)))
    coming = reader.key in meeting.coming
    says += [line(_YOU_COME)] if coming else []
    rows = [_answers(turn, here, meeting, coming=coming)]
    if steers:
        off = people.about(turn, "meeting_off", meeting.key, here.circle.id)
        rows.append([Button(line(_("Call off the meeting")), off)])
        rows += [people.ways_out(turn, here.circle)] if met else []
    return joined(says, turn.house.speaker(reader.language)), rows


def _answers(turn: Turn, here: Here, meeting: Meeting, *, coming: bool) -> list[Button]:
    yes = people.about(turn, "meeting_yes", meeting.key, here.circle.id)
    no = people.about(turn, "meeting_no", meeting.key, here.circle.id)
    cant = Button(line(_("I can't")), no)
    return [cant] if coming else [Button(line(_("I'm coming")), yes), cant]


def _document(turn: Turn, person: Person, circle: Circle, meeting: Meeting, caption: Line) -> Call:
    voice = turn.house.speaker(person.language)
    content = calendar_file(
        key=meeting.key,
        at=meeting.at,
        place=meeting.place,
        title=voice.plain(line(_TITLE, circle=circle)),
        what=meeting.what,
        now=turn.now,
    )
    params = {
        "chat_id": person.address,
        "document": {"name": "omzien.ics", "content": content},
        "caption": voice.html(caption),
        "parse_mode": "HTML",
    }
    return Call(chat=person.key, method="sendDocument", params=params)


async def _members(turn: Turn, circle: str) -> list[Person]:
    every = circles.members(await turn.records.neighbours_in(circle), circle)
    return await people.persons(turn, [n.key for n in every])


def _keep(turn: Turn, kept: Group) -> None:
    """Keep what changed, and plan the reminders and beginnings that are still to come."""
    turn.records.put(kept)
    subject = SUBJECT + kept.key
    coming = circles.upcoming(kept, turn.now)
    moments = {circles.remind_at(m, turn.rules) for m in coming if not m.reminded}
    moments |= {m.at for m in coming}
    planned = [CheckIn.at(subject, Due.MEETING, at) for at in sorted(moments) if at > turn.now]
    turn.plan(subject, *planned)


def _quiet(turn: Turn) -> bool:
    """Whether phones should make no sound now."""
    return turn.rules.calendar.quiet(turn.now)


def _card(meeting: Meeting) -> str:
    return f"meet-{meeting.key}"


def _reminder(meeting: Meeting) -> str:
    return f"meet-{meeting.key}-soon"


FINISH = {MEETING.name: announced}
HANDLERS = [
    on_press("circle_meet", listed),
    on_press("meeting_new", announcing),
    on_press("meeting_yes", comes),
    on_press("meeting_no", stays_away),
    on_press("meeting_off", calling_off),
    on_press("meeting_off_yes", called_off),
]
