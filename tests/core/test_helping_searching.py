"""The search: neighbours in private, the board, the volunteer, the coach, the coordinator."""

from datetime import date, timedelta

import pytest

from bot.core.checkins import Due
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.helping import circles, claiming, plan, searching, steps
from bot.core.helping.asks import Ask, AskEnd, AskStage, Consent, SearchStep
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.times import Daypart, Slot, When
from tests.core.helping_lives import (
    MONDAY,
    MORNING,
    RULES,
    TUESDAY,
    agreed_ask,
    due,
    fired,
    happened,
    invited,
    kept,
    persons,
    planned,
    proposed,
    started,
    weekly,
    whom,
    wish,
)
from tests.core.strategies import local

TODAY = When(first=MONDAY.date(), last=MONDAY.date(), parts=(Daypart.EVENING,))
FAR = date(2026, 12, 9)
LATER = When(first=FAR, last=FAR, parts=(Daypart.AFTERNOON,))


def silent(ask: Ask) -> AskChange:
    """The next step comes and finds nobody new to invite."""
    change = fired(ask, Due.SEARCH)
    if change.seek:
        change = searching.invite(ask, [], RULES, due(ask, Due.SEARCH))
    return change


def test_neighbours_are_looked_for_at_once() -> None:
    change = started()
    assert change.seek
    assert happened(change) == [AskEventKind.ASKED]
    assert change.ask.stage is AskStage.LOOKING


def test_at_night_the_search_begins_in_the_morning() -> None:
    change = started(now=local(2026, 11, 23, 22))
    assert not change.seek
    assert due(change.ask, Due.SEARCH) == local(2026, 11, 24, 8)
    assert fired(change.ask, Due.SEARCH).seek


def test_for_today_the_search_begins_before_the_quiet_hours_end() -> None:
    assert started(now=local(2026, 11, 23, 7), when=TODAY).seek


def test_an_ask_for_somebody_else_needs_that_person_s_consent() -> None:
    with pytest.raises(NotAllowed):
        started(for_other="Riet")
    assert started(for_other="Riet", consent=Consent(to="asker", at=MONDAY)).events
    with pytest.raises(NotFound):
        started("spaceflight")


def test_three_are_invited_and_three_more_a_day_later() -> None:
    change = searching.invite(started().ask, ["ann", "bob", "cas", "dre"], RULES, MONDAY)
    assert persons(change, News.INVITE) == ["ann", "bob", "cas"]
    assert kept(change, "ann") == ["invited"]
    assert due(change.ask, Due.SEARCH) == local(2026, 11, 24, 10)
    assert fired(change.ask, Due.SEARCH).seek


def test_for_today_the_next_three_are_invited_after_an_hour() -> None:
    ask = invited("ann", when=TODAY)
    assert due(ask, Due.SEARCH) == MONDAY + timedelta(hours=1)


def test_on_the_day_itself_the_search_goes_on_by_the_hour_from_the_morning() -> None:
    """Help of tomorrow morning: everyone is asked in time, though a day has not passed."""
    tomorrow = When(first=TUESDAY, last=TUESDAY, parts=(Daypart.MORNING,))
    evening, morning = local(2026, 11, 23, 20), local(2026, 11, 24, 8)
    ask = invited("ann", now=evening, when=tomorrow)
    assert due(ask, Due.SEARCH) == morning
    board = silent(ask)
    assert happened(board) == [AskEventKind.ON_BOARD]
    assert due(board.ask, Due.SEARCH) == morning + timedelta(hours=1)
    assert (To.VOLUNTEER, News.NOBODY) in whom(silent(board.ask))
    slot = Slot(day=TUESDAY, part=Daypart.MORNING)
    ask = claiming.claim(ask, by="ann", slot=slot, rules=RULES, now=evening).ask
    assert due(ask, Due.CONFIRM) == morning


def test_nobody_is_invited_twice_for_one_search() -> None:
    ask = invited("ann", "bob")
    change = searching.invite(ask, ["bob", "cas"], RULES, MONDAY)
    assert persons(change, News.INVITE) == ["cas"]


def test_silence_goes_from_the_board_to_the_coordinator_and_never_ends() -> None:
    change = silent(invited("ann", when=LATER))
    assert whom(change) == [(To.CIRCLE, News.BOARD), (To.GROUP, News.BOARD)]
    told = []
    for _ in range(4):
        change = silent(change.ask)
        told.append([n.to for n in change.notices if n.to is not To.ASKER])
    assert told == [[To.VOLUNTEER], [To.COACH], [To.COORDINATOR], [To.COORDINATOR]]
    assert change.ask.open


def test_when_nobody_fits_nobody_waits() -> None:
    change = searching.invite(started().ask, [], RULES, MONDAY)
    assert happened(change) == [AskEventKind.ON_BOARD]


