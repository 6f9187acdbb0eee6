"""From a promise to the help: claims, agreement, falling away, handing over, blocks."""

from datetime import timedelta

import pytest

from bot.core.checkins import Due
from bot.core.errors import NotAllowed, Stale
from bot.core.helping import agreed, claiming, neighbourly, searching
from bot.core.helping.asks import Ask, AskStage, Voice
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.circles import at_risk
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.times import Daypart, Slot, When
from tests.core.helping_lives import (
    ADDRESS,
    MONDAY,
    MORNING,
    RULES,
    TUESDAY,
    WEDNESDAY,
    agreed_ask,
    agreed_rules,
    due,
    fired,
    happened,
    invited,
    kept,
    neighbour,
    persons,
    planned,
    proposed,
    whom,
)
from tests.core.strategies import HOURS, local

HOUR = timedelta(hours=1)
ASKER = Neighbour(key="asker")
TODAY = When(first=MONDAY.date(), last=MONDAY.date(), parts=(Daypart.AFTERNOON,))
NOW_SLOT = Slot(day=MONDAY.date(), part=Daypart.AFTERNOON)


def handed_over(by: str = "cas") -> Ask:
    """The helper hands over, and somebody wants to take over."""
    ask = agreed.hand_over(agreed_ask(), by="ann", rules=RULES, now=MONDAY).ask
    ask = searching.invite(ask, [by], RULES, MONDAY).ask
    return claiming.claim(ask, by=by, slot=MORNING, rules=RULES, now=MONDAY).ask


def test_the_first_one_wins() -> None:
    ask = invited("ann", "bob")
    change = claiming.claim(ask, by="bob", slot=MORNING, rules=RULES, now=MONDAY)
    assert change.ask.stage is AskStage.PROPOSED
    assert whom(change) == [(To.ASKER, News.PROPOSED)]
    assert kept(change, "bob") == ["promised"]
    with pytest.raises(Stale):
        claiming.claim(change.ask, by="ann", slot=MORNING, rules=RULES, now=MONDAY)
    with pytest.raises(NotAllowed):
        claiming.claim(ask, by="asker", slot=MORNING, rules=RULES, now=MONDAY)


def test_a_time_that_was_not_asked_or_is_over_can_t_be_promised() -> None:
    evening = Slot(day=WEDNESDAY, part=Daypart.EVENING)
    with pytest.raises(Stale):
        claiming.claim(invited("ann"), by="ann", slot=evening, rules=RULES, now=MONDAY)
    early = Slot(day=TUESDAY, part=Daypart.MORNING)
    with pytest.raises(Stale):
        claiming.claim(
            invited("ann"), by="ann", slot=early, rules=RULES, now=local(2026, 11, 24, 12)
        )


def test_nobody_reads_the_address_before_the_asker_agreed() -> None:
    ask = proposed()
    with pytest.raises(Stale):
        agreed.read(ask, by="ann", now=MONDAY)
    ask = claiming.agree(ask, by="asker", address=ADDRESS, rules=RULES, now=MONDAY).ask
    assert ask.wish.address == ADDRESS
    assert happened(agreed.read(ask, by="ann", now=MONDAY)) == [AskEventKind.READ]
    with pytest.raises(NotAllowed):
        agreed.read(ask, by="bob", now=MONDAY)


def test_who_was_invited_too_hears_that_it_is_taken() -> None:
    change = claiming.agree(proposed(), by="asker", address="", rules=RULES, now=MONDAY)
    assert whom(change)[:2] == [(To.HELPER, News.AGREED), (To.PERSON, News.TAKEN)]
    assert whom(change)[2:] == [(To.STANDBY, News.TAKEN)]
    assert persons(change, News.TAKEN) == ["bob", None]
    with pytest.raises(NotAllowed):
        claiming.agree(proposed(), by="ann", address="", rules=RULES, now=MONDAY)


def test_who_is_refused_is_thanked_and_never_asked_again() -> None:
    change = claiming.refuse(proposed(), by="asker", rules=RULES, now=MONDAY)
    assert persons(change, News.REFUSED) == ["ann"]
    assert kept(change, "ann") == ["freed"]
    assert change.seek
    with pytest.raises(NotAllowed):
        claiming.claim(change.ask, by="ann", slot=MORNING, rules=RULES, now=MONDAY)
    with pytest.raises(NotAllowed):
        claiming.assign(change.ask, neighbour("ann"), MORNING, by="vo", rules=RULES, now=MONDAY)


