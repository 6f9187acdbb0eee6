"""Passing on: who coordinates gives an ask or a worry to the partner with the mandate for it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from telegram import Update

from bot.core import lifecycle
from bot.core.choices import YES
from bot.core.covenant import About
from bot.core.danger import EMERGENCY
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.handing import Passed
from bot.core.helping import passing
from bot.core.helping.asks import Ask
from bot.core.helping.passing_forms import (
    ABOUT,
    AREA,
    ASK,
    CIRCLE,
    GOES,
    KNOWN,
    PASS_ON,
    PERSON,
    is_left,
    to_report,
)
from bot.core.items import Item
from bot.core.lifecycle import Change
from bot.core.people import Person
from bot.core.prompts import Say
from bot.core.words import _, line
from handlers import acts, contents, report
from handlers.circles import people
from handlers.drawing import new_code, new_key
from handlers.finishing import kindly
from handlers.forms import open_form
from handlers.helping import asks, notices, talk
from handlers.helping import buttons as b
from handlers.helping.audience import coaches, coordinates, helping
from handlers.keyboards import on_press
from handlers.notices import tell
from handlers.paragraphs import joined
from handlers.states import AGREED, NOT_AGREED, partner
from handlers.turn import Turn

WORRY = "worry_about"
"""A member of a circle: `people.about(turn, WORRY, person, circle)`."""
WHAT = acts.Act(_("What was passed on?"), "passed_read")

_NOT_PASSED = _("Nothing was passed on. I kept nothing of it.")
_PASSED = _("It is passed on. Code: <b>{code}</b>.")
_BY = _("{Partner} responds by {when}.")
_LINE = _("You can talk with {partner} about it here.")
_DANGER = _("In danger: {number}.")
_FOR_YOU = _("A volunteer passed on what you agreed to. Code: <b>{code}</b>.")
_TALK_TOO = _("You can talk along, and stop that at any time.")
_WROTE = _("<b>{code}</b>. The volunteer wrote to {partner}:")
_NAME = _("{Partner} sees who you are.")
_NO_NAME = _("{Partner} does not see who you are.")
_FOR_COACH = _("<b>{code}</b>. {Who} passed something on to {partner}. {agreed}")
_NOT_RIGHT = _("Is that not what you agreed to? Talk to the coach, or withdraw it.")
Context = Mapping[str, str]


class Source(NamedTuple):
    """What is passed on: an ask or a worry, and whose matter it is when that person is here."""

    ask: Ask | None
    circle: str | None
    person: Person | None


async def pass_ask(_update: Update, turn: Turn) -> None:
    """Begin to pass on an ask."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    ask = await _ask(turn, turn.press.id)
    about = About.OTHER if ask.wish.for_other or ask.asker is None else About.SELF
    context = {ASK: ask.key, CIRCLE: ask.wish.circle or "", AREA: ask.wish.area or ""}
    known = {KNOWN: YES} if ask.wish.address else {}
    await open_form(turn, PASS_ON.name, context={**context, **known, ABOUT: about.value})


async def worry(_update: Update, turn: Turn) -> None:
    """Begin to pass on a worry about a member of the circle."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    other = await people.other(turn, turn.press)
    circle = other.here.circle
    context = {PERSON: other.person.key, CIRCLE: circle.id, AREA: circle.area}
    await open_form(turn, PASS_ON.name, context={**context, ABOUT: About.SELF.value})


@kindly
async def passed_on(turn: Turn, answers: Mapping[str, Any], context: Context) -> None:
    """Pass it on, authorised once more; the person whose matter it is hears it when they agreed."""
    if is_left(answers, turn.rules):
        turn.say(line(_NOT_PASSED))
        return
    source = await _source(turn, context)
    if report.too_many(turn):
        return
    change = await _start(turn, answers, context, source)
    turn.keep(change)
    report.count(turn)
    if source.ask and answers.get("ask") == GOES:
        me, key = turn.person.key, change.item.key
        helper = await helping(turn, source.ask)
        gone = passing.pass_on(
            source.ask, key, by=me, helper=helper, rules=turn.rules, now=turn.now
        )
        await asks.keep(turn, gone)
    _confirm(turn, change.item)
    if source.person and change.item.reporter == source.person.key:
        _tell_whose(turn, change.item, source.person)
    await tell(turn, change)
    await _tell_coach(turn, change.item, source)


async def read(_update: Update, turn: Turn) -> None:
    """Show to whose matter it is what was passed on, and to whom."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    item = await turn.own(turn.press.id)
    if item.passed is None:
        raise NotFound
    looks = partner(item.assignment.partner, turn.rules.covenant)
    says: list[Say] = [
        line(_WROTE, code=item.code, partner=looks),
        line("<blockquote>{words}</blockquote>", words=item.report.text),
        contents.topic_and_village(item, turn.rules.covenant),
        line(_NAME if item.report.name else _NO_NAME, Partner=looks),
        line(_NOT_RIGHT),
    ]
    rows = [acts.buttons(item, acts.MINE, acts.LINE), talk.ways_out(item)]
    turn.say(joined(says, turn.speaker), rows, item=item.key, protect=True)


