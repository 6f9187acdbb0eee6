"""Notices: news of an item becomes messages for whoever must know, each in their own language."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.core.items import Item
from bot.core.lifecycle import Change
from bot.core.notices import Audience, Notice, NoticeKind, Why
from bot.core.people import Person
from bot.core.ports import Priority
from bot.core.routing import partner_or_none
from bot.core.words import line
from handlers import acts, cards
from handlers.acts import Act, rows
from handlers.audience import audience, colleagues, coordinators, reaches
from handlers.blanking import blank
from handlers.notice_texts import (
    AGAIN,
    ANSWERS,
    CARDS,
    COORDINATOR,
    COORDINATOR_BY,
    COORDINATOR_NEWS,
    INVOLVED,
    NEWS,
    OUTCOME_ACTS,
    OUTCOMES,
    PARTNER,
    REPORTER,
    TALK,
    TALK_BEFORE,
    WHY,
    WITHOUT_CONTENTS,
    Saying,
)
from handlers.turn import Turn
from handlers.urgency import silent, waits

log = logging.getLogger(__name__)

_ON_CARDS = (Audience.OTHERS, Audience.FORMER)
_CHANGING = frozenset(
    {
        NoticeKind.REOPENED,
        NoticeKind.CONFIRMED,
        NoticeKind.NOT_CONFIRMED,
        NoticeKind.WITHDRAWN,
        NoticeKind.BACK_OVER,
    }
)
_ASKING = (Audience.HOLDER, Audience.DEPUTY)


async def tell(turn: Turn, change: Change) -> None:
    """Tell everyone of `change`; whoever did it is not told, but a reporter hears the news."""
    told: set[str] = set()
    for notice in change.notices:
        told |= await tell_of(turn, change.item, await _true(turn, change.item, notice), told)


async def tell_of(
    turn: Turn, item: Item, notice: Notice, told: frozenset[str] | set[str] = frozenset()
) -> set[str]:
    """Tell of one notice all who were not `told` of this change yet; returns who was told now."""
    people = await audience(turn, item, notice)
    if not people:
        await _nobody(turn, item, notice)
        return set()
    if notice.to is Audience.REPORTER:
        await _send(turn, item, notice, people[0])
        return set()
    # Who gave it away has no answer of the handler on the old cards.
    actor = turn.sender.key if turn.sender and notice.to is not Audience.FORMER else None
    people = [p for p in people if p.key != actor and p.key not in told]
    for person in people:
        await (_change_cards if notice.to in _ON_CARDS else _send)(turn, item, notice, person)
    return set() if notice.to in _ON_CARDS else {p.key for p in people}


async def _true(turn: Turn, item: Item, notice: Notice) -> Notice:
    """A deputy where nobody can be reached looks at nothing; the coordinator, who is told, does."""
    deputy = item.assignment.deputy
    if notice.kind is not NoticeKind.TERM_MISSED or deputy is None or notice.looks != deputy:
        return notice
    if await colleagues(turn, item, deputy, besides=None):
        return notice
    return notice.model_copy(update={"looks": turn.rules.covenant.coordinator})


async def alert_coordinators(turn: Turn, item: Item, why: Why, *, looks: str | None = None) -> None:
    """Alert all coordinators to something outside the life cycle; without any, log the code."""
    notice = Notice(
        to=Audience.COORDINATOR,
        kind=NoticeKind.COORDINATOR_ALERT,
        item=item.key,
        code=item.code,
        revision=item.revision,
        why=why,
        looks=looks,
    )
    await tell_of(turn, item, notice)


async def _nobody(turn: Turn, item: Item, notice: Notice) -> None:
    """Nobody is there to tell: what asks for someone goes to the coordinators."""
    if notice.to in _ASKING and await coordinators(turn, item):
        await alert_coordinators(turn, item, Why.UNREACHABLE, looks=notice.partner)
    elif notice.to in _ASKING or notice.to is Audience.COORDINATOR:
        log.warning("nobody to alert; the item keeps its check-ins", extra={"item": item.code})


async def _send(turn: Turn, item: Item, notice: Notice, person: Person) -> None:
    if waits(item, notice, turn.rules, turn.now):
        return
    saying = _said(turn, item, notice)
    turn.say(
        line(saying.text, **_values(turn, item, notice)),
        rows(_fitting(turn, saying, notice), item.key, notice.revision),
        to=person,
        card=_card(item, notice),
        item=item.key,
        silent=silent(item, notice, turn.rules, turn.now),
        priority=Priority.CHECKIN,
    )
    if notice.kind in _CHANGING and notice.to is not Audience.REPORTER:
        await cards.refresh(turn, item, person)


async def _change_cards(turn: Turn, item: Item, notice: Notice, person: Person) -> None:
    """Say it on the cards that the person already has; without such a card nothing is shown."""
    saying = CARDS[notice.kind]
    values = {**_values(turn, item, notice), **await _by_name(turn, item, person)}
    buttons = rows(saying.acts, item.key, notice.revision)
    turn.edit(cards.alert(item), line(saying.text, **values), buttons, to=person)
    await cards.refresh(turn, item, person)
    if notice.to is Audience.FORMER and not reaches(turn, person, item):
        await blank(turn, item, person)


async def _by_name(turn: Turn, item: Item, reader: Person) -> Mapping[str, Any]:
    """For colleagues: the name of who accepted, besides the partner's."""
    a = item.assignment
    if a.by is None or a.partner not in reader.partners:
        return {}
    holder = await turn.records.get(Person, a.by)
    if holder is None or not holder.first_name or holder.role_at(a.partner) is None:
        return {}
    partner = partner_or_none(a.partner, turn.rules.covenant) or a.partner
    return {"looks": line("{name} ({partner})", name=holder.first_name, partner=partner)}


