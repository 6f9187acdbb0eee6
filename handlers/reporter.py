"""What a reporter does with an own report: add, answer, withdraw, choose when to be asked."""

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.core import lifecycle
from bot.core.danger import EMERGENCY
from bot.core.errors import NotFound, Stale
from bot.core.helping.lines import READ
from bot.core.items import Addition, Event, Item, Quiet, Stage
from bot.core.lifecycle import Change
from bot.core.routing import partner_or_none
from bot.core.small_forms import ADD, ITEM, REPLY, TOPIC
from bot.core.words import _, line
from handlers import forms, mine, standing
from handlers.keyboards import Button, Press, on_press
from handlers.notices import tell
from handlers.paragraphs import joined
from handlers.turn import Turn

_ENDED = _("<b>{code}</b> has ended. Nothing can be added any more.")
_ENOUGH = _("More can't be added to <b>{code}</b>. Please call if there is more.")
_ADDED = _("It is added to <b>{code}</b>. {Partner} can see it.")
_ASKS = _("{Partner} asks about <b>{code}</b>: {question}")
_PASSED_ON = _("I passed your answer on. Code: <b>{code}</b>.")
_ANSWERED = _("You answered that question already.")
_TODAY = _("You did much with <b>{code}</b> today. Tomorrow you can go on.")
_CALL = _("Is it getting worse? Call {phone}.")
_SURE = _("Do you want to withdraw <b>{code}</b>?")
_WHAT_STAYS = _("The questions to you stop. What a partner has opened stays with that partner.")
_WITHDRAWN = _("<b>{code}</b> is withdrawn. Nobody had opened it.")
_STAYS = _("<b>{code}</b> is withdrawn: you get no more questions. {Partner} goes on with it.")
_ALREADY = _("You did that already.")
_HOW_OFTEN = _("How often may we ask how it is with <b>{code}</b>?")
_CHOSEN = _("From now on we ask you every {days} days. The next time is {day}.")
_INTERVALS = (
    (2, _("Every 2 days")),
    (7, _("Every week")),
    (14, _("Every 2 weeks")),
    (30, _("Every month")),
)


async def add(_update: Update, turn: Turn) -> None:
    """Begin to add something."""
    item = await _pressed(turn)
    if not item.open:
        await mine.show(turn, item, line(_ENDED, code=item.code))
        return
    await forms.open_form(turn, ADD.name, context={ITEM: item.key, TOPIC: item.report.topic})


async def take_addition(turn: Turn, value: Mapping[str, str], context: Mapping[str, str]) -> bool:
    """One thing to add; False when it has ended or the covenant's limit is reached."""
    item = await turn.own(context[ITEM])
    return await record_addition(
        turn,
        item,
        Addition(
            at=turn.now,
            text=value.get("text") or value.get("caption", ""),
            photo=value.get("photo"),
            voice=value.get("voice"),
        ),
    )


async def record_addition(turn: Turn, item: Item, addition: Addition) -> bool:
    """Add it and tell the holder; what can't be added is said."""
    limits = turn.rules.covenant.limits
    before = item.report.additions
    photos = sum(a.photo is not None for a in (*before, addition))
    if not item.open:
        turn.say(line(_ENDED, code=item.code), item=item.key)
        return False
    if len(before) >= limits.additions_per_item or photos > limits.photos_per_item:
        turn.say(line(_ENOUGH, code=item.code), item=item.key)
        return False
    if await too_often(turn, item):
        return False
    await _record(turn, lifecycle.add(item, addition, turn.rules, turn.now))
    turn.belong(turn.answered, item.key)
    return True


async def finish_adding(
    turn: Turn, _answers: Mapping[str, Any], context: Mapping[str, str]
) -> None:
    """Ready: say where it went."""
    say_added(turn, await turn.own(context[ITEM]))


def say_added(turn: Turn, item: Item) -> None:
    """Say that it was added, and who can see it."""
    look = Button(line(_("Look")), Press("mine", item.key, item.revision))
    turn.say(line(_ADDED, code=item.code, Partner=_partner(turn, item)), [[look]], item=item.key)


async def question(_update: Update, turn: Turn) -> None:
    """Show the partner's question, and take the answer."""
    item = await _pressed(turn)
    asked = standing.open_question(await turn.records.history(item.key))
    if asked is None or not item.open:
        await mine.show(turn, item, line(_ANSWERED if item.open else _ENDED, code=item.code))
        return
    _say_question(turn, item, asked)
    await forms.open_form(turn, REPLY.name, context={ITEM: item.key})


