"""Warm hand-over: an ask goes to a partner as a concern, or a professional asks a circle."""

from datetime import datetime

from bot.core.errors import NotAllowed
from bot.core.helping import neighbourly, searching, steps
from bot.core.helping.asks import Ask, AskEnd, Wish, still_coming
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.worktime import Rules


def pass_on(
    ask: Ask, item_key: str, *, by: str, helper: Neighbour | None, rules: Rules, now: datetime
) -> AskChange:
    """It goes on as the concern `item_key`; neighbours who would help or were asked are free. What
    who helped said of it counts when the asker did not say how it went.

    Raises `Stale` when it has ended.
    """
    change = searching.ended(
        AskChange(ask=ask), AskEnd.PASSED_ON, AskEventKind.PASSED_ON, now, by=by
    )
    change = change.also(item=item_key)
    change = neighbourly.by_own_word(change, ask, helper, rules, now)
    change = steps.tell_invited(change, News.GONE, ask, besides=ask.helping)
    for coming in still_coming(ask, rules.calendar, now):
        change = change.tell(To.PERSON, News.RELEASED, person=coming.person)
    return steps.helper_must_see(change, ask, rules, now)


def hand_back(
    wish: Wish,
    *,
    key: str,
    code: str,
    asker: str | None,
    by: str,
    item_key: str,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """A professional asks a circle for something, for the person of the concern `item_key`.

    Raises what `searching.start` raises, and `NotAllowed` without that person's consent.
    """
    if wish.consent is None:
        raise NotAllowed
    change = searching.start(wish, key=key, code=code, asker=asker, by=by, rules=rules, now=now)
    back = change.record(
        AskEventKind.HANDED_BACK,
        now,
        by=by,
        data={"item": item_key},
        item=item_key,
    )
    return back.tell(To.VOLUNTEER, News.HANDED_BACK, who=by)