def _said(turn: Turn, item: Item, notice: Notice) -> Saying:
    """As `saying_of`; a reporter who is not safe and not here now reads no contents."""
    here = turn.sender is not None and turn.sender.key == notice.person
    if notice.to is not Audience.REPORTER or not item.report.unsafe or here:
        return saying_of(item, notice)
    return WITHOUT_CONTENTS.get(notice.kind, NEWS)


def saying_of(item: Item, notice: Notice) -> Saying:
    """The text and buttons of a notice, by its audience and kind."""
    match notice.to:
        case Audience.REPORTER:
            return _to_reporter(item, notice)
        case Audience.TALK:
            return TALK[notice.kind]
        case Audience.COORDINATOR:
            return _to_coordinator(notice)
        case Audience.HOLDER if notice.kind is NoticeKind.TALK and not notice.person:
            return TALK_BEFORE
        case Audience.INVOLVED if notice.kind is NoticeKind.ALERT:
            return INVOLVED
    return PARTNER[notice.kind]


def _fitting(turn: Turn, saying: Saying, notice: Notice) -> tuple[Act, ...]:
    """The coordinator can't hand it on by declining."""
    own = notice.partner == turn.rules.covenant.coordinator
    return tuple(act for act in saying.acts if not (own and act == acts.CANNOT))


def _to_coordinator(notice: Notice) -> Saying:
    if notice.kind is NoticeKind.COORDINATOR_ALERT:
        return COORDINATOR_BY if notice.by else COORDINATOR
    return COORDINATOR_NEWS[notice.kind]


def _to_reporter(item: Item, notice: Notice) -> Saying:
    if notice.kind is NoticeKind.CLOSED and item.outcome:
        return Saying(OUTCOMES[item.outcome], OUTCOME_ACTS)
    if notice.kind is NoticeKind.HOW_IS_IT and notice.round > 1:
        return AGAIN
    return REPORTER[notice.kind]


def _values(turn: Turn, item: Item, notice: Notice) -> dict[str, Any]:
    """All values that the texts may name."""
    about = notice.looks or _about(turn, item, notice)
    looks = partner_or_none(about, turn.rules.covenant) or about
    return {
        "code": notice.code,
        "by": notice.by or item.assignment.respond_by,
        "looks": looks,
        "why": line(WHY[notice.why], looks=looks) if notice.why else "",
        "answer": line(ANSWERS[notice.answer]) if notice.answer else "",
    }


def _about(turn: Turn, item: Item, notice: Notice) -> str:
    """The partner that a notice without one is about: at a change of hands who had it before."""
    moved = item.assignment.since == turn.now and item.past
    if moved and notice.why in {Why.SILENT, Why.DECLINED}:
        return item.past[-1].partner
    return item.assignment.partner


def _card(item: Item, notice: Notice) -> str:
    if notice.to is Audience.REPORTER:
        return f"news-{item.key}"
    if notice.kind is NoticeKind.TALK or notice.to is Audience.TALK:
        return f"talk-{item.key}"
    return cards.alert(item)
