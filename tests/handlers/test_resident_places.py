"""Where a resident can't report: groups, channels and inline mode; and what their words may do."""

from bot.core.forms import Answered, Draft
from bot.core.small_forms import FORMS
from bot.sandbox.state import Chat
from tests.handlers import updates
from tests.handlers.conftest import Street

TRICKY = "<b>vet</b> & {partner} %s"


async def test_a_group_is_refused_in_one_sentence(street: Street) -> None:
    """A command in a group, and being added to one, get one sentence each; talk gets none."""
    world = street.village.sandbox.world
    group = Chat(dict(updates.GROUPS[0]))
    world.chats[group.info["id"]] = group
    for name in ("added to a group", "group command", "group text", "group photo"):
        street.stranger().hand_over(updates.elsewhere(1001)[name])
    await street.settle()
    said = [entry.message["text"] for entry in group.entries.values()]
    assert len(said) == 2
    assert all("@OmzienOefenBot" in text for text in said)


async def test_a_channel_hears_nothing(street: Street) -> None:
    """In a channel the bot never speaks."""
    channel = Chat(dict(updates.GROUPS[1]))
    street.village.sandbox.world.chats[channel.info["id"]] = channel
    for name in ("added to a channel", "channel post", "edited channel post"):
        street.stranger().hand_over(updates.elsewhere(1001)[name])
    await street.settle()
    assert not channel.entries


async def test_words_are_shown_as_they_were_written(street: Street) -> None:
    """Markup and placeholders in a report are text: the review shows them literally."""
    stranger = street.stranger()
    answers = {"danger": "no", "about": "self", "topic": "company", "village": "bakel",
               "openness": "named"}  # fmt: skip
    one = Draft(
        form="concern",
        version=FORMS["concern"].version,
        answers={name: Answered(value=value) for name, value in answers.items()},
        touched=street.village.clock.now(),
    )
    await street.stand({stranger.user: one})
    stranger.hand_over({"message": updates.message(stranger.user, 9, updates.text(TRICKY))})
    await street.settle()
    (review,) = stranger.said()
    assert TRICKY in review["text"]
    assert not review.get("entities")
