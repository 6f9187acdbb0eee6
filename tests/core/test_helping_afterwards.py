"""After the help: what both say, silence, thanks, the next time, and who carries too much."""

from datetime import date, timedelta

import pytest

from bot.core.checkins import Due
from bot.core.circles import Helping
from bot.core.errors import NotAllowed, Stale
from bot.core.helping import afterwards, agreed, claiming, neighbourly, passing, plan, searching
from bot.core.helping.asks import Ask, AskEnd, AskStage, Consent, How
from bot.core.helping.change import Mark, MarkKind, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Help, Neighbour
from tests.core.helping_lives import (
    MONDAY,
    MORNING,
    RULES,
    WEDNESDAY,
    after_help,
    agreed_ask,
    agreed_rules,
    due,
    fired,
    happened,
    kept,
    neighbour,
    offer,
    persons,
    said,
    started,
    weekly,
    whom,
    wish,
)
from tests.core.strategies import local

NOON = local(2026, 11, 25, 14)
"""Two hours after the help."""


def helps(count: int) -> tuple[Help, ...]:
    """So many, one each day until now."""
    return tuple(Help(at=NOON - timedelta(days=count - n), ask="other") for n in range(count))


def test_both_are_asked_how_it_went_outside_quiet_hours() -> None:
    ask = agreed_ask()
    assert due(ask, Due.AFTER) == NOON
    change = fired(ask, Due.AFTER)
    assert whom(change) == [(To.ASKER, News.HOW_WAS_IT), (To.HELPER, News.HOW_WAS_IT)]
    assert change.ask.stage is AskStage.AFTER
    with pytest.raises(Stale):
        agreed.read(change.ask, by="ann", now=NOON)


def test_nobody_is_asked_again_at_night() -> None:
    """Twelve hours after two in the afternoon people sleep."""
    rules = agreed_rules(helping=Helping(silence_hours=12))
    change = fired(agreed_ask(), Due.AFTER, rules=rules)
    assert due(change.ask, Due.AFTER) == local(2026, 11, 26, 8)


def test_the_asker_s_word_ends_it() -> None:
    change = said(after_help(), "asker", How.DONE)
    assert (change.ask.stage, change.ask.end) == (AskStage.ENDED, AskEnd.DONE)
    assert sorted(kept(change, "ann")) == ["freed", "helped"]
    assert plan.schedule(change.ask) == ()


def test_the_helper_s_word_does_not_end_it() -> None:
    change = said(after_help(), "ann", How.DONE)
    assert change.ask.open
    assert not change.notices
    assert whom(fired(change.ask, Due.AFTER)) == [(To.ASKER, News.HOW_AGAIN)]


@pytest.mark.parametrize("how", [How.PARTLY, How.NO, How.MORE])
def test_what_went_otherwise_is_told_to_the_volunteer(how: How) -> None:
    for by in ("asker", "ann"):
        change = said(after_help(), by, how)
        assert (To.VOLUNTEER, News.SAID) in whom(change)
        assert change.notices[0].how == how
        assert change.ask.open
    again = searching.again(change.ask, by="asker", when=None, helper=None, rules=RULES, now=MONDAY)
    assert again.seek
    assert kept(again, "ann") == ["freed"] + ["helped"] * (how is not How.NO)


def test_the_coach_follows_when_the_volunteer_heard_it_and_it_stays_open() -> None:
    change = said(after_help(), "asker", How.NO)
    change = fired(change.ask, Due.AFTER)
    assert whom(change) == [(To.COACH, News.SAID)]


def test_a_help_counts_once() -> None:
    change = said(after_help(), "asker", How.PARTLY)
    assert kept(change, "ann") == ["helped"]
    change = said(change.ask, "asker", How.DONE)
    assert kept(change, "ann") == ["freed"]
    with pytest.raises(Stale):
        said(change.ask, "asker", How.DONE)


def test_silence_goes_from_a_reminder_to_the_volunteer_and_the_coach_and_never_closes() -> None:
    change = fired(after_help(), Due.AFTER)
    assert whom(change) == [(To.ASKER, News.HOW_AGAIN), (To.HELPER, News.HOW_AGAIN)]
    told = []
    for _ in range(6):
        change = fired(change.ask, Due.AFTER)
        told += [n.to for n in change.notices]
    assert told == [To.VOLUNTEER, To.COACH, *[To.COORDINATOR] * 4]
    assert change.ask.open
    ended = searching.end(
        change.ask, by="vo", reason="Both are silent", helper=None, rules=RULES, now=NOON
    )
    assert ended.ask.end is AskEnd.LEFT


