"""Questions that take several of a list, and days still to come."""

import pytest

from bot.core.conversation import start
from bot.core.forms import Answered, Form
from bot.core.given import Pressed, Sticker, Voice
from bot.core.many_choices import DayAhead, Many
from bot.core.prompts import Finished, Problem, Prompt
from bot.core.questions import Text
from tests.core.talking import NOW, Talk

FRUIT = Form(
    "fruit",
    1,
    Many(
        "fruit",
        "Which fruit?",
        label="Fruit",
        options=(("apple", "Apple"), ("pear", "Pear"), ("plum", "Plum")),
        sets=(("all", "All of it", ("apple", "pear", "plum")),),
    ),
    Text("why", "Why?"),
)
DAY = Form("day", 1, DayAhead("day", "When?", most=30, ahead=((7, "In a week"),)))
"""Today is Thursday 5 November 2026."""


def test_taps_add_and_take_away_until_ready() -> None:
    """A tap adds a choice, a second one takes it away, and Ready goes on."""
    talk = Talk(FRUIT)
    assert talk.labels == ["☐ Apple", "☐ Pear", "☐ Plum", "All of it", "Stop filling in"]
    talk.tap("☐ Apple", "☐ Plum", "☑ Apple")
    assert talk.labels == ["☐ Apple", "☐ Pear", "☑ Plum", "All of it", "Ready", "Stop filling in"]
    assert "Chosen: Plum." in talk.text, "the mark is not the only sign"
    talk.tap("Ready")
    assert talk.question == "why"
    assert talk.answers == {"fruit": ["plum"]}


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("1, 3", ["apple", "plum"]),
        ("1 3", ["apple", "plum"]),
        ("pear", ["pear"]),
        ("apple and plum", ["apple", "plum"]),
        ("Plum; 2", ["pear", "plum"]),
        ("all of it", ["apple", "pear", "plum"]),
        ("4", ["apple", "pear", "plum"]),
        ("applee", ["apple"]),
    ],
)
def test_several_can_be_typed(typed: str, chosen: list[str]) -> None:
    """By number and by label, one or several."""
    talk = Talk(FRUIT).say(typed)
    assert talk.answers["fruit"] == chosen
    assert talk.question == "fruit"
    talk.say("ready")
    assert talk.question == "why"


@pytest.mark.parametrize("typed", ["banana", "1, 9", "apple and banana", "…", "0"])
def test_what_is_no_choice_changes_nothing(typed: str) -> None:
    """One unknown choice among several makes none of them count."""
    talk = Talk(FRUIT).tap("☐ Pear").say(typed)
    assert isinstance(talk.shown, Problem)
    assert talk.answers["fruit"] == ["pear"]


def test_other_messages_are_refused() -> None:
    """A voice message or sticker is no choice."""
    talk = Talk(FRUIT).give(Voice("v"), Sticker())
    assert isinstance(talk.shown, Problem)
    assert "fruit" not in talk.answers


def test_an_old_tap_changes_nothing() -> None:
    """A double tap does not take away what the first one chose."""
    talk = Talk(FRUIT)
    first = talk.prompt
    talk.tap("☐ Apple")
    pressed = first.buttons[0]
    talk.give(Pressed(pressed.verb.value, pressed.value, first.revision))
    assert talk.answers["fruit"] == ["apple"]
    assert talk.step.toast is not None


def test_a_tap_may_change_the_message_where_it_stands() -> None:
    """Only the next choice of the same question says so."""
    talk = Talk(FRUIT)
    goes_on = [talk.prompt.goes_on]
    for label in ("☐ Apple", "Ready"):
        talk.tap(label)
        goes_on.append(talk.prompt.goes_on)
    assert goes_on == [False, True, False]


def test_going_back_keeps_what_was_chosen() -> None:
    """Back shows the choices, which can be changed, and Ready is needed again."""
    talk = Talk(FRUIT).tap("☐ Apple", "Ready", "Back")
    assert "☑ Apple" in talk.labels
    talk.tap("☐ Pear")
    assert talk.question == "fruit"
    talk.tap("Ready")
    assert talk.answers["fruit"] == ["apple", "pear"]


def test_choices_that_are_known_beforehand_are_not_asked() -> None:
    """They count as ready; what the covenant no longer has is left out."""
    draft = start(FRUIT, NOW, answers={"fruit": Answered(value=["plum", "gone"])})
    assert draft.done == ("fruit",)
    talk = Talk(FRUIT)
    talk.step = type(talk.step)(draft, talk.shown)
    assert talk.at.current.name == "why"
    assert FRUIT.question("fruit").shown(["plum", "gone"], talk.at.so_far) is not None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6-11", "2026-11-06"),
        ("6-11-2026", "2026-11-06"),
        ("2026-12-05", "2026-12-05"),
        ("in a week", "2026-11-12"),
    ],
)
def test_a_day_to_come_is_read(typed: str, day: str) -> None:
    """Day first, the next one when no year is given."""
    talk = Talk(DAY).say(typed)
    assert isinstance(talk.shown, Finished)
    assert talk.shown.answers == {"day": day}


@pytest.mark.parametrize("typed", ["5-11-2026", "4-11-2026", "6-12", "31-2", "soon", "1-1-2030"])
def test_another_day_is_refused(typed: str) -> None:
    """Today, the past, too far ahead, or no date at all."""
    assert isinstance(Talk(DAY).say(typed).shown, Problem)


def test_a_day_without_a_year_is_the_next_one() -> None:
    """In November 4-11 is next year's, which is too far ahead here."""
    talk = Talk(DAY).say("4-11")
    assert isinstance(talk.shown, Problem)
    assert "too far ahead" in str(talk.shown.sentence)
    assert isinstance(Talk(DAY).shown, Prompt)
