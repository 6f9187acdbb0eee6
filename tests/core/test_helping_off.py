"""Calling off: the helper is thanked, must see it in time, and who does so often is rung."""

from datetime import timedelta

import pytest

from bot.core.checkins import Due
from bot.core.errors import Stale
from bot.core.helping import agreed, plan
from bot.core.helping.asks import AskEnd, Pending
from bot.core.helping.change import News, To
from bot.core.helping.neighbours import Neighbour
from tests.core.helping_lives import (
    MONDAY,
    RULES,
    agreed_ask,
    fired,
    invited,
    kept,
    persons,
    proposed,
    whom,
)
from tests.core.strategies import local

HOUR = timedelta(hours=1)
ASKER = Neighbour(key="asker")


def test_the_asker_calls_it_off_and_the_helper_is_thanked() -> None:
    change = agreed.cancel(
        agreed_ask(), by="asker", asker=ASKER, helper=None, rules=RULES, now=MONDAY
    )
    assert change.ask.end is AskEnd.CANCELLED
    assert persons(change, News.CANCELLED) == ["ann"]
    assert persons(change, News.GONE) == ["bob", None]
    assert (To.STANDBY, News.GONE) in whom(change)
    assert kept(change, "asker") == ["cancelled"]
    assert plan.schedule(change.ask) == ()
    with pytest.raises(Stale):
        agreed.cancel(change.ask, by="asker", asker=ASKER, helper=None, rules=RULES, now=MONDAY)


def test_the_second_time_the_volunteer_is_asked_to_ring() -> None:
    once = ASKER.model_copy(update={"cancelled": (MONDAY - HOUR,)})
    change = agreed.cancel(
        agreed_ask(), by="asker", asker=once, helper=None, rules=RULES, now=MONDAY
    )
    assert (To.VOLUNTEER, News.RING) in whom(change)
    early = agreed.cancel(proposed(), by="asker", asker=once, helper=None, rules=RULES, now=MONDAY)
    assert (To.VOLUNTEER, News.RING) in whom(early)
    nobody = agreed.cancel(invited(), by="asker", asker=once, helper=None, rules=RULES, now=MONDAY)
    assert (To.VOLUNTEER, News.RING) not in whom(nobody)


def test_who_calls_off_for_somebody_without_a_chat_is_not_rung() -> None:
    """What the volunteer called off as an asker says nothing of this person."""
    ask = agreed_ask().model_copy(update={"asker": None, "by": "vo"})
    volunteer = Neighbour(key="vo", cancelled=(MONDAY - HOUR,))
    change = agreed.cancel(ask, by="vo", asker=volunteer, helper=None, rules=RULES, now=MONDAY)
    assert (To.VOLUNTEER, News.RING) not in whom(change)
    assert kept(change, "vo") == []


def test_who_was_called_off_just_before_the_help_must_see_it() -> None:
    now = local(2026, 11, 24, 10)
    change = agreed.cancel(agreed_ask(), by="asker", asker=ASKER, helper=None, rules=RULES, now=now)
    assert persons(fired(change.ask, Due.SEEN), News.PHONE) == ["ann"]


def test_an_urgent_message_that_was_not_seen_waits_on_without_another_call() -> None:
    """The volunteer is asked to phone once; that it is seen still counts."""
    waiting = Pending(person="ann", until=MONDAY + HOUR)
    ask = fired(agreed_ask().model_copy(update={"pending": waiting}), Due.SEEN).ask
    assert ask.pending is not None
    assert Due.SEEN not in {checkin.what for checkin in plan.schedule(ask)}
    assert agreed.seen(ask, by="ann", now=MONDAY).ask.pending is None


def test_in_the_evening_before_nobody_has_to_have_seen_it_in_the_night() -> None:
    now = local(2026, 11, 24, 23).replace(minute=45)
    change = agreed.cancel(agreed_ask(), by="asker", asker=ASKER, helper=None, rules=RULES, now=now)
    assert change.ask.pending is not None
    assert change.ask.pending.until > RULES.calendar.outside_quiet(now) > now
