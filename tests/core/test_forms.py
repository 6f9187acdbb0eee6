"""The engine: one question at a time, and every way to move between them."""

import pytest

from bot.core import conversation
from bot.core.choices import Choice, Review, YesNo
from bot.core.concern import CONCERN
from bot.core.forms import Answered, Form
from bot.core.given import Pressed
from bot.core.prompts import Finished, Problem, Prompt, Stopped, layout
from bot.core.questions import SoFar, Text
from bot.core.words import line
from tests.core.talking import NOW, Talk, say


def has_pet(so_far: SoFar) -> bool:
    """there is a pet"""
    return bool(so_far.get("pet") == "yes")


PETS = Form(
    "pets",
    1,
    Text("name", "Your name?", label="Name", max_length=20),
    YesNo("pet", "Do you have a pet?", label="Pet"),
    Choice("kind", "Which?", label="Kind", when=has_pet, options=(("c", "Cat"), ("d", "Dog"))),
    Text("more", "Anything else?", label="More", skippable=True),
    Review("review", "Is this right?"),
)


def test_the_first_question_without_a_valid_answer_is_asked() -> None:
    """Questions come in order; one that does not apply is passed over."""
    talk = Talk(PETS)
    assert talk.question == "name"
    assert talk.say("Anna").question == "pet"
    assert talk.tap("No").question == "more"
    assert talk.tap("Skip").question == "review"
    talk.tap("Send")
    assert talk.shown == Finished({"name": "Anna", "pet": "no", "more": None, "review": "send"})


def test_what_fits_is_on_every_prompt() -> None:
    """Stop always, Back after the first question, Skip where it may be."""
    talk = Talk(PETS)
    assert talk.labels == ["Stop filling in"]
    assert talk.say("Anna").labels == ["Yes", "No", "Back", "Stop filling in"]
    assert talk.tap("No").labels == ["Skip", "Back", "Stop filling in"]
    assert talk.tap("Skip").labels == ["Send", "Change", "Back", "Stop filling in"]


@pytest.mark.parametrize("typed", ["yes", "YES", " Yés! ", "1"])
def test_a_choice_is_answered_by_label_or_number(typed: str) -> None:
    """Case, accents and punctuation don't matter."""
    talk = Talk(PETS).say("Anna", typed)
    assert talk.answers["pet"] == "yes"


@pytest.mark.parametrize("typed", ["3", "0", "maybe", "99999999999"])
def test_what_is_no_choice_stores_nothing(typed: str) -> None:
    """The sentence says why, and the question comes again."""
    talk = Talk(PETS).say("Anna", typed)
    assert isinstance(talk.shown, Problem)
    assert talk.question == "pet"
    assert "pet" not in talk.answers


def test_after_three_invalid_answers_a_person_is_offered() -> None:
    """The person is one telephone call away, and the answers stay."""
    talk = Talk(PETS).say("Anna", "a", "b")
    assert "A person, please" not in talk.labels
    assert "A person, please" in talk.say("c").labels
    talk.tap("A person, please")
    assert "0492 00 00 00" in talk.notes[0]
    assert talk.question == "pet"
    assert "A person, please" not in talk.tap("Yes").labels


def test_back_asks_again_and_the_old_answer_stands() -> None:
    """Until a new answer is given; Keep leaves it."""
    talk = Talk(PETS).say("Anna").tap("Yes", "Cat", "Back")
    assert talk.question == "kind"
    assert "Your answer was: Cat" in talk.text
    assert talk.answers["kind"] == "c"
    assert talk.tap("Back").question == "pet"
    assert talk.tap("Keep this").question == "more"
    assert talk.answers == {"name": "Anna", "pet": "yes", "kind": "c"}


def test_back_at_the_first_question_says_so() -> None:
    """Nothing changes."""
    talk = Talk(PETS)
    step = conversation.back(PETS, talk.draft, talk.scene)
    assert step.toast is not None
    assert step.draft == talk.draft


def test_an_answer_can_be_changed_from_the_review() -> None:
    """The review lists what can be changed and comes back after the change."""
    talk = Talk(PETS).say("Anna").tap("Yes", "Cat", "Skip", "Change")
    assert talk.labels == ["Name", "Pet", "Kind", "More", "Back", "Stop filling in"]
    assert talk.say("3").question == "kind"
    assert talk.tap("Dog").question == "review"
    assert "Kind: Dog" in talk.text
    assert talk.tap("Change", "Back").labels[0] == "Send"


def test_answers_that_no_longer_apply_are_dropped_at_the_end() -> None:
    """Until then they wait, in case the person changes back."""
    talk = Talk(PETS).say("Anna").tap("Yes", "Cat", "Skip", "Change", "Pet", "No")
    assert talk.answers["kind"] == "c"
    assert "Kind" not in talk.text
    talk.tap("Send")
    assert isinstance(talk.shown, Finished)
    assert "kind" not in talk.shown.answers


