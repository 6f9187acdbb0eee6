"""A warm hand-over: what is passed on, handed back and said, and when it is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due, schedule
from bot.core.covenant import About
from bot.core.errors import NotAllowed, Stale
from bot.core.handing import HandedBack, Passed, asked_now
from bot.core.helping.lines import Side
from bot.core.items import Answer, EventKind, Item, Stage
from bot.core.lifecycle import Change
from bot.core.lifecycle.handing import MOST
from bot.core.notices import Audience, NoticeKind
from tests.core.lives import MONDAY, accepted, closing, due, happened, whom
from tests.core.strategies import concern, small, topic

RULES = small(
    topics=(topic("noise"), topic("lost", without_consent={"nl": "Die vraagt zelf geen hulp."}))
)
LATER = MONDAY + timedelta(hours=1)


def passed_on(
    topic_: str = "noise", *, agreed: bool = True, reason: str = "", **report: Any
) -> Change:
    """The volunteer `vol` passes on a matter of the neighbour `ans`."""
    told = concern(topic_, about=About.SELF if agreed else About.OTHER, **report)
    passed = Passed(by="vol", circle="c", agreed=MONDAY if agreed else None, reason=reason)
    return lifecycle.pass_on(
        told,
        passed=passed,
        volunteer="vol",
        reporter="ans" if agreed else "vol",
        key="k",
        code="KL-7C2F",
        rules=RULES,
        now=MONDAY,
    )


def held(**report: Any) -> Item:
    """What was passed on, accepted by the professional `pro`."""
    item = passed_on(**report).item
    return lifecycle.accept(
        item, by="pro", partner=item.assignment.partner, rules=RULES, now=MONDAY
    ).item


def hand_back(item: Item, resident: str | None = "rep", **changes: Any) -> Change:
    """The professional asks the circle `c`, whose volunteers are `v1` and `v2`."""
    given = {"by": "pro", "circle": "c", "ask": "a", "agreed": MONDAY, **changes}
    return lifecycle.hand_back(
        item,
        HandedBack.model_validate(given),
        ["v1", "v2"],
        resident=resident,
        partner=item.assignment.partner,
        rules=RULES,
        now=LATER,
    )


def talk(item: Item, by: str, side: Side, *, said: int = 0, now: datetime = LATER) -> Change:
    """One of the three writes."""
    partner = item.assignment.partner if side is Side.PARTNER else None
    return lifecycle.talk(item, "Hello", by=by, side=side, partner=partner, said=said, now=now)


def told_to(change: Change) -> set[str | None]:
    """Who is told of a message."""
    return {n.person for n in change.notices if n.kind is NoticeKind.TALK}


def test_what_the_neighbour_agreed_to_is_their_report_and_is_routed_as_any_other() -> None:
    change = passed_on()
    item = change.item
    assert (item.reporter, item.report.about, item.talk) == ("ans", About.SELF, ("ans", "vol"))
    assert happened(change) == [EventKind.REPORTED, EventKind.ASSIGNED, EventKind.PASSED_ON]
    assert (Audience.HOLDER, NoticeKind.ALERT) in whom(change)
    assert item.assignment.partner == "CARE"
    assert {c.what for c in schedule(item, RULES)} >= {Due.RESPOND, Due.REPORTER}


def test_without_consent_nothing_goes_on_unless_the_covenant_allows_it() -> None:
    with pytest.raises(NotAllowed):
        passed_on("noise", agreed=False, reason="It can't wait.")


def test_without_consent_the_reason_must_be_written() -> None:
    with pytest.raises(NotAllowed):
        passed_on("lost", agreed=False, reason="  ")


def test_without_consent_it_is_told_about_somebody_else_and_that_person_must_be_told() -> None:
    item = passed_on("lost", agreed=False, reason="Found in the street at night.").item
    assert (item.reporter, item.report.about, item.talk) == ("vol", About.OTHER, ("vol",))
    assert item.told_at is not None
    assert item.passed is not None
    assert item.passed.agreed is None


def test_who_did_not_agree_never_becomes_the_reporter() -> None:
    told = concern("lost", about=About.OTHER)
    with pytest.raises(NotAllowed):
        lifecycle.pass_on(
            told,
            passed=Passed(by="vol", circle="c", reason="It can't wait."),
            volunteer="vol",
            reporter="ans",
            key="k",
            code="KL-7C2F",
            rules=RULES,
            now=MONDAY,
        )


def test_the_volunteer_hears_that_it_is_picked_up_and_closed() -> None:
    item = passed_on().item
    taken = lifecycle.accept(item, by="pro", partner="CARE", rules=RULES, now=MONDAY)
    assert (Audience.TALK, NoticeKind.ACCEPTED) in whom(taken)
    assert [n.person for n in taken.notices if n.to is Audience.TALK] == ["vol"]


@pytest.mark.parametrize(
    ("by", "side", "others"),
    [
        ("vol", Side.VOLUNTEER, {"ans", "pro"}),
        ("ans", Side.RESIDENT, {"vol", "pro"}),
        ("pro", Side.PARTNER, {"ans", "vol"}),
    ],
)
def test_each_of_the_three_is_heard_by_the_two_others(
    by: str, side: Side, others: set[str]
) -> None:
    change = talk(held(), by, side)
    assert told_to(change) == others
    assert change.events[-1].data["side"] == side


def test_before_it_is_picked_up_the_partner_hears_it() -> None:
    change = talk(passed_on().item, "vol", Side.VOLUNTEER)
    assert (Audience.HOLDER, NoticeKind.TALK) in whom(change)


def test_the_line_ends_with_the_item() -> None:
    item = closing(held(), MONDAY).item
    ended = lifecycle.say(item, Answer.GOOD, RULES, LATER).item
    assert not ended.open
    with pytest.raises(Stale):
        talk(ended, "vol", Side.VOLUNTEER)


def test_there_is_an_end_to_what_is_said() -> None:
    with pytest.raises(NotAllowed):
        talk(held(), "vol", Side.VOLUNTEER, said=MOST)


def test_who_withdraws_talks_along_no_more_and_neither_does_the_volunteer() -> None:
    item = lifecycle.withdraw(held(), opened=True, rules=RULES, now=LATER).item
    assert item.open
    assert item.talk == ()


def test_with_the_link_to_the_reporter_goes_who_passed_it_on() -> None:
    item = lifecycle.unlink(held(), RULES, LATER).item
    assert (item.reporter, item.talk) == (None, ())
    assert item.passed is not None
    assert item.passed.by is None


def test_who_leaves_talks_along_no_more_and_a_second_time_finds_nobody() -> None:
    left = lifecycle.leave(held(), "vol", by="vol", now=LATER)
    assert left.item.talk == ("ans",)
    with pytest.raises(Stale):
        lifecycle.leave(left.item, "vol", by="vol", now=LATER)


def test_an_item_that_a_circle_is_asked_for_stays_with_the_partner() -> None:
    change = hand_back(accepted())
    item = change.item
    assert item.stage is Stage.HELD
    assert item.assignment.by == "pro"
    assert item.talk == ("rep", "v1", "v2")
    assert happened(change) == [EventKind.HANDED_BACK]
    assert due(item, Due.PROGRESS) >= due(accepted(), Due.PROGRESS)


def test_without_a_resident_here_the_volunteers_and_the_professional_talk() -> None:
    assert hand_back(accepted(), resident=None).item.talk == ("v1", "v2")


def test_a_circle_is_asked_once_and_only_for_what_is_held() -> None:
    with pytest.raises(Stale):
        hand_back(hand_back(accepted()).item)
    with pytest.raises(Stale):
        hand_back(passed_on().item)


def test_when_what_a_circle_was_asked_for_ended_a_circle_can_be_asked_again() -> None:
    item = hand_back(accepted()).item
    over = lifecycle.circle_ended(item, how="left", reason="No time.", now=LATER)
    assert whom(over) == [(Audience.HOLDER, NoticeKind.BACK_OVER)]
    assert over.events[-1].data == {"how": "left", "text": "No time."}
    assert over.item.talk == item.talk
    assert asked_now(hand_back(over.item).item.back)
    with pytest.raises(Stale):
        lifecycle.circle_ended(over.item, how="left", reason="", now=LATER)


def test_while_what_ended_is_looked_for_again_no_other_circle_is_asked_beside_it() -> None:
    item = hand_back(accepted()).item
    with pytest.raises(Stale):
        lifecycle.circle_again(item, now=LATER)
    over = lifecycle.circle_ended(item, how="left", reason="", now=LATER).item
    change = lifecycle.circle_again(over, now=LATER)
    assert happened(change) == [EventKind.BACK_AGAIN]
    with pytest.raises(Stale):
        hand_back(change.item)
    ended = lifecycle.circle_ended(change.item, how="left", reason="", now=LATER)
    assert whom(ended) == [(Audience.HOLDER, NoticeKind.BACK_OVER)]


def test_who_has_no_part_in_what_is_asked_now_talks_along_no_more() -> None:
    item = hand_back(accepted()).item
    over = lifecycle.circle_ended(item, how="left", reason="", now=LATER).item
    again = lifecycle.hand_back(
        over,
        HandedBack(by="pro", circle="d", ask="b", agreed=LATER),
        ["v3"],
        resident="rep",
        without=["v1"],
        partner=over.assignment.partner,
        rules=RULES,
        now=LATER,
    ).item
    assert again.talk == ("rep", "v2", "v3")


def test_of_who_is_not_safe_no_circle_hears() -> None:
    item = lifecycle.report(
        concern(unsafe=True), key="k", code="KL-7C2F", reporter="rep", rules=RULES, now=MONDAY
    ).item
    item = lifecycle.accept(item, by="pro", partner="GEM", rules=RULES, now=MONDAY).item
    with pytest.raises(NotAllowed):
        hand_back(item)
