"""Notices: news of an ask becomes messages for whoever must know, each in their own language."""

import logging
from collections import defaultdict
from collections.abc import Set as AbstractSet
from typing import Any

from bot.core import matching
from bot.core.helping.asks import Ask, How, Voice, speaks_for, wanted_on
from bot.core.helping.change import AskChange, News, Notice, To
from bot.core.helping.events import AskEvent
from bot.core.helping.said import kind_said, promise_said, when_said
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.prompts import Say
from bot.core.words import Line, _, line
from handlers.acts import Act
from handlers.circles import group
from handlers.helping import buttons as b
from handlers.helping import cards, safety, slots, texts
from handlers.helping.audience import apart, asking, audience, every_member
from handlers.helping.sayings import (
    COORDINATING,
    EDITS,
    INVITED,
    SAID,
    Saying,
    saying_of,
)
from handlers.keyboards import Button, Rows, in_pairs
from handlers.paragraphs import joined
from handlers.turn import Turn

log = logging.getLogger(__name__)

_WHY = _("Why you: {why}.")
_IN_GROUP = _("A neighbour looks for help: {task}, {when}. {Circle}.")
_SETTLED = {
    News.TAKEN: _("Somebody helps already. Thank you!"),
    News.GONE: _("It is not needed any more. Thank you!"),
    News.TOO_LATE: _("The time for this has passed. Thank you!"),
}
_CIRCLES = frozenset({To.STANDBY, To.CIRCLE})
_INVITED = frozenset({To.PERSON, To.STANDBY, To.CIRCLE})
_NOBODY = frozenset({News.NOBODY, News.NO_SUCCESSOR})
_PERSONAL = frozenset({News.MESSAGE, News.THANKS})
"""What one says to another in person: a block lets none of it through."""
_NOTES = frozenset({News.HEAVY, News.NO_SHOW})
_LOUD = frozenset({News.PHONE, News.FELL, News.FELL_THROUGH})


async def tell(turn: Turn, change: AskChange, told: AbstractSet[str] = frozenset()) -> set[str]:
    """Tell everyone of `change`, and return whom.

    Among many, whoever did it is not told; nor is who was `told` of this already that it is also
    on the board; nor does who stands in for somebody else who coordinates hear the same twice.
    """
    now: set[str] = set(told)
    same: defaultdict[tuple[News, str | None], set[str]] = defaultdict(set)
    for notice in change.notices:
        if notice.to is To.GROUP:
            await _group(turn, change.ask, notice)
            continue
        coordinating = notice.to in COORDINATING
        earlier = same[notice.news, notice.person] if coordinating else now
        known = await _tell_of(turn, change, notice, earlier)
        now |= known
        if coordinating:
            earlier |= known
    return now


async def _tell_of(
    turn: Turn, change: AskChange, notice: Notice, told: AbstractSet[str]
) -> set[str]:
    ask, saying = change.ask, saying_of(notice.to, notice.news)
    if saying is None:
        return set()
    if notice.news in EDITS and notice.to in _INVITED:
        await _edit(turn, ask, notice, saying)
        return set()
    meant = await audience(turn, ask, notice)
    if notice.news in _PERSONAL and turn.sender is not None:
        meant = [one for one in meant if not await apart(turn, one.key, turn.sender.key)]
    if not meant and notice.to in COORDINATING:
        log.warning("nobody to alert; the ask keeps its check-ins", extra={"ask": ask.code})
    for person in (known := _besides(turn, ask, notice, meant, told)):
        if saying is INVITED.get(notice.news):
            await invite(turn, ask, person, notice.news)
        else:
            await _say(turn, change, notice, saying, person)
    return {person.key for person in known}


