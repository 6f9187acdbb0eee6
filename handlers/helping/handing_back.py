"""Handing back: a professional asks a circle for something, with the person's consent."""

from collections.abc import Collection, Mapping
from typing import Any

from telegram import Update

from bot.core import lifecycle
from bot.core.covenant import About, Right
from bot.core.errors import NotAllowed, Stale
from bot.core.handing import HandedBack, asked_now
from bot.core.helping import passing
from bot.core.helping.circle_asking import AREA, TO_CIRCLE, stays_here, to_wish
from bot.core.helping.lines import side_of, volunteers_of, whose
from bot.core.helping.said import kind_said, when_said
from bot.core.items import EventKind, Item, Stage
from bot.core.lifecycle import hears
from bot.core.people import Person
from bot.core.prompts import Say
from bot.core.small_forms import ITEM
from bot.core.words import _, line
from handlers import acts
from handlers.circles import people
from handlers.drawing import new_code, new_key
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, notices, talk, talk_safety
from handlers.keyboards import on_press
from handlers.paragraphs import joined
from handlers.states import partner
from handlers.turn import Turn
from handlers.work import record

_STAYS = _("Nothing went to a circle.")
_WENT = _("{Circle} is asked. Code of what is asked: <b>{ask}</b>.")
_TALK = _("The volunteer talks along with you about <b>{code}</b>.")
_CLOSE = _("Does the circle take it over? Then close it: others go on with it.")
_FOR_YOU = _("{Partner} asked {circle} for you, as you agreed. Code: <b>{ask}</b>.")
_TASK = _("{task}, {when}.")
_STANDS_BETWEEN = _("You stand between: talk with {partner} about how to begin.")
_TALK_ALONG = _("You can talk along about <b>{code}</b>, and stop that at any time.")


async def begin(_update: Update, turn: Turn) -> None:
    """Ask which circle, and what for."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    item, _partner = await _held(turn, turn.press.id)
    context = {ITEM: item.key, AREA: item.report.area or ""}
    await open_form(turn, TO_CIRCLE.name, context=context)


@kindly
async def handed_back(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Put the ask, authorised once more, and let those involved talk along.

    About somebody other than the reporter there is no asker here: then the professional answers
    for the asker's side, and the volunteer stands between.
    """
    if stays_here(answers):
        turn.say(line(_STAYS))
        return
    item, for_partner = await _held(turn, context[ITEM])
    circle, me = turn.rules.covenant.circle(answers["circle"]), turn.person.key
    resident = whose(item) if hears(item) else None
    asked = passing.hand_back(
        to_wish(answers, item, by=me, asker=resident, rules=turn.rules, now=turn.now),
        key=new_key(turn),
        code=await new_code(turn),
        asker=resident,
        by=me,
        item_key=item.key,
        rules=turn.rules,
        now=turn.now,
    )
    back = HandedBack(by=me, circle=circle.id, ask=asked.ask.key, agreed=turn.now)
    then = item.model_copy(update={"back": back})
    going = [key for key in volunteers_of(item) if not await _along(turn, key, then)]
    told = [key for key in going if await _along(turn, key, item)]
    volunteers = await _volunteers(turn, circle.id, item, going)
    change = lifecycle.hand_back(
        item,
        back,
        [v.key for v in volunteers],
        resident=resident,
        without=going,
        partner=for_partner,
        rules=turn.rules,
        now=turn.now,
    )
    _confirm(turn, change.item, circle, asked.ask.code)
    await record(turn, change)
    for one in await people.persons(turn, told):
        talk_safety.goes(turn, change.item, one, silent=notices.night(turn))
    await _tell(turn, change.item, asked.ask, volunteers)
    await asks.keep(turn, asked)


async def _held(turn: Turn, key: str) -> tuple[Item, str]:
    """An item that the person's partner holds and may lead, and that no circle was asked for."""
    item, for_partner = await turn.may(key, Right.LEAD)
    if item.stage is not Stage.HELD or asked_now(item.back):
        raise Stale
    if item.report.unsafe or item.report.about is About.NEIGHBOURHOOD:
        raise NotAllowed
    return item, for_partner


async def _volunteers(turn: Turn, circle: str, item: Item, going: Collection[str]) -> list[Person]:
    """Who stands behind the circle, besides who is part of this, declined it or ended their talk;
    a block keeps people apart, also from a reporter who doesn't talk along."""
    history = await turn.records.history(item.key)
    left = {e.by for e in history if e.kind is EventKind.LEFT_TALK}
    besides = (turn.person.key, item.reporter or "", *item.recused)
    along = {item.reporter, *item.talk} - set(going)
    chosen: list[Person] = []
    for volunteer in await people.volunteers(turn, circle, besides=besides):
        if volunteer.key not in left and along.isdisjoint(
            (await turn.neighbour(volunteer.key)).blocked
        ):
            along.add(volunteer.key)
            chosen.append(volunteer)
    return chosen


async def _along(turn: Turn, key: str, item: Item) -> bool:
    """Whether this volunteer talks along, as the item is given."""
    person, neighbour = await turn.records.get(Person, key), await turn.neighbour(key)
    side = side_of(person, neighbour, item, turn.rules, turn.now) if person else None
    return side is not None


def _confirm(turn: Turn, item: Item, circle: Any, code: str) -> None:
    says: list[Say] = [
        line(_WENT, Circle=circle, ask=code),
        *([line(_TALK, code=item.code)] if volunteers_of(item) else []),
        line(_CLOSE),
    ]
    turn.say(joined(says, turn.speaker), [acts.buttons(item, acts.LINE, acts.CLOSE)], item=item.key)


async def _tell(turn: Turn, item: Item, ask: Any, volunteers: list[Person]) -> None:
    """The resident hears what was asked; the volunteers hear that they can talk along."""
    covenant = turn.rules.covenant
    circle = covenant.circle(ask.wish.circle)
    looks = partner(item.assignment.partner, covenant)
    task = line(_TASK, task=kind_said(ask.wish.kind, covenant), when=when_said(ask.wish.when))
    resident = await turn.records.get(Person, ask.asker) if ask.asker else None
    rows = [acts.buttons(item, acts.LINE), talk.ways_out(item)]
    if resident is not None:
        first = line(_FOR_YOU, Partner=looks, circle=circle, ask=ask.code)
        _say(turn, item, resident, [first, task, line(_TALK_ALONG, code=item.code)], rows)
    for volunteer in volunteers:
        between = [] if resident else [line(_STANDS_BETWEEN, partner=looks)]
        says = [*between, line(_TALK_ALONG, code=item.code)]
        _say(turn, item, volunteer, says, rows)


def _say(turn: Turn, item: Item, person: Person, says: list[Any], rows: Any) -> None:
    text = joined(says, turn.house.speaker(person.language))
    name = f"talk-{item.key}"
    turn.say(text, rows, to=person, card=name, item=item.key, silent=notices.night(turn))


HANDLERS = [on_press(acts.TO_CIRCLE.verb, begin)]
FINISH = {TO_CIRCLE.name: handed_back}
