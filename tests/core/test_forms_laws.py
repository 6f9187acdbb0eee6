"""Laws of the engine over random conversations; the draft is saved and loaded at every turn."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import conversation
from bot.core.concern import to_report
from bot.core.forms import Draft, Form, progress
from bot.core.given import Forwarded, Given, LocationShared, PhotoSent, Pressed, Said
from bot.core.prompts import Finished, Problem, Prompt, Stopped
from bot.core.questions import SoFar
from bot.core.small_forms import FORMS, PARTNER, TOPIC
from tests.core.talking import Talk, say
from tests.core.test_concern import ANNA
from tests.core.test_forms_given import GIVEN

Move = Callable[[Talk], object]

WORDS = (
    "no,myself,someone else,1,2,3,back,skip,stop,keep this,change,harde muziek,Kerkstraat 1 Bakel,"
    "5761 AB,1012 LG,noise,yesterday,1-11,own home,send,ready,geweld,drugs,100000000000000000000"
)


def tap(number: int) -> Move:
    """Tap a button on the screen."""

    def move(talk: Talk) -> None:
        if not isinstance(talk.shown, Finished | Stopped):
            prompt = conversation.show(talk.form, talk.draft, talk.scene).shown
            assert isinstance(prompt, Prompt)
            button = prompt.buttons[number % len(prompt.buttons)]
            talk.give(Pressed(button.verb.value, button.value, prompt.revision))

    return move


def give(each: Given) -> Move:
    """Send something."""
    return lambda talk: talk.give(each)


def edit(message_id: int, text: str) -> Move:
    """Edit an earlier message."""
    return lambda talk: talk.edit(message_id, text)


texts = st.one_of(st.sampled_from(WORDS.split(",")), st.text(max_size=40))
given_things: st.SearchStrategy[Given] = st.one_of(
    st.sampled_from(list(GIVEN.values())),
    st.builds(Said, texts, st.integers(1, 9)),
    st.builds(Forwarded, texts),
    st.builds(PhotoSent, st.just("file"), texts, st.integers(1, 9)),
    st.builds(LocationShared, st.floats(), st.floats()),
    st.builds(Pressed, texts, texts, st.integers(0, 20)),
)
moves = st.lists(
    st.one_of(
        st.builds(tap, st.integers(0, 25)),
        st.builds(tap, st.integers(0, 25)),
        st.builds(give, given_things),
        st.builds(edit, st.integers(1, 9), texts),
    ),
    max_size=25,
)
forms = st.sampled_from([FORMS["concern"], FORMS["concern"], *FORMS.values()])
contexts = st.fixed_dictionaries(
    {}, optional={TOPIC: st.sampled_from(["noise", "neglect", "gone"]), PARTNER: st.just("GGD")}
)


def next_by_the_law(form: Form, draft: Draft, talk: Talk) -> str | None:
    """The first question that applies and has no valid answer, or that is being changed."""
    known: dict[str, object] = {}
    for question in form.questions:
        so_far = SoFar(known, talk.scene, draft.context, draft.done)
        if not question.applies(so_far):
            continue
        answer = draft.answers.get(question.name)
        valid = answer is not None and question.holds(answer.value, so_far)
        if not valid or draft.changing == question.name:
            return question.name
        assert answer is not None
        known[question.name] = answer.value
        if question.ends:
            return None
    return None


@settings(max_examples=150, deadline=None)
@given(forms, contexts, moves)
def test_nothing_that_people_send_breaks_a_form(
    form: Form, context: dict[str, str], played: list[Move]
) -> None:
    """No turn raises; the next question follows the law; no valid answer is lost."""
    talk = Talk(form, context=context)
    for move in played:
        before = talk.draft
        asked = progress(form, before, talk.scene).question
        move(talk)
        if isinstance(talk.shown, Stopped):
            assert talk.draft == before
            return
        after = talk.draft
        at = asked.name if asked else None
        for name, answer in before.answers.items():
            corrected = answer.message_id is not None
            assert name in after.answers
            assert after.answers[name] == answer or name == at or corrected
        assert before.revision <= after.revision <= before.revision + 1
        check(form, talk)
        if isinstance(talk.shown, Problem):
            assert after.answers == before.answers


def check(form: Form, talk: Talk) -> None:
    """What stands on the screen is the next question, sound and complete."""
    expected = next_by_the_law(form, talk.draft, talk)
    shown = conversation.show(form, talk.draft, talk.scene).shown
    if expected is None:
        assert isinstance(shown, Finished)
        names = [q.name for q in form.questions]
        assert [n for n in names if n in shown.answers] == list(shown.answers)
        return
    assert isinstance(shown, Prompt)
    assert shown.question == expected
    assert all(len(row) == 1 or all(len(say(b.label)) <= 17 for b in row) for row in shown.rows)
    assert [say(b.label) for b in shown.buttons][-1] == "Stop filling in"


@settings(max_examples=60, deadline=None)
@given(moves)
def test_a_finished_concern_is_complete(played: list[Move]) -> None:
    """Whatever happened on the way, the report can be made of the answers."""
    talk = Talk(FORMS["concern"])
    for move in (*played, *[tap(0)] * 15):
        if isinstance(talk.shown, Finished | Stopped):
            break
        if talk.at.question is not None and talk.at.question.name in {"what", "where"}:
            give(Said("Kerkstraat 1 Bakel", 1))(talk)
        move(talk)
    if isinstance(talk.shown, Finished) and "review" in talk.shown.answers:
        assert to_report(talk.shown.answers, ANNA).topic