def _besides(
    turn: Turn, ask: Ask, notice: Notice, meant: list[Person], told: AbstractSet[str]
) -> list[Person]:
    """Among many: not who did it, nor who was told already; of the circle not who was asked already
    either. On standby they hear that somebody fell away all the same.

    Who coordinates and said no as a neighbour hears like the others that nobody is left; and what
    is noted of a neighbour is news for whoever closed the ask as well.
    """
    if notice.to not in COORDINATING and notice.to not in _CIRCLES:
        return meant
    sender = turn.sender.key if turn.sender else ""
    as_neighbour = notice.news in _NOBODY and sender in ask.search.declined
    hears = notice.to in COORDINATING and (as_neighbour or notice.news in _NOTES)
    without = {*told, *(() if hears else (sender,))}
    if notice.to is To.CIRCLE:
        without |= {invited.person for invited in ask.search.invited}
    return [person for person in meant if person.key not in without]


async def _edit(turn: Turn, ask: Ask, notice: Notice, saying: Saying) -> None:
    """Change what stands on the invitation; nobody is disturbed for it."""
    find = audience if notice.to is To.PERSON else every_member
    for person in await find(turn, ask, notice):
        turn.edit(cards.invitation(ask), line(saying.text, code=ask.code), to=person)


async def _group(turn: Turn, ask: Ask, notice: Notice) -> None:
    """The group hears what is asked, and later that it is settled; it answers in private."""
    circle, card = ask.wish.circle, cards.invitation(ask)
    if circle is None:
        return
    if notice.news in _SETTLED:
        await group.change(turn, circle, card, line(_SETTLED[notice.news]))
    elif notice.news is News.BOARD:
        covenant = turn.rules.covenant
        text = line(
            _IN_GROUP,
            task=kind_said(ask.wish.kind, covenant),
            when=promise_said(ask),
            circle=texts.place(ask.wish, covenant),
        )
        links = [[(b.HELP_YES.label, f"ask_{ask.key}")]]
        await group.post(turn, circle, text, links, card)


async def invite(turn: Turn, ask: Ask, person: Person, news: News) -> None:
    """Ask whether somebody can help; who is talking hears it as an answer."""
    mine = turn.sender is not None and turn.sender.key == person.key
    text, rows = await invitation(turn, ask, person, news)
    turn.say(
        text,
        rows,
        to=person,
        card=cards.invitation(ask),
        item=ask.key,
        silent=night(turn) and not mine,
        priority=Priority.ANSWER if mine else Priority.CHECKIN,
    )


async def invitation(
    turn: Turn, ask: Ask, person: Person, news: News, page: int = 0
) -> tuple[Line, Rows]:
    """What, when and where, and why this neighbour is asked; with a button for each time, of many
    days a page."""
    neighbour = await turn.neighbour(person.key)
    covenant = turn.rules.covenant
    values = {
        "code": ask.code,
        "task": kind_said(ask.wish.kind, covenant),
        "when": promise_said(ask),
        "place": texts.place(ask.wish, covenant),
    }
    says: list[Say] = [line(INVITED[news].text, **values)]
    if news is News.INVITE:
        asker = await asking(turn, ask)
        says.append(line(_WHY, why=texts.why(matching.reasons(ask, asker, neighbour))))
    times = slots.fitting(turn, ask, neighbour)
    rows = choices(turn, ask, slots.rows(ask, times, page=page))
    return joined(says, turn.house.speaker(person.language)), rows


def choices(turn: Turn, ask: Ask, rows: Rows) -> Rows:
    """The slots of an invitation, the way to say no, and the row for safety."""
    return [*rows, [b.button(b.HELP_NO, ask)], safety.row(turn, ask, ask.speaker)]


async def _say(
    turn: Turn, change: AskChange, notice: Notice, saying: Saying, person: Person
) -> None:
    ask, written = change.ask, _written(change, notice)
    values = await _values(turn, ask, notice, person)
    if written:
        values |= {"words": written.data.get("text", "")}
        values |= {"who": await _writer(turn, ask, written.by)}
    other = written.by if written else other_of(ask, person.key, notice)
    turn.say(
        line(saying.text, **values),
        _rows(turn, notice, ask, _with_seen(ask, saying, person), other),
        to=person,
        card=(cards.noted if notice.news in _NOTES else cards.news)(ask, notice.revision),
        item=ask.key,
        protect=written is not None,
        silent=night(turn) and not _wakes(turn, ask, notice),
        priority=Priority.CHECKIN,
    )