def test_only_these_two_say_how_it_went_and_only_after_it_began() -> None:
    with pytest.raises(NotAllowed):
        said(after_help(), "bob", How.DONE)
    with pytest.raises(Stale):
        afterwards.say(agreed_ask(), by="asker", how=How.DONE, helper=None, rules=RULES, now=MONDAY)


def test_not_coming_is_noted_in_private_the_second_time() -> None:
    first = said(after_help(), "asker", How.NO, neighbour())
    assert kept(first, "ann") == ["missed"]
    assert (To.VOLUNTEER, News.NO_SHOW) not in whom(first)
    again = neighbour(missed=(MONDAY,))
    second = said(after_help(), "asker", How.NO, again)
    assert (To.VOLUNTEER, News.NO_SHOW) in whom(second)


def test_who_came_after_all_did_not_miss_it() -> None:
    """The asker tapped wrong, or help came late: nothing is held against the helper."""
    no = said(after_help(), "asker", How.NO)
    yes = said(no.ask, "asker", How.DONE)
    one = neighbour(missed=(MONDAY,))
    for mark in (*no.marks, *yes.marks):
        if mark.person == one.key:
            one = neighbourly.marked(one, mark, yes.ask, RULES, NOON)
    assert one.missed == (MONDAY,)
    assert len(one.helps) == 1


def test_who_carries_much_is_asked_how_it_goes_once_in_that_time() -> None:
    most = RULES.covenant.helping.heavy_helps
    change = said(after_help(), "asker", How.DONE, neighbour(helps=helps(most - 1)))
    heavy = [(to, news) for to, news in whom(change) if news is News.HEAVY]
    assert heavy == [(to, News.HEAVY) for to in (To.PERSON, To.VOLUNTEER, To.COACH)]
    lately = neighbour(helps=helps(most - 1), heavy_asked=MONDAY)
    assert not persons(said(after_help(), "asker", How.DONE, lately), News.HEAVY)
    assert neighbourly.heavy(neighbour(helps=helps(most)), RULES)


def test_who_helps_a_silent_asker_very_often_is_asked_too_whether_it_is_too_much() -> None:
    most = RULES.covenant.helping.heavy_helps
    busy = neighbour(helps=helps(most - 1))
    asked = fired(said(after_help(when=weekly()), "ann", How.DONE).ask, Due.AFTER).ask
    change = fired(asked, Due.AFTER, helper=busy)
    heavy = [to for to, news in whom(change) if news is News.HEAVY]
    assert heavy == [To.PERSON, To.VOLUNTEER, To.COACH]
    assert kept(change, "ann") == ["freed", "helped", "heavy_asked"]


def test_thanks_go_to_the_helper_once_and_gladly_again_to_nobody() -> None:
    ask = said(after_help(), "asker", How.DONE).ask
    change = afterwards.thanks(ask, by="asker", now=NOON)
    assert persons(change, News.THANKS) == ["ann"]
    with pytest.raises(Stale):
        afterwards.thanks(change.ask, by="asker", now=NOON)
    with pytest.raises(NotAllowed):
        afterwards.thanks(ask, by="ann", now=NOON)
    glad = afterwards.gladly(ask, by="asker", yes=True, now=NOON)
    assert not glad.notices
    assert glad.marks == (Mark(person="asker", kind=MarkKind.GLADLY, other="ann"),)
    assert glad.events[0].data == {}


def test_weekly_help_goes_on_to_the_next_week_and_remembers_whose_turn_it_was() -> None:
    ask = after_help(when=weekly())
    change = said(ask, "asker", How.DONE)
    ask = change.ask
    assert happened(change) == [AskEventKind.NEXT_TIME]
    assert ask.wish.when.first == WEDNESDAY + timedelta(days=7)
    assert (ask.stage, ask.rota, ask.times_done) == (AskStage.LOOKING, ("ann",), 1)
    # Five days before the next Wednesday at nine.
    assert due(ask, Due.SEARCH) == local(2026, 11, 27, 9)
    assert fired(ask, Due.SEARCH).seek
    assert persons(afterwards.thanks(ask, by="asker", now=NOON), News.THANKS) == ["ann"]


def test_weekly_help_of_which_more_is_needed_was_a_turn_too() -> None:
    ask = said(after_help(when=weekly()), "asker", How.MORE).ask
    again = searching.again(ask, by="asker", when=None, helper=None, rules=RULES, now=NOON).ask
    assert (again.rota, again.times_done) == (("ann",), 1)
    not_come = said(after_help(when=weekly()), "asker", How.NO).ask
    again = searching.again(not_come, by="asker", when=None, helper=None, rules=RULES, now=NOON).ask
    assert (again.rota, again.times_done) == ((), 0)


