"""Invitations: what is asked of a neighbour in private, on the board, and by the group's link."""

from telegram import Update

from bot.core import matching
from bot.core.errors import NotAllowed, Stale
from bot.core.helping import searching
from bot.core.helping.asks import Ask
from bot.core.helping.change import News
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.matching import Gate
from bot.core.words import _, line
from handlers.helping import asks, cards, notices, slots, texts
from handlers.helping import buttons as b
from handlers.helping.audience import asking
from handlers.helping.tokens import pressed
from handlers.keyboards import on_press
from handlers.turn import Turn

PREFIX = "ask_"
"""How the link of a circle's group to an ask begins."""

_MEMBERS_ONLY = _("That is for members of the circle. Its volunteer can let you join.")
_OVER = _("<b>{code}</b> Thank you for looking. {state}")
_ARRANGED = _("It is arranged in another way now.")
LEVEL = _("For this kind of help a volunteer gets to know you first. Ask your volunteer.")
_DECLINED = _("<b>{code}</b> Good that you say so. We ask someone else.")
_FIRST = _("Someone was before you. Thank you!")
_NOT_SURE = _("Someone said yes just before you. If that fails, you can still say yes here.")
_TOO_LATE = _("<b>{code}</b> Someone was before you. Thank you for wanting to help!")
PASSED = _("That time has passed. Please choose another.")
_WHICH_PART = _("<b>{code}</b> Which part of {day} suits you?")


def reached(ask: Ask, neighbour: Neighbour) -> bool:
    """Whether this was asked of the neighbour: in private, on the board, or as standby."""
    if any(invited.person == neighbour.key for invited in ask.search.invited):
        return True
    place = neighbour.place_in(ask.wish.circle)
    return place is not None and (ask.search.on_board or place.standby)


async def opened(turn: Turn) -> tuple[Ask, Neighbour, str]:
    """The ask of the button for a neighbour whom it was asked of, and what stands behind it;
    `Stale` for whom it was asked of before."""
    ask, more = await pressed(turn)
    neighbour = await turn.neighbour()
    if not reached(ask, neighbour):
        raise Stale if await _reached_before(turn, ask, neighbour) else NotAllowed
    return ask, neighbour, more


async def _reached_before(turn: Turn, ask: Ask, neighbour: Neighbour) -> bool:
    """Whether an earlier search asked this neighbour, in private or on the board."""
    here = neighbour.place_in(ask.wish.circle) is not None
    return any(
        (here and event.kind is AskEventKind.ON_BOARD)
        or neighbour.key in event.data.get("persons", ())
        for event in await turn.records.ask_history(ask.key)
    )


async def link(_update: Update, turn: Turn) -> None:
    """The link from the circle's group: the board's card for members, for others a sentence."""
    key = turn.args[0].removeprefix(PREFIX) if turn.args else ""
    ask = await turn.records.get(Ask, key)
    neighbour = await turn.neighbour()
    if ask is None or not _on_board(ask, neighbour):
        turn.say(line(_MEMBERS_ONLY))
        return
    await show(turn, ask, neighbour)


async def show(turn: Turn, ask: Ask, neighbour: Neighbour) -> None:
    """The ask as it stands on the board, with the slots for who may help."""
    asker = await asking(turn, ask)
    gate = matching.may_claim(ask, asker, neighbour, turn.rules, turn.now)
    if searching.looks(ask) and gate is Gate.LEVEL:
        turn.say(line(LEVEL))
    elif not searching.looks(ask) or gate is not None:
        # Who is kept away from it does not hear that it goes on without them.
        out = searching.looks(ask) and neighbour.key not in ask.parties
        state = line(_ARRANGED) if out else texts.state_for(ask, neighbour.key)
        turn.say(line(_OVER, code=ask.code, state=state))
    else:
        await notices.invite(turn, ask, turn.person, News.BOARD)


def _on_board(ask: Ask, neighbour: Neighbour) -> bool:
    place = neighbour.place_in(ask.wish.circle)
    return place is not None and ask.search.on_board


async def day(_update: Update, turn: Turn) -> None:
    """The parts of a day that was chosen, or another page of days; when the day has none any more,
    all days again."""
    ask, neighbour, more = await opened(turn)
    if await cards.here(turn, ask) is None:
        await show(turn, ask, neighbour)
        return
    if not searching.looks(ask):
        await too_late(turn, ask)
        return
    page = slots.page(more)
    if page is not None:
        await _invite_again(turn, ask, neighbour, page)
        return
    every = slots.fitting(turn, ask, neighbour)
    parts = slots.of_day(more, every)
    if not every:
        turn.toast(line(PASSED), alert=True)
        return
    if not parts:
        await _invite_again(turn, ask, neighbour)
        return
    text = line(_WHICH_PART, code=ask.code, day=parts[0].day)
    await cards.answer(turn, ask, text, notices.choices(turn, ask, slots.rows(ask, parts)))


async def too_late(turn: Turn, ask: Ask) -> None:
    """Someone was first: until the asker agrees the invitation stays, since it may fall through.
    After that, or when it has ended, nothing on it looks alive any more."""
    if searching.unsure(ask):
        turn.toast(line(_NOT_SURE), alert=True)
        return
    if not ask.open:
        await cards.answer(turn, ask, line(_OVER, code=ask.code, state=texts.state(ask)))
        return
    turn.toast(line(_FIRST))
    await cards.answer(turn, ask, line(_TOO_LATE, code=ask.code))


async def as_it_was(_update: Update, turn: Turn) -> None:
    """After the warning that the person is busy then: the invitation again."""
    ask, neighbour, _more = await opened(turn)
    if not searching.looks(ask):
        await too_late(turn, ask)
        return
    await _invite_again(turn, ask, neighbour)


async def _invite_again(turn: Turn, ask: Ask, neighbour: Neighbour, page: int = 0) -> None:
    invited = any(one.person == neighbour.key for one in ask.search.invited)
    news = News.INVITE if invited else News.BOARD
    text, rows = await notices.invitation(turn, ask, turn.person, news, page)
    await cards.answer(turn, ask, text, rows)


async def decline(_update: Update, turn: Turn) -> None:
    """The neighbour can't: that is fine, and someone else is asked."""
    ask, _neighbour, _more = await opened(turn)
    if turn.person.key in ask.parties:
        raise NotAllowed
    await cards.answer(turn, ask, line(_DECLINED, code=ask.code))
    if searching.may_decline(ask, turn.person.key):
        change = searching.decline(ask, turn.person.key, turn.rules, turn.now)
        await asks.keep(turn, change)


HANDLERS = [
    on_press(b.HELP_NO.verb, decline),
    on_press(b.HELP_DAY, day),
    on_press(b.HELP_NOT.verb, as_it_was),
]
