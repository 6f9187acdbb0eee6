"""Proposing: who coordinates names a member who said yes aloud."""

from telegram import Update

from bot.core import matching
from bot.core.errors import Stale
from bot.core.helping import claiming, neighbourly, searching
from bot.core.helping.asks import Ask, speaks_for
from bot.core.helping.change import News, To
from bot.core.helping.neighbours import Neighbour
from bot.core.matching import Gate
from bot.core.words import Line, _, line
from handlers.acts import Act
from handlers.helping import asks, cards, safety, slots, texts
from handlers.helping import buttons as b
from handlers.helping.audience import asking, known_circles
from handlers.helping.tokens import find, pressed, token
from handlers.helping.volunteer import reach
from handlers.keyboards import Button, Press, Rows, in_pairs, on_press
from handlers.pages import page_of
from handlers.paragraphs import spaced
from handlers.turn import Turn

PAGE = 12
"""Members in one message."""

_WHO = _("<b>{code}</b> Who said yes to you? These members may help with this.")
_NOBODY = _("<b>{code}</b> No member may help with this now.")
_WHEN = _("<b>{code}</b> When does {who} help?")
_STRAINS = {
    Gate.TIME: _("<b>{code}</b> {Who} helps somebody then already. Do it anyway?"),
    Gate.PAUSED: _("<b>{code}</b> {Who} has a pause now. Do it anyway?"),
    Gate.FULL: _("<b>{code}</b> {Who} helps as often as they offered already. Do it anyway?"),
}
_NEWS = {
    Gate.TIME: News.PROPOSED_BUSY,
    Gate.PAUSED: News.PROPOSED_PAUSED,
    Gate.FULL: News.PROPOSED_FULL,
}
_PROPOSED = _("<b>{code}</b> {Who} is proposed: {slot}. The asker is asked.")


async def propose(_update: Update, turn: Turn) -> None:
    """A page of the members of the circle who may help with this."""
    ask, (_ask, written) = await _looking(turn), await pressed(turn)
    able = await _able(turn, ask)
    page = page_of(able, int(written) if written.isdecimal() else 0, PAGE)
    buttons = [
        Button(
            await texts.first_name(turn, n.key),
            Press(b.PROPOSE_WHO, f"{ask.key}.{token(turn, ask, n.key)}", ask.revision),
        )
        for n in page.shown
    ]
    text = line(_WHO if buttons else _NOBODY, code=ask.code)
    turning = page.turning(lambda n: Press(b.PROPOSE.verb, f"{ask.key}.{n}", ask.revision))
    rows = [*in_pairs(buttons), turning, safety.seeing_to(turn, ask)]
    _say(turn, ask, spaced([text, *page.said]), rows)


async def chosen(_update: Update, turn: Turn) -> None:
    """When this member helps."""
    ask, who, _slot = await _meant(turn)
    await _when(turn, ask, who.key, "")


async def placed(_update: Update, turn: Turn) -> None:
    """The asker is asked whether this member suits; the member hears it too."""
    ask, who, written = await _meant(turn)
    slot = slots.read(written)
    if slot is None:
        await _when(turn, ask, who.key, written)
        return
    name = await texts.first_name(turn, who.key)
    strain = neighbourly.strains(who, slot, turn.rules.calendar.local(turn.now).date())
    if strain and turn.press and turn.press.verb != b.PROPOSE_ANYWAY.verb:
        anyway = b.button(b.PROPOSE_ANYWAY, ask, f"{token(turn, ask, who.key)}.{written}")
        text = line(_STRAINS[strain], code=ask.code, who=name)
        choice = [anyway, b.button(b.PROPOSE_BACK, ask)]
        _say(turn, ask, text, [choice, safety.seeing_to(turn, ask, who.key)])
        return
    change = claiming.assign(ask, who, slot, by=turn.person.key, rules=turn.rules, now=turn.now)
    news = _NEWS[strain] if strain else News.PROPOSED
    change = change.tell(To.PERSON, news, person=who.key, slot=slot)
    said, beside = texts.slot(slot), safety.seeing_to(turn, ask, who.key)
    _say(turn, ask, line(_PROPOSED, code=ask.code, who=name, slot=said), [beside])
    await asks.keep(turn, change)


async def _when(turn: Turn, ask: Ask, who: str, day: str) -> None:
    """The times at which this member can be proposed."""
    said = line(_WHEN, code=ask.code, who=await texts.first_name(turn, who))
    rows = [*_slots(turn, ask, who, day), safety.seeing_to(turn, ask, who)]
    _say(turn, ask, said, rows)


def _say(turn: Turn, ask: Ask, text: Line, rows: Rows) -> None:
    """What may name somebody is kept by a name, so that it fades with the ask."""
    turn.say(text, rows, card=cards.seen_to(ask), item=ask.key)


async def _looking(turn: Turn, key: str | None = None) -> Ask:
    ask = await reach(turn, key)
    if not searching.looks(ask):
        raise Stale
    return ask


async def _able(turn: Turn, ask: Ask) -> list[Neighbour]:
    """The members whom nothing keeps away from this, in the order in which they are asked: who
    offers it then first."""
    asker, me = await asking(turn, ask), await turn.neighbour()
    wanted = matching.wanted(ask, asker, turn.rules, turn.now).model_copy(update={"without": ()})
    known = {
        n.key: n
        for circle in await known_circles(turn, ask)
        for n in await turn.records.neighbours_in(circle)
        if n.place_in(circle) and not speaks_for(ask, n.key)
    }
    able = [
        n
        for n in known.values()
        if n.key not in (*ask.helping, *ask.refused, *me.blocked)
        if matching.kept_away(ask, asker, n, turn.rules, turn.now) is None
    ]
    ranked = {n.key: (bool(matching.falls(wanted, n)), matching.rank(wanted, n)) for n in able}
    return sorted(able, key=lambda n: ranked[n.key])


async def _meant(turn: Turn) -> tuple[Ask, Neighbour, str]:
    """The ask, the member whom the button means, and what stands behind."""
    found, more = await pressed(turn)
    ask = await _looking(turn, found.key)
    written, _dot, slot = more.partition(".")
    able = {n.key: n for n in await _able(turn, ask)}
    return ask, able[find(turn, ask, written, able)], slot


def _slots(turn: Turn, ask: Ask, who: str, day: str) -> Rows:
    every = slots.every(turn, ask)
    parts = slots.of_day(day, every) or every
    act, page = Act("", b.PROPOSE_SLOT), slots.page(day) or 0
    return slots.rows(ask, parts, act, token(turn, ask, who), page)


HANDLERS = [
    on_press(b.PROPOSE.verb, propose),
    on_press(b.PROPOSE_WHO, chosen),
    on_press(b.PROPOSE_SLOT, placed),
    on_press(b.PROPOSE_ANYWAY.verb, placed),
]
