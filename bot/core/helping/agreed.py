"""Between a promise and the help: somebody can't make it, hands over, calls it off, or writes."""

from datetime import datetime
from typing import Any

from bot.core.errors import NotAllowed, Stale
from bot.core.helping import afterwards, moments, neighbourly, steps
from bot.core.helping.asks import (
    Afterwards,
    Ask,
    AskEnd,
    AskStage,
    Helper,
    Voice,
    past,
    speaks_for,
    still_coming,
)
from bot.core.helping.change import AskChange, MarkKind, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.searching import ended, nobody_left
from bot.core.worktime import Rules


def cant(ask: Ask, *, by: str, rules: Rules, now: datetime) -> AskChange:
    """Who promised to help can't: it is looked for again at once, by whoever is on standby too.

    Somebody who would take over stays proposed when the helper can't make it.

    Raises `NotAllowed` for who did not promise to help, `Stale` when the help is over.
    """
    if by not in ask.helping:
        raise NotAllowed
    promised = ask.stage in {AskStage.PROPOSED, AskStage.AGREED}
    if not promised or past(ask, rules.calendar, now):
        raise Stale
    return _falls_away(
        AskChange(ask=ask), by, AskEventKind.FELL_THROUGH, by=by, rules=rules, now=now
    )


def hand_over(ask: Ask, *, by: str, rules: Rules, now: datetime) -> AskChange:
    """The helper looks for somebody to take over, and stays until the asker agreed to that one.

    Raises `NotAllowed` for anybody but the helper, `Stale` when nothing is agreed, it is being
    handed over, or its time is over.
    """
    if ask.helper is None or by != ask.helper.person:
        raise NotAllowed
    over = past(ask, rules.calendar, now)
    if ask.stage is not AskStage.AGREED or ask.handing_over or over:
        raise Stale
    change = AskChange(ask=ask).record(
        AskEventKind.HANDING_OVER, now, by=by, handing_over=now, search=steps.fresh_search(ask)
    )
    change = change.tell(To.ASKER, News.HAND_OVER, who=by, slot=ask.helper.slot)
    return steps.seek(change, rules, now)


