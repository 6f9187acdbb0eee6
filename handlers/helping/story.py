"""The story of each ask for who watches the demo: who was asked and why, who helps, what is next.

First names stand here, since whoever watches plays all of them. Nothing that somebody wrote does.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.core import matching
from bot.core.checkins import CheckIn, Due
from bot.core.helping import circles, plan
from bot.core.helping.asks import Ask, AskStage, Voice
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.said import kind_said, slot_said, when_said
from bot.core.people import Person
from bot.core.ports import Records
from bot.core.words import Line, _, line
from bot.core.worktime import Rules
from handlers.helping import cards, texts
from handlers.helping.everywhere import open_asks
from handlers.speech import Speaker

HAPPENED: Mapping[AskEventKind, str] = {
    AskEventKind.ASKED: _("A question came in."),
    AskEventKind.INVITED: _("Asked in private: {who}."),
    AskEventKind.DECLINED: _("{Who} can't help this time."),
    AskEventKind.ON_BOARD: _("It went to the circle's board and group, without a name."),
    AskEventKind.VOLUNTEER_CALLED: _("The volunteer was asked to look at it."),
    AskEventKind.COACH_CALLED: _("The coach was asked to look at it."),
    AskEventKind.COORDINATOR_CALLED: _("The coordinator was asked to look at it."),
    AskEventKind.CLAIMED: _("{Who} wants to help. The asker was asked to agree."),
    AskEventKind.AGREED: _("The asker agreed. {Who} may see the address now."),
    AskEventKind.REFUSED: _("The asker would rather have somebody else."),
    AskEventKind.FELL_THROUGH: _("{Who} can't make it after all. We look further."),
    AskEventKind.HANDING_OVER: _("{Who} looks for somebody to take over."),
    AskEventKind.HANDED_OVER: _("{Who} took over, and may see the address now."),
    AskEventKind.REMINDED: _("A reminder was sent."),
    AskEventKind.SEEN: _("{Who} saw the message."),
    AskEventKind.NOT_SEEN: _("It was not seen in time. The volunteer was asked to phone."),
    AskEventKind.ASKED_AFTER: _("Both were asked how it went."),
    AskEventKind.SAID: _("{Who} said how it went."),
    AskEventKind.DONE: _("The asker says that it is done."),
    AskEventKind.CANCELLED: _("The asker does not need it any more."),
    AskEventKind.AGAIN: _("We look once more."),
    AskEventKind.NEXT_TIME: _("This time is over. The next one is planned."),
    AskEventKind.PASSED_ON: _("It went to a partner."),
    AskEventKind.HANDED_BACK: _("A professional asked the circle."),
    AskEventKind.LEFT: _("The volunteer ended it, with a written reason."),
    AskEventKind.MESSAGE: _("{Who} wrote to the other through Omzien."),
    AskEventKind.COACH_TALK: _("{Who} wrote in a talk with the coach."),
    AskEventKind.READ: _("{Who} was shown the address."),
    AskEventKind.UNREACHABLE: _("{Who} can't take part any more."),
    AskEventKind.NEW_SPEAKER: _("Somebody else speaks for the asker from now on."),
    AskEventKind.POSTPONED: _("A question was moved to a better hour."),
    AskEventKind.THANKED: _("The asker said thanks, in private."),
    AskEventKind.GLADLY: _("The asker said whether this help is welcome again."),
}
NEXT: Mapping[Due, str] = {
    Due.SEARCH: _("Does nobody answer? Then the next ones are asked."),
    Due.CONFIRM: _("Does the asker not answer? Then we ask again."),
    Due.BEFORE: _("Both get a reminder."),
    Due.SEEN: _("Was it not seen by then? Then the volunteer is asked to phone."),
    Due.AFTER: _("Both are asked how it went."),
}
_LAST = _("Does nobody help in time? Then the asker hears it.")
_OVER_YET = _("The time is over. The asker is asked once more whether it is still needed.")
_TITLE = _("{Task}: {when}")
_HELPS = _("Who helps")
_HELPER = _("{who}, {slot}")
_HANDS_OVER = _("{who}, {slot}. Somebody else takes over.")
_NOBODY = _("Nobody yet")
_ASKED = _("Who was asked, and why")
_NOT_ASKED = _("Nobody yet")
_READ = _("{who}: {why}.")
_SAID_NO = _("{who}: {why}. Said no.")
_NAMES = _("Who knows who asks")
_OPEN = _(
    "The group sees what and when. A first name comes with a yes, the address once both agree."
)
_SMALL = _("In so small a circle the task tells who asks. The group only hears of a question.")
_HIDDEN = _("No name is told until both agree. The volunteer stands between.")
_AGREED = _("Only the helper: both agreed. They talk through Omzien.")
_OVER = _("Nobody any more: it has ended.")


async def asks_told(
    records: Records, rules: Rules, players: Iterable[str], voice: Speaker
) -> list[tuple[datetime, dict[str, Any]]]:
    """The story of each ask that is open or of one of these persons, with when it began; texts
    without markup.
    """
    asks = await _every(records, rules, players)
    return [(ask.created, await _told(ask, records, rules, voice)) for ask in asks]


async def _every(records: Records, rules: Rules, players: Iterable[str]) -> Sequence[Ask]:
    asks = await open_asks(records, rules.covenant)
    asks += [ask for player in players for ask in await records.asked_by(player)]
    return list({ask.key: ask for ask in asks}.values())


async def _told(ask: Ask, records: Records, rules: Rules, voice: Speaker) -> dict[str, Any]:
    history = await records.ask_history(ask.key)
    hides = await _hides(ask, records)
    names = await _names(_persons(ask, history), records)
    task = kind_said(ask.wish.kind, rules.covenant)
    facts = (
        (_HELPS, _helper(ask, names), True),
        (_ASKED, await _asked(ask, names, records), False),
        (_NAMES, line(await _known(ask, records, rules)), False),
    )
    return {
        "kind": "ask",
        "code": ask.code,
        "title": voice.plain(line(_TITLE, task=task, when=when_said(ask.wish.when))),
        "state": voice.plain(texts.state(ask)),
        "facts": [_fact(label, text, voice, main=main) for label, text, main in facts],
        "history": [_moment(e.at, _happened(e, names), voice) for e in reversed(history)],
        "next": [_moment(c.due, line(_next(ask, c, rules)), voice) for c in plan.schedule(ask)],
        "hides": hides.isoformat() if hides else None,
    }


def _next(ask: Ask, checkin: CheckIn, rules: Rules) -> str:
    """What happens then; once the wanted time is over nobody else is asked to help."""
    if checkin.what is Due.SEARCH and ask.search.over:
        return _OVER_YET
    looking = checkin.what is Due.SEARCH and ask.stage is AskStage.LOOKING
    if looking and not ask.wish.when.slots(rules.calendar, checkin.due):
        return _LAST
    return NEXT[checkin.what]


async def _hides(ask: Ask, records: Records) -> datetime | None:
    """When the address, opened by the helper, goes off the screen."""
    opened = [cards.blanking(person, ask) for person in ask.helping]
    planned = [c.due for subject in opened for c in await records.scheduled(subject)]
    return min(planned, default=None)


def _persons(ask: Ask, history: Sequence[AskEvent]) -> set[str]:
    """Everyone whom the story names."""
    found = {*ask.parties, *(invited.person for invited in ask.search.invited)}
    return found.union(*(_of(event) for event in history))


def _of(event: AskEvent) -> tuple[str, ...]:
    """Whom an event is about: who was asked or helps, else who did it."""
    named = event.data.get("persons") or event.data.get("helper") or event.data.get("person")
    if isinstance(named, str):
        return (named,)
    return tuple(named) if named else tuple(filter(None, (event.by,)))


async def _names(keys: Iterable[str], records: Records) -> dict[str, str]:
    people = [await records.get(Person, key) for key in keys]
    return {person.key: person.first_name for person in people if person and person.first_name}


def _happened(event: AskEvent, names: Mapping[str, str]) -> Line:
    return line(HAPPENED[event.kind], who=_listed(_of(event), names))


def _listed(keys: Sequence[str], names: Mapping[str, str]) -> Line | str:
    known = [names[key] for key in keys if key in names]
    return ", ".join(known) if known else line(_("a neighbour"))


def _helper(ask: Ask, names: Mapping[str, str]) -> Line:
    if ask.helper is None:
        return line(_NOBODY)
    text = _HANDS_OVER if ask.handing_over else _HELPER
    return line(text, who=_listed([ask.helper.person], names), slot=slot_said(ask.helper.slot))


async def _asked(ask: Ask, names: Mapping[str, str], records: Records) -> Line:
    """Each neighbour that was asked in private, with the reason as they read it."""
    asker = await records.get(Neighbour, ask.asker) if ask.asker else None
    said: dict[str, Line] = {}
    for number, invited in enumerate(ask.search.invited):
        one = await records.get(Neighbour, invited.person)
        if one is not None:
            before = tuple(given for given in one.helps if given.ask != ask.key)
            one = one.model_copy(update={"helps": before})
            why = texts.why(matching.reasons(ask, asker, one))
            text = _SAID_NO if invited.person in ask.search.declined else _READ
            who = _listed([invited.person], names)
            said[f"one{number}"] = line(text, who=who, why=why)
    return line("\n".join("{" + name + "}" for name in said), **said) if said else line(_NOT_ASKED)


async def _known(ask: Ask, records: Records, rules: Rules) -> str:
    """How far it is told who asks, at this stage."""
    if not ask.open:
        return _OVER
    if ask.stage in {AskStage.AGREED, AskStage.AFTER}:
        return _AGREED
    if ask.wish.voice is not Voice.NAMED:
        return _HIDDEN
    circle = texts.circle_of(ask.wish.circle, rules.covenant)
    members = await records.neighbours_in(circle.id) if circle else ()
    small = circle is not None and circles.small(members, circle.id, rules)
    return _SMALL if small else _OPEN


def _fact(label: str, text: Line, voice: Speaker, *, main: bool) -> dict[str, Any]:
    return {"label": voice.plain(line(label)), "text": voice.plain(text), "main": main}


def _moment(at: datetime, text: Line, voice: Speaker) -> dict[str, str]:
    return {"at": at.isoformat(), "text": voice.plain(text)}
