"""Warm hand-over: an item comes from a circle or goes to one, and the three keep talking."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.core.errors import NotAllowed, Stale
from bot.core.handing import HandedBack, Passed, asked_now
from bot.core.items import EventKind, Item, Report, Stage
from bot.core.lifecycle.assigning import must_hold, report
from bot.core.lifecycle.change import Change
from bot.core.lifecycle.dates import progress_after, topic_of
from bot.core.notices import Audience, NoticeKind
from bot.core.worktime import Rules

MOST = 200
"""Messages in one conversation after a hand-over; then people had better meet or ring."""


def pass_on(
    told: Report,
    *,
    passed: Passed,
    volunteer: str,
    reporter: str,
    key: str,
    code: str,
    rules: Rules,
    now: datetime,
) -> Change:
    """Start an item that a volunteer passes on from a circle, with a line for those involved.

    `reporter` is the neighbour, whose word ends it, when they agreed; else the volunteer.
    Raises `NotAllowed` without consent, unless the covenant allows that for the topic and the
    reason is written.
    """
    allowed = topic_of(told.topic, rules).without_consent and passed.reason.strip()
    if not passed.agreed and (not allowed or reporter != volunteer):
        raise NotAllowed
    change = report(told, key=key, code=code, reporter=reporter, rules=rules, now=now)
    data = {
        "agreed": passed.agreed.isoformat() if passed.agreed else None,
        "circle": passed.circle,
        "text": passed.reason,
    }
    talk = tuple(dict.fromkeys((reporter, volunteer)))
    return change.record(
        EventKind.PASSED_ON, now, by=volunteer, data=data, passed=passed, talk=talk
    )


def hand_back(
    item: Item,
    back: HandedBack,
    volunteers: Sequence[str],
    *,
    resident: str | None,
    without: Collection[str] = (),
    partner: str,
    rules: Rules,
    now: datetime,
) -> Change:
    """Record that a circle was asked for something, with a line for those involved.

    The item stays with the partner until it closes it. `without` are volunteers of a circle that
    was asked before and is not now: they talk along no more. Raises `Stale` unless it is held, and
    `NotAllowed` for a partner that doesn't hold it, or when the reporter is not safe.
    """
    if item.stage is not Stage.HELD or asked_now(item.back):
        raise Stale
    must_hold(item, partner)
    if item.report.unsafe:
        raise NotAllowed
    stays = [person for person in item.talk if person not in without]
    who = (*stays, *([resident] if resident else []), *volunteers)
    data = {"circle": back.circle, "ask": back.ask, "agreed": back.agreed.isoformat()}
    return Change(item=item).record(
        EventKind.HANDED_BACK,
        now,
        by=back.by,
        partner=partner,
        data=data,
        back=back,
        talk=tuple(dict.fromkeys(w for w in who if w != back.by)),
        progress_at=progress_after(item, rules, now),
        progress_unanswered=0,
    )


def circle_ended(item: Item, *, how: str, reason: str, now: datetime) -> Change:
    """What a circle was asked for has ended (`AskEnd`), with the volunteer's reason if any.

    Who has the item hears it while it is open, and may ask a circle again. Raises `Stale` when
    none is asked.
    """
    if item.back is None or item.back.over:
        raise Stale
    change = Change(item=item).record(
        EventKind.BACK_OVER,
        now,
        data={"how": how, "text": reason},
        back=item.back.model_copy(update={"over": now}),
    )
    return change.tell(Audience.HOLDER, NoticeKind.BACK_OVER) if item.open else change


def circle_again(item: Item, *, now: datetime) -> Change:
    """What a circle was asked for is looked for again, so no other circle is asked beside it.

    Raises `Stale` when it had not ended.
    """
    if item.back is None or item.back.over is None:
        raise Stale
    back = item.back.model_copy(update={"over": None})
    return Change(item=item).record(EventKind.BACK_AGAIN, now, back=back)


def talk(
    item: Item, text: str, *, by: str, side: str, partner: str | None, said: int, now: datetime
) -> Change:
    """Write to the others who talk along; `side` is as whom, `said` how many messages there were.

    Raises `Stale` when the item has ended or nobody talks along, `NotAllowed` beyond `MOST`.
    """
    if not item.open or not item.talk:
        raise Stale
    if said >= MOST:
        raise NotAllowed
    data = {"text": text, "side": side}
    change = Change(item=item).record(EventKind.TALK, now, by=by, partner=partner, data=data)
    change = change.tell_talk(NoticeKind.TALK, besides=by)
    return change if partner else change.tell(Audience.HOLDER, NoticeKind.TALK)


def leave(item: Item, who: str, *, by: str, now: datetime) -> Change:
    """Let somebody talk along no more, by their own choice or by the resident's.

    Raises `Stale` when that person doesn't talk along (any more).
    """
    if who not in item.talk:
        raise Stale
    left = tuple(person for person in item.talk if person != who)
    return Change(item=item).record(EventKind.LEFT_TALK, now, by=by, talk=left)
