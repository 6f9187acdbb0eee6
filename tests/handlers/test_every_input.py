"""Every kind of update at every question of the resident's forms gets a defined answer."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.core import conversation, lifecycle
from bot.core.concern import to_report
from bot.core.forms import Answered, Draft, progress
from bot.core.people import Person
from bot.core.questions import Scene
from bot.core.small_forms import FORMS, ITEM, TOPIC
from bot.sandbox.state import Chat
from tests.dialogues.village import Village
from tests.handlers import updates
from tests.handlers.conftest import Stranger, Street
from tests.handlers.questions import ABOUT_AN_ITEM, CONCERN, ENDS, QUESTIONS

# PTB warns of fields that it will type differently in time; what we do with them is nothing.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

CONTENTS = {
    **{name: updates.text(words) for name, words in updates.TEXTS.items()},
    **updates.MESSAGES,
}
REVISION = 5
"""The turn number of the prompts."""
ANSWERED = 3
"""The message that the text of the report came from."""


def draft(
    village: Village, form: str, answers: Mapping[str, Any], context: Mapping[str, str]
) -> Draft:
    """A form that stands at the question after these answers."""
    answered = {
        name: Answered(value=value, message_id=ANSWERED if name == "what" else None)
        for name, value in answers.items()
    }
    now = village.clock.now()
    begun = conversation.start(FORMS[form], now, answers=answered, context=context)
    return begun.model_copy(update={"revision": REVISION})


def at_question(village: Village, one: Draft) -> str | None:
    """The name of the question that a draft stands at."""
    scene = Scene(village.rules, village.clock.now(), village.house.speaker("nl").plain)
    question = progress(FORMS[one.form], one, scene).question
    return question.name if question else None


async def standing(street: Street, question: str, count: int) -> list[Stranger]:
    """So many new people, all at this question."""
    strangers = [street.stranger() for _n in range(count)]
    form, answers = QUESTIONS[question]
    contexts = (
        await items(street, strangers) if form in ABOUT_AN_ITEM else {s.user: {} for s in strangers}
    )
    drafts = {s.user: draft(street.village, form, answers, contexts[s.user]) for s in strangers}
    name = question.rsplit(maxsplit=1)[-1]
    assert all(at_question(street.village, one) == name for one in drafts.values())
    await street.stand(drafts)
    return strangers


async def items(street: Street, strangers: Sequence[Stranger]) -> Mapping[int, Mapping[str, str]]:
    """An item of each of them, as the context of a form about it."""
    now = street.village.clock.now()
    rules, found = street.village.rules, {}
    async with street.village.store.writing() as records:
        for stranger in strangers:
            person = Person(key=stranger.key, address=stranger.user, language="nl", informed=now)
            change = lifecycle.report(
                to_report({**CONCERN, "review": "send"}, person),
                key=f"item{stranger.user}",
                code=f"GB-{stranger.user}",
                reporter=stranger.key,
                rules=rules,
                now=now,
            )
            records.put(change.item)
            for event in change.events:
                records.append(event)
            found[stranger.user] = {ITEM: change.item.key, TOPIC: "noise"}
    return found


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_message_is_answered(question: str, street: Street) -> None:
    """Every text and every kind of message is answered; nothing fails and no form is lost."""
    strangers = await standing(street, question, len(CONTENTS))
    for stranger, content in zip(strangers, CONTENTS.values(), strict=True):
        stranger.hand_over({"message": updates.message(stranger.user, stranger.next_id(), content)})
    await street.settle()
    for stranger, name in zip(strangers, CONTENTS, strict=True):
        assert stranger.said(), f"{name} is not answered"
        assert (await stranger.drafts()).stack or question in ENDS, f"{name} loses the form"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_press_is_answered(question: str, street: Street) -> None:
    """Forged, stale and strange buttons are answered, and never raise."""
    strangers = await standing(street, question, len(updates.PRESSES))
    for stranger, pattern in zip(strangers, updates.PRESSES, strict=True):
        data = pattern.replace("{rev}", str(REVISION))
        about = updates.message(stranger.user, 1, updates.text("x"))
        stranger.hand_over({"callback_query": updates.press(stranger.user, data, about)})
    await street.settle()
    for stranger, pattern in zip(strangers, updates.PRESSES, strict=True):
        assert stranger.said(), f"{pattern!r} is not answered"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_edited_message_is_taken(question: str, street: Street) -> None:
    """A changed message, known or not, never raises and never loses a form."""
    strangers = await standing(street, question, len(CONTENTS))
    for stranger, content in zip(strangers, CONTENTS.values(), strict=True):
        changed = {**updates.message(stranger.user, ANSWERED, content), "edit_date": 1_772_000_001}
        stranger.hand_over({"edited_message": changed})
    await street.settle()
    for stranger, name in zip(strangers, CONTENTS, strict=True):
        assert (await stranger.drafts()).stack, f"{name} loses the form"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_what_comes_from_elsewhere_leaves_the_form(question: str, street: Street) -> None:
    """Groups, channels, inline mode and updates of next year change nothing and never raise."""
    names = tuple(updates.elsewhere(0))
    strangers = await standing(street, question, len(names))
    before = [(await stranger.drafts()).stack for stranger in strangers]
    for chat in updates.GROUPS:
        street.village.sandbox.world.chats[chat["id"]] = Chat(dict(chat))
    for stranger, name in zip(strangers, names, strict=True):
        stranger.hand_over(updates.elsewhere(stranger.user)[name])
    await street.settle()
    for stranger, stack in zip(strangers, before, strict=True):
        assert (await stranger.drafts()).stack == stack


async def test_whatever_newcomers_send_is_answered(street: Street) -> None:
    """Nothing that a newcomer writes or sends first stays without an answer."""
    strangers = [street.stranger() for _name in CONTENTS]
    for stranger, content in zip(strangers, CONTENTS.values(), strict=True):
        stranger.hand_over({"message": updates.message(stranger.user, stranger.next_id(), content)})
    await street.settle()
    for stranger, name in zip(strangers, CONTENTS, strict=True):
        assert stranger.said(), f"{name} is not answered"


async def test_whatever_newcomers_press_is_answered(street: Street) -> None:
    """No button that a newcomer forges stays without an answer."""
    strangers = [street.stranger() for _press in updates.PRESSES]
    for stranger, data in zip(strangers, updates.PRESSES, strict=True):
        about = {"message_id": 1, "date": 0, "chat": {"id": stranger.user, "type": "private"}}
        stranger.hand_over({"callback_query": updates.press(stranger.user, data, about)})
    await street.settle()
    for stranger, data in zip(strangers, updates.PRESSES, strict=True):
        assert stranger.said(), f"{data!r} is not answered"
