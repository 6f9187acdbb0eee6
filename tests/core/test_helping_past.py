"""The agreed time is over, and nobody was asked yet how it went: nothing is still to come."""

from datetime import datetime, timedelta

import pytest

from bot.core.checkins import Due
from bot.core.errors import Stale
from bot.core.helping import agreed, claiming, passing, searching
from bot.core.helping.asks import Ask, AskEnd, AskStage, How
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.neighbours import Help, Neighbour
from tests.core.helping_lives import (
    MONDAY,
    MORNING,
    RULES,
    after_help,
    agreed_ask,
    due,
    kept,
    last_at,
    neighbour,
    persons,
    planned,
    said,
    whom,
)

ASKER = Neighbour(key="asker")
OVER = MORNING.ends(RULES.calendar)
TO_HELPERS = (News.CANCELLED, News.LEFT, News.RELEASED, News.REFUSED)


def taking_over() -> Ask:
    """The helper `ann` hands over; `cas` would take over."""
    ask = agreed.hand_over(agreed_ask(), by="ann", rules=RULES, now=MONDAY).ask
    ask = searching.invite(ask, ["cas"], RULES, MONDAY).ask
    return claiming.claim(ask, by="cas", slot=MORNING, rules=RULES, now=MONDAY).ask


def test_who_can_t_make_it_says_so_until_the_time_is_over() -> None:
    last = OVER - timedelta(minutes=1)
    assert agreed.cant(agreed_ask(), by="ann", rules=RULES, now=last).ask.helper is None
    for ask, by in ((agreed_ask(), "ann"), (taking_over(), "ann"), (taking_over(), "cas")):
        with pytest.raises(Stale):
            agreed.cant(ask, by=by, rules=RULES, now=OVER)


def test_who_would_take_over_is_not_refused_for_a_time_that_is_over() -> None:
    with pytest.raises(Stale):
        claiming.refuse(taking_over(), by="asker", rules=RULES, now=OVER)


def test_who_helped_is_not_told_that_it_is_not_needed() -> None:
    """By the asker, by a volunteer, or since a partner goes on with it."""
    for ask, now in (
        (agreed_ask(), OVER),
        (taking_over(), OVER),
        (after_help(), last_at(agreed_ask())),
    ):
        off = agreed.cancel(ask, by="asker", asker=ASKER, helper=None, rules=RULES, now=now)
        left = searching.end(
            ask, by="vo", reason="Both are silent", helper=None, rules=RULES, now=now
        )
        gone = passing.pass_on(ask, "item", by="vo", helper=None, rules=RULES, now=now)
        ends = (AskEnd.CANCELLED, AskEnd.LEFT, AskEnd.PASSED_ON)
        for change, end in zip((off, left, gone), ends, strict=True):
            assert change.ask.end is end
            told = {person for news in TO_HELPERS for person in persons(change, news)}
            assert told <= {"asker"}
            assert kept(change, "ann") == ["freed"]
        assert kept(off, "asker") == []
        assert off.ask.pending is None


def test_who_leaves_then_changes_nothing_but_that_the_asker_is_asked() -> None:
    def left(person: str) -> AskChange:
        return agreed.without(taking_over(), person, RULES, OVER)

    for person, stays in (("ann", ()), ("cas", ("ann",))):
        change = left(person)
        assert (change.ask.stage, change.seek) == (AskStage.AFTER, False)
        assert change.ask.helping == stays
        assert (To.ASKER, News.HOW_WAS_IT) in whom(change)
        assert not {(To.ASKER, News.FELL_THROUGH), (To.VOLUNTEER, News.FELL)} & {*whom(change)}
        assert due(change.ask, Due.AFTER) > OVER
        assert planned(change.ask, Due.SEARCH) is None


def ends(ask: Ask, now: datetime) -> list[AskChange]:
    """The asker stops it, or a volunteer ends it, passes it on or looks once more; who helped does
    so very often."""
    helps = [Help(at=now, ask=f"other{n}") for n in range(RULES.covenant.helping.heavy_helps)]
    busy = neighbour(helps=tuple(helps))
    off = agreed.cancel(ask, by="asker", asker=ASKER, helper=busy, rules=RULES, now=now)
    left = searching.end(ask, by="vo", reason="Silent", helper=busy, rules=RULES, now=now)
    gone = passing.pass_on(ask, "item", by="vo", helper=busy, rules=RULES, now=now)
    when = ask.wish.when.next_week()
    again = searching.again(ask, by="vo", when=when, helper=busy, rules=RULES, now=now)
    return [off, left, gone, again]


@pytest.mark.parametrize(
    ("word", "marks"),
    [(How.DONE, ["freed", "helped", "heavy_asked"]), (How.NO, ["freed"]), (None, ["freed"])],
)
def test_what_ends_without_the_asker_s_word_counts_by_the_helper_s_own(
    word: How | None, marks: list[str]
) -> None:
    """Whoever ends it; the asker's word goes before it, and a help counts once."""
    ask, now = after_help(), last_at(agreed_ask())
    silent = said(ask, "ann", word).ask if word else ask
    assert [kept(ended, "ann") for ended in ends(silent, now)] == [marks] * 4
    for how in (How.NO, How.PARTLY):
        told = said(silent, "asker", how).ask
        assert [kept(ended, "ann") for ended in ends(told, now)] == [["freed"]] * 4
