"""Asking: a neighbour wants help; neighbours are asked, and the asker reads what happens next."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core.choices import YES
from bot.core.concern import CONCERN
from bot.core.covenant import About
from bot.core.danger import EMERGENCY
from bot.core.errors import NotAllowed
from bot.core.forms import Answered
from bot.core.helping import ask_form, searching, wishes
from bot.core.helping.ask_form import HELP
from bot.core.helping.ask_review import BEHALF, CIRCLES, NOBODY_THERE
from bot.core.helping.asks import Ask, Consent, Wish
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.wishes import asked_from, to_wish, volunteer_by
from bot.core.words import _, line
from handlers import forms, menu
from handlers.commands import on_command
from handlers.drawing import new_code, new_key
from handlers.helping import asks, limits
from handlers.helping import buttons as b
from handlers.keyboards import on_press
from handlers.paragraphs import joined
from handlers.turn import Turn

_NOT_HERE = _("Neighbours can't be asked for help here yet. You can report it.")
_KEPT_NOTHING = _("I asked nobody and kept nothing.")
_THANKS = _("We look for a neighbour. Code: <b>{code}</b>.")
_AT_ONCE = _("The first neighbours are asked now.")
_FROM = _("The first neighbours are asked from {when}.")
_HEAR = _("You hear from us when someone wants to help. Then you say yes or no.")
_NOBODY = _("Nobody found? Then a volunteer looks at it, by {by}.")
_DANGER = _("In danger: {number}.")
_SAID_YES = _("{Name} said yes to this.")


async def begin(_update: Update, turn: Turn) -> None:
    """The form to ask for help, from a command or a button."""
    await open_(turn)


async def open_(turn: Turn, answers: Mapping[str, Answered] | None = None) -> None:
    """The form to ask for help, with what is known already."""
    if not turn.rules.covenant.kinds:
        turn.say(line(_NOT_HERE), [[menu.CONCERN]])
        return
    neighbour = await turn.neighbour()
    if not limits.asked_enough(turn, neighbour) and not await limits.open_enough(turn):
        context = {CIRCLES: ",".join(neighbour.places)}
        await forms.open_form(turn, HELP.name, answers=answers, context=context)


async def on_behalf(turn: Turn, circle: str) -> None:
    """The same for a volunteer, for someone of their circle who has no phone at hand."""
    neighbour = await turn.neighbour()
    if not neighbour.coordinates(circle):
        raise NotAllowed
    enough = limits.asked_enough(turn, neighbour, others=True)
    if not enough and not await limits.open_enough(turn, others=True):
        await forms.open_form(turn, HELP.name, context={BEHALF: circle, CIRCLES: ""})


async def finish(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """Begin the ask; or leave it, and go on as a report when that was chosen."""
    if ask_form.goes_on_as_worry(answers):
        await _report_instead(turn, answers)
        return
    if ask_form.is_left(answers):
        turn.say(line(_KEPT_NOTHING), menu.rows(turn))
        return
    neighbour, circle = await turn.neighbour(), context.get(BEHALF)
    if circle and not neighbour.coordinates(circle):
        raise NotAllowed
    if limits.asked_enough(turn, neighbour, others=bool(circle)):
        return
    if not await limits.open_enough(turn, others=bool(circle)):
        await _begin(turn, _wish(turn, answers, neighbour, circle), neighbour, circle)


def _wish(turn: Turn, answers: Mapping[str, Any], neighbour: Neighbour, circle: str | None) -> Wish:
    own = neighbour.places
    wish = to_wish(
        answers,
        own=own,
        consent=_consent(turn, answers),
        rules=turn.rules,
        now=turn.now,
    )
    if circle is None:
        return wish
    area = turn.rules.covenant.circle(circle).area
    return wish.model_copy(update={"circle": circle, "area": area})


async def _begin(turn: Turn, wish: Wish, neighbour: Neighbour, circle: str | None) -> None:
    key = turn.person.key
    change = searching.start(
        wish,
        key=new_key(turn),
        code=await new_code(turn),
        asker=None if circle else key,
        by=key if circle else None,
        rules=turn.rules,
        now=turn.now,
    )
    limits.count_ask(turn, neighbour, others=circle is not None)
    _confirm(turn, change.ask)
    await asks.keep(turn, change)


def _confirm(turn: Turn, ask: Ask) -> None:
    """What happens next, with times."""
    rules, wish = turn.rules, ask.wish
    begin = asked_from(wish.when, rules, turn.now)
    circle = next((c for c in rules.covenant.circles if c.id == wish.circle), None)
    by = volunteer_by(wish.when, circle, rules, turn.now)
    sought = [line(_AT_ONCE) if begin <= turn.now else line(_FROM, when=begin)]
    says = [
        line(_THANKS, code=ask.code),
        *(sought if wish.area else [line(NOBODY_THERE)]),
        line(_HEAR),
        *([line(_NOBODY, by=by)] if wish.area else []),
        line(_DANGER, number=EMERGENCY),
    ]
    turn.say(joined(says, turn.speaker), b.of(ask, b.MY_ASK, b.CALL_OFF), item=ask.key)


async def _report_instead(turn: Turn, answers: Mapping[str, Any]) -> None:
    """The form of a concern, with what was told; a worry about somebody's company has a topic."""
    covenant = turn.rules.covenant
    about = About.OTHER if answers.get("name") else About.SELF
    known: dict[str, Any] = {"about": about.value}
    topic = wishes.coach_topic(covenant) if answers.get("no_consent") else None
    if answers.get("text"):
        known["what"] = answers["text"]
    elif topic is None:
        topic = wishes.other_topic(covenant)
    if topic is not None:
        known["topic"] = topic.id
    prepared = {name: Answered(value=value) for name, value in known.items()}
    await forms.open_form(turn, CONCERN.name, answers=prepared)


def _consent(turn: Turn, answers: Mapping[str, Any]) -> Consent | None:
    """Who heard the yes of the other person, when, and in which words that was asked."""
    if answers.get("consent") != YES:
        return None
    words = turn.speaker.plain(line(_SAID_YES, Name=answers["name"]))
    return Consent(to=turn.person.key, at=turn.now, words=words)


HANDLERS = [on_command("hulp", begin), on_press(menu.ASK.press.verb, begin)]
FINISH = {HELP.name: finish}