async def finish_reply(turn: Turn, answers: Mapping[str, Any], context: Mapping[str, str]) -> None:
    """The answer to a partner's question, in words."""
    await record_answer(turn, await turn.own(context[ITEM]), answers["text"])


async def record_answer(turn: Turn, item: Item, text: str) -> None:
    """Pass the answer on."""
    if not item.open:
        turn.say(line(_ENDED, code=item.code), item=item.key)
        return
    if await too_often(turn, item):
        return
    await _record(turn, lifecycle.answer(item, text, turn.now))
    turn.belong(turn.answered, item.key)
    turn.say(line(_PASSED_ON, code=item.code), item=item.key)


async def withdraw(_update: Update, turn: Turn) -> None:
    """Ask whether it is meant, and say what stays."""
    item = await _pressed(turn)
    says = [line(_SURE, code=item.code), line(_WHAT_STAYS)]
    yes = Button(line(_("Yes, withdraw")), Press("withdraw_yes", item.key, item.revision))
    no = Button(line(_("No, keep it")), Press("mine", item.key, item.revision))
    turn.say(joined(says, turn.speaker), [[yes], [no]], item=item.key)


async def withdraw_yes(_update: Update, turn: Turn) -> None:
    """Withdraw it; a second tap does nothing more."""
    item = await _pressed(turn)
    if item.stage is Stage.WITHDRAWN or item.line.quiet is Quiet.WITHDRAWN:
        turn.toast(line(_ALREADY))
        return
    opened = any(a.what != READ for a in await turn.records.accesses(item.key))
    change = lifecycle.withdraw(item, opened=opened, rules=turn.rules, now=turn.now)
    await _record(turn, change)
    text = _WITHDRAWN if not change.item.open and not opened else _STAYS
    turn.say(line(text, code=item.code, Partner=_partner(turn, item)), item=item.key)


async def often(_update: Update, turn: Turn) -> None:
    """Let the reporter choose the interval of the questions."""
    item = await _pressed(turn)
    if item.line.quiet is Quiet.WITHDRAWN:
        await mine.show(turn, item)
        return
    options = [Button(line(label), Press("every", item.key, days)) for days, label in _INTERVALS]
    never = Button(line(_("Ask me no more")), Press("how_stop", item.key, item.revision))
    turn.say(line(_HOW_OFTEN, code=item.code), [options[:2], options[2:], [never]], item=item.key)


async def every(_update: Update, turn: Turn) -> None:
    """Ask every so many days from now on."""
    assert turn.press is not None, "on_press lets our own buttons through only"
    item, days = await _pressed(turn), turn.press.rev
    if days not in dict(_INTERVALS):
        raise NotFound
    if not item.open:
        raise Stale
    if item.line.every_days == days and item.line.next_at:
        turn.toast(line(_ALREADY))
        return
    if await too_often(turn, item):
        return
    change = lifecycle.every(item, days, turn.rules, turn.now)
    await _record(turn, change)
    assert change.item.line.next_at is not None, "the questions start again"
    day = turn.rules.calendar.local(change.item.line.next_at).date()
    turn.say(line(_CHOSEN, days=days, day=day), item=item.key)


async def too_often(turn: Turn, item: Item) -> bool:
    """Whether the limit of the day is reached; that is said, and where to call."""
    if not await standing.enough_today(turn, item):
        return False
    phone = turn.rules.covenant.local_phone or EMERGENCY
    says = [line(_TODAY, code=item.code), line(_CALL, phone=phone)]
    turn.say(joined(says, turn.speaker), item=item.key)
    return True


async def _pressed(turn: Turn) -> Item:
    assert turn.press is not None, "on_press lets our own buttons through only"
    return await turn.own(turn.press.id)


async def _record(turn: Turn, change: Change) -> None:
    turn.keep(change)
    await mine.renew(turn, change.item)
    await tell(turn, change)


def _say_question(turn: Turn, item: Item, asked: Event) -> None:
    partner = partner_or_none(asked.partner, turn.rules.covenant) or _partner(turn, item)
    text = str(asked.data.get("text", ""))
    turn.say(line(_ASKS, Partner=partner, code=item.code, question=text), item=item.key)


def _partner(turn: Turn, item: Item) -> Any:
    held = item.assignment.partner
    return partner_or_none(held, turn.rules.covenant) or held


HANDLERS = [
    on_press("add", add),
    on_press("question", question),
    on_press("withdraw", withdraw),
    on_press("withdraw_yes", withdraw_yes),
    on_press("often", often),
    on_press("every", every),
]
FINISH = {ADD.name: finish_adding, REPLY.name: finish_reply}
TAKE = {ADD.name: take_addition}