def cancel(
    ask: Ask,
    *,
    by: str,
    asker: Neighbour,
    helper: Neighbour | None,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """The asker does not need it any more; the helper is thanked and free.

    Once the time of the help is over it only ends, and is no news for who helped; when the asker
    did not say how it went, what the helper said counts.
    Who calls off several times when somebody wanted to help already is rung by the volunteer, to
    hear how it goes.

    Raises `NotAllowed` for anybody but the asker, `Stale` when it has ended.
    """
    if not speaks_for(ask, by):
        raise NotAllowed
    change = ended(AskChange(ask=ask), AskEnd.CANCELLED, AskEventKind.CANCELLED, now, by=by)
    change = steps.tell_invited(change, News.GONE, ask, besides=ask.helping)
    coming = still_coming(ask, rules.calendar, now)
    for one in coming:
        change = change.tell(To.PERSON, News.CANCELLED, person=one.person, slot=one.slot)
    if ask.helper not in coming:
        return neighbourly.by_own_word(change, ask, helper, rules, now)
    change = steps.helper_must_see(change, ask, rules, now)
    if ask.asker is None:
        return change
    change = change.mark(ask.asker, MarkKind.CANCELLED)
    if neighbourly.rings(asker, rules, now):
        change = change.tell(To.VOLUNTEER, News.RING, person=by)
    return change


def seen(ask: Ask, *, by: str, now: datetime) -> AskChange:
    """The urgent message was seen, so nobody has to phone.

    Raises `NotAllowed` when somebody else had to see it, `Stale` when nobody has to any more.
    """
    if ask.pending is None:
        raise Stale
    if ask.pending.person != by:
        raise NotAllowed
    return AskChange(ask=ask).record(AskEventKind.SEEN, now, by=by, pending=None)


def message(ask: Ask, *, by: str, text: str, now: datetime) -> AskChange:
    """One of those who know each other writes to the others, through the bot.

    Raises `Stale` before anything is agreed and after it ended, `NotAllowed` for everybody else.
    """
    others = talking(ask)
    if by not in others:
        raise Stale if speaks_for(ask, by) or by in ask.helping else NotAllowed
    if len(others) == 1:
        raise Stale
    change = AskChange(ask=ask).record(AskEventKind.MESSAGE, now, by=by, data={"text": text})
    for person in others:
        if person != by:
            change = change.tell(To.PERSON, News.MESSAGE, person=person, who=by)
    return change


def talking(ask: Ask) -> tuple[str, ...]:
    """The persons who may write to each other now: both sides of what is agreed."""
    if ask.stage not in {AskStage.AGREED, AskStage.AFTER}:
        return ()
    helper = ask.helper.person if ask.helper else None
    return tuple(person for person in (ask.speaker, helper) if person)


def read(ask: Ask, *, by: str, now: datetime) -> AskChange:
    """The helper reads the address and what should be known.

    Raises `NotAllowed` for anybody but the helper, `Stale` before the asker agreed and after the
    help.
    """
    if ask.helper is None or by != ask.helper.person:
        raise NotAllowed
    if ask.stage is not AskStage.AGREED or ask.helper.agreed is None:
        raise Stale
    return AskChange(ask=ask).record(AskEventKind.READ, now, by=by)


def without(
    ask: Ask, person: str, rules: Rules, now: datetime, *, by: str | None = None
) -> AskChange:
    """This person left, was blocked or can't be reached: it goes on without them.

    A helper falls away, and after the help nobody asks or tells that one any more; who was invited
    is forgotten; of an asker the volunteer hears it. The reason is told to nobody. `by` is whoever
    wanted it so: an asker who let the helper go knows that, and the helper must see it in time.
    """
    change = AskChange(ask=ask)
    if not ask.open:
        return change
    if person in ask.helping and past(ask, rules.calendar, now):
        return _left_late(change, person, rules, now)
    if person in ask.helping:
        after = ask.stage is AskStage.AFTER
        change = _falls_away(change, person, AskEventKind.UNREACHABLE, by=by, rules=rules, now=now)
        return change if after else change.tell(To.PERSON, News.RELEASED, person=person)
    if speaks_for(ask, person):
        change = change.record(AskEventKind.UNREACHABLE, now, data={"person": person})
        return change.tell(To.VOLUNTEER, News.LOST, person=person)
    if any(i.person == person for i in ask.search.invited) and person not in ask.search.declined:
        search = steps.with_declined(ask.search, person)
        change = change.record(
            AskEventKind.UNREACHABLE, now, data={"person": person}, search=search
        )
        return nobody_left(change, rules, now)
    return change


def hand_on(ask: Ask, *, to: str, now: datetime) -> AskChange:
    """Who put it for somebody else can't answer for them any more; `to` does from now on, and must
    see what the former had to see.

    Raises `Stale` when it has ended, for somebody with an own chat, and for who does so already.
    """
    if not ask.open or ask.asker is not None or ask.by == to:
        raise Stale
    pending = ask.pending
    if pending and pending.person == ask.by:
        pending = pending.model_copy(update={"person": to})
    data = {"person": ask.by, "to": to}
    change = AskChange(ask=ask).record(AskEventKind.NEW_SPEAKER, now, data=data)
    return change.also(by=to, pending=pending).tell(To.ASKER, News.SPEAKS)


def _falls_away(
    change: AskChange,
    person: str,
    kind: AskEventKind,
    *,
    by: str | None = None,
    rules: Rules,
    now: datetime,
) -> AskChange:
    ask = change.ask
    if ask.successor and person == ask.successor.person:
        return _no_successor(change, ask.successor, kind, by=by, rules=rules, now=now)
    assert ask.helper is not None, "only a helper or a successor falls away"
    change = steps.free(change, ask.helper)
    state: dict[str, Any] = {"helper": None, "handing_over": None, "remind_at": None}
    search = steps.with_declined(ask.search, person)
    agreed = ask.stage is AskStage.AGREED
    if agreed and ask.successor:
        state |= {"helper": ask.successor, "successor": None, "stage": AskStage.PROPOSED}
        state |= {"after": Afterwards()}
    elif ask.stage is not AskStage.AFTER:
        search = steps.search_goes_on(ask, ask.helper, rules, now) if agreed else search
        state |= {"stage": AskStage.LOOKING, "confirm_at": None, "confirm_asked": 0}
        state |= {"after": Afterwards()}
    change = change.record(kind, now, by=by, data={"helper": person}, search=search, **state)
    if ask.stage is AskStage.AFTER:
        return change
    if by is not None and speaks_for(ask, by):
        change = _let_go(change, ask, rules, now)
    else:
        change = _told(change, ask, ask.helper, rules, now)
    change = _called_in(change, ask.helper, rules, now)
    if change.ask.helper:
        return change
    if agreed:
        change = change.tell(To.STANDBY, News.STANDBY, slot=ask.helper.slot)
    return steps.seek(change, rules, now)


def _left_late(change: AskChange, person: str, rules: Rules, now: datetime) -> AskChange:
    """The agreed time is over, so nobody is looked for: the asker is asked how it went."""
    change = afterwards.over(change, rules, now)
    ask = change.ask
    gone = ask.helper if ask.helper and ask.helper.person == person else None
    change = steps.free(change, gone).record(
        AskEventKind.UNREACHABLE,
        now,
        data={"helper": person},
        search=steps.with_declined(ask.search, person),
        helper=None if gone else ask.helper,
    )
    return change.tell(To.ASKER, News.HOW_WAS_IT)


def _no_successor(
    change: AskChange,
    gone: Helper,
    kind: AskEventKind,
    *,
    by: str | None,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """The helper stays, and somebody else is looked for to take over."""
    search = steps.with_declined(change.ask.search, gone.person)
    data = {"helper": gone.person}
    change = change.record(
        kind, now, by=by, data=data, successor=None, confirm_at=None, search=search
    )
    who = change.ask.helper.person if change.ask.helper else None
    change = steps.free(change, gone).tell(To.ASKER, News.HAND_OVER, who=who, slot=gone.slot)
    return steps.seek(change, rules, now)


def _told(change: AskChange, ask: Ask, gone: Helper, rules: Rules, now: datetime) -> AskChange:
    """Tell the asker, and who would come instead. Shortly before the help the asker must see it."""
    if instead := change.ask.helper:
        change = change.tell(To.ASKER, News.INSTEAD, who=instead.person, slot=instead.slot)
    else:
        change = change.tell(To.ASKER, News.FELL_THROUGH, who=gone.person, slot=gone.slot)
    asker = ask.speaker
    if gone.agreed is None or asker is None or not moments.is_near(gone.slot, rules, now):
        return change
    return steps.urgent(change, asker, ask, rules, now)


def _let_go(change: AskChange, ask: Ask, rules: Rules, now: datetime) -> AskChange:
    """The asker let the helper go: it is no news for them, but the helper must see it in time."""
    if instead := change.ask.helper:
        change = change.tell(To.ASKER, News.TAKES_OVER, who=instead.person, slot=instead.slot)
    else:
        change = change.tell(To.ASKER, News.LOOKS_ON)
    return steps.helper_must_see(change, ask, rules, now)


def _called_in(change: AskChange, gone: Helper, rules: Rules, now: datetime) -> AskChange:
    """Shortly before the help the volunteer hears who fell away, unless somebody would come
    instead; a volunteer who brings the two together hears it always."""
    ask = change.ask
    brings = ask.asker is not None and ask.wish.voice is not Voice.NAMED
    if gone.agreed is None or ask.helper:
        return change
    if not brings and not moments.is_near(gone.slot, rules, now):
        return change
    return change.tell(To.VOLUNTEER, News.FELL, who=gone.person, slot=gone.slot)
