"""Asking neighbours for help: which questions come when, and the wish that comes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.circles import Circle, CircleKind
from bot.core.forms import progress
from bot.core.helping import ask_form, wishes
from bot.core.helping.ask_form import HELP
from bot.core.helping.ask_review import BEHALF, CIRCLES
from bot.core.helping.asks import Consent, Voice, Wish
from bot.core.helping.times import Daypart, When
from bot.core.people import Person
from bot.core.prompts import Finished
from bot.core.worktime import Rules
from tests.core.strategies import example, local
from tests.core.talking import NOW, Talk

ANNA = Person(key="anna", address=1, first_name="Anna", language="nl")
TODAY = date(2026, 11, 5)
"""A Thursday; the clock says 14:00."""
SELF = ("Myself",)
GROCERIES = (*SELF, "Skip", "Groceries")


def finished(talk: Talk) -> dict[str, object]:
    """The answers of a form that was sent."""
    assert isinstance(talk.shown, Finished)
    return dict(talk.shown.answers)


def sent(*taps: str, talk: Talk | None = None) -> dict[str, object]:
    """The answers after these taps and Send."""
    return finished((talk or Talk(HELP)).tap(*taps, "Send"))


def wish(answers: dict[str, object], *own: str, rules: Rules | None = None) -> Wish:
    """What is asked by Anna, who belongs to these circles."""
    return wishes.to_wish(answers, own=own, consent=None, rules=rules or example(), now=NOW)


def with_two_circles() -> Rules:
    """The example with a second circle in Gemert."""
    second = Circle(
        id="kerkplein",
        title={"nl": "Kerkplein", "en": "Kerkplein", "pl": "Kerkplein"},
        kind=CircleKind.BUURTCIRKEL,
        area="gemert",
        partner="BC",
        coach="BC-COACH",
    )
    covenant = example().covenant
    changed = covenant.model_copy(update={"id": "two", "circles": (*covenant.circles, second)})
    return replace(example(), covenant=changed)


def test_a_whole_ask() -> None:
    """For oneself, tomorrow, with the first name."""
    answers = sent(*GROCERIES, "Tomorrow", "☐ Morning", "☐ Evening", "Ready", "Gemert", "Yes")
    asked = wish(answers)
    assert asked.kind == "groceries"
    assert asked.when == When(
        first=date(2026, 11, 6),
        last=date(2026, 11, 6),
        parts=(Daypart.MORNING, Daypart.EVENING),
    )
    assert (asked.area, asked.circle, asked.voice) == ("gemert", "molenstraat", Voice.NAMED)
    assert not asked.address, "the address comes when somebody was agreed"


def test_today_has_only_the_parts_that_are_still_to_come() -> None:
    """At two in the afternoon the morning is over."""
    talk = Talk(HELP).tap(*GROCERIES, "Today")
    assert talk.labels[:2] == ["☐ Afternoon", "☐ Evening"]


def test_late_in_the_evening_today_is_no_choice() -> None:
    """What has ended can't be asked."""
    late = Talk(HELP, now=datetime(2026, 11, 5, 21, 0, tzinfo=UTC)).tap(*GROCERIES)
    assert "Today" not in late.labels
    assert "Tomorrow" in late.labels


def test_a_day_that_passed_while_filling_in_is_asked_again() -> None:
    """Sent tomorrow, today is over; what else was answered stays."""
    talk = Talk(HELP).tap(*GROCERIES, "Today", "☐ Evening", "Ready", "Handel", "Yes")
    assert talk.question == "review"
    tomorrow = replace(talk.scene, now=local(2026, 11, 6))
    at = progress(HELP, talk.draft, tomorrow)
    assert at.current.name == "day"


