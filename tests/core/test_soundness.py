"""A sound covenant leaves nothing open; what it leaves open is told as a question."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.covenant import ALL, LANDLORD_KINDS, About, Covenant, Route
from bot.core.coverage import landlords_for, matters, merged
from bot.core.faults import Level
from bot.core.routing import Because, Matter, choose
from bot.core.soundness import gaps, problems
from bot.covenants import load
from tests.covenants.broken import EXAMPLE, TODAY

COVENANT = load(EXAMPLE, today=TODAY).covenant
EVERY = list(matters(COVENANT))


def without_routes(numbers: set[int]) -> Covenant:
    routes = tuple(r for n, r in enumerate(COVENANT.routes) if n not in numbers)
    return COVENANT.model_copy(update={"routes": routes})


def test_a_sound_covenant_follows_a_route_for_every_matter() -> None:
    assert problems(COVENANT, TODAY) == []
    assert gaps(COVENANT, TODAY) == []
    assert {choose(m, COVENANT, TODAY).because for m in EVERY} == {Because.ROUTE}


def test_every_topic_meets_every_area_landlord_and_person() -> None:
    met = Counter(m.topic for m in EVERY)
    assert met["noise"] == len(COVENANT.areas) * len(About) * len(("WON", *LANDLORD_KINDS))
    assert met["money"] == len(COVENANT.areas) * len(About)
    assert "wvggz" not in met, "referred, so never an item"


@given(st.sets(st.integers(0, len(COVENANT.routes) - 1)))
@settings(deadline=None)
def test_the_gaps_are_exactly_what_no_route_decides(left_out: set[int]) -> None:
    covenant = without_routes(left_out)
    told = [
        Matter(gap.topic, *rest)
        for gap in gaps(covenant, TODAY)
        for rest in product(gap.areas, gap.landlords, gap.abouts)
    ]
    open_ = [
        m for m in matters(covenant) if choose(m, covenant, TODAY).because is not Because.ROUTE
    ]
    assert Counter(told) == Counter(open_)


@given(st.lists(st.sampled_from(EVERY), unique=True))
def test_merging_keeps_every_combination_once(some: list[Matter]) -> None:
    kept = [
        Matter(gap.topic, *rest)
        for gap in merged(some)
        for rest in product(gap.areas, gap.landlords, gap.abouts)
    ]
    assert Counter(kept) == Counter(some)


def test_a_whole_topic_without_a_route_is_one_question() -> None:
    number = next(n for n, r in enumerate(COVENANT.routes) if "money" in r.topics)
    covenant = without_routes({number})
    (gap,) = gaps(covenant, TODAY)
    assert gap.question(covenant) == "Who responds to *Money worries* anywhere?"


def test_two_conditions_read_as_one_sentence() -> None:
    some = [Matter("noise", "de-rips", "unknown", About.SELF)]
    assert merged(some)[0].question(COVENANT) == (
        "Who responds to *Noise* in *De Rips* where the landlord is unknown and it is about"
        " oneself?"
    )


def test_a_route_for_everything_is_no_answer_to_whose_home_it_is() -> None:
    covenant = COVENANT.model_copy(update={"routes": (Route(topics=ALL, lead="GEM"),)})
    told = {f.path: f.sentence for f in problems(covenant, TODAY)}
    noise = next(n for n, t in enumerate(covenant.topics) if t.id == "noise")
    assert told["topics", noise, "by_landlord"] == (
        "No route for noise depends on whose home it is, so don't ask."
    )
    assert gaps(covenant, TODAY) == []


def test_a_broken_zone_is_told_instead_of_raised() -> None:
    for zone in ("", "/etc", "../x", "Mars/Base", "a" * 300):
        hours = COVENANT.hours.model_copy(update={"zone": zone})
        found = problems(COVENANT.model_copy(update={"hours": hours}), TODAY)
        assert [f.path for f in found if f.level is Level.BROKEN] == [("hours", "zone")], zone


def test_topics_without_landlords_are_asked_once_for_an_unknown_home() -> None:
    assert landlords_for(COVENANT.topic("money"), COVENANT) == ("unknown",)
    assert landlords_for(COVENANT.topic("noise"), COVENANT) == ("WON", *LANDLORD_KINDS)
