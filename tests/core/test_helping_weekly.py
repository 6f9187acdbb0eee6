"""Weekly help goes on: one week must not hold up the next."""

from datetime import date, timedelta

import pytest

from bot.core.checkins import Due
from bot.core.circles import Helping
from bot.core.helping import agreed, circles, searching
from bot.core.helping.asks import AskStage, How
from bot.core.helping.change import News, To
from bot.core.helping.times import Daypart, When
from tests.core.helping_lives import (
    MONDAY,
    MORNING,
    RULES,
    after_help,
    agreed_ask,
    agreed_rules,
    due,
    fired,
    kept,
    persons,
    said,
    started,
    weekly,
    whom,
)
from tests.core.strategies import local


@pytest.mark.parametrize("how", [None, How.PARTLY, How.NO, How.MORE])
def test_weekly_help_goes_on_in_time_whatever_is_said_of_one_week(how: How | None) -> None:
    """The volunteer hears what was said, or that nothing was; the next time is looked for."""
    change = fired(after_help(when=weekly()), Due.AFTER)
    assert whom(change) == [(To.ASKER, News.HOW_AGAIN), (To.HELPER, News.HOW_AGAIN)]
    if how:
        change = said(change.ask, "asker", how)
        assert (To.VOLUNTEER, News.SAID) in whom(change)
    change = fired(change.ask, Due.AFTER)
    ask = change.ask
    silent = [] if how else [(To.VOLUNTEER, News.SILENT_AFTER)]
    assert whom(change) == [(To.ASKER, News.NEXT_TIME), *silent]
    assert (ask.stage, ask.wish.when.first) == (AskStage.LOOKING, date(2026, 12, 2))
    assert due(ask, Due.SEARCH) < local(2026, 11, 28, 9)
    assert ask.rota == (() if how is How.NO else ("ann",))
    assert kept(change, "ann") == ["freed"]


def test_of_a_silent_asker_the_helper_s_word_on_weekly_help_counts_once() -> None:
    ask = said(after_help(when=weekly()), "ann", How.DONE).ask
    assert kept(fired(fired(ask, Due.AFTER).ask, Due.AFTER), "ann") == ["freed", "helped"]
    both = said(ask, "asker", How.PARTLY)
    assert "helped" in kept(both, "ann")
    assert kept(fired(both.ask, Due.AFTER), "ann") == ["freed"]


def test_a_long_silence_on_weekly_help_leaves_time_to_look_for_the_next() -> None:
    rules = agreed_rules(helping=Helping(silence_hours=24 * 9))
    change = fired(agreed_ask(when=weekly()), Due.AFTER, rules=rules)
    for _ in range(2):
        change = fired(change.ask, Due.AFTER, rules=rules)
    assert change.ask.wish.when.first == date(2026, 12, 2)
    assert due(change.ask, Due.SEARCH, rules) < local(2026, 11, 30, 10)


def test_of_a_second_silence_in_a_row_the_coach_hears_too() -> None:
    silence = fired(fired(after_help(when=weekly()), Due.AFTER).ask, Due.AFTER).ask
    assert silence.silent == 1
    again = after_help(when=weekly()).model_copy(update={"silent": 1})
    asked = fired(again, Due.AFTER).ask
    change = fired(asked, Due.AFTER)
    news = News.SILENT_AFTER
    assert whom(change)[1:] == [(To.VOLUNTEER, news), (To.COACH, news)]
    assert said(asked, "asker", How.DONE).ask.silent == 0


def test_a_message_not_seen_in_time_does_not_put_the_next_week_at_risk() -> None:
    """The asker did not see that the help of this week fell through, and nobody else was found."""
    now = MORNING.begins(RULES.calendar) - timedelta(hours=3)
    fell = agreed.cant(agreed_ask(when=weekly()), by="ann", rules=RULES, now=now).ask
    ask = fired(fell, Due.SEEN).ask
    assert circles.at_risk(ask, RULES, due(ask, Due.SEARCH))
    while ask.wish.when == weekly():
        at = due(ask, Due.SEARCH)
        change = fired(ask, Due.SEARCH)
        ask = searching.invite(change.ask, [], RULES, at).ask if change.seek else change.ask
    assert not circles.at_risk(ask, RULES, MORNING.ends(RULES.calendar) + timedelta(hours=5))


def test_a_message_not_seen_in_time_is_about_the_time_of_then() -> None:
    """For another time nothing waits for it, but for who would come at the first; for the same it
    still does, unless the asker looks again."""
    now = MORNING.begins(RULES.calendar) - timedelta(hours=3)
    ask = fired(agreed.cant(agreed_ask(), by="ann", rules=RULES, now=now).ask, Due.SEEN).ask
    later = When(first=date(2026, 12, 2), last=date(2026, 12, 2), parts=(Daypart.MORNING,))
    again = searching.again(ask, by="vera", when=later, helper=None, rules=RULES, now=now).ask
    assert not circles.at_risk(again, RULES, now + timedelta(hours=1))
    for by, pending in (("vera", ask.pending), ("asker", None)):
        same = searching.again(ask, by=by, when=None, helper=None, rules=RULES, now=now).ask
        assert same.pending == pending
    let_go = agreed.without(agreed_ask(), "ann", RULES, now, by="asker").ask
    again = searching.again(let_go, by="asker", when=later, helper=None, rules=RULES, now=now).ask
    assert again.must_see == "ann"


def test_in_weekly_help_who_helped_longest_ago_is_asked_alone_first() -> None:
    ask = started(when=weekly()).ask.model_copy(update={"rota": ("bob", "ann")})
    change = searching.invite(ask, ["ann", "bob", "cas"], RULES, MONDAY)
    assert persons(change, News.INVITE) == ["bob"]
    change = searching.invite(change.ask, ["ann", "cas", "dre"], RULES, MONDAY)
    assert persons(change, News.INVITE) == ["ann", "cas", "dre"]


@pytest.mark.parametrize("by", ["asker", "vo"])
def test_who_helped_had_a_turn_also_when_it_is_looked_for_again_without_the_asker_s_word(
    by: str,
) -> None:
    ask = said(after_help(when=weekly()), "ann", How.DONE).ask
    again = searching.again(ask, by=by, when=None, helper=None, rules=RULES, now=MONDAY).ask
    assert (again.rota, again.times_done) == (("ann",), 1)
