"""The covenant's own rules choose who leads; whatever they leave open is the coordinator's."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.covenant import (
    LANDLORD_KINDS,
    About,
    Covenant,
    Mandate,
    Partner,
    Right,
    Route,
)
from bot.core.routing import (
    REASONS,
    Because,
    Chosen,
    Matter,
    choose,
    deputies,
    may,
    reason,
    stand_in,
)
from bot.core.words import Line
from bot.covenants import load
from tests.covenants.broken import EXAMPLE, TODAY

COVENANT = load(Path(EXAMPLE), today=TODAY).covenant


def matter(topic: str = "noise", landlord: str = "unknown", area: str | None = "gemert") -> Matter:
    return Matter(topic, area, landlord, About.OTHER)


def with_partner(id_: str, **changes: object) -> Covenant:
    """The example with one partner changed."""
    partners = tuple(p.model_copy(update=changes) if p.id == id_ else p for p in COVENANT.partners)
    return COVENANT.model_copy(update={"partners": partners})


def with_routes(*routes: Route) -> Covenant:
    return COVENANT.model_copy(update={"routes": routes})


@pytest.mark.parametrize(
    ("topic", "landlord", "about", "lead", "involved"),
    [
        ("noise", "WON", About.OTHER, "WON", ()),
        ("noise", "other", About.OTHER, "BB", ()),
        ("noise", "own", About.OTHER, "BB", ()),
        ("noise", "unknown", About.OTHER, "GEM", ()),
        ("neglect", "WON", About.OTHER, "WON", ("GGD",)),
        ("neglect", "own", About.OTHER, "GEM", ("GGD",)),
        ("company", "unknown", About.SELF, "BC", ()),
        ("company", "unknown", About.OTHER, "BC-COACH", ()),
        ("unsafe", "unknown", About.NEIGHBOURHOOD, "POL", ("GEM",)),
        ("drugs", "unknown", About.OTHER, "POL", ("GGD",)),
        ("behaviour", "unknown", About.OTHER, "GGD", ()),
        ("forgetful", "unknown", About.OTHER, "ZORG", ()),
        ("ask", "unknown", About.SELF, "BC", ()),
        ("other", "unknown", About.SELF, "GEM", ()),
    ],
)
def test_the_example_sends_each_matter_where_the_partners_agreed(
    topic: str, landlord: str, about: About, lead: str, involved: tuple[str, ...]
) -> None:
    chosen = choose(Matter(topic, "de-rips", landlord, about), COVENANT, TODAY)
    assert (chosen.lead, chosen.involved, chosen.because) == (lead, involved, Because.ROUTE)


def test_what_is_not_safe_goes_to_the_coordinator_alone() -> None:
    unsafe = Matter("neglect", "gemert", "WON", About.OTHER, unsafe=True)
    assert choose(unsafe, COVENANT, TODAY) == Chosen("GEM", (), Because.UNSAFE)


@pytest.mark.parametrize(
    ("what", "because"),
    [
        (matter(area=None), Because.NO_AREA),
        (matter(area="eindhoven"), Because.NO_AREA),
        (matter(topic="gardening"), Because.UNKNOWN_TOPIC),
        (matter(topic="wvggz"), Because.NO_ROUTE),
    ],
)
def test_what_no_rule_knows_goes_to_the_coordinator(what: Matter, because: Because) -> None:
    assert choose(what, COVENANT, TODAY) == Chosen("GEM", (), because)


def test_a_broken_rule_goes_to_the_coordinator_and_never_on_to_a_later_rule() -> None:
    later = Route(topics="all", lead="BB")
    for lead, because in (
        ("", Because.NO_PARTNER),
        ("NOBODY", Because.NO_PARTNER),
        ("ZORG", Because.NO_MANDATE),
    ):
        covenant = with_routes(Route(topics=("noise",), lead=lead), later)
        assert choose(matter(), covenant, TODAY) == Chosen("GEM", (), because, route=0)


def test_a_mandate_holds_until_its_last_day() -> None:
    mandate = Mandate(rights=tuple(Right), topics=("dispute",), until=date(2026, 11, 2))
    covenant = with_partner("BB", mandates=(mandate,))
    assert choose(matter("dispute"), covenant, date(2026, 11, 2)).lead == "BB"
    after = choose(matter("dispute"), covenant, date(2026, 11, 3))
    assert (after.lead, after.because) == ("GEM", Because.NO_MANDATE)


def test_a_housing_association_leads_for_its_own_tenants_only() -> None:
    covenant = with_routes(Route(topics=("noise",), lead="WON"))
    assert choose(matter(landlord="WON"), covenant, TODAY).lead == "WON"
    for landlord in LANDLORD_KINDS:
        assert choose(matter(landlord=landlord), covenant, TODAY).because is Because.NO_MANDATE


def test_only_partners_that_may_see_it_are_involved_and_each_once() -> None:
    route = Route(topics=("noise",), lead="BB", involve=("ZORG", "BB", "GEM", "GEM", "NOBODY"))
    assert choose(matter(), with_routes(route), TODAY).involved == ("GEM",)


def test_a_unit_has_the_mandates_of_its_organisation() -> None:
    for landlord, allowed in (("WON", True), ("other", False)):
        assert may("WON-TL", Right.SEE, "noise", "gemert", landlord, COVENANT, TODAY) is allowed
    assert not may("WON-TL", Right.SEE, "behaviour", "gemert", "WON", COVENANT, TODAY)


def test_volunteers_circles_see_three_topics_only() -> None:
    seen = {
        t.id
        for t in COVENANT.topics
        if may("BC", Right.SEE, t.id, "gemert", "unknown", COVENANT, TODAY)
    }
    assert seen == {"company", "ask", "offer"}


def test_outside_every_area_only_the_coordinator_may() -> None:
    assert may("GEM", Right.SEE, "noise", None, "unknown", COVENANT, TODAY)
    assert not may("BB", Right.SEE, "noise", None, "unknown", COVENANT, TODAY)
    assert not may("NOBODY", Right.SEE, "noise", "gemert", "unknown", COVENANT, TODAY)


def test_deputies_end_with_the_coordinator_and_a_cycle_is_cut() -> None:
    assert deputies("WON", COVENANT) == ("WON-TL", "GEM")
    assert deputies("WON-TL", COVENANT) == ("GEM",)
    assert deputies("GEM", COVENANT) == ("GEM",)
    assert deputies("NOBODY", COVENANT) == ("GEM",)
    assert deputies("WON", with_partner("WON-TL", deputy="WON")) == ("WON-TL", "GEM")
    assert deputies("WON", with_partner("WON", deputy="NOBODY")) == ("GEM",)


def test_a_deputy_without_the_mandate_is_passed_over() -> None:
    assert stand_in("BB", matter("dispute"), COVENANT, TODAY) == "BB-CO"
    assert stand_in("BB", matter("dispute"), with_partner("BB", deputy="ZORG"), TODAY) == "GEM"


def test_the_reason_is_the_covenants_own_or_a_sentence_about_the_one_who_holds_it() -> None:
    chosen = choose(matter("dispute"), COVENANT, TODAY)
    own = reason(chosen, COVENANT)
    assert not isinstance(own, Line)
    assert set(own) == {"nl", "en", "pl"}
    for because in Because:
        said = reason(Chosen("GEM", (), because), COVENANT)
        assert isinstance(said, Line)
        assert said.text == REASONS[because]
        assert said.values["partner"] == COVENANT.partner("GEM")


IDS = st.sampled_from([p.id for p in COVENANT.partners])
TOPICS = st.sampled_from([t.id for t in COVENANT.topics])
AREAS = st.sampled_from([a.id for a in COVENANT.areas])
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LANDLORDS = st.sampled_from([*LANDLORD_KINDS, "WON"])
MANDATES = st.builds(
    Mandate,
    rights=st.lists(st.sampled_from(Right), unique=True).map(tuple),
    topics=st.one_of(st.just("all"), st.lists(TOPICS).map(tuple)),
    areas=st.one_of(st.just("all"), st.lists(AREAS).map(tuple)),
    own_tenants_only=st.booleans(),
    until=st.none() | DAYS,
)
ROUTES = st.builds(
    Route,
    topics=st.one_of(st.just("all"), st.lists(TOPICS).map(tuple)),
    areas=st.one_of(st.just("all"), st.lists(AREAS).map(tuple)),
    landlords=st.one_of(st.just("all"), st.lists(LANDLORDS).map(tuple)),
    about=st.one_of(st.just("all"), st.lists(st.sampled_from(About)).map(tuple)),
    lead=IDS | st.sampled_from(["", "NOBODY"]),
    involve=st.lists(IDS | st.just("NOBODY"), max_size=4).map(tuple),
)


@st.composite
def covenants(draw: st.DrawFn) -> Covenant:
    """Covenants with any mandates, deputies and routes, sound or not."""
    partners: list[Partner] = []
    for partner in COVENANT.partners:
        changes = {
            "mandates": tuple(draw(st.lists(MANDATES, max_size=2))),
            "deputy": draw(st.none() | IDS | st.just("NOBODY")),
        }
        partners.append(partner.model_copy(update=changes))
    routes = tuple(draw(st.lists(ROUTES, max_size=5)))
    return COVENANT.model_copy(update={"partners": tuple(partners), "routes": routes})


MATTERS = st.builds(
    Matter,
    topic=TOPICS | st.just("gardening"),
    area=st.none() | AREAS | st.just("eindhoven"),
    landlord=LANDLORDS | st.just("NOBODY"),
    about=st.sampled_from(About),
    unsafe=st.booleans(),
)


@given(covenants(), MATTERS, DAYS)
def test_every_matter_has_one_existing_lead_with_a_mandate(
    covenant: Covenant, what: Matter, day: date
) -> None:
    chosen = choose(what, covenant, day)
    partners = [p.id for p in covenant.partners]
    assert partners.count(chosen.lead) == 1
    seen = (what.topic, what.area, what.landlord, covenant, day)
    assert chosen.lead == covenant.coordinator or may(chosen.lead, Right.LEAD, *seen)
    assert chosen.lead not in chosen.involved
    assert all(p in partners and may(p, Right.SEE, *seen) for p in chosen.involved)
    assert may(stand_in(chosen.lead, what, covenant, day), Right.LEAD, *seen)


@given(covenants(), IDS)
def test_every_chain_of_deputies_ends_with_the_coordinator(
    covenant: Covenant, partner: str
) -> None:
    chain = deputies(partner, covenant)
    assert chain[-1] == covenant.coordinator
    assert len(set(chain)) == len(chain)
    assert partner not in chain[:-1]