def test_without_a_circle_the_volunteer_follows_at_once_and_the_asker_hears_it() -> None:
    change = searching.invite(started(circle=None).ask, [], RULES, MONDAY)
    assert whom(change) == [(To.VOLUNTEER, News.NOBODY), (To.ASKER, News.NOBODY)]


def test_without_any_coach_the_coordinator_is_called_at_once() -> None:
    """And again on each working day, as if the coach had stayed silent."""
    ask = searching.invite(started(circle=None, when=LATER).ask, [], RULES, MONDAY).ask
    coach = fired(ask, Due.SEARCH)
    assert coach.ask.search.step is SearchStep.COACH
    now = local(2026, 11, 24, 12)
    change = steps.stand_in(coach.ask, SearchStep.COORDINATOR, RULES, now)
    assert whom(change) == [(To.COORDINATOR, News.NOBODY)]
    assert change.ask.search.step is SearchStep.COORDINATOR
    assert due(change.ask, Due.SEARCH) == local(2026, 11, 25, 12)


def test_who_stands_in_hears_what_the_one_before_was_asked() -> None:
    """That the asker does not say whether a proposal is right, or how it went."""
    ask = proposed()
    while ask.search.step is not SearchStep.COACH:
        ask = fired(ask, Due.CONFIRM).ask
    change = steps.stand_in(ask, SearchStep.COORDINATOR, RULES, due(ask, Due.CONFIRM))
    assert whom(change) == [(To.COORDINATOR, News.NO_ANSWER)]
    assert plan.schedule(change.ask)
    ask = agreed_ask()
    while ask.search.step is not SearchStep.COACH:
        ask = fired(ask, Due.BEFORE if ask.remind_at else Due.AFTER).ask
    change = steps.stand_in(ask, SearchStep.COORDINATOR, RULES, due(ask, Due.AFTER))
    assert whom(change) == [(To.COORDINATOR, News.SILENT_AFTER)]
    assert plan.schedule(change.ask)


def test_the_group_never_sees_what_the_own_street_may_not() -> None:
    change = searching.invite(started(street="Achterom").ask, [], RULES, MONDAY)
    assert whom(change) == [(To.CIRCLE, News.BOARD)]


def test_coordinators_are_called_on_working_days() -> None:
    ask = searching.invite(started(circle=None, when=LATER).ask, [], RULES, MONDAY).ask
    friday = local(2026, 11, 27, 16)
    coach = fired(ask, Due.SEARCH, late=friday)
    assert whom(coach) == [(To.COACH, News.NOBODY)]
    assert due(coach.ask, Due.SEARCH) == local(2026, 11, 30, 9)
    change = fired(coach.ask, Due.SEARCH)
    assert whom(change) == [(To.COORDINATOR, News.NOBODY)]
    assert due(change.ask, Due.SEARCH) == local(2026, 12, 1, 9)


def test_when_all_of_a_group_said_no_the_next_are_asked_at_once() -> None:
    ask = invited("ann", "bob")
    change = searching.decline(ask, "ann", RULES, MONDAY)
    assert not change.seek
    change = searching.decline(change.ask, "bob", RULES, MONDAY)
    assert change.seek
    assert happened(change) == [AskEventKind.DECLINED]
    with pytest.raises(Stale):
        searching.decline(change.ask, "bob", RULES, MONDAY)


def test_when_the_last_says_no_at_night_the_next_are_asked_in_the_morning() -> None:
    change = searching.decline(invited("ann"), "ann", RULES, local(2026, 11, 23, 23))
    assert not change.seek
    assert due(change.ask, Due.SEARCH) == local(2026, 11, 24, 8)


def test_a_no_before_anybody_was_invited_does_not_hurry_the_search() -> None:
    ask = started(now=local(2026, 11, 23, 22)).ask
    change = searching.decline(ask, "ann", RULES, local(2026, 11, 24, 7))
    assert not change.seek
    assert due(change.ask, Due.SEARCH) == local(2026, 11, 24, 8)


def test_a_search_that_was_decided_before_the_claim_does_nothing() -> None:
    ask = invited("ann")
    old = planned(ask, Due.SEARCH)
    assert old is not None
    ask = claiming.claim(ask, by="ann", slot=MORNING, rules=RULES, now=MONDAY).ask
    assert plan.fire(ask, old, RULES, old.due, helper=None) == AskChange(ask=ask)
    with pytest.raises(Stale):
        searching.invite(ask, ["bob"], RULES, MONDAY)


