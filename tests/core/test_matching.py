"""Matching: gates in order, safeguarding that nothing by-passes, who comes first, and why."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import matching
from bot.core.circles import Level
from bot.core.errors import NotAllowed
from bot.core.helping import claiming, neighbourly
from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Help, Neighbour, Vog
from bot.core.matching import Gate, Reasons
from tests.core.helping_lives import (
    MONDAY,
    MORNING,
    RULES,
    SLOTS,
    TUESDAY,
    belonging,
    invited,
    neighbour,
    neighbours,
    offer,
    started,
    weekly,
)

ASKER = Neighbour(key="asker")
HERE: dict[str, Any] = {"circles": (), "introduced": ()}
ONE_HELP = Help(at=MONDAY, ask="other")


def fell(neighbour_: Neighbour, kind: str = "shop", **changes: Any) -> Gate | None:
    """Where this neighbour falls for an ask."""
    return matching.gate(started(kind, **changes).ask, ASKER, neighbour_, RULES, MONDAY)


@pytest.mark.parametrize(
    ("gate", "one"),
    [
        (Gate.KIND, neighbour(offer=None)),
        (Gate.KIND, neighbour(offer=offer(kinds=("call",)))),
        (Gate.PLACE, neighbour(**HERE, offer=offer(area="stad", areas=()))),
        (
            Gate.PLACE,
            neighbour(circles=(belonging(approved=False),), offer=offer(area="stad", areas=())),
        ),
        (Gate.TIME, neighbour(offer=offer(times=0))),
        (Gate.PAUSED, neighbour(offer=offer(paused_until=TUESDAY))),
        (Gate.FULL, neighbour(offer=offer(most=1), helps=(ONE_HELP,))),
        (Gate.FULL, neighbour(offer=offer(most=1), busy=(MORNING,))),
        (Gate.BLOCKED, neighbour(blocked=("asker",))),
        (Gate.BLOCKED, neighbour("asker")),
        (None, neighbour(**HERE)),
        (None, neighbour(offer=offer(area="stad", areas=()))),
        (None, neighbour(offer=offer(paused_until=MONDAY.date()))),
    ],
)
def test_each_gate_says_where_a_neighbour_falls(gate: Gate | None, one: Neighbour) -> None:
    assert fell(one) == gate


def test_the_first_gate_counts() -> None:
    assert fell(neighbour(offer=offer(times=0, most=1), helps=(ONE_HELP,))) is Gate.TIME
    assert fell(neighbour(vog=None, blocked=("asker",)), "visit") is Gate.LEVEL


def test_a_block_holds_from_the_asker_s_side_too() -> None:
    asker = ASKER.model_copy(update={"blocked": ("ann",)})
    assert matching.gate(started().ask, asker, neighbour(), RULES, MONDAY) is Gate.BLOCKED


def test_a_block_holds_for_who_answers_for_somebody_else() -> None:
    ask = started().ask.model_copy(update={"asker": None, "by": "vo"})
    volunteer = Neighbour(key="vo", blocked=("ann",))
    for asker, one in ((volunteer, neighbour()), (None, neighbour(blocked=("vo",)))):
        assert matching.gate(ask, asker, one, RULES, MONDAY) is Gate.BLOCKED
        assert matching.kept_away(ask, asker, one, RULES, MONDAY) is Gate.BLOCKED
    assert "ann" in matching.wanted(ask, volunteer, RULES, MONDAY).without


def test_who_said_no_or_was_refused_is_not_asked_again() -> None:
    ask = invited("ann")
    assert matching.gate(ask, ASKER, neighbour(), RULES, MONDAY) is None
    assert "ann" in matching.wanted(ask, ASKER, RULES, MONDAY).without
    said_no = ask.search.model_copy(update={"declined": ("ann",)})
    for changed in ({"search": said_no}, {"refused": ("ann",)}):
        assert (
            matching.gate(ask.model_copy(update=changed), ASKER, neighbour(), RULES, MONDAY)
            is Gate.BLOCKED
        )


@pytest.mark.parametrize(
    ("one", "circle", "gate"),
    [
        (neighbour(), "straat", None),
        (neighbour(vog=None), "straat", Gate.LEVEL),
        (neighbour(introduced=()), "straat", Gate.LEVEL),
        (neighbour(introduced=("plein",)), "straat", Gate.LEVEL),
        (neighbour(vog=Vog(seen=date(2023, 11, 26), by="coach")), "straat", None),
        (neighbour(vog=Vog(seen=date(2023, 11, 25), by="coach")), "straat", Gate.LEVEL),
        (neighbour(), None, None),
        (neighbour(circles=()), None, Gate.LEVEL),
    ],
)
def test_alone_with_somebody_needs_a_vog_and_an_introduction(
    one: Neighbour, circle: str | None, gate: Gate | None
) -> None:
    assert fell(one, "visit", circle=circle) == gate


def test_a_vog_that_ends_before_the_help_is_none() -> None:
    ask = invited("bob", kind="visit")
    ends = neighbour(vog=Vog(seen=date(2023, 12, 1), by="coach"))
    assert matching.gate(ask, ASKER, ends, RULES, MONDAY) is None
    assert claiming.assign(ask, ends, MORNING, by="vo", rules=RULES, now=MONDAY).events
    later = MORNING.model_copy(update={"day": date(2026, 12, 1)})
    with pytest.raises(NotAllowed):
        claiming.assign(ask, ends, later, by="vo", rules=RULES, now=MONDAY)


def test_what_the_covenant_no_longer_has_is_as_careful_as_can_be() -> None:
    ask = started().ask
    gone = ask.model_copy(update={"wish": ask.wish.model_copy(update={"kind": "gone"})})
    assert matching.wanted(gone, ASKER, RULES, MONDAY).level is Level.ALONE
    assert matching.kept_away(gone, ASKER, neighbour(vog=None), RULES, MONDAY) is Gate.LEVEL


@pytest.mark.parametrize(
    ("street", "gate"), [("achterom", Gate.STREET), ("", Gate.STREET), ("Kerkpad", None)]
)
def test_the_asker_s_own_street_sees_nothing_when_so_wished(street: str, gate: Gate | None) -> None:
    assert fell(neighbour(offer=offer(street=street)), street="Achterom") == gate
    elsewhere = offer(area="stad", areas=("dorp",), street="")
    assert fell(neighbour(offer=elsewhere), street="Achterom") is None


def test_on_the_board_members_need_no_offer_but_everything_else() -> None:
    ask = started("visit").ask
    board = ask.model_copy(update={"search": ask.search.model_copy(update={"on_board": True})})
    member = neighbour(offer=None)

    def may(ask: Ask, one: Neighbour) -> Gate | None:
        return matching.may_claim(ask, ASKER, one, RULES, MONDAY)

    assert may(ask, member) is Gate.KIND
    assert may(board, member) is None
    assert may(board, neighbour(offer=None, vog=None)) is Gate.LEVEL
    assert may(board, neighbour(offer=None, blocked=("asker",))) is Gate.BLOCKED
    assert may(board, neighbour(offer=None, circles=())) is Gate.KIND
    said_no = board.search.model_copy(update={"declined": (member.key,)})
    board = board.model_copy(update={"search": said_no})
    assert may(board, member) is not None


def test_nobody_asks_who_has_a_pause_or_does_enough() -> None:
    today = MONDAY.date()
    assert neighbourly.spared(neighbour(), today) is None
    assert neighbourly.spared(neighbour(offer=None), today) is None
    until = {"until today": today, "longer": date(2027, 1, 1)}
    paused = {name: neighbour(offer=offer(paused_until=day)) for name, day in until.items()}
    assert neighbourly.spared(paused["until today"], today) is None
    assert neighbourly.spared(paused["longer"], today) is Gate.PAUSED
    assert neighbourly.spared(neighbour(busy=(MORNING,), offer=offer(most=1)), today) is Gate.FULL


def test_who_was_invited_may_promise_also_after_changing_the_offer() -> None:
    ask = invited("ann")
    paused = neighbour(offer=offer(paused_until=date(2027, 1, 1)))
    assert matching.may_claim(ask, ASKER, paused, RULES, MONDAY) is None
    moved = neighbour(circles=(), offer=offer(area="stad", areas=()))
    assert matching.may_claim(ask, ASKER, moved, RULES, MONDAY) is Gate.PLACE


def test_who_is_asked_first() -> None:
    asker = ASKER.model_copy(update={"gladly": ("again",)})
    far = {"area": "stad", "areas": ("dorp",)}
    stranger = neighbour("far", **HERE, offer=offer(**far))
    ordered = [
        neighbour("again"),
        neighbour("never"),
        neighbour("long ago", asked=MONDAY - timedelta(days=9)),
        neighbour("lately", asked=MONDAY),
        neighbour("helped", helps=(ONE_HELP,)),
        neighbour("village", **HERE),
        stranger,
    ]
    ask = started().ask
    wanted = matching.wanted(ask, asker, RULES, MONDAY)
    assert sorted(ordered, key=lambda n: matching.rank(wanted, n)) == ordered


def test_in_weekly_help_those_who_helped_come_first_the_longest_ago_before_all() -> None:
    ask = started(when=weekly()).ask.model_copy(update={"rota": ("bob", "ann")})
    ordered = [neighbour("bob"), neighbour("ann"), neighbour("aaron")]
    wanted = matching.wanted(ask, ASKER, RULES, MONDAY)
    assert sorted(ordered, key=lambda n: matching.rank(wanted, n)) == ordered


def test_the_reasons_are_facts() -> None:
    ask, asker = started().ask, ASKER.model_copy(update={"gladly": ("ann",)})
    found = matching.reasons(ask, asker, neighbour(helps=(ONE_HELP,)))
    assert found == Reasons(same_circle=True, again=True, same_village=True, helps=1)
    stranger = matching.reasons(ask, None, neighbour(**HERE, offer=offer(area="stad")))
    assert stranger == replace(found, same_circle=False, again=False, same_village=False, helps=0)


@given(data=st.data())
def test_no_path_leads_somebody_past_the_level(data: st.DataObject) -> None:
    """Invitation, board, standby or a volunteer: alone with somebody needs a VOG, seen less than
    three years before the help, and an introduction."""
    one = data.draw(neighbours("ann"))
    circle = data.draw(st.sampled_from(["straat", "plein", None]))
    ask = invited("ann", kind="visit", circle=circle)
    if data.draw(st.booleans()):
        ask = ask.model_copy(update={"search": ask.search.model_copy(update={"on_board": True})})
    known = one.vog is not None and one.vog.seen > date(2023, 11, 25)
    met = set(one.introduced) & ({circle} if circle else {"straat", "plein"})
    if known and met:
        return
    assert matching.gate(ask, ASKER, one, RULES, MONDAY) is not None
    assert matching.may_claim(ask, ASKER, one, RULES, MONDAY) is not None
    slot = data.draw(SLOTS)
    with pytest.raises(Exception, match="mandate"):
        claiming.assign(ask, one, slot, by="vo", rules=RULES, now=MONDAY)


@given(data=st.data())
def test_the_index_never_knows_better_than_the_gates(data: st.DataObject) -> None:
    """Who passes all gates fits what storage looks for, and falls nowhere later than there."""
    one = data.draw(neighbours("ann"))
    kind = data.draw(st.sampled_from(["call", "shop", "visit"]))
    ask = started(kind, circle=data.draw(st.sampled_from(["straat", None]))).ask
    wanted = matching.wanted(ask, ASKER, RULES, MONDAY)
    gate, index = matching.gate(ask, ASKER, one, RULES, MONDAY), matching.falls(wanted, one)
    order = list(Gate)
    assert gate is not None or index is None
    assert index is None or gate is None or order.index(gate) <= order.index(index)


def test_a_promise_too_much_says_why() -> None:
    today, pause = MONDAY.date(), offer(paused_until=date(2027, 1, 1))
    assert neighbourly.strains(neighbour(), MORNING, today) is None
    assert neighbourly.strains(neighbour(offer=pause), MORNING, today) is Gate.PAUSED
    busy = neighbour(offer=pause, busy=(MORNING,))
    assert neighbourly.strains(busy, MORNING, today) is Gate.TIME