@pytest.mark.parametrize(
    ("taps", "first", "last"),
    [
        (("Tomorrow",), date(2026, 11, 6), date(2026, 11, 6)),
        (("Within a week",), TODAY, date(2026, 11, 11)),
        (("Every week", "Thursday"), date(2026, 11, 12), date(2026, 11, 12)),
        (("Every week", "Friday"), date(2026, 11, 6), date(2026, 11, 6)),
        (("Every week", "Wednesday"), date(2026, 11, 11), date(2026, 11, 11)),
    ],
)
def test_when(taps: tuple[str, ...], first: date, last: date) -> None:
    """Weekly help begins after today."""
    talk = Talk(HELP).tap(*GROCERIES, *taps, "☐ Morning", "Ready", "Handel", "Yes")
    asked = wish(sent(talk=talk)).when
    assert (asked.first, asked.last, asked.weekly) == (first, last, taps[0] == "Every week")


def test_before_a_date() -> None:
    """From today until that day."""
    talk = Talk(HELP).tap(*GROCERIES, "Before a date").say("20-11")
    asked = wish(sent("☐ Morning", "Ready", "Handel", "Yes", talk=talk)).when
    assert (asked.first, asked.last) == (TODAY, date(2026, 11, 20))


def test_someone_else_must_have_said_yes() -> None:
    """Without a yes nobody is asked, and the form ends kindly."""
    talk = Talk(HELP).tap("Someone else").say("Riet").tap("Skip", "Groceries", "No")
    assert talk.question == "no_consent"
    assert "Please ask Riet first." in talk.text
    answers = finished(talk.tap("Ready"))
    assert ask_form.is_left(answers)
    assert not ask_form.goes_on_as_worry(answers)


def test_a_worry_about_company_without_a_yes_can_go_to_the_coach() -> None:
    """Contact and company only; of groceries no coach need know."""
    talk = Talk(HELP).tap("Someone else").say("Riet").tap("Skip", "A visit at home", "No")
    assert "Tell the coach" in talk.labels
    assert ask_form.goes_on_as_worry(finished(talk.tap("Tell the coach")))
    topic = wishes.coach_topic(example().covenant)
    assert topic is not None
    assert topic.id == "company"


def test_with_a_yes_it_is_kept_with_the_ask() -> None:
    """To whom, when and in which words."""
    talk = Talk(HELP).tap("Someone else").say("Riet").tap("Skip", "Groceries", "Yes")
    answers = sent("Tomorrow", "☐ Morning", "Ready", "Bakel", "Yes", talk=talk)
    consent = Consent(to="anna", at=NOW, words="Riet said yes to this.")
    asked = wishes.to_wish(answers, own=(), consent=consent, rules=example(), now=NOW)
    assert (asked.for_other, asked.consent) == ("Riet", consent)


def test_what_neighbours_do_not_do_can_be_reported() -> None:
    """It goes to the most general topic when nothing was written."""
    talk = Talk(HELP).tap(*SELF, "Skip", "It is not in this list")
    assert talk.question == "elsewhere"
    answers = finished(talk.tap("Report it"))
    assert ask_form.is_left(answers)
    assert ask_form.goes_on_as_worry(answers)
    other = wishes.other_topic(example().covenant)
    assert other is not None
    assert other.id == "other"


def test_company_asks_about_the_own_street() -> None:
    """Nobody has to say why; groceries don't ask it."""
    talk = Talk(HELP).tap(*SELF, "Skip", "A walk or coffee together", "Tomorrow")
    talk.tap("☐ Morning", "Ready", "Gemert")
    assert talk.question == "street_too"
    talk.tap("No").say("Kerkstraat").tap("No, only through the volunteer")
    assert "We leave out the people of that street." in talk.text
    asked = wish(sent(talk=talk))
    assert (asked.street, asked.voice) == ("Kerkstraat", Voice.THROUGH_VOLUNTEER)


def test_a_street_that_may_see_it_is_not_kept() -> None:
    """The answer was changed; the street of before counts no more."""
    talk = Talk(HELP).tap(*SELF, "Skip", "A walk or coffee together", "Tomorrow")
    talk.tap("☐ Morning", "Ready", "Gemert", "No").say("Kerkstraat").tap("Yes", "Change")
    talk.tap("Own street may see it", "Yes")
    assert not wish(sent(talk=talk)).street


