"""Members, for who coordinates: pauses, standby, checks, and how often they help."""

from telegram import Update

from bot.core import matching
from bot.core.access import is_coordinator
from bot.core.circles import Level
from bot.core.errors import NotAllowed, NotFound
from bot.core.helping import circles, neighbourly
from bot.core.helping.neighbours import CircleRole, Neighbour
from bot.core.words import Line, _, line, plural
from handlers.audience import coordinators
from handlers.circles import joining, people
from handlers.circles.people import Here, Other
from handlers.helping.asks import keep_neighbour
from handlers.helping.parting import part
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.pages import page_of
from handlers.paragraphs import joined
from handlers.turn import Turn

PAGE = 10
"""Members of one message."""

_MEMBERS = _("<b>{Circle}</b>\nMembers")
_NOBODY = _("Nobody is waiting to join.")
_ROLES = {
    CircleRole.MEMBER: _("Member since {since}."),
    CircleRole.VOLUNTEER: _("Volunteer since {since}."),
    CircleRole.COACH: _("Coach since {since}."),
}
_STANDBY = _("Is on standby.")
_PAUSED = _("Does not help until {until}.")
_LEVELS = {
    Level.IN_PUBLIC: _("May help at the door and where others are."),
    Level.ALONE: _("May also help alone indoors, with transport, money or keys."),
}
_NOT_INTRODUCED = _("Is not introduced in this circle yet: that comes first for help indoors.")
_VOG = _("A VOG was seen on {seen}.")
_NO_VOG = _("No VOG was seen.")
_RENEW = _("It has to be renewed.")
_NO_OFFER = _("Offers no help now.")
_DID_YOU_SEE = _("Did you see the VOG of {name} yourself?")
_WAS_INTRODUCED = _("Was {name} introduced in {circle}?")
_SEEN = _("Recorded: you saw the VOG of {name} today. We keep the date and your name.")
_BLOCK = _("Block {name}? You two then never meet through me. {Name} does not hear it.")
_BLOCKED = _("Done. You and {name} do not meet through me any more.")
_KNOWN = _("Recorded: {name} was introduced in {circle}.")


async def listed(_update: Update, turn: Turn) -> None:
    """A page of the members, each with a button."""
    press = people.pressed(turn)
    here = await people.as_volunteer(turn, press.id)
    every = circles.members(await turn.records.neighbours_in(press.id), press.id)
    hidden = {here.me.key, *here.me.blocked}
    found = await people.persons(turn, [n.key for n in every if n.key not in hidden])
    named = sorted(found, key=lambda person: (person.first_name.casefold(), person.key))
    page = page_of(named, press.rev, PAGE)
    rows: list[list[Button]] = []
    for person in page.shown:
        to = people.about(turn, "circle_person", person.key, press.id)
        rows.append([Button(people.name(person), to)])
    rows.append(page.turning(lambda number: Press("circle_people", press.id, number)))
    rows.append(
        [
            Button(line(_("Invite a neighbour")), Press("circle_code", press.id)),
            Button(line(_("New members")), Press("circle_new", press.id)),
        ]
    )
    rows.append([people.back(here.circle), *(people.ways_out(turn, here.circle) if found else [])])
    turn.say(line(_MEMBERS, circle=here.circle), rows)


