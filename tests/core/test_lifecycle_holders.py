"""Who holds an item: reporting, accepting, declining and assigning."""

from typing import Any

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due
from bot.core.covenant import About
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.items import EventKind, Item, Refusal, Stage
from bot.core.notices import Audience, NoticeKind, Why
from bot.core.routing import Because
from tests.core.lives import (
    MONDAY,
    accepted,
    closed,
    due,
    fired,
    happened,
    notice,
    planned,
    reported,
    whom,
)
from tests.core.strategies import local, small

RULES = small()


def test_a_report_waits_at_the_routed_partner_until_the_end_of_its_term() -> None:
    change = reported()
    item = change.item
    assert (item.stage, item.assignment.partner) == (Stage.WAITING, "CARE")
    assert item.assignment.respond_by == local(2026, 11, 25, 17)
    assert happened(change) == [EventKind.REPORTED, EventKind.ASSIGNED]
    assert item.revision == 2


def test_a_report_alerts_its_holder_and_whoever_is_involved() -> None:
    change = reported()
    assert whom(change) == [
        (Audience.HOLDER, NoticeKind.ALERT),
        (Audience.INVOLVED, NoticeKind.ALERT),
    ]
    assert notice(change, Audience.HOLDER).partner == "CARE"
    assert notice(change, Audience.INVOLVED).partner == "POL"
    assert notice(change, Audience.HOLDER).by == change.item.assignment.respond_by


@pytest.mark.parametrize(
    ("topic", "report", "why"),
    [
        ("nobody", {}, Why.NO_ROUTE),
        ("gone", {}, Why.UNKNOWN_TOPIC),
        ("noise", {"area": None}, Why.NO_AREA),
        ("noise", {"unsafe": True}, Why.UNSAFE),
    ],
)
def test_what_has_no_owner_lands_with_the_coordinator_with_an_alert(
    topic: str, report: dict[str, Any], why: Why
) -> None:
    change = reported(topic, **report)
    assert change.item.holders == ("GEM",)
    assert [(n.to, n.why) for n in change.notices] == [(Audience.COORDINATOR, why)]


def test_who_is_not_safe_is_called_sooner_than_the_topic_asks() -> None:
    """The coordinator calls the same working day; a partner it goes to has the topic's term."""
    item = reported(unsafe=True).item
    assert item.assignment.respond_by == local(2026, 11, 23, 17)
    change = lifecycle.assign(item, "CARE", by="c", reason="Safe", rules=RULES, now=MONDAY)
    assert change.item.assignment.respond_by == local(2026, 11, 25, 17)


def test_the_first_who_accepts_wins_and_the_others_hear_it() -> None:
    item = reported().item
    change = lifecycle.accept(item, by="pro", partner="CARE", rules=RULES, now=MONDAY)
    assert change.item.stage is Stage.HELD
    assert change.item.assignment.by == "pro"
    assert notice(change, Audience.REPORTER, NoticeKind.ACCEPTED).looks == "CARE"
    others = [n for n in change.notices if n.to is Audience.OTHERS]
    assert [(n.kind, n.partner, n.person) for n in others] == [
        (NoticeKind.TAKEN, "CARE", "pro"),
        (NoticeKind.TAKEN, "POL", "pro"),
    ]
    with pytest.raises(Stale):
        lifecycle.accept(change.item, by="other", partner="CARE", rules=RULES, now=MONDAY)


def test_who_is_only_involved_does_not_accept() -> None:
    with pytest.raises(NotAllowed):
        lifecycle.accept(reported().item, by="cop", partner="POL", rules=RULES, now=MONDAY)


def test_a_deputy_who_accepts_works_for_the_same_holder() -> None:
    item = reported().item
    for _ in range(2):
        item = fired(item, Due.RESPOND).item
    now = item.assignment.respond_by
    change = lifecycle.accept(item, by="lead", partner="LEADER", rules=RULES, now=now)
    assert change.item.assignment.partner == "CARE"
    assert change.item.assignment.by == "lead"
    assert notice(change, Audience.REPORTER).looks == "LEADER"
    assert (Audience.COORDINATOR, NoticeKind.TAKEN) in whom(change)


