"""Danger in disguise: words of danger get their number at once, wherever and however they come."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.core import danger
from bot.core.ports import Priority
from storage import schema
from tests.dialogues.phones import Phones
from tests.dialogues.village import Village, village
from tests.handlers.conftest import Street
from tests.handlers.partners import Partners
from tests.handlers.updates import FILE, ORIGIN, PICTURE, message, text

WORDS = "help hij heeft een mes"
SPOKEN: Mapping[str, Mapping[str, Any]] = {
    "plain": {"text": WORDS},
    "capitals": {"text": WORDS.upper()},
    "after a command": text(f"/melden {WORDS}"),
    "on the line below a command": text(f"/start\n{WORDS}"),
    "on a line of its own": text("/melden\nbrand"),
    "as a command": text("/brand"),
    "as a command with words": text("/hulp snel er is brand"),
    "in the caption of a photo": {"photo": PICTURE, "caption": WORDS},
    "in the caption of an album": {"photo": PICTURE, "caption": WORDS, "media_group_id": "1"},
    "in the caption of a document": {"document": FILE, "caption": WORDS},
    "forwarded": {"text": WORDS, "forward_origin": ORIGIN},
    "between zero-width marks": {"text": "h\u200bij heeft een m\u200bes"},
    "turned around": {"text": "\u202e" + WORDS},
    "in Polish, in a Dutch sentence": {"text": "mijn buurman roept ratunku, on ma nóż"},
    "in Ukrainian": {"text": "допоможіть"},
    "with a thousand words before it": {"text": "lawaai " * 500 + WORDS},
}  # fmt: skip
UNSEEN: Mapping[str, Mapping[str, Any]] = {
    "a photo": {"photo": PICTURE},
    "a voice message": {"voice": {**FILE, "duration": 3}},
    "a round video": {"video_note": {**FILE, "duration": 3, "length": 1}},
}


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    """An empty street."""
    async with village(tmp_path) as scene:
        yield Street(scene)


async def alarms(scene: Village) -> int:
    """How many messages were sent before all others."""
    out = schema.outbox.c
    async with scene.store.engines.read() as connection:
        found = select(out.seq).where(out.priority == int(Priority.DANGER))
        return len(list(await connection.scalars(found)))


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("name", SPOKEN)
async def test_danger_is_heard_in_every_kind_of_message(street: Street, name: str) -> None:
    """The number comes first, outside every limit, and before the answer to anything else."""
    stranger = street.stranger()
    stranger.hand_over({"message": message(stranger.user, 7, SPOKEN[name])})
    await street.village.settle()
    first = stranger.said()[0].get("text", "")
    assert "112" in first
    assert await alarms(street.village) == 1


@pytest.mark.parametrize("name", UNSEEN)
async def test_what_nobody_sees_or_hears_is_said(street: Street, name: str) -> None:
    """A photo or a voice message gets the notice that nobody looks, once."""
    stranger = street.stranger()
    stranger.hand_over({"message": message(stranger.user, 7, UNSEEN[name])})
    await street.village.settle()
    assert "Bel 112" in stranger.said()[0]["text"]
    assert await alarms(street.village) == 1


async def test_danger_is_heard_when_a_message_is_changed(street: Street) -> None:
    """Also words that are put into an older message."""
    stranger = street.stranger()
    changed = {**message(stranger.user, 7, {"text": WORDS}), "edit_date": 1_772_000_001}
    stranger.hand_over({"edited_message": changed})
    await street.village.settle()
    assert "Bel nu 112" in stranger.said()[0]["text"]


async def test_groups_get_no_numbers(street: Street) -> None:
    """What people say to each other in a group is not looked at."""
    stranger = street.stranger()
    group = {"id": -5, "type": "supergroup", "title": "Buurt"}
    stranger.hand_over({"message": {**message(stranger.user, 7, {"text": WORDS}), "chat": group}})
    await street.village.settle()
    assert not await alarms(street.village)


async def test_asking_for_help_with_the_bot_is_no_danger(street: Street) -> None:
    """`/help` is a command like the others, also with the bot's name behind it."""
    stranger = street.stranger()
    for words in ("/help", "/help@OmzienOefenBot", "/HELP"):
        stranger.hand_over({"message": message(stranger.user, stranger.next_id(), text(words))})
    await street.village.settle()
    assert not await alarms(street.village)


async def test_in_the_middle_of_a_form_nothing_is_lost(tmp_path: Path) -> None:
    """The numbers, and then the question goes on; the words are the answer that they were."""
    async with village(tmp_path) as scene:
        people = Partners(Phones(scene))
        for gesture in ("/start", "[Verder]", "[Ik maak me zorgen]", "[Nee]", "[Iemand anders]"):
            await people.act("resident", gesture)
        shown = await people.act("resident", WORDS)
        assert "Bel nu 112" in shown[0].text
        assert "past het best" in shown[1].text


@given(st.text(max_size=300))
def test_no_text_can_break_the_search(words: str) -> None:
    """Whatever is written, the search for danger ends and raises nothing."""
    danger.find(words)