@pytest.mark.parametrize(
    ("own", "circle"),
    [
        ((), None),
        (("kerkplein",), "kerkplein"),
        (("kerkplein", "molenstraat"), "molenstraat"),
        (("de-hoeve",), None),
    ],
)
def test_the_circle_is_the_own_one_or_the_only_one(own: tuple[str, ...], circle: str) -> None:
    """With two circles in the village nobody guesses which one."""
    rules = with_two_circles()
    found = wishes.circle_of({"village": "gemert"}, own, rules.covenant)
    assert (found.id if found else None) == circle


def test_who_belongs_to_several_circles_chooses() -> None:
    """And a circle that was left meanwhile does not count."""
    rules = with_two_circles()
    talk = Talk(HELP, rules, {CIRCLES: "molenstraat,kerkplein"})
    talk.tap(*GROCERIES, "Tomorrow", "☐ Morning", "Ready", "Gemert")
    assert talk.question == "circle"
    answers = sent("Kerkplein", "Yes", talk=talk)
    assert wish(answers, "molenstraat", "kerkplein", rules=rules).circle == "kerkplein"
    assert wish(answers, "molenstraat", rules=rules).circle == "molenstraat"


def test_outside_every_village_there_are_no_neighbours() -> None:
    """That is said; a volunteer looks."""
    talk = Talk(HELP).tap(*GROCERIES, "Tomorrow", "☐ Morning", "Ready").say("1012 LG").tap("Yes")
    assert "We know no neighbours there." in talk.text
    asked = wish(sent(talk=talk))
    assert (asked.area, asked.circle) == (None, None)


def test_a_volunteer_asks_for_somebody_else_only() -> None:
    """On behalf of somebody: no village is asked, since the circle is known."""
    talk = Talk(HELP, context={BEHALF: "molenstraat", CIRCLES: ""})
    assert talk.question == "name"
    talk.say("Riet").tap("Skip", "Groceries", "Yes", "Tomorrow", "☐ Morning", "Ready", "Yes")
    assert talk.question == "review"
    assert "Neighbours in the Molenstraat circle see only this:" in talk.text


def test_the_words_suggest_the_kind() -> None:
    """Groceries in the sentence, groceries first; without a hit all kinds are shown."""
    talk = Talk(HELP).tap(*SELF).say("boodschappen doen lukt niet")
    assert talk.labels[:2] == ["Groceries", "Something else"]
    assert len(Talk(HELP).tap(*SELF).say("xyzzy").labels) > len(example().covenant.kinds)


def test_who_is_asked_by_when() -> None:
    """Three steps of a day with a circle, two without; for today an hour each."""
    rules, now = example(), local(2026, 11, 5, 10)
    week = When(first=TODAY, last=date(2026, 11, 11), parts=(Daypart.EVENING,))
    circle = rules.covenant.circles[0]
    assert wishes.volunteer_by(week, circle, rules, now) == local(2026, 11, 8, 10)
    assert wishes.volunteer_by(week, None, rules, now) == local(2026, 11, 7, 10)
    today = When(first=TODAY, last=TODAY, parts=(Daypart.EVENING,))
    assert wishes.volunteer_by(today, circle, rules, now) == local(2026, 11, 5, 13)


def test_at_night_neighbours_are_asked_in_the_morning() -> None:
    """Unless it is for that same day."""
    rules, night = example(), local(2026, 11, 5, 23)
    week = When(first=TODAY, last=date(2026, 11, 11), parts=(Daypart.EVENING,))
    assert wishes.asked_from(week, rules, night) > night
    today = When(first=TODAY, last=TODAY, parts=(Daypart.EVENING,))
    assert wishes.asked_from(today, rules, night) == night


def test_the_volunteer_hears_while_there_is_time_to_ring_round() -> None:
    """For tomorrow on the evening before, and for today before it begins."""
    rules, circle = example(), example().covenant.circles[0]
    morning = When(first=date(2026, 11, 6), last=date(2026, 11, 6), parts=(Daypart.MORNING,))
    by = wishes.volunteer_by(morning, circle, rules, local(2026, 11, 5, 10))
    assert by == local(2026, 11, 5, 19)
    today = When(first=TODAY, last=TODAY, parts=(Daypart.AFTERNOON,))
    by = wishes.volunteer_by(today, circle, rules, local(2026, 11, 5, 11))
    assert by == local(2026, 11, 5, 13)
