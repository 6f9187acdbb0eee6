"""My help and reports: the list, and the card of a report as its reporter may see it."""

from collections.abc import Container
from datetime import date

from telegram import Update

from bot.core import codes
from bot.core.helping.asks import Ask, wanted_on
from bot.core.items import Item, Quiet, Stage
from bot.core.prompts import Say
from bot.core.words import Line, _, line
from handlers import acts, lists, menu, standing
from handlers.clearing import CLEAR
from handlers.commands import on_command
from handlers.helping import own, talk
from handlers.helping.audience import speaks
from handlers.helping.buttons import MY_ASK
from handlers.keyboards import Button, Press, Rows, in_pairs, on_press
from handlers.pages import page_of
from handlers.paragraphs import joined, spaced
from handlers.sent import message_of, words_of
from handlers.turn import Turn

LISTED = 10
"""Entries of one message."""

_NONE = _("There is nothing of yours here yet.")
_ERASED = _("What ended more than {days} days ago is no longer known as yours.")
_NO_SUCH = _("I know nothing of yours with that code.")
_LIST = _("Your help and reports. What comes first stands at the top.")


async def list_(_update: Update, turn: Turn) -> None:
    """What the person asked, reported and promised, a button each, a page at a time."""
    found = await _everything(turn)
    asked = {one.key for one in found if isinstance(one, Item) and await standing.asked(turn, one)}
    every = sorted(found, key=lambda one: _urgency(one, turn, asked))
    if not every:
        says = [line(_NONE), *([_erased(turn)] if turn.person.informed else [])]
        ask = [menu.ASK] if turn.rules.covenant.kinds else []
        turn.say(joined(says, turn.speaker), [[menu.CONCERN], ask])
        return
    page = page_of(every, turn.press.rev if turn.press else 0, LISTED)
    buttons = [Button(one.code, Press(_verb(one), one.key, one.revision)) for one in page.shown]
    rows = in_pairs(buttons)
    says = [line(_LIST), *(_row(one, turn, asked) for one in page.shown), *page.said]
    turn.say(spaced(says), [*rows, page.turning(lambda number: Press("my_items", "", number))])


async def _everything(turn: Turn) -> list[Item | Ask]:
    """Reports, asks and promises of the person, the newest first."""
    key = turn.person.key
    found: list[Item | Ask] = [*await turn.records.raised_by(key)]
    found += await turn.records.asked_by(key)
    found += [ask for ask in await turn.records.put_by(key) if await speaks(turn, ask)]
    found += await turn.records.helped_by(key)
    return sorted(found, key=lambda one: one.created, reverse=True)


def _urgency(one: Item | Ask, turn: Turn, asked: Container[str]) -> tuple[bool, bool, date]:
    """What waits for an answer comes first, then what is due first; what has ended comes last."""
    if not one.open:
        return True, True, date.max
    if isinstance(one, Ask):
        return False, not own.waits(one, turn.person.key), wanted_on(one)
    due = turn.rules.calendar.local(lists.due(one)).date()
    return False, one.stage is not Stage.CLOSED and one.key not in asked, due


def _row(one: Item | Ask, turn: Turn, asked: Container[str]) -> Line:
    if isinstance(one, Ask):
        return own.row(one, turn)
    return standing.row(one, turn, asked=one.key in asked)


def _verb(one: Item | Ask) -> str:
    return MY_ASK.verb if isinstance(one, Ask) else "mine"


async def open_(_update: Update, turn: Turn) -> None:
    """The card of one item."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    await show(turn, await turn.own(turn.press.id))


async def by_code(update: Update, turn: Turn) -> bool:
    """The code of an own report or ask, typed: its card; False for what need not be a code."""
    words, prefix = words_of(message_of(update)), turn.rules.covenant.code_prefix
    typed = codes.parse(words, prefix)
    item = await turn.records.item_by_code(typed) if typed else None
    if item is not None and item.reporter == turn.person.key:
        await show(turn, item)
        return True
    ask = await turn.records.ask_by_code(typed) if typed else None
    if ask is not None and await own.is_part(turn, ask):
        await own.show(turn, ask)
        return True
    if typed is None or not words.upper().startswith(prefix):
        return False
    # The same for a code that someone else has and for one that nobody has.
    says = joined([line(_NO_SUCH), _erased(turn)], turn.speaker)
    turn.say(says, [[menu.MY_ITEMS], [menu.CONCERN]])
    return True


def _erased(turn: Turn) -> Line:
    return line(_ERASED, days=turn.rules.covenant.retention.reporter_link)


async def show(turn: Turn, item: Item, *notes: Say) -> None:
    """Say what stands on the card of `item`, after the notes."""
    text = await standing.card(turn, item)
    card = joined([*notes, text], turn.speaker) if notes else text
    turn.say(card, await _rows(turn, item), card=f"mine-{item.key}", item=item.key)


async def renew(turn: Turn, item: Item) -> None:
    """Bring the card up to date where it stands."""
    turn.edit(f"mine-{item.key}", await standing.card(turn, item), await _rows(turn, item))


async def _rows(turn: Turn, item: Item) -> Rows:
    """What fits the state."""
    question = standing.open_question(await turn.records.history(item.key)) if item.open else None
    rev, key = item.revision, item.key
    rows: list[list[Button]] = []
    if question:
        rows.append([Button(line(_("Answer the question")), Press("question", key, rev))])
    if item.open:
        rows.append([Button(line(_("Add something")), Press("add", key, rev))])
    if await talk.may_open(turn, item):
        rows.append([Button(line(acts.LINE.label), Press(acts.LINE.verb, key, rev))])
    rows.append([Button(line(_("Who has opened it?")), Press("opened_by", key, rev))])
    if item.open and item.line.quiet is not Quiet.WITHDRAWN:
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