def test_a_condition_that_becomes_true_asks_its_question() -> None:
    """From the review a changed answer may open a new question."""
    talk = Talk(PETS).say("Anna").tap("No", "Skip", "Change", "Pet", "Yes")
    assert talk.question == "kind"
    assert talk.tap("Dog").question == "review"


def test_an_old_button_changes_nothing() -> None:
    """A double tap or an old prompt gets a toast and the current question."""
    talk = Talk(PETS).say("Anna")
    old = talk.prompt.revision
    talk.tap("No")
    before = talk.draft
    talk.give(Pressed("answer", "yes", old))
    assert talk.step.toast is not None
    assert talk.draft == before
    assert talk.question == "more"


@pytest.mark.parametrize(
    ("verb", "value"),
    [("answer", "bird"), ("skip", ""), ("change", "name"), ("ready", ""), ("human", ""), ("x", "")],
)
def test_a_button_that_is_not_on_the_prompt_changes_nothing(verb: str, value: str) -> None:
    """Forged data with the right revision is as stale as an old button."""
    talk = Talk(PETS).say("Anna")
    before = talk.draft
    talk.give(Pressed(verb, value, talk.prompt.revision))
    assert talk.step.toast is not None
    assert talk.draft == before


@pytest.mark.parametrize(
    ("typed", "question"), [("back", "pet"), ("SKIP", "review"), ("Skip.", "review")]
)
def test_the_words_of_buttons_can_be_typed(typed: str, question: str) -> None:
    """Also where free text is asked."""
    assert Talk(PETS).say("Anna").tap("No").say(typed).question == question


def test_stop_takes_the_form_away() -> None:
    """By button or by word."""
    assert isinstance(Talk(PETS).tap("Stop filling in").shown, Stopped)
    assert isinstance(Talk(PETS).say("stop").shown, Stopped)


def test_an_edited_message_corrects_its_answer() -> None:
    """Wherever the form stands; what is no answer leaves the old one."""
    talk = Talk(PETS).say("Ana").tap("No")
    assert talk.edit(1, "Anna")
    assert talk.answers["name"] == "Anna"
    assert talk.question == "more"
    assert talk.edit(1, "x" * 21)
    assert talk.answers["name"] == "Anna"
    assert len(talk.notes) == 2
    assert not talk.edit(99, "Bea")


def test_an_edited_choice_is_corrected_too() -> None:
    """A typed label may be edited into another."""
    talk = Talk(PETS).say("Anna", "no")
    assert talk.edit(2, "yes")
    assert talk.question == "kind"


def test_restart_begins_again() -> None:
    """Nothing is answered; the buttons on the screen are old."""
    talk = Talk(PETS).say("Anna").tap("No")
    step = conversation.restart(PETS, talk.draft, talk.scene)
    assert isinstance(step.shown, Prompt)
    assert step.shown.question == "name"
    assert not step.draft.answers
    assert step.draft.revision > talk.draft.revision


def test_known_answers_are_not_asked() -> None:
    """A form may start with answers; an invalid one is asked after all."""
    scene = Talk(PETS).scene
    known = {"name": Answered(value="Anna", message_id=3), "pet": Answered(value="maybe")}
    step = conversation.show(PETS, conversation.start(PETS, NOW, answers=known), scene)
    assert isinstance(step.shown, Prompt)
    assert step.shown.question == "pet"


def test_a_new_version_keeps_what_is_still_valid() -> None:
    """The rest is asked; questions that are gone are dropped."""
    talk = Talk(PETS).say("Anna").tap("Yes", "Cat")
    newer = Form(
        "pets",
        2,
        Text("name", "Your name?"),
        Choice("kind", "Which?", options=(("d", "Dog"), ("f", "Fish"))),
    )
    talk.form = newer
    talk.step = conversation.show(newer, talk.draft, talk.scene)
    assert talk.question == "kind"
    talk.tap("Fish")
    assert talk.shown == Finished({"name": "Anna", "kind": "f"})
    assert talk.draft.version == 2


def test_a_question_name_stands_once() -> None:
    """Two questions with one name would share their answer."""
    with pytest.raises(AssertionError):
        Form("twice", 1, Text("a", "A?"), Text("a", "B?"))


def test_rows_fit_a_narrow_phone() -> None:
    """Three short labels share a row, or two; a long one has its own."""
    buttons = Talk(CONCERN).prompt.buttons
    assert [len(row) for row in layout(buttons, say)] == [2, 2]
    assert all(len(row) == 1 for row in layout(buttons, lambda label: say(label) * 9))
    assert layout([], say) == ()


def test_text_of_people_is_never_a_message_id() -> None:
    """What people wrote stands in a value, which is escaped where it is sent."""
    talk = Talk(PETS).say("{name} <b>").tap("No", "Skip")
    assert talk.prompt.lines[0] == line(
        "{question}: {answer}", question=line("Name"), answer=line("{said}", said="{name} <b>")
    )
