"""Cover: a colleague takes over what someone accepted, and nobody else can."""

from pathlib import Path

import pytest

from bot.core import lifecycle
from bot.core.checkins import Due
from bot.core.errors import NotAllowed, Stale
from bot.core.items import EventKind, Stage
from bot.core.notices import Audience, NoticeKind
from bot.core.people import Role
from handlers.states import EVENTS
from tests.core.lives import MONDAY, accepted, due, reported, whom
from tests.core.strategies import local, small
from tests.handlers.partners import partners

RULES = small()
WEDNESDAY = local(2026, 11, 25, 10)


def test_a_colleague_takes_over_with_time_to_work_on_it() -> None:
    """The former hears it, the reporter doesn't, and the question about progress starts anew."""
    item = accepted()
    change = lifecycle.cover(item, by="lead", partner="CARE", rules=RULES, now=WEDNESDAY)
    assert (change.item.stage, change.item.assignment.by) == (Stage.HELD, "lead")
    assert due(change.item, Due.PROGRESS) > due(item, Due.PROGRESS)
    (covered,) = [n for n in change.notices if n.to is Audience.COLLEAGUE]
    assert (covered.kind, covered.person) == (NoticeKind.COVERED, "pro")
    assert all(to is not Audience.REPORTER for to, _kind in whom(change))


def test_only_a_colleague_takes_over_and_only_what_someone_has() -> None:
    """Not another partner, not before it is accepted, not from oneself."""
    with pytest.raises(NotAllowed):
        lifecycle.cover(accepted(), by="cop", partner="POL", rules=RULES, now=MONDAY)
    with pytest.raises(Stale):
        lifecycle.cover(reported().item, by="lead", partner="CARE", rules=RULES, now=MONDAY)
    with pytest.raises(Stale):
        lifecycle.cover(accepted(), by="pro", partner="CARE", rules=RULES, now=MONDAY)


async def test_a_forged_button_of_another_partner_takes_nothing_over(tmp_path: Path) -> None:
    """Neither another partner nor a coordinator, who assigns it with a reason instead."""
    async with partners(tmp_path) as scene:
        await scene.join("gwen", Role.PROFESSIONAL, "GGD")
        await scene.report()
        await scene.act("bart", "[Open]")
        await scene.act("bart", "[Accept]")
        for name in ("gwen", "carla"):
            before = await scene.item()
            await scene.act(name, f"<forged: cover:item-1:{before.revision}>")
            assert await scene.item() == before


async def test_two_taps_on_take_over_record_it_once(tmp_path: Path) -> None:
    """The second tap finds that it is theirs already."""
    async with partners(tmp_path) as scene:
        await scene.report()
        for name, press in (("bart", "[Open]"), ("bart", "[Accept]"), ("bea", "[Openen]")):
            await scene.act(name, press)
        await scene.act("bea", "[Overnemen] (twice)")
        async with scene.village.store.reading() as records:
            history = await records.history("item-1")
        assert [e.kind for e in history].count(EventKind.COVERED) == 1


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_has_words(kind: EventKind) -> None:
    """A list can say the last step of every item, whatever that was."""
    assert EVENTS[kind]
