"""Urgency: what rings at night, what waits for the morning, and what comes without a sound."""

from typing import Any

import pytest

from bot.core import lifecycle
from bot.core.items import Answer, Item
from bot.core.notices import Audience, Notice
from handlers.urgency import silent, waits
from tests.core.lives import accepted, reported
from tests.core.strategies import local, small

RULES = small()
SATURDAY, NIGHT, MONDAY = local(2026, 11, 28, 11), local(2026, 11, 28, 23), local(2026, 11, 30, 9)


def alert(topic: str, **report: Any) -> tuple[Item, Notice]:
    """The first alert about a report of Saturday."""
    change = reported(topic, now=SATURDAY, **report)
    return change.item, change.notices[0]


def test_an_alert_of_the_weekend_waits_unless_it_is_for_the_same_day() -> None:
    """In the working hours nothing waits."""
    assert waits(*alert("noise"), RULES, SATURDAY)
    assert not waits(*alert("today"), RULES, SATURDAY)
    change = reported(now=MONDAY)
    assert not waits(change.item, change.notices[0], RULES, MONDAY)


@pytest.mark.parametrize(("topic", "rings"), [("today", True), ("noise", False)])
def test_at_the_weekend_only_same_day_topics_ring_and_at_night_nothing_does(
    topic: str, *, rings: bool
) -> None:
    """A phone keeps quiet in the quiet hours, whatever the term."""
    assert silent(*alert(topic), RULES, SATURDAY) is not rings
    assert silent(*alert(topic), RULES, NIGHT)


def test_who_is_not_safe_or_worse_off_is_heard_at_night() -> None:
    """The coordinator's phone rings."""
    assert not silent(*alert("noise", unsafe=True), RULES, NIGHT)
    change = lifecycle.say(accepted(), Answer.WORSE, RULES, NIGHT)
    told = [n for n in change.notices if n.to is Audience.COORDINATOR]
    assert told
    assert not silent(change.item, told[0], RULES, NIGHT)


def test_the_reporter_is_told_without_a_sound_in_the_quiet_hours() -> None:
    """News at night lies there in the morning."""
    item = reported().item
    accepting = lifecycle.accept(item, by="pro", partner="CARE", rules=RULES, now=NIGHT)
    (news,) = [n for n in accepting.notices if n.to is Audience.REPORTER]
    assert silent(accepting.item, news, RULES, NIGHT)
    assert not silent(accepting.item, news, RULES, SATURDAY)