def test_an_asker_who_does_not_answer_is_reminded_and_then_others_look() -> None:
    ask = proposed(slot=Slot(day=WEDNESDAY, part=Daypart.AFTERNOON))
    assert due(ask, Due.CONFIRM) == local(2026, 11, 24, 10)
    change = fired(ask, Due.CONFIRM)
    assert whom(change) == [(To.ASKER, News.PROPOSED_AGAIN)]
    change = fired(change.ask, Due.CONFIRM)
    assert whom(change) == [(To.VOLUNTEER, News.NO_ANSWER), (To.PERSON, News.WAIT)]
    assert change.ask.helper is not None


def test_a_proposal_whose_time_has_passed_lapses() -> None:
    ask = proposed()
    change = fired(ask, Due.CONFIRM, late=local(2026, 11, 25, 12))
    assert change.ask.stage is AskStage.LOOKING
    assert persons(change, News.UNANSWERED) == ["ann"]
    assert kept(change, "ann") == ["freed"]
    assert change.seek


def test_a_volunteer_can_propose_only_whom_the_level_allows() -> None:
    ask = invited("bob", kind="visit")
    for stranger in (neighbour(vog=None), neighbour(introduced=())):
        with pytest.raises(NotAllowed):
            claiming.assign(ask, stranger, MORNING, by="vo", rules=RULES, now=MONDAY)
    change = claiming.assign(ask, neighbour(), MORNING, by="vo", rules=RULES, now=MONDAY)
    assert change.ask.stage is AskStage.PROPOSED
    evening = Slot(day=WEDNESDAY, part=Daypart.EVENING)
    with pytest.raises(Stale):
        claiming.assign(ask, neighbour(), evening, by="vo", rules=RULES, now=MONDAY)


def test_both_are_reminded_a_day_and_three_hours_before() -> None:
    ask = agreed_ask()
    assert due(ask, Due.BEFORE) == local(2026, 11, 24, 9)
    change = fired(ask, Due.BEFORE)
    assert whom(change) == [(To.ASKER, News.REMIND), (To.HELPER, News.REMIND)]
    # Three hours before 9:00 is quiet: at 8:00, when the quiet hours end.
    assert due(change.ask, Due.BEFORE) == local(2026, 11, 25, 8)
    assert planned(fired(change.ask, Due.BEFORE).ask, Due.BEFORE) is None


def test_a_reminder_whose_quiet_hours_last_until_the_help_comes_before_them() -> None:
    rules = agreed_rules(
        hours=HOURS.model_copy(update={"quiet_until": MONDAY.time().replace(hour=9)})
    )
    ask = claiming.agree(proposed(), by="asker", address="", rules=rules, now=MONDAY).ask
    ask = fired(ask, Due.BEFORE, rules=rules).ask
    assert due(ask, Due.BEFORE, rules) == local(2026, 11, 24, 20, 59)


def test_the_reminders_go_with_the_helper() -> None:
    ask = agreed_ask()
    change = agreed.cant(ask, by="ann", rules=RULES, now=MONDAY)
    assert planned(change.ask, Due.BEFORE) is None
    assert planned(change.ask, Due.AFTER) is None


def test_who_can_t_make_it_is_replaced_from_standby() -> None:
    change = agreed.cant(agreed_ask(), by="ann", rules=RULES, now=MONDAY)
    assert whom(change) == [(To.ASKER, News.FELL_THROUGH), (To.STANDBY, News.STANDBY)]
    assert (change.ask.stage, change.seek) == (AskStage.LOOKING, True)
    assert "ann" in change.ask.search.declined
    assert "bob" not in change.ask.search.declined


def test_within_a_day_of_the_help_the_volunteer_hears_it_too_and_phones_who_is_silent() -> None:
    now = local(2026, 11, 24, 10)
    change = agreed.cant(agreed_ask(), by="ann", rules=RULES, now=now)
    assert (To.VOLUNTEER, News.FELL) in whom(change)
    assert due(change.ask, Due.SEEN) == now + timedelta(minutes=30)
    phone = fired(change.ask, Due.SEEN)
    assert whom(phone) == [(To.VOLUNTEER, News.PHONE)]
    assert persons(phone, News.PHONE) == ["asker"]


def test_a_volunteer_who_brings_the_two_together_hears_it_however_long_before() -> None:
    ask = agreed_ask(voice=Voice.THROUGH_VOLUNTEER)
    change = agreed.cant(ask, by="ann", rules=RULES, now=MONDAY)
    assert persons(change, News.FELL) == [None]
    assert change.ask.pending is None
    named = agreed.cant(agreed_ask(), by="ann", rules=RULES, now=MONDAY)
    assert (To.VOLUNTEER, News.FELL) not in whom(named)


