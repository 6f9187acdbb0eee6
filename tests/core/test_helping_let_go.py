"""Who was to help soon and is let go must see it, whoever ends the help; else somebody phones."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.checkins import Due
from bot.core.helping import agreed, claiming, passing, searching
from bot.core.helping.asks import Ask
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.times import Daypart, Slot, When
from tests.core.helping_lives import (
    MONDAY,
    RULES,
    TUESDAY,
    agreed_ask,
    fired,
    persons,
    planned,
    proposed,
    whom,
)
from tests.core.strategies import local

SOON = local(2026, 11, 24, 10)
"""Within a day of the help."""
ASKER = Neighbour(key="asker")
TODAY = When(first=MONDAY.date(), last=MONDAY.date(), parts=(Daypart.AFTERNOON,))
NOW_SLOT = Slot(day=MONDAY.date(), part=Daypart.AFTERNOON)


def called_off(ask: Ask) -> AskChange:
    """By the asker."""
    return agreed.cancel(ask, by="asker", asker=ASKER, helper=None, rules=RULES, now=SOON)


def left(ask: Ask) -> AskChange:
    """By the volunteer, with a reason."""
    return searching.end(ask, by="vo", reason="Moved away", helper=None, rules=RULES, now=SOON)


def went_on(ask: Ask) -> AskChange:
    """To a partner."""
    return passing.pass_on(ask, "item", by="vo", helper=None, rules=RULES, now=SOON)


def blocked(ask: Ask) -> AskChange:
    """By the asker, who lets the helper go."""
    return agreed.without(ask, "ann", RULES, SOON, by="asker")


@pytest.mark.parametrize("off", [called_off, left, went_on, blocked])
def test_a_helper_whose_help_is_off_shortly_before_it_must_see_it(
    off: Callable[[Ask], AskChange],
) -> None:
    change = off(agreed_ask())
    assert change.ask.must_see == "ann"
    assert persons(fired(change.ask, Due.SEEN), News.PHONE) == ["ann"]
    assert off(proposed()).ask.pending is None


def test_help_that_is_off_long_before_it_waits_for_nobody() -> None:
    change = searching.end(
        agreed_ask(), by="vo", reason="Moved", helper=None, rules=RULES, now=MONDAY
    )
    assert change.ask.pending is None


def test_an_asker_who_let_the_helper_go_hears_no_sorry() -> None:
    change = blocked(agreed_ask())
    assert whom(change)[:2] == [(To.ASKER, News.LOOKS_ON), (To.VOLUNTEER, News.FELL)]
    left_alone = agreed.without(agreed_ask(), "ann", RULES, SOON)
    assert whom(left_alone)[0] == (To.ASKER, News.FELL_THROUGH)
    assert left_alone.ask.must_see == "asker"
    wrote = agreed.without(agreed_ask(), "ann", RULES, SOON, by="ann")
    assert wrote.ask.must_see == "asker"


def test_who_was_let_go_must_still_see_it_when_the_asker_calls_off() -> None:
    change = called_off(blocked(agreed_ask()).ask)
    assert change.ask.must_see == "ann"
    assert persons(fired(change.ask, Due.SEEN), News.PHONE) == ["ann"]


def test_who_was_let_go_is_phoned_at_once_when_somebody_else_must_see_something() -> None:
    """One message at a time is waited for."""
    now = MONDAY + timedelta(minutes=5)
    ask = agreed.without(
        agreed_ask(slot=NOW_SLOT, when=TODAY), "ann", RULES, MONDAY, by="asker"
    ).ask
    ask = searching.invite(ask, ["cas"], RULES, now).ask
    ask = claiming.claim(ask, by="cas", slot=NOW_SLOT, rules=RULES, now=now).ask
    change = claiming.agree(ask, by="asker", address="", rules=RULES, now=now)
    assert persons(change, News.PHONE) == ["ann"]
    assert change.ask.must_see == "cas"


def test_who_handed_over_for_tomorrow_must_see_that_somebody_else_goes() -> None:
    morning = Slot(day=TUESDAY, part=Daypart.MORNING)
    ask = agreed.hand_over(agreed_ask(slot=morning), by="ann", rules=RULES, now=MONDAY).ask
    ask = searching.invite(ask, ["cas"], RULES, MONDAY).ask
    ask = claiming.claim(ask, by="cas", slot=morning, rules=RULES, now=MONDAY).ask
    change = claiming.agree(ask, by="asker", address="", rules=RULES, now=MONDAY)
    assert change.ask.must_see == "ann"
    assert planned(change.ask, Due.SEEN) is not None