def _wakes(turn: Turn, ask: Ask, notice: Notice) -> bool:
    """Whether phones sound for it at night too: help of this very day is in danger."""
    day = notice.slot.day if notice.slot else wanted_on(ask)
    return notice.news in _LOUD and day == turn.rules.calendar.local(turn.now).date()


def _with_seen(ask: Ask, saying: Saying, person: Person) -> Saying:
    """With a button to say that it was seen, while that is waited for."""
    waits = ask.must_see == person.key
    return saying._replace(acts=(b.SEEN, *saying.acts)) if waits else saying


def _written(change: AskChange, notice: Notice) -> AskEvent | None:
    """The message that somebody wrote, when that is the news."""
    if notice.news is not News.MESSAGE:
        return None
    return next((e for e in change.events if e.revision == notice.revision), None)


def _rows(turn: Turn, notice: Notice, ask: Ask, saying: Saying, other: str | None) -> Rows:
    went = b.DONE in saying.acts
    buttons = list(cards.went(ask)) if went else [b.button(act, ask) for act in saying.acts]
    rows = in_pairs(buttons)
    if not saying.other:
        return rows
    if notice.to in COORDINATING:
        return [*rows, safety.seeing_to(turn, ask, notice.who or notice.person)]
    return [*rows, safety.row(turn, ask, other)] if other else rows


def other_of(ask: Ask, reader: str, notice: Notice | None = None) -> str | None:
    """The other person on the screen of somebody who is part of an ask."""
    thanked = notice is not None and notice.news is News.THANKS
    if reader in ask.helping or thanked:
        return ask.speaker
    if not speaks_for(ask, reader):
        return None
    if notice is not None and notice.who:
        return notice.who
    helper = ask.successor or ask.helper
    return helper.person if helper else None


async def _values(turn: Turn, ask: Ask, notice: Notice, reader: Person) -> dict[str, Any]:
    """All that a text may name; who reads it decides how much is said of the other person."""
    slot = notice.slot or (ask.helper.slot if ask.helper else None)
    return {
        "code": ask.code,
        "task": kind_said(ask.wish.kind, turn.rules.covenant),
        "when": when_said(ask.wish.when),
        "slot": texts.slot(slot) if slot else when_said(ask.wish.when),
        "who": await _who(turn, ask, notice, reader),
        "whom": await _whom(turn, ask, notice, reader),
        "how": line(SAID[How(notice.how)]) if notice.how else "",
        "state": texts.state_for(ask, reader.key),
        "reason": ask.reason,
    }


async def _who(turn: Turn, ask: Ask, notice: Notice, reader: Person) -> Line | str:
    """The other person: for the helper the asker, for the asker and others the helper."""
    if reader.key in ask.helping:
        return await texts.asker_name(turn, ask, agreed=_agreed(ask, reader.key))
    named = notice.who or next(iter(ask.helping[::-1]), None)
    return await texts.name_for(turn, reader.key, named)


async def _writer(turn: Turn, ask: Ask, by: str | None) -> Line | str:
    """Who wrote; an asker without a name stays one."""
    if by == ask.speaker:
        return await texts.asker_name(turn, ask, agreed=False)
    return await texts.first_name(turn, by)


def _agreed(ask: Ask, reader: str) -> bool:
    return ask.helper is not None and ask.helper.person == reader and bool(ask.helper.agreed)


async def _whom(turn: Turn, ask: Ask, notice: Notice, reader: Person) -> Line | str:
    """Who the volunteer is asked to look after; who asks without a name keeps it from them."""
    hidden = notice.person == ask.asker and ask.wish.voice is not Voice.NAMED
    if hidden:
        return line(_("The asker"))
    return await texts.name_for(turn, reader.key, notice.person)


def night(turn: Turn) -> bool:
    """Whether phones keep quiet now."""
    return turn.rules.calendar.quiet(turn.now)


def of_acts(ask: Ask, *acts: Act) -> list[Button]:
    """Buttons in one row."""
    return [b.button(act, ask) for act in acts]