@pytest.mark.parametrize("item", [reported().item, accepted()])
def test_declining_hands_it_to_the_coordinator_and_ends_all_other_access(
    item: Item,
) -> None:
    now = local(2026, 11, 24, 10)
    change = lifecycle.decline(
        item, by="pro", partner="CARE", why=Refusal.NOT_OURS, note="", rules=RULES, now=now
    )
    new = change.item
    assert (new.stage, new.holders) == (Stage.WAITING, ("GEM",))
    assert new.assignment.because is Because.DECLINED
    assert new.assignment.respond_by == local(2026, 11, 26, 17)
    assert planned(new, Due.PROGRESS) is None
    assert [n.partner for n in change.notices if n.to is Audience.FORMER] == ["CARE", "POL"]
    alert = notice(change, Audience.COORDINATOR)
    assert (alert.why, alert.looks) == (Why.DECLINED, "CARE")
    told = notice(change, Audience.REPORTER)
    assert (told.kind, told.looks, told.by) == (
        NoticeKind.REASSIGNED,
        "GEM",
        new.assignment.respond_by,
    )


def test_the_coordinator_assigns_instead_of_declining() -> None:
    item = reported("nobody").item
    with pytest.raises(NotAllowed):
        lifecycle.decline(
            item, by="co", partner="GEM", why=Refusal.OTHER, note="", rules=RULES, now=MONDAY
        )


def test_assigning_gives_a_new_partner_a_new_term_and_keeps_the_past() -> None:
    item = reported().item
    now = local(2026, 11, 25, 12)
    change = lifecycle.assign(item, "POL", by="co", reason="kent ze", rules=RULES, now=now)
    new = change.item.assignment
    assert (new.partner, new.note, new.because) == ("POL", "kent ze", Because.ASSIGNED)
    assert new.respond_by == local(2026, 11, 27, 17)
    assert change.item.past == (item.assignment,)
    assert due(change.item, Due.RESPOND) < new.respond_by
    assert [n.partner for n in change.notices if n.to is Audience.FORMER] == ["CARE"]
    assert notice(change, Audience.HOLDER).partner == "POL"
    assert "kent ze" not in "".join(n.model_dump_json() for n in change.notices)


def test_only_what_is_open_is_assigned_and_only_to_a_partner_of_the_covenant() -> None:
    with pytest.raises(Stale):
        lifecycle.assign(closed(), "POL", by="co", reason="", rules=RULES, now=MONDAY)
    with pytest.raises(NotFound):
        lifecycle.assign(accepted(), "GONE", by="co", reason="", rules=RULES, now=MONDAY)


def test_what_a_partner_held_that_left_the_covenant_goes_to_the_coordinator() -> None:
    without = small(partners=tuple(p for p in RULES.covenant.partners if p.id != "CARE"))
    waiting = fired(reported().item, Due.RESPOND, rules=without)
    held = fired(accepted(), Due.PROGRESS, rules=without)
    for change in (waiting, held):
        assert change.item.holders == ("GEM",)
        assert notice(change, Audience.COORDINATOR).why is Why.NO_PARTNER


def test_a_topic_that_left_the_covenant_stops_no_item() -> None:
    without = small(topics=RULES.covenant.topics[1:])
    item = reported().item
    change = lifecycle.accept(item, by="pro", partner="CARE", rules=without, now=MONDAY)
    assert due(change.item, Due.PROGRESS, without) > MONDAY


def test_about_oneself_nobody_else_needs_to_be_told() -> None:
    assert planned(reported(about=About.SELF).item, Due.TOLD) is None
    assert planned(reported("theft").item, Due.TOLD) is None
    assert planned(reported().item, Due.TOLD) is not None