async def _ask(turn: Turn, key: str) -> Ask:
    """An open ask that the person coordinates; `NotAllowed` for anyone else."""
    ask = await turn.ask(key)
    if not await coordinates(turn, ask):
        raise NotAllowed
    if not ask.open:
        raise Stale
    return ask


async def _source(turn: Turn, context: Context) -> Source:
    """What the form was opened for, with the right of this moment."""
    if ASK in context:
        ask = await _ask(turn, context[ASK])
        asker = await turn.records.get(Person, ask.asker) if ask.asker else None
        return Source(ask, ask.wish.circle, asker)
    press = people.about(turn, WORRY, context[PERSON], context[CIRCLE])
    other = await people.other(turn, press)
    return Source(None, other.here.circle.id, other.person)


async def _start(
    turn: Turn, answers: Mapping[str, Any], context: Context, source: Source
) -> Change:
    agreed = answers.get("agreed") == YES
    whose = source.person if agreed else None
    told = to_report(
        answers,
        context,
        person=source.person,
        language=(whose or turn.person).language,
        address=source.ask.wish.address if source.ask else "",
    )
    passed = Passed(
        by=turn.person.key,
        circle=source.circle,
        ask=source.ask.key if source.ask else None,
        agreed=turn.now if agreed else None,
        reason=answers.get("reason") or "",
    )
    return lifecycle.pass_on(
        told,
        passed=passed,
        volunteer=turn.person.key,
        reporter=(whose or turn.person).key,
        key=new_key(turn),
        code=await new_code(turn),
        rules=turn.rules,
        now=turn.now,
    )


def _confirm(turn: Turn, item: Item) -> None:
    held = item.assignment
    looks = partner(held.partner, turn.rules.covenant)
    says = [
        line(_PASSED, code=item.code),
        line(_BY, Partner=looks, when=held.respond_by),
        line(_LINE, partner=looks),
        line(_DANGER, number=EMERGENCY),
    ]
    turn.say(joined(says, turn.speaker), [acts.buttons(item, acts.LINE)], item=item.key)


def _tell_whose(turn: Turn, item: Item, person: Person) -> None:
    """Without contents, since the person is not in the chat now."""
    looks = partner(item.assignment.partner, turn.rules.covenant)
    says = [
        line(_FOR_YOU, code=item.code),
        line(_BY, Partner=looks, when=item.assignment.respond_by),
        line(_TALK_TOO),
    ]
    rows = [acts.buttons(item, WHAT), talk.ways_out(item)]
    text = joined(says, turn.house.speaker(person.language))
    name = f"news-{item.key}"
    turn.say(text, rows, to=person, card=name, item=item.key, silent=notices.night(turn))


async def _tell_coach(turn: Turn, item: Item, source: Source) -> None:
    """Who stands behind the volunteers hears that they pass things on: to whom, never what."""
    passed = item.passed
    if passed is None:
        return
    text = line(
        _FOR_COACH,
        code=item.code,
        Who=people.name(turn.person),
        partner=partner(item.assignment.partner, turn.rules.covenant),
        agreed=line(AGREED if passed.agreed else NOT_AGREED),
    )
    reporter = item.reporter or turn.person.key
    besides = {turn.person.key, reporter, *(await turn.neighbour(reporter)).blocked}
    found: list[Person] = []
    if passed.circle is not None:
        found = await people.coaches(turn, passed.circle, besides=besides)
    elif source.ask is not None:
        found = await coaches(turn, source.ask, besides)
    for coach in found:
        if coach.key not in besides:
            turn.say(text, to=coach, silent=notices.night(turn))


HANDLERS = [
    on_press(b.PASS.verb, pass_ask),
    on_press(WORRY, worry),
    on_press(WHAT.verb, read),
]
FINISH = {PASS_ON.name: passed_on}