def test_when_the_time_has_passed_asker_and_volunteer_hear_it_and_it_stays_open() -> None:
    ask = invited("ann", when=When(first=TUESDAY, last=TUESDAY, parts=(Daypart.MORNING,)))
    change = fired(ask, Due.SEARCH, late=local(2026, 11, 24, 12))
    assert whom(change) == [
        (To.VOLUNTEER, News.PASSED),
        (To.ASKER, News.STILL_NEEDED),
        (To.PERSON, News.TOO_LATE),
        (To.STANDBY, News.TOO_LATE),
    ]
    assert change.ask.open
    assert whom(fired(change.ask, Due.SEARCH))[0] == (To.COACH, News.PASSED)
    gone = steps.stand_in(change.ask, SearchStep.COORDINATOR, RULES, local(2026, 11, 24, 13))
    assert whom(gone) == [(To.COORDINATOR, News.PASSED)]
    assert due(gone.ask, Due.SEARCH) > local(2026, 11, 25, 13), "days between"
    with pytest.raises(NotAllowed):
        searching.again(
            change.ask, by="asker", when=None, helper=None, rules=RULES, now=local(2026, 11, 25)
        )
    other = When(first=date(2026, 11, 26), last=date(2026, 11, 26), parts=(Daypart.MORNING,))
    now = local(2026, 11, 25, 9)
    again = searching.again(change.ask, by="asker", when=other, helper=None, rules=RULES, now=now)
    assert again.seek
    assert again.ask.search.invited == ()


def test_long_after_its_time_both_are_asked_again_with_days_between_and_nothing_ends() -> None:
    ask = invited("ann", when=When(first=TUESDAY, last=TUESDAY, parts=(Daypart.MORNING,)))
    ask = fired(ask, Due.SEARCH, late=local(2026, 11, 24, 12)).ask
    moments = []
    for to in (To.COACH, To.COORDINATOR, To.COORDINATOR, To.COORDINATOR):
        change = fired(ask, Due.SEARCH)
        assert whom(change) == [(to, News.PASSED), (To.ASKER, News.STILL_NEEDED)]
        moments.append(due(ask, Due.SEARCH).date())
        ask = change.ask
        assert ask.open
    wednesday, thursday = date(2026, 11, 25), date(2026, 11, 26)
    assert moments == [wednesday, thursday, date(2026, 12, 1), date(2026, 12, 4)]


def test_weekly_help_without_a_helper_goes_on_to_its_next_time() -> None:
    ask = invited("ann", when=weekly())
    change = fired(ask, Due.SEARCH, late=local(2026, 11, 25, 13))
    assert change.ask.wish.when.first == date(2026, 12, 2)
    assert (To.ASKER, News.NEXT_TIME) in whom(change)
    assert change.ask.search.step is SearchStep.INVITING


def test_what_is_on_the_board_stays_there_when_who_wanted_to_help_is_refused() -> None:
    board = silent(invited("ann", when=LATER)).ask
    assert circles.on_board([board]) == [board]
    slot = Slot(day=FAR, part=Daypart.AFTERNOON)
    now = due(board, Due.SEARCH)
    proposal = claiming.claim(board, by="bob", slot=slot, rules=RULES, now=now).ask
    assert circles.on_board([proposal]) == []
    refused = claiming.refuse(proposal, by="asker", rules=RULES, now=now).ask
    more = searching.invite(refused, ["cas"], RULES, now).ask
    assert circles.on_board([more]) == [more]
    assert circles.on_board([invited("ann")]) == []


def test_a_volunteer_ends_it_only_with_a_reason_and_everyone_hears_it() -> None:
    ask = agreed_ask()
    with pytest.raises(NotAllowed):
        searching.end(ask, by="vo", reason="  ", helper=None, rules=RULES, now=MONDAY)
    change = searching.end(ask, by="vo", reason="Moved away", helper=None, rules=RULES, now=MONDAY)
    assert change.ask.end is AskEnd.LEFT
    assert persons(change, News.LEFT) == ["ann", "asker"]
    assert plan.schedule(change.ask) == ()
    with pytest.raises(Stale):
        searching.end(change.ask, by="vo", reason="Again", helper=None, rules=RULES, now=MONDAY)


def test_nobody_looks_again_while_somebody_has_promised() -> None:
    with pytest.raises(Stale):
        searching.again(proposed(), by="asker", when=None, helper=None, rules=RULES, now=MONDAY)


def test_an_ended_ask_can_be_asked_again() -> None:
    ask = invited("ann")
    ended = searching.end(ask, by="vo", reason="Moved", helper=None, rules=RULES, now=MONDAY).ask
    change = searching.again(ended, by="asker", when=None, helper=None, rules=RULES, now=MONDAY)
    assert change.ask.open
    assert (change.ask.end, change.ask.reason, change.seek) == (None, "", True)


def test_a_wish_is_never_in_a_notice() -> None:
    change = searching.invite(started().ask, ["ann"], RULES, MONDAY)
    assert all(wish().text not in notice.model_dump_json() for notice in change.notices)