def test_a_late_done_of_weekly_help_skips_the_weeks_that_have_passed() -> None:
    ask = after_help(when=weekly())
    late = local(2026, 12, 10, 12)
    change = afterwards.say(ask, by="asker", how=How.DONE, helper=None, rules=RULES, now=late)
    assert change.ask.wish.when.first == date(2026, 12, 16)
    assert due(change.ask, Due.SEARCH) > late


def test_what_is_passed_on_frees_everyone_and_goes_on_elsewhere() -> None:
    change = passing.pass_on(agreed_ask(), "item", by="vo", helper=None, rules=RULES, now=MONDAY)
    assert (change.ask.end, change.ask.item) == (AskEnd.PASSED_ON, "item")
    assert persons(change, News.RELEASED) == ["ann"]
    with pytest.raises(Stale):
        agreed.message(change.ask, by="asker", text="hello", now=MONDAY)
    with pytest.raises(Stale):
        searching.again(change.ask, by="asker", when=None, helper=None, rules=RULES, now=MONDAY)


def test_a_professional_hands_back_with_consent_only() -> None:
    def handed(consent: Consent | None) -> Ask:
        change = passing.hand_back(
            wish(consent=consent),
            key="k",
            code="KL-7C2F",
            asker="asker",
            by="pro",
            item_key="item",
            rules=RULES,
            now=MONDAY,
        )
        assert change.seek
        assert (To.VOLUNTEER, News.HANDED_BACK) in whom(change)
        return change.ask

    with pytest.raises(NotAllowed):
        handed(None)
    assert handed(Consent(to="pro", at=MONDAY)).item == "item"


def test_helps_fall_out_of_the_count_and_a_pause_ends() -> None:
    one = neighbour(helps=helps(2), busy=(MORNING,), offer=offer(paused_until=date(2026, 12, 1)))
    first, second = neighbourly.schedule(one, RULES)
    # A pause ends at midnight, and is told in the morning.
    assert first.due == local(2026, 12, 1, 8)
    assert second.due == one.helps[0].at + timedelta(days=RULES.covenant.helping.count_days)
    later = neighbourly.fresh(one, RULES, second.due)
    assert len(later.helps) == 1
    assert later.busy == ()
    assert later.offer is not None
    assert later.offer.paused_until is None


def test_what_was_called_off_or_missed_is_forgotten_after_a_year_by_itself() -> None:
    one = neighbour(cancelled=(MONDAY,), missed=(MONDAY + timedelta(hours=1),))
    for _ in range(2):
        (checkin, *_later) = neighbourly.schedule(one, RULES)
        assert RULES.calendar.outside_quiet(checkin.due) == checkin.due
        one = neighbourly.fresh(one, RULES, checkin.due)
    assert (one.cancelled, one.missed) == ((), ())
    assert neighbourly.schedule(one, RULES) == ()


def test_a_promise_of_the_same_time_is_freed_one_by_one() -> None:
    ask = started().ask
    promised = Mark(person="ann", kind=MarkKind.PROMISED, slot=MORNING)
    freed = promised.model_copy(update={"kind": MarkKind.FREED})
    one: Neighbour = neighbour()
    for mark, busy in ((promised, 1), (promised, 2), (freed, 1), (freed, 0), (freed, 0)):
        one = neighbourly.marked(one, mark, ask, RULES, MONDAY)
        assert len(one.busy) == busy


def test_who_claims_for_the_next_week_is_agreed_anew() -> None:
    ask = said(after_help(when=weekly()), "asker", How.DONE).ask
    slot = MORNING.model_copy(update={"day": WEDNESDAY + timedelta(days=7)})
    ask = claiming.claim(ask, by="ann", slot=slot, rules=RULES, now=NOON).ask
    assert ask.stage is AskStage.PROPOSED


@pytest.mark.parametrize(("by", "other"), [("asker", To.HELPER), ("ann", To.ASKER)])
def test_who_was_not_asked_yet_is_asked_when_the_other_says_already_how_it_went(
    by: str, other: To
) -> None:
    """Of the helper it was said on the screen that we ask, and nobody did."""
    during = MORNING.begins(RULES.calendar) + timedelta(hours=1)
    early = afterwards.say(
        agreed_ask(), by=by, how=How.PARTLY, helper=None, rules=RULES, now=during
    )
    assert (other, News.HOW_WAS_IT) in whom(early)
    assert News.HOW_WAS_IT not in [n for _to, n in whom(said(after_help(), by, How.PARTLY))]