async def new(_update: Update, turn: Turn) -> None:
    """Everyone who asked to join and waits for an answer."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    every = await turn.records.neighbours_in(here.circle.id)
    found = [n for n in circles.waiting(every, here.circle.id) if n.key not in here.me.blocked]
    if not found:
        turn.say(line(_NOBODY), [[people.back(here.circle)]])
    for one in found[:PAGE]:
        for person in await people.persons(turn, [one.key]):
            said, rows = joining.request(turn, here.circle, person, one)
            turn.say(said, rows, card=joining.card(here.circle.id, one.key))


async def opened(_update: Update, turn: Turn) -> None:
    """One member."""
    await show(turn, await people.other(turn, people.pressed(turn)))


async def show(turn: Turn, found: Other, *notes: Line) -> None:
    """What a volunteer may know of a member, and may do."""
    says = [line("<b>{Name}</b>", name=people.name(found.person)), *_about(turn, found), *notes]
    turn.say(joined(says, turn.speaker), await _rows(turn, found))


async def standby(_update: Update, turn: Turn) -> None:
    """Put a member on standby, or no more."""
    press = people.pressed(turn)
    found = await people.other(turn, press)
    after = circles.on_standby(found.neighbour, found.here.circle.id, standby=press.rev == 1)
    keep_neighbour(turn, after)
    await show(turn, found._replace(neighbour=after))


async def vouching(_update: Update, turn: Turn) -> None:
    """Ask once whether the VOG was seen: others are let into homes on this word."""
    found = await _for_vouching(turn, people.pressed(turn))
    _sure(turn, found, _DID_YOU_SEE, _("Yes, I saw it"), "member_vog_ok")


async def vouch(_update: Update, turn: Turn) -> None:
    """Record that the VOG was seen today; the document itself is never kept."""
    press = people.pressed(turn)
    found = await _for_vouching(turn, press)
    after = circles.vouched(found.neighbour, turn.person.key, turn.rules, turn.now)
    keep_neighbour(turn, after)
    said = line(_SEEN, name=people.name(found.person))
    await show(turn, found._replace(neighbour=after), said)


async def introducing(_update: Update, turn: Turn) -> None:
    """Ask once whether the member was introduced."""
    found = await _placed(turn, people.pressed(turn))
    _sure(turn, found, _WAS_INTRODUCED, _("Yes, introduced"), "member_intro_ok")


async def introduce(_update: Update, turn: Turn) -> None:
    """Record that the member was introduced in the circle."""
    found = await _placed(turn, people.pressed(turn))
    circle = found.here.circle
    after = circles.introduced(found.neighbour, circle.id)
    keep_neighbour(turn, after)
    said = line(_KNOWN, name=people.name(found.person), circle=circle)
    await show(turn, found._replace(neighbour=after), said)


async def block(_update: Update, turn: Turn) -> None:
    """Ask whether the two should never meet again."""
    found = await _blockable(turn, people.pressed(turn))
    key, circle = found.person.key, found.here.circle.id
    yes = Button(line(_("Yes, block")), people.about(turn, "member_block_ok", key, circle))
    said = line(_BLOCK, name=_known_as(turn, found))
    turn.say(said, [[yes], [Button(line(_("No")), Press("stay"))]])


async def blocked(_update: Update, turn: Turn) -> None:
    """They never meet again; the other one is not told."""
    found = await _blockable(turn, people.pressed(turn))
    await part(turn, found.here.me.key, found.person.key)
    turn.say(line(_BLOCKED, name=_known_as(turn, found)))


async def _blockable(turn: Turn, press: Press) -> Other:
    """A member, for who coordinates or stands in; for everybody there whoever coaches or may."""
    key, circle = people.split(turn, press)
    me = await turn.neighbour()
    if key in me.blocked:
        raise NotFound
    for coach in (*await people.own_coaches(turn, circle.id), *await coordinators(turn)):
        if coach.key == key != me.key:
            return Other(await people.as_known(turn, circle.id), coach, await turn.neighbour(key))
    if is_coordinator(turn.person, turn.rules):
        return await people.somebody(turn, Here(circle, me), key)
    return await people.other(turn, press)


def _known_as(turn: Turn, found: Other) -> Line:
    """By name for who coordinates; members know the coach by that name only."""
    by_name = people.coordinates(turn, found.here) or is_coordinator(turn.person, turn.rules)
    return people.name(found.person) if by_name else line(_("the coach"))


def _sure(turn: Turn, found: Other, text: str, yes: str, verb: str) -> None:
    """Ask, with a way back to the member."""
    key, circle = found.person.key, found.here.circle
    buttons = [
        Button(line(yes), people.about(turn, verb, key, circle.id)),
        Button(line(_("Back")), people.about(turn, "circle_person", key, circle.id)),
    ]
    turn.say(line(text, name=people.name(found.person), circle=circle), [buttons])


async def _for_vouching(turn: Turn, press: Press) -> Other:
    found = await _placed(turn, press)
    if not circles.may_vouch(turn.person, found.here.me, found.here.circle, turn.rules):
        raise NotAllowed
    return found


async def _placed(turn: Turn, press: Press) -> Other:
    """A member with an approved place in the circle."""
    found = await people.other(turn, press)
    if found.neighbour.place_in(found.here.circle.id) is None:
        raise NotAllowed
    return found


def _about(turn: Turn, found: Other) -> list[Line]:
    one, circle = found.neighbour, found.here.circle.id
    place = circles.belonging(one, circle)
    today = turn.rules.calendar.local(turn.now).date()
    helps = len(neighbourly.fresh(one, turn.rules, turn.now).helps)
    local = turn.rules.calendar.local
    since = people.dated(local(place.since).date()) if place else ""
    says = [line(_ROLES[place.role], since=since)] if place else []
    says += [line(_STANDBY)] if place and place.standby else []
    if one.offer is None:
        says.append(line(_NO_OFFER))
    elif one.offer.paused(today):
        says.append(line(_PAUSED, until=one.offer.paused_until))
    days = turn.rules.covenant.helping.count_days
    says.append(
        plural(
            "Helped {count} time in the last {days} days.",
            "Helped {count} times in the last {days} days.",
            helps,
            days=days,
        )
    )
    return [*says, *_checked(turn, one, circle)]


def _checked(turn: Turn, one: Neighbour, circle: str) -> list[Line]:
    today = turn.rules.calendar.local(turn.now).date()
    level = matching.cleared(one, turn.rules, today)
    known = circle in one.introduced
    shown = level if level is not Level.ALONE or known else Level.IN_PUBLIC
    says = [line(_LEVELS[shown])]
    says.append(line(_VOG, seen=people.dated(one.vog.seen)) if one.vog else line(_NO_VOG))
    if circles.renew_soon(one, turn.rules, turn.now):
        says.append(line(_RENEW))
    return says if known else [*says, line(_NOT_INTRODUCED)]


async def _rows(turn: Turn, found: Other) -> Rows:
    one, here = found.neighbour, found.here
    place = circles.belonging(one, here.circle.id)
    on = place is not None and place.standby

    def to(label: str, verb: str, rev: int = 0) -> Button:
        return Button(line(label), people.about(turn, verb, one.key, here.circle.id, rev))

    rows = [
        [to(_("No more standby") if on else _("Put on standby"), "member_standby", int(not on))]
    ]
    if here.circle.id not in one.introduced:
        rows.append([to(_("Introduced"), "member_intro")])
    if circles.may_vouch(turn.person, here.me, here.circle, turn.rules):
        rows.append([to(_("VOG seen"), "member_vog")])
    if place is not None and place.approved:
        rows.append([to(_("I am worried"), "worry_about")])
    if await _may_go(turn, place.role if place else None, here):
        rows.append([to(_("Take out of the circle"), "member_out")])
    if here.me.place_in(here.circle.id) is None:
        return [*rows, [to(_("Block"), "member_block")]]
    id_ = here.circle.id
    coach = Button(line(_("Coach")), Press("circle_coach", id_))
    leave = Button(line(_("Leave this circle")), Press("circle_leave", id_))
    return [*rows, [to(_("Block"), "member_block"), coach], [leave]]


async def _may_go(turn: Turn, role: CircleRole | None, here: Here) -> bool:
    if role is CircleRole.VOLUNTEER:
        return await people.acts_as_coach(turn, here)
    return role is CircleRole.MEMBER


HANDLERS = [
    on_press("circle_people", listed),
    on_press("circle_new", new),
    on_press("circle_person", opened),
    on_press("member_standby", standby),
    on_press("member_vog", vouching),
    on_press("member_vog_ok", vouch),
    on_press("member_intro", introducing),
    on_press("member_intro_ok", introduce),
    on_press("member_block", block),
    on_press("member_block_ok", blocked),
]