def test_who_saw_the_urgent_message_is_not_phoned() -> None:
    ask = agreed_ask(slot=NOW_SLOT, when=TODAY)
    assert due(ask, Due.SEEN) == MONDAY + timedelta(minutes=30)
    with pytest.raises(NotAllowed):
        agreed.seen(ask, by="asker", now=MONDAY)
    assert planned(agreed.seen(ask, by="ann", now=MONDAY).ask, Due.SEEN) is None
    assert planned(agreed.read(ask, by="ann", now=MONDAY).ask, Due.SEEN) is None


def test_a_helper_who_hands_over_stays_until_the_next_one_is_agreed() -> None:
    ask = handed_over()
    assert ask.helper is not None
    assert ask.helper.person == "ann"
    assert ask.stage is AskStage.AGREED
    with pytest.raises(NotAllowed):
        agreed.read(ask, by="cas", now=MONDAY)
    change = claiming.agree(ask, by="asker", address="", rules=RULES, now=MONDAY)
    assert happened(change) == [AskEventKind.HANDED_OVER]
    assert persons(change, News.RELEASED) == ["ann"]
    assert kept(change, "ann") == ["freed"]
    assert (change.ask.helper and change.ask.helper.person) == "cas"
    assert change.ask.successor is None
    assert planned(change.ask, Due.SEARCH) is None


def test_a_successor_who_is_refused_leaves_the_helper_in_place() -> None:
    change = claiming.refuse(handed_over(), by="asker", rules=RULES, now=MONDAY)
    assert change.ask.stage is AskStage.AGREED
    assert (change.ask.helper and change.ask.helper.person) == "ann"
    assert change.seek


def test_a_helper_who_can_t_while_handing_over_leaves_the_successor_proposed() -> None:
    change = agreed.cant(handed_over(), by="ann", rules=RULES, now=MONDAY)
    assert change.ask.stage is AskStage.PROPOSED
    assert (change.ask.helper and change.ask.helper.person) == "cas"
    assert not change.seek
    assert planned(change.ask, Due.CONFIRM) is not None
    assert whom(change)[0] == (To.ASKER, News.INSTEAD)


def test_while_the_helper_still_comes_the_asker_hears_nothing_and_nothing_is_at_risk() -> None:
    ask = agreed.hand_over(agreed_ask(), by="ann", rules=RULES, now=MONDAY).ask
    ask = searching.invite(ask, [], RULES, MONDAY).ask
    change = fired(ask, Due.SEARCH)
    assert whom(change) == [(To.VOLUNTEER, News.NO_SUCCESSOR)]
    assert not at_risk(change.ask, RULES, MONDAY)


def test_when_nobody_takes_over_the_help_is_still_asked_after() -> None:
    ask = agreed.hand_over(agreed_ask(), by="ann", rules=RULES, now=MONDAY).ask
    change = fired(ask, Due.AFTER)
    assert change.ask.handing_over is None
    assert (To.HELPER, News.HOW_WAS_IT) in whom(change)


def test_only_who_knows_each_other_writes_to_each_other() -> None:
    with pytest.raises(Stale):
        agreed.message(proposed(), by="ann", text="hello", now=MONDAY)
    with pytest.raises(NotAllowed):
        agreed.message(agreed_ask(), by="bob", text="hello", now=MONDAY)
    change = agreed.message(agreed_ask(), by="ann", text="hello", now=MONDAY)
    assert persons(change, News.MESSAGE) == ["asker"]
    assert change.events[0].data == {"text": "hello"}


def test_who_leaves_takes_nobody_down() -> None:
    def after(ask: Ask, person: str) -> AskChange:
        return agreed.without(ask, person, RULES, MONDAY)

    helper = after(agreed_ask(), "ann")
    assert (helper.ask.stage, helper.seek) == (AskStage.LOOKING, True)
    assert persons(helper, News.RELEASED) == ["ann"]
    asker = after(agreed_ask(), "asker")
    assert whom(asker) == [(To.VOLUNTEER, News.LOST)]
    assert asker.ask.open
    guest = after(invited("ann", "bob"), "bob")
    assert guest.ask.search.declined == ("bob",)
    assert after(guest.ask, "bob") == AskChange(ask=guest.ask)
    assert after(invited("ann"), "ann").seek


def test_a_block_is_kept_on_both_sides() -> None:
    one, other = neighbourly.block(neighbour("ann", gladly=("bob",)), neighbour("bob"))
    assert (one.blocked, other.blocked) == (("bob",), ("ann",))
    assert one.gladly == ()
