"""A neighbour promises to help: the first one wins, and nothing is agreed before the asker says so.

A change of helper goes the same way: who takes over is a successor until the asker agrees.
"""

from datetime import datetime

from bot.core import matching
from bot.core.errors import NotAllowed, Stale
from bot.core.helping import moments, steps
from bot.core.helping.asks import (
    Afterwards,
    Ask,
    AskStage,
    Helper,
    Voice,
    open_slots,
    past,
    speaks_for,
)
from bot.core.helping.change import AskChange, MarkKind, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.searching import looks
from bot.core.helping.times import Slot
from bot.core.worktime import Rules


def claim(ask: Ask, *, by: str, slot: Slot, rules: Rules, now: datetime) -> AskChange:
    """A neighbour wants to help; the caller has checked `matching.may_claim`.

    Raises `Stale` when somebody was first, when it is over, or for a time that can't be promised
    (any more); `NotAllowed` for the asker, and for whom the asker refused.
    """
    if speaks_for(ask, by) or by in ask.refused:
        raise NotAllowed
    if not looks(ask) or by in ask.helping or slot not in open_slots(ask, rules.calendar, now):
        raise Stale
    return _propose(ask, by, slot, by=by, rules=rules, now=now)


def assign(
    ask: Ask,
    helper: Neighbour,
    slot: Slot,
    *,
    by: str,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """A volunteer proposes a neighbour who said yes aloud.

    Raises `Stale` when somebody was first, or for a time that can't be promised; `NotAllowed` for
    whom the safeguarding level, a block or the asker's own street keeps away, and whom the asker
    refused.
    """
    change = _propose(ask, helper.key, slot, by=by, rules=rules, now=now)
    away = matching.kept_away(change.ask, None, helper, rules, now)
    if away is not None or helper.key in ask.refused:
        raise NotAllowed
    fits = slot in open_slots(ask, rules.calendar, now)
    if not looks(ask) or helper.key in ask.helping or not fits:
        raise Stale
    return change


def agree(ask: Ask, *, by: str, address: str, rules: Rules, now: datetime) -> AskChange:
    """The asker says yes: from now on the helper may see the address.

    Somebody who took over replaces the former helper, who is released now and not before.

    Raises `NotAllowed` for anybody but the asker, `Stale` when nobody is proposed (any more) or
    the time is over.
    """
    new = _proposed(ask, by)
    if new.slot.ends(rules.calendar) <= now:
        raise Stale
    former = ask.helper if ask.successor else None
    search = steps.at_rest(ask.search)
    if former:
        search = steps.with_declined(search, former.person)
    wish = ask.wish.model_copy(update={"address": address}) if address else ask.wish
    change = AskChange(ask=ask).record(
        AskEventKind.HANDED_OVER if former else AskEventKind.AGREED,
        now,
        by=by,
        data={"helper": new.person},
        stage=AskStage.AGREED,
        wish=wish,
        search=search,
        helper=new.model_copy(update={"agreed": now}),
        successor=None,
        handing_over=None,
        confirm_at=None,
        confirm_asked=0,
        remind_at=moments.reminder(new.slot, rules, now),
        after=Afterwards(next_at=moments.afterwards(new.slot, rules, now)),
    )
    change = steps.free(change, former).tell(To.HELPER, News.AGREED, slot=new.slot)
    if wish.voice is not Voice.NAMED and ask.asker is not None:
        change = change.tell(To.VOLUNTEER, News.FOUND, who=new.person, slot=new.slot)
    if former:
        change = change.tell(To.PERSON, News.RELEASED, person=former.person)
    if new.slot.day <= rules.calendar.local(now).date():
        change = steps.urgent(change, new.person, ask, rules, now)
    elif former:
        change = steps.helper_must_see(change, ask, rules, now)
    return steps.tell_invited(change, News.TAKEN, ask, besides=ask.helping)


def refuse(ask: Ask, *, by: str, rules: Rules, now: datetime) -> AskChange:
    """The asker would rather have someone else; that one is never asked again for this.

    Raises `NotAllowed` for anybody but the asker, `Stale` when nobody is proposed (any more), or
    the agreed time is over.
    """
    gone = _proposed(ask, by)
    if past(ask, rules.calendar, now):
        raise Stale
    kept = {"successor": None} if ask.successor else {"helper": None, "stage": AskStage.LOOKING}
    change = AskChange(ask=ask).record(
        AskEventKind.REFUSED,
        now,
        by=by,
        data={"helper": gone.person},
        search=steps.with_declined(ask.search, gone.person),
        refused=(*ask.refused, gone.person),
        confirm_at=None,
        confirm_asked=0,
        **kept,
    )
    change = steps.free(change, gone).tell(To.PERSON, News.REFUSED, person=gone.person)
    return steps.seek(change, rules, now)


def _proposed(ask: Ask, by: str) -> Helper:
    if not speaks_for(ask, by):
        raise NotAllowed
    new = ask.helper if ask.stage is AskStage.PROPOSED else ask.successor
    if new is None:
        raise Stale
    return new


def _propose(
    ask: Ask, person: str, slot: Slot, *, by: str, rules: Rules, now: datetime
) -> AskChange:
    new = Helper(person=person, slot=slot, since=now)
    takes_over = ask.stage is AskStage.AGREED
    state = {"successor": new} if takes_over else {"helper": new, "stage": AskStage.PROPOSED}
    change = AskChange(ask=ask).record(
        AskEventKind.CLAIMED,
        now,
        by=by,
        data={"helper": person, "day": slot.day.isoformat(), "part": slot.part.value},
        search=steps.at_rest(ask.search),
        confirm_asked=0,
        **state,
    )
    change = change.also(confirm_at=moments.confirm_at(change.ask, slot, rules, now))
    change = change.mark(person, MarkKind.PROMISED, slot=slot)
    news = News.TAKES_OVER if takes_over else News.PROPOSED
    return change.tell(To.ASKER, news, who=person, slot=slot)
