"""After the help: both say how it went, and only the asker's word ends it."""

from datetime import datetime
from typing import Any

from bot.core.errors import NotAllowed, Stale
from bot.core.helping import moments, neighbourly, steps
from bot.core.helping.asks import (
    DID_HELP,
    Afterwards,
    Ask,
    AskEnd,
    AskStage,
    How,
    SearchStep,
    speaks_for,
)
from bot.core.helping.change import AskChange, MarkKind, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.searching import ended
from bot.core.helping.times import first_slot
from bot.core.worktime import Rules

VOLUNTEER_KNOWS = 3
"""So many questions and calls: asked, reminded, and the volunteer called."""


def say(
    ask: Ask, *, by: str, how: How, helper: Neighbour | None, rules: Rules, now: datetime
) -> AskChange:
    """How it went, by the asker or the helper. `helper` is the neighbour who helped.

    The asker's "done" ends it, and weekly help goes on to the next time. Anything else is told to
    the volunteer, and it stays open; the asker may look again, and weekly help goes on in time.
    What the helper says is recorded.
    A help counts once. Who did not come gets no sanction; the volunteer gets a private note when
    it happens again.

    Raises `NotAllowed` for anybody else, `Stale` before the help begins, after it ended, and when
    the same was said before.
    """
    if not speaks_for(ask, by) and (ask.helper is None or by != ask.helper.person):
        raise NotAllowed
    said = ask.after.asker if speaks_for(ask, by) else ask.after.helper
    if not _begun(ask, rules, now) or how is said:
        raise Stale
    change = AskChange(ask=ask)
    if not speaks_for(ask, by):
        return _by_helper(change, by, how, rules, now)
    if how is How.DONE:
        change = _done(change, by, rules, now)
    else:
        change = _by_asker(change, by, how, rules, now)
    return _counted(change, ask, how, helper, rules=rules, now=now)


def gladly(ask: Ask, *, by: str, yes: bool, now: datetime) -> AskChange:
    """Whether the asker would gladly have this help again; only matching knows.

    Raises `NotAllowed` for anybody but the asker, `Stale` when nobody helped.
    """
    other = _who_helped(ask, by)
    kind = MarkKind.GLADLY if yes else MarkKind.NOT_GLADLY
    change = AskChange(ask=ask).record(AskEventKind.GLADLY, now, by=by)
    return change.mark(by, kind, other=other)


def thanks(ask: Ask, *, by: str, now: datetime) -> AskChange:
    """The asker says thanks, in private.

    Raises `NotAllowed` for anybody but the asker, `Stale` when nobody helped or it was said.
    """
    other = _who_helped(ask, by)
    if ask.after.thanked:
        raise Stale
    after = ask.after.model_copy(update={"thanked": True})
    change = AskChange(ask=ask).record(AskEventKind.THANKED, now, by=by, after=after)
    return change.tell(To.PERSON, News.THANKS, person=other)


def _begun(ask: Ask, rules: Rules, now: datetime) -> bool:
    if ask.stage is AskStage.AFTER:
        return True
    agreed = ask.helper if ask.stage is AskStage.AGREED else None
    return agreed is not None and agreed.slot.begins(rules.calendar) <= now


def _who_helped(ask: Ask, by: str) -> str:
    if not speaks_for(ask, by):
        raise NotAllowed
    helped = ask.after.helped or ask.end is AskEnd.DONE
    if helped and ask.helper:
        return ask.helper.person
    if not ask.rota or ask.stage in {AskStage.AGREED, AskStage.AFTER}:
        raise Stale
    return ask.rota[-1]


def _by_helper(change: AskChange, by: str, how: How, rules: Rules, now: datetime) -> AskChange:
    early = change.ask.stage is AskStage.AGREED
    change = over(change, rules, now)
    after = change.ask.after.model_copy(update={"helper": how})
    change = _said(change, by, how, now, after)
    if early:
        change = change.tell(To.ASKER, News.HOW_WAS_IT)
    return change if how is How.DONE else change.tell(To.VOLUNTEER, News.SAID, how=how, who=by)


