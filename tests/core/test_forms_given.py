"""Every kind of message at every question of every form has a defined answer."""

from collections.abc import Mapping

import pytest

from bot.core import conversation
from bot.core.forms import Answered, Form, progress
from bot.core.given import (
    Album,
    ContactShared,
    Document,
    Forwarded,
    Given,
    LocationShared,
    Other,
    PhotoSent,
    Pressed,
    Said,
    Sticker,
    Voice,
)
from bot.core.prompts import Finished, Problem, Prompt, Silent, Taken
from bot.core.questions import Text
from bot.core.small_forms import FORMS, TOPIC
from tests.core.filled import EVERY, draft_at
from tests.core.talking import Talk, say

GIVEN: dict[str, Given] = {
    "text of nothing": Said("…", 9),
    "text of zero width": Said("\u200b\u202e\x00", 9),
    "long text": Said("x" * 4096, 9),
    "old button": Pressed("answer", "yes", 999),
    "voice": Voice("file", 9),
    "photo": PhotoSent("file", "", 9),
    "photo with words": PhotoSent("file", "Kerkstraat 1 in Bakel", 9),
    "album": Album("file", "album", "", 9),
    "album with words": Album("file", "album", "Kerkstraat 1 in Bakel", 9),
    "location": LocationShared(51.505, 5.740, 9),
    "location far away": LocationShared(52.37, 4.89, 9),
    "location nowhere": LocationShared(float("inf"), float("nan"), 9),
    "contact": ContactShared(9),
    "sticker": Sticker(9),
    "forwarded": Forwarded("Kerkstraat 1 in Bakel", 9),
    "forwarded photo": Forwarded("", 9),
    "file": Document("", 9),
    "file with words": Document("Kerkstraat 1 in Bakel", 9),
    "poll": Other(9),
}
WORDS = {"photo with words", "album with words", "file with words"}
PLACES = {"location", "location far away"}
TEXTS = {
    f"{form.name}.{q.name}"
    for form, name in EVERY
    for q in form.questions
    if q.name == name and type(q) is Text
}
TAKEN: Mapping[str, set[str]] = {
    **dict.fromkeys(TEXTS, WORDS),
    "concern.what": {"voice"} | WORDS,
    "way.what": {"voice"} | WORDS,
    "concern.where": PLACES | WORDS,
    "concern.village": PLACES,
    "offer.village": {"location"},
    "help.village": PLACES,
    "pass_on.where": PLACES | WORDS,
    "add.things": {"long text", "voice", "photo", "photo with words", "album"}
    | {"album with words", "forwarded", "file with words"},
}
"""What is an answer, by question; everything else is none."""


@pytest.mark.parametrize(("form", "name"), EVERY, ids=[f"{f.name}.{n}" for f, n in EVERY])
@pytest.mark.parametrize("kind", GIVEN)
def test_every_kind_of_message_has_a_defined_answer(form: Form, name: str, kind: str) -> None:
    """It is taken as the answer, or one sentence says why not and the question comes again."""
    scene, draft = Talk(form).scene, draft_at(form, name)
    assert progress(form, draft, scene).current.name == name
    step = conversation.answer(form, draft, GIVEN[kind], scene)
    if kind in TAKEN.get(f"{form.name}.{name}", set()):
        assert isinstance(step.shown, Prompt | Finished | Taken)
        assert name in step.draft.answers
    elif kind == "old button":
        assert step.toast is not None
        assert step.draft == draft
    else:
        assert isinstance(step.shown, Problem), kind
        assert say(step.shown.sentence).count(".") <= 2
        assert step.shown.prompt.question == name
        assert dict(step.draft.answers) == dict(draft.answers)
        assert step.draft.tries == 1


@pytest.mark.parametrize(("form", "name"), EVERY, ids=[f"{f.name}.{n}" for f, n in EVERY])
def test_every_prompt_fits_telegram(form: Form, name: str) -> None:
    """Button data of at most 64 bytes, no two buttons alike, and always a way out."""
    prompt = conversation.show(form, draft_at(form, name), Talk(form).scene).shown
    assert isinstance(prompt, Prompt)
    data = [f"{b.verb}:{b.value}:{10**9}" for b in prompt.buttons]
    assert all(len(d.encode()) <= 64 for d in data)
    assert len(set(data)) == len(data)
    assert say(prompt.buttons[-1].label) == "Stop filling in"
    assert all(say(text) for text in prompt.lines)


def test_a_voice_message_is_kept_and_says_that_nobody_listens() -> None:
    """The number to call comes with it, at any hour."""
    form = FORMS["concern"]
    step = conversation.answer(form, draft_at(form, "what"), Voice("file", 7), Talk(form).scene)
    assert step.draft.answers["what"] == Answered(value={"voice": "file"}, message_id=7)
    assert "112" in say(step.notes[0])


def test_of_an_album_only_the_first_photo_is_answered() -> None:
    """The others are silent, also when the first one's words were the answer."""
    talk = Talk(FORMS["concern"]).tap("No", "The neighbourhood")
    talk.give(Album("a", "album", "Er ligt vuil", 5))
    assert talk.question == "topic"
    before = talk.draft
    talk.give(Album("b", "album", "", 6), Album("c", "album", "", 7))
    assert isinstance(talk.shown, Silent)
    assert talk.draft == before
    talk.give(Album("d", "another", "", 8))
    assert isinstance(talk.shown, Problem)


def test_things_are_taken_one_by_one_until_ready() -> None:
    """Each is handed over at once, so that nothing waits for Ready."""
    talk = Talk(FORMS["add"], context={"item": "1", TOPIC: "neglect"})
    assert "Ready" not in talk.labels
    talk.say("Nog iets")
    assert isinstance(talk.shown, Taken)
    assert talk.shown.value == {"text": "Nog iets"}
    assert talk.labels == ["Ready", "Stop filling in"]
    talk.give(Album("a", "album", "", 2))
    revision = talk.prompt.revision
    talk.give(Album("b", "album", "", 3))
    assert talk.step.shown == Taken("things", {"photo": "b", "caption": ""}, None)
    done = talk.give(Pressed("ready", "", revision))
    assert done.shown == Finished({"things": 3})


def test_photos_are_taken_only_where_the_topic_takes_them() -> None:
    """Elsewhere one sentence says so."""
    talk = Talk(FORMS["add"], context={"item": "1", TOPIC: "noise"})
    assert isinstance(talk.give(PhotoSent("a")).shown, Problem)
    assert "photo" not in talk.text


def test_there_is_an_end_to_what_is_taken() -> None:
    """The covenant limits how much one person adds."""
    talk = Talk(FORMS["add"], context={"item": "1", TOPIC: "noise"})
    talk.say(*["meer"] * 20)
    assert isinstance(talk.shown, Taken)
    assert isinstance(talk.say("meer").shown, Problem)
