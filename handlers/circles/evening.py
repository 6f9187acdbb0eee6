"""The evening's message: how a circle stands, for its volunteers and its coach, in parts."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from telegram import Update

from bot.core.circles import Circle
from bot.core.helping import circles, neighbourly
from bot.core.helping.asks import Ask, SearchStep
from bot.core.helping.circles import Urgency
from bot.core.helping.neighbours import CircleRole, Neighbour
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.words import Line, _, line, plural
from handlers.circles import board, people
from handlers.helping.asks import keep_neighbour
from handlers.keyboards import Button, Press, Rows, on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

NEW, OPEN, RISK, HELPED, OFFERS = "new", "open", "risk", "helped", "offers"
CALLED, HEAVY, RENEW = "called", "heavy", "renew"
PARTS = {
    NEW: _("Who wants to join"),
    OPEN: _("Open questions"),
    RISK: _("At risk"),
    HELPED: _("Who helped"),
    OFFERS: _("New offers"),
    CALLED: _("What came to the coach"),
    HEAVY: _("Who carries a lot"),
    RENEW: _("VOG to renew"),
}
_OF_COACH = (CALLED, HEAVY, RENEW)
_OF_VOLUNTEER = (NEW, OPEN, RISK, HELPED, OFFERS)
_NAMING = (HELPED, HEAVY, RENEW)
"""Parts that say first names."""
_DAY = timedelta(days=1)

_GOOD_EVENING = _("Good evening. This is how {circle} stands.")
_LATE = _("Late: {codes}.")
_ASKED = _("The asker has not said yet that it is done: {codes}.")
_RISK = _("At risk: {codes}.")
_HELPED = _("Helped since yesterday: {names}.")
_CALLED = _("The volunteers did not get further with: {codes}.")
_HEAVY = _("Helps very often: {names}. Please ask how it goes.")
_RENEW = _("A VOG has to be renewed soon: {names}.")
_RENEW_OWN = _("Your VOG was seen on {seen}. Please show a new one to the coach of {circle}.")
_CHOOSE = _("What do you want to get in the evening? Tap a part to mute it, or to get it again.")


async def send(turn: Turn) -> None:
    """Tell everyone who coordinates how it stands; nobody gets a message about nothing."""
    for circle in turn.rules.covenant.circles:
        every = await turn.records.neighbours_in(circle.id)
        asks = circles.by_due(await turn.records.asks_in(circle.id))
        volunteers = await people.placed(turn, circle.id, CircleRole.VOLUNTEER)
        stand = _Stand(turn, circle, every, asks)
        for person in volunteers:
            await _send(stand, person, _OF_VOLUNTEER)
        for person in await people.own_coaches(turn, circle.id):
            parts = _OF_COACH if volunteers else (*_OF_VOLUNTEER, *_OF_COACH)
            await _send(stand, person, parts)
        await _renewing(turn, circle, circles.members(every, circle.id))


async def choose(_update: Update, turn: Turn) -> None:
    """Which parts the person gets."""
    here = await people.as_volunteer(turn, people.pressed(turn).id)
    turn.say(line(_CHOOSE), _choices(turn, here), card=_card(here.circle))


async def muted(_update: Update, turn: Turn) -> None:
    """Mute a part, or get it again."""
    part, circle = people.split(turn, people.pressed(turn))
    here = await people.as_volunteer(turn, circle.id)
    if part not in PARTS:
        return
    others = tuple(p for p in here.me.muted if p != part)
    off = (*others, part) if part not in here.me.muted else others
    me = here.me.model_copy(update={"muted": off})
    keep_neighbour(turn, me)
    turn.edit(_card(circle), line(_CHOOSE), _choices(turn, here._replace(me=me)))


def _choices(turn: Turn, here: people.Here) -> Rows:
    place = here.me.place_in(here.circle.id)
    only = place is not None and place.role is CircleRole.VOLUNTEER
    parts = _OF_VOLUNTEER if only else (*_OF_VOLUNTEER, *_OF_COACH)
    choices = [
        [
            Button(
                line(
                    _("Get again: {part}") if p in here.me.muted else _("Mute: {part}"),
                    part=line(PARTS[p]),
                ),
                people.about(turn, "evening_mute", p, here.circle.id),
            )
        ]
        for p in parts
    ]
    return [*choices, [people.back(here.circle)]]


class _Stand(NamedTuple):
    """How a circle stands, as somebody who coordinates it may see it."""

    turn: Turn
    circle: Circle
    every: Sequence[Neighbour]
    asks: Sequence[Ask]

    @property
    def members(self) -> list[Neighbour]:
        return circles.members(self.every, self.circle.id)

    def of(self, urgency: Urgency) -> list[Ask]:
        """The asks that are so urgent."""
        rules, now = self.turn.rules, self.turn.now
        return [ask for ask in self.asks if circles.urgency(ask, rules, now) is urgency]

    async def seen_by(self, me: Neighbour) -> "_Stand":
        """Without the own asks, and without who is blocked."""
        hidden = {me.key, *me.blocked}
        every = [n for n in self.every if n.key not in hidden]
        asks = await board.without_blocked(self.turn, self.asks, me)
        return self._replace(every=every, asks=asks)


async def _send(stand: _Stand, person: Person, parts: Sequence[str]) -> None:
    turn, circle = stand.turn, stand.circle
    me = await turn.neighbour(person.key)
    seen = await stand.seen_by(me)
    told = {part: await _SAYS[part](seen) for part in parts if part not in me.muted}
    said = [words for part in told.values() for words in part]
    if not said:
        return
    says = [line(_GOOD_EVENING, circle=circle), *said]
    rows = [
        [Button(line(_("Look")), Press("circle", circle.id))],
        [Button(line(_("Mute parts")), Press("circle_evening", circle.id))],
        *([people.ways_out(turn, circle)] if any(told.get(part) for part in _NAMING) else []),
    ]
    voice = turn.house.speaker(person.language)
    turn.say(joined(says, voice), rows, to=person, priority=Priority.BULK)


async def _new(stand: _Stand) -> list[Line]:
    count = len(circles.waiting(stand.every, stand.circle.id))
    said = plural("{count} neighbour wants to join.", "{count} neighbours want to join.", count)
    return [said] if count else []


async def _open(stand: _Stand) -> list[Line]:
    count = len(stand.asks)
    late, asked = stand.of(Urgency.LATE), stand.of(Urgency.ASKED)
    said = plural("{count} question is open.", "{count} questions are open.", count)
    return [said, *_coded(_LATE, late), *_coded(_ASKED, asked)] if count else []


async def _risk(stand: _Stand) -> list[Line]:
    rules, now = stand.turn.rules, stand.turn.now
    return _coded(_RISK, [a for a in stand.asks if circles.at_risk(a, rules, now)])


async def _helped(stand: _Stand) -> list[Line]:
    since = stand.turn.now - _DAY
    helped = [n for n in stand.members if any(h.at > since for h in n.helps)]
    return await _named(stand, _HELPED, helped)


async def _offers(stand: _Stand) -> list[Line]:
    since = stand.turn.now - _DAY
    count = len([n for n in stand.members if n.offer and n.offer.since > since])
    said = plural(
        "{count} member offers help since yesterday.",
        "{count} members offer help since yesterday.",
        count,
    )
    return [said] if count else []


async def _called(stand: _Stand) -> list[Line]:
    steps = {SearchStep.COACH, SearchStep.COORDINATOR}
    return _coded(_CALLED, [a for a in stand.asks if a.search.step in steps])


async def _heavy(stand: _Stand) -> list[Line]:
    heavy = [n for n in stand.members if neighbourly.heavy(n, stand.turn.rules)]
    return await _named(stand, _HEAVY, heavy)


async def _renew(stand: _Stand) -> list[Line]:
    rules, now = stand.turn.rules, stand.turn.now
    renew = [n for n in stand.members if circles.renew_soon(n, rules, now)]
    return await _named(stand, _RENEW, renew)


_SAYS: Mapping[str, Callable[[_Stand], Awaitable[list[Line]]]] = {
    NEW: _new,
    OPEN: _open,
    RISK: _risk,
    HELPED: _helped,
    OFFERS: _offers,
    CALLED: _called,
    HEAVY: _heavy,
    RENEW: _renew,
}


def _coded(text: str, asks: Sequence[Ask]) -> list[Line]:
    return [line(text, codes=people.some([line(a.code) for a in asks]))] if asks else []


async def _named(stand: _Stand, text: str, found: Sequence[Neighbour]) -> list[Line]:
    names = [people.name(p) for p in await people.persons(stand.turn, [n.key for n in found])]
    return [line(text, names=people.some(names))] if names else []


async def _renewing(turn: Turn, circle: Circle, members: Sequence[Neighbour]) -> None:
    """Tell members a month before the end of their VOG, once."""
    for one in members:
        if one.vog and not one.vog.told and circles.renew_soon(one, turn.rules, turn.now):
            for person in await people.persons(turn, [one.key]):
                seen = people.dated(one.vog.seen)
                turn.say(line(_RENEW_OWN, seen=seen, circle=circle), to=person)
                keep_neighbour(turn, circles.told_to_renew(one))


def _card(circle: Circle) -> str:
    return f"evening-{circle.id}"


HANDLERS = [on_press("circle_evening", choose), on_press("evening_mute", muted)]