def _by_asker(change: AskChange, by: str, how: How, rules: Rules, now: datetime) -> AskChange:
    """The volunteer knows from now on; the coach comes next."""
    early = change.ask.stage is AskStage.AGREED
    change = over(change, rules, now)
    next_at = moments.next_call(change.ask, SearchStep.VOLUNTEER, rules, now)
    after = change.ask.after.model_copy(
        update={"asker": how, "asked": VOLUNTEER_KNOWS, "next_at": next_at}
    )
    change = _said(change, by, how, now, after)
    if early:
        change = change.tell(To.HELPER, News.HOW_WAS_IT)
    search = change.ask.search.model_copy(update={"step": SearchStep.VOLUNTEER})
    return change.also(search=search).tell(To.VOLUNTEER, News.SAID, how=how, who=by)


def _done(change: AskChange, by: str, rules: Rules, now: datetime) -> AskChange:
    change = over(change, rules, now)
    ask = change.ask
    if not ask.wish.when.weekly:
        change = ended(change, AskEnd.DONE, AskEventKind.DONE, now, by=by)
        after = change.ask.after.model_copy(update={"asker": How.DONE, "helped": True})
        return change.also(times_done=ask.times_done + 1, after=after)
    return _next_time(change, rules, now, by=by, **steps.turn_taken(ask))


def go_on(ask: Ask, helper: Neighbour | None, rules: Rules, now: datetime) -> AskChange:
    """Weekly help goes on without the asker's "done": one week must not hold up the next.
    `helper` is the neighbour who helped.

    The volunteer heard what the asker said, and hears it now when the asker said nothing; the
    second time in a row the coach too. Then the helper's own word counts. It was a turn unless
    somebody said that it was not done.
    """
    promise, after = ask.helper, ask.after
    silent = after.asker is None
    said = after.helper if silent else after.asker
    turn = {} if said is How.NO else steps.turn_taken(ask)
    change = AskChange(ask=ask)
    change = _next_time(change, rules, now, silent=ask.silent + 1 if silent else 0, **turn)
    change = neighbourly.by_own_word(change, ask, helper, rules, now)
    slot = promise.slot if promise else first_slot(ask.wish.when)
    if silent:
        change = change.tell(To.VOLUNTEER, News.SILENT_AFTER, slot=slot)
    return change.tell(To.COACH, News.SILENT_AFTER, slot=slot) if change.ask.silent > 1 else change


def _next_time(
    change: AskChange,
    rules: Rules,
    now: datetime,
    *,
    by: str | None = None,
    silent: int = 0,
    **turn: Any,
) -> AskChange:
    """Everyone is free until the next time of weekly help, and the asker hears when that is."""
    fresh = {"helper": None, "after": Afterwards(), "silent": silent}
    change = steps.free(change, change.ask.helper)
    change = steps.next_time(change, rules, now, by=by, **fresh, **turn)
    return change.tell(To.ASKER, News.NEXT_TIME, slot=first_slot(change.ask.wish.when))


def over(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """The help is over: nobody takes over any more. Part of the event that is recorded next."""
    ask = change.ask
    if ask.stage is AskStage.AFTER:
        return change
    change = steps.free(change, ask.successor)
    if ask.successor:
        change = change.tell(To.PERSON, News.GONE, person=ask.successor.person)
    if ask.handing_over:
        change = steps.tell_invited(change, News.GONE, ask, besides=ask.helping)
    return change.also(
        stage=AskStage.AFTER,
        search=steps.at_rest(ask.search),
        successor=None,
        handing_over=None,
        confirm_at=None,
        remind_at=None,
        pending=None,
        after=ask.after.model_copy(
            update={"asked": 1, "next_at": moments.after_silence(ask, rules, now)}
        ),
    )


def _said(change: AskChange, by: str, how: How, now: datetime, after: Afterwards) -> AskChange:
    data = {"how": how.value}
    return change.record(AskEventKind.SAID, now, by=by, data=data, after=after)


def _counted(
    change: AskChange, ask: Ask, how: How, helper: Neighbour | None, *, rules: Rules, now: datetime
) -> AskChange:
    """The help, or that nobody came, is remembered of the helper: once."""
    if ask.helper is None:
        return change
    if how in DID_HELP and not ask.after.helped:
        if ask.after.asker is How.NO:
            change = change.mark(ask.helper.person, MarkKind.CAME)
        return neighbourly.helped(change, ask.helper.person, helper, rules, now)
    if how is How.NO and ask.after.asker is None:
        change = change.mark(ask.helper.person, MarkKind.MISSED)
        if helper and neighbourly.noted(helper, rules, now):
            change = change.tell(To.VOLUNTEER, News.NO_SHOW, person=helper.key)
    return change
