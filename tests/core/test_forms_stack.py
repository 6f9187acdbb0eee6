"""Several forms in one chat: the last one takes text, the ones below resume."""

from datetime import timedelta

from bot.core.forms import Draft, Drafts
from tests.core.talking import NOW


def test_of_several_forms_the_last_takes_text() -> None:
    """The one below resumes; the same form for the same purpose is there once."""
    drafts = Drafts(key="p").push(_draft("concern")).push(_draft("note", item="a"))
    drafts = drafts.push(_draft("note", item="b")).push(_draft("note", item="a"))
    assert [(d.form, d.context.get("item")) for d in drafts.stack] == [
        ("concern", None),
        ("note", "b"),
        ("note", "a"),
    ]
    assert drafts.pop().top == _draft("note", item="b")
    assert drafts.remove(_draft("note", item="b")).pop().top == _draft("concern")
    assert drafts.find("note", item="b") == _draft("note", item="b")
    assert drafts.find("note", item="c") is None
    newer = _draft("concern").model_copy(update={"revision": 5})
    assert drafts.put(newer).stack[0] == newer
    assert Drafts(key="p").put(newer).top == newer
    assert Drafts(key="p").top is None


def test_forms_that_were_left_expire() -> None:
    """After the covenant's hours, counted from the last touch."""
    drafts = Drafts(key="p").push(_draft("concern"))
    assert drafts.without_expired(NOW + timedelta(hours=23), 24) == drafts
    assert drafts.without_expired(NOW + timedelta(hours=24), 24).stack == ()


def test_a_chat_has_a_limited_number_of_forms() -> None:
    """The oldest goes first."""
    drafts = Drafts(key="p")
    for number in range(20):
        drafts = drafts.push(_draft("note", item=str(number)))
    assert [d.context["item"] for d in drafts.stack] == [str(n) for n in range(10, 20)]


def _draft(form: str, **context: str) -> Draft:
    return Draft(form=form, version=1, context=context, touched=NOW)
