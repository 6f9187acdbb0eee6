"""Offering help: the questions, the offer that comes of it, and back to the answers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation import start
from bot.core.forms import Draft, progress
from bot.core.helping.neighbours import Offer
from bot.core.helping.offer_form import OFFER, PAUSE, from_offer, to_offer
from bot.core.helping.times import Daypart, times
from bot.core.prompts import Finished, Problem
from tests.core.strategies import example
from tests.core.talking import NOW, Talk

COVENANT = example().covenant
AREAS = tuple(area.id for area in COVENANT.areas)


def offers() -> st.SearchStrategy[Offer]:
    """Offers that the form can give."""
    kinds = st.sets(st.sampled_from([k.id for k in COVENANT.kinds]), min_size=1)
    days = st.sets(st.integers(1, 7), min_size=1)
    parts = st.sets(st.sampled_from(Daypart), min_size=1)
    return st.builds(
        lambda kinds, days, parts, area, others, most, street: Offer(
            kinds=tuple(k.id for k in COVENANT.kinds if k.id in kinds),
            times=times(days, parts),
            area=area,
            areas=tuple(dict.fromkeys((area, *others))),
            most=most,
            street=street,
            since=NOW,
        ),
        kinds,
        days,
        parts,
        st.sampled_from(AREAS),
        st.lists(st.sampled_from(AREAS)),
        st.sampled_from([1, 2, 4, 8]),
        st.sampled_from(["", "Kerkstraat"]),
    )


def known(offer: Offer) -> Draft:
    """The form opened to change this offer."""
    return start(OFFER, NOW, answers=from_offer(offer, COVENANT))


def test_a_whole_offer() -> None:
    """Groceries on working days in the morning, in Gemert and Bakel, twice a month."""
    talk = Talk(OFFER).tap("☐ Groceries", "Ready", "Working days", "Ready", "☐ Morning", "Ready")
    talk.tap("Gemert", "Some other villages too", "☐ Bakel", "Ready", "Twice", "Skip", "Save")
    assert isinstance(talk.shown, Finished)
    offer = to_offer(talk.shown.answers, None, COVENANT, NOW)
    assert offer == Offer(
        kinds=("groceries",),
        times=times([1, 2, 3, 4, 5], [Daypart.MORNING]),
        area="gemert",
        areas=("gemert", "bakel"),
        most=2,
        since=NOW,
    )


def test_the_own_village_is_one_of_ours() -> None:
    """Who lives elsewhere chooses the nearest village."""
    talk = Talk(OFFER).tap("☐ Groceries", "Ready", "All days", "Ready", "☐ Morning", "Ready")
    talk.say("1012 LG")
    assert isinstance(talk.shown, Problem)
    assert talk.question == "village"
    assert "Somewhere else" not in talk.labels


def test_what_is_alone_with_someone_needs_a_certificate() -> None:
    """That is said before saving, kindly, and only for such kinds."""
    taps = ("Ready", "All days", "Ready", "☐ Morning", "Ready", "Gemert", "All villages", "Once")
    careful = Talk(OFFER).tap("☐ Transport", *taps, "Skip")
    assert "certificate (VOG)" in careful.text
    assert "certificate" not in Talk(OFFER).tap("☐ A meal", *taps, "Skip").text


@given(offers())
def test_changing_begins_with_the_offer_of_now(offer: Offer) -> None:
    """The form opens at the review, and saving it at once changes nothing."""
    talk = Talk(OFFER)
    at = progress(OFFER, known(offer), talk.scene)
    assert at.current.name == "review"
    again = to_offer(at.so_far.answers, offer, COVENANT, NOW)
    assert again.model_copy(update={"areas": ()}) == offer.model_copy(update={"areas": ()})
    assert set(again.areas) == set(offer.areas)


def test_a_pause_goes_on_when_the_offer_changes() -> None:
    """Only the answers are replaced."""
    paused = Offer(
        kinds=("meal",),
        times=1,
        area="gemert",
        areas=("gemert",),
        paused_until=date(2026, 12, 1),
        since=NOW,
    )
    answers = progress(OFFER, known(paused), Talk(OFFER).scene).so_far.answers
    assert to_offer(answers, paused, COVENANT, NOW).paused_until == date(2026, 12, 1)


def test_what_the_covenant_no_longer_has_is_left_out() -> None:
    """Of the kinds that are gone nothing is kept; with none left it is asked again."""
    old = Offer(kinds=("meal", "gone"), times=1, area="gemert", areas=("gemert",), since=NOW)
    answers = progress(OFFER, known(old), Talk(OFFER).scene).so_far.answers
    assert to_offer(answers, old, COVENANT, NOW).kinds == ("meal",)
    nothing = old.model_copy(update={"kinds": ("gone",)})
    assert progress(OFFER, known(nothing), Talk(OFFER).scene).current.name == "kinds"


def test_a_pause_ends_within_a_year() -> None:
    """A typed date or a button."""
    talk = Talk(PAUSE).tap("In a week")
    assert isinstance(talk.shown, Finished)
    assert talk.shown.answers == {"until": "2026-11-12"}
    assert isinstance(Talk(PAUSE).say("31-12-2029").shown, Problem)
