"""Reports belong to who made them, whatever button, reply or edit comes from someone else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.core.forms import Answered, Draft
from bot.core.items import Item, Quiet, Stage
from bot.core.small_forms import FORMS
from tests.handlers import updates
from tests.handlers.conftest import Stranger, Street

ANSWERS: Mapping[str, Any] = {
    "danger": "no",
    "about": "self",
    "what": "Ik ben vaak alleen",
    "topic": "company",
    "village": "bakel",
    "openness": "named",
}
OWN_VERBS = (
    "mine", "add", "question", "withdraw", "withdraw_yes", "often", "opened_by", "how",
    "how_good", "how_worse", "how_stop", "later",
)  # fmt: skip


async def at_the_review(street: Street, stranger: Stranger) -> None:
    """Let this person be one tap away from sending."""
    draft = Draft(
        form="concern",
        version=FORMS["concern"].version,
        revision=5,
        answers={name: Answered(value=value) for name, value in ANSWERS.items()},
        touched=street.village.clock.now(),
    )
    await street.stand({stranger.user: draft})


async def reporter(street: Street) -> tuple[Stranger, Item]:
    """Someone with a report of their own."""
    stranger = street.stranger()
    await at_the_review(street, stranger)
    await press(stranger, "answer:send:5")
    return stranger, await only_item(street, stranger)


async def press(stranger: Stranger, data: str) -> list[Any]:
    """Press a button; returns what the bot says."""
    about = updates.message(stranger.user, 1, updates.text("x"))
    stranger.hand_over({"callback_query": updates.press(stranger.user, data, about)})
    await stranger.village.settle()
    return stranger.said()


async def only_item(street: Street, stranger: Stranger) -> Item:
    """The one report of this person."""
    async with street.village.store.reading() as records:
        (item,) = await records.raised_by(stranger.key)
    return item


@pytest.mark.parametrize("verb", OWN_VERBS)
async def test_no_button_reaches_the_report_of_someone_else(verb: str, street: Street) -> None:
    """A forged button with the key of another person's report shows and changes nothing."""
    owner, item = await reporter(street)
    stranger, _own = await reporter(street)
    (toast,) = await press(stranger, f"{verb}:{item.key}:{item.revision}")
    assert toast["text"] == "Dit is er niet meer."
    assert await only_item(street, owner) == item


@pytest.mark.parametrize("days", [0, 1, 3, 59, 999_999_999])
async def test_only_the_offered_intervals_can_be_chosen(days: int, street: Street) -> None:
    """A forged number of days changes nothing."""
    owner, item = await reporter(street)
    await press(owner, f"every:{item.key}:{days}")
    assert await only_item(street, owner) == item


async def test_a_reply_by_someone_else_is_a_report_of_their_own(street: Street) -> None:
    """A message id of another chat means nothing here: the words open a new report."""
    owner, item = await reporter(street)
    stranger = street.stranger()
    about = updates.message(stranger.user, 1, updates.text("x"))
    words = {**updates.text("Het is hier erg druk"), "reply_to_message": about}
    stranger.hand_over({"message": updates.message(stranger.user, 7, words)})
    await street.settle()
    assert await only_item(street, owner) == item
    assert (await stranger.drafts()).top is not None


async def test_a_batch_of_two_sends_makes_one_report(street: Street) -> None:
    """Two taps on Send in one batch of the worker send once."""
    stranger = street.stranger()
    await at_the_review(street, stranger)
    about = updates.message(stranger.user, 1, updates.text("x"))
    for _tap in range(2):
        stranger.hand_over({"callback_query": updates.press(stranger.user, "answer:send:5", about)})
    await street.settle()
    assert (await only_item(street, stranger)).stage is Stage.WAITING


async def test_codes_that_are_taken_are_drawn_again(street: Street) -> None:
    """Two reports never have one code, also when chance repeats itself."""
    first, _item = await reporter(street)
    street.village.house.random.__self__.seed(7)  # type: ignore[attr-defined]  # a seeded Random
    second, _item = await reporter(street)
    codes = {(await only_item(street, who)).code for who in (first, second)}
    assert len(codes) == 2


async def test_a_reporter_who_is_gone_is_asked_no_more(street: Street) -> None:
    """When Telegram refuses our message, the questions stop and the report goes on."""
    owner, item = await reporter(street)
    street.village.sandbox.control.deactivate(owner.user)
    await street.village.advance(timedelta(days=20))
    gone = await only_item(street, owner)
    assert gone.line.quiet is Quiet.UNREACHABLE
    assert gone.open
    assert gone.line.next_at is None
    assert item.line.next_at is not None


async def test_a_typed_code_shows_the_report(street: Street) -> None:
    """Typing the code of an own report shows it; the code of another person's report does not."""
    owner, item = await reporter(street)
    stranger, _own = await reporter(street)
    for who, shows in ((owner, True), (stranger, False)):
        words = updates.text(item.code.lower().replace("-", " "))
        who.hand_over({"message": updates.message(who.user, who.next_id(), words)})
        await street.settle()
        assert any(item.code in message["text"] for message in who.said()) is shows


async def test_a_long_conversation_is_cleared_in_parts(street: Street) -> None:
    """More than a hundred messages are deleted, a hundred at a time."""
    stranger = street.stranger()
    for _time in range(60):
        street.village.sandbox.control.text(stranger.user, "/mijn")
    await street.village.settle(at_once=100)
    await press(stranger, "clear::0")
    left = street.village.sandbox.world.chats[stranger.user].entries.values()
    assert [entry.deleted for entry in left] == [True] * 120 + [False]


async def test_additions_have_a_limit(street: Street) -> None:
    """Beyond the covenant's limit nothing is added, and the reporter is told to call."""
    owner, item = await reporter(street)
    most = street.village.rules.covenant.limits.additions_per_item
    await press(owner, f"add:{item.key}:0")
    for number in range(most + 1):
        words = updates.text(f"Nog iets, nummer {number}")
        owner.hand_over({"message": updates.message(owner.user, owner.next_id(), words)})
    await street.settle()
    assert len((await only_item(street, owner)).report.additions) == most
