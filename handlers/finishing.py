"""Finishing: what is recorded when a partner's form is complete, authorised once more."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from bot.core import lifecycle
from bot.core.access import is_coordinator
from bot.core.covenant import Right
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.items import Outcome, Told
from bot.core.lifecycle import Change
from bot.core.routing import may
from bot.core.small_forms import ITEM, PARTNER
from bot.core.words import _, line
from handlers import acts
from handlers.acts import rows
from handlers.blanking import blank
from handlers.dispatch import REFUSALS
from handlers.keyboards import Rows
from handlers.states import partner
from handlers.turn import Turn
from handlers.work import record

Answers = Mapping[str, Any]
Context = Mapping[str, str]
Finish = Callable[[Turn, Answers, Context], Awaitable[None]]

_NOTED = _("Your note is with <b>{code}</b>.")
_ASKED = _("Your question about <b>{code}</b> went to the reporter. You hear the answer here.")
_CLOSED = _("<b>{code}</b> is closed. The reporter is told, and asked to confirm it.")
_TELL_TOO = _("Does the person know of the report about <b>{code}</b>? Please record it.")
_DECLINED = _("<b>{code}</b> went to {looks}. Thank you for saying so.")
_TOLD = _("Recorded for <b>{code}</b>.")
_ASSIGNED = _("<b>{code}</b> is with {looks} now. They respond before {by}.")
_AGAIN = _("<b>{code}</b> is open again. {Looks} responds before {by}.")
_NO_MANDATE = _("{Looks} has no mandate for this. Please choose another partner.")


def _go_on(change: Change) -> Rows:
    """To the next step, which would be far up on a phone by now."""
    return rows([acts.CARD, acts.WORK], change.item.key, change.item.revision)


def kindly(finish: Finish) -> Finish:
    """Say why it can't be done any more; the form is over all the same."""

    @wraps(finish)
    async def finishing(turn: Turn, answers: Answers, context: Context) -> None:
        try:
            await finish(turn, answers, context)
        except (NotAllowed, NotFound, Stale) as refusal:
            turn.say(line(REFUSALS[type(refusal)]))

    return finishing


@kindly
async def noted(turn: Turn, answers: Answers, context: Context) -> None:
    """Record a note."""
    item, for_partner = await turn.may(context[ITEM], Right.ACT)
    by, rules = turn.person.key, turn.rules
    change = lifecycle.note(
        item, answers["text"], by=by, partner=for_partner, rules=rules, now=turn.now
    )
    turn.say(line(_NOTED, code=item.code), _go_on(change), item=item.key)
    await record(turn, change)


@kindly
async def asked(turn: Turn, answers: Answers, context: Context) -> None:
    """Pass a question on to the reporter."""
    item, for_partner = await turn.may(context[ITEM], Right.ACT)
    by, rules = turn.person.key, turn.rules
    change = lifecycle.ask(
        item, answers["text"], by=by, partner=for_partner, rules=rules, now=turn.now
    )
    turn.say(line(_ASKED, code=item.code), _go_on(change), item=item.key)
    await record(turn, change)


@kindly
async def closed(turn: Turn, answers: Answers, context: Context) -> None:
    """Close it; then the duty to tell the person concerned, while it is at hand."""
    item, for_partner = await turn.may(context[ITEM], Right.LEAD)
    change = lifecycle.close(
        item,
        Outcome(answers["outcome"]),
        by=turn.person.key,
        partner=for_partner,
        rules=turn.rules,
        now=turn.now,
        note=answers.get("note") or "",
    )
    turn.say(line(_CLOSED, code=item.code), item=item.key)
    await record(turn, change)
    if change.item.told_at:
        buttons = rows([acts.TOLD], item.key, change.item.revision)
        turn.say(line(_TELL_TOO, code=item.code), buttons, item=item.key)


@kindly
async def declined(turn: Turn, answers: Answers, context: Context) -> None:
    """Hand it to the coordinator, with the reason."""
    item, for_partner = await turn.may(context[ITEM], Right.LEAD)
    change = lifecycle.decline(
        item,
        by=turn.person.key,
        partner=for_partner,
        why=answers["why"],
        note=answers.get("note") or "",
        rules=turn.rules,
        now=turn.now,
    )
    looks = partner(change.item.assignment.partner, turn.rules.covenant)
    turn.say(line(_DECLINED, code=item.code, looks=looks))
    await record(turn, change)
    await blank(turn, change.item, turn.person)


@kindly
async def told(turn: Turn, answers: Answers, context: Context) -> None:
    """Record whether the person concerned was told."""
    item, for_partner = await turn.may(context[ITEM], Right.ACT)
    when = answers.get("when")
    change = lifecycle.told(
        item,
        Told(answers["told"]),
        by=turn.person.key,
        partner=for_partner,
        rules=turn.rules,
        now=turn.now,
        when=date.fromisoformat(when) if when else None,
        because=answers.get("because") or "",
    )
    turn.say(line(_TOLD, code=item.code))
    await record(turn, change)


@kindly
async def assigned(turn: Turn, answers: Answers, context: Context) -> None:
    """Give it to the partner that the coordinator chose, with the reason."""
    if not is_coordinator(turn.person, turn.rules):
        raise NotAllowed
    item, _for = await turn.may(context[ITEM], Right.SEE)
    chosen = answers.get("partner") or context[PARTNER]
    looks = partner(chosen, turn.rules.covenant)
    report, on = item.report, turn.rules.calendar.local(turn.now).date()
    topic, area, landlord = report.topic, report.area, report.landlord
    if not may(chosen, Right.LEAD, topic, area, landlord, turn.rules.covenant, on):
        turn.say(line(_NO_MANDATE))
        return
    by, reason = turn.person.key, answers["reason"]
    change = lifecycle.assign(item, chosen, by=by, reason=reason, rules=turn.rules, now=turn.now)
    until = change.item.assignment.respond_by
    turn.say(line(_ASSIGNED, code=item.code, looks=looks, by=until), item=item.key)
    await record(turn, change)


@kindly
async def reopened(turn: Turn, answers: Answers, context: Context) -> None:
    """Open it again at the partner that had it last, with the coordinator's reason."""
    if not is_coordinator(turn.person, turn.rules):
        raise NotAllowed
    item, _for = await turn.may(context[ITEM], Right.SEE)
    by, reason = turn.person.key, answers["reason"]
    change = lifecycle.reopen(item, by=by, reason=reason, rules=turn.rules, now=turn.now)
    held = change.item.assignment
    looks = partner(held.partner, turn.rules.covenant)
    turn.say(line(_AGAIN, code=item.code, looks=looks, by=held.respond_by), item=item.key)
    await record(turn, change)


FINISH: Mapping[str, Finish] = {
    "note": noted,
    "ask": asked,
    "close": closed,
    "decline": declined,
    "told": told,
    "assign": assigned,
    "reason": assigned,
    "reopen": reopened,
}
"""What is done with each form of the partners' side."""
