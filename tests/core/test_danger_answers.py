"""The answer to words of danger: the right number first, from the covenant."""

import pytest

from bot.core.danger import Danger, answer, screen
from tests.core.strategies import example
from tests.core.talking import say


@pytest.mark.parametrize(
    ("danger", "first", "also"),
    [
        (Danger.LIFE, "Call 112 now.", ["112NL", "113", "0800-2000"]),
        (Danger.SUICIDE, "Are you thinking of suicide? Call 113.", ["112"]),
        (Danger.CHILD, "Call 112 now.", ["0800-2000", "0800-0432"]),
        (Danger.VIOLENCE, "Call 112 now.", ["0800-2000"]),
        (Danger.BEHAVIOUR, "Is there danger now? Call 112.", ["0800-1205"]),
    ],
)
def test_the_right_number_comes_first(danger: Danger, first: str, also: list[str]) -> None:
    """The others follow, each with what it is for."""
    said = "\n".join(map(say, answer(danger, example().covenant)))
    assert said.startswith(first)
    assert all(number in said for number in also)
    assert said.endswith("Your answers stay saved.")


@pytest.mark.parametrize("danger", Danger)
def test_a_covenant_without_numbers_still_gives_the_emergency_number(danger: Danger) -> None:
    """112 is the same in every covenant."""
    bare = example().covenant.model_copy(update={"help": ()})
    assert "112" in say(answer(danger, bare)[0])


def test_in_doubt_the_screen_begins_with_the_doubt() -> None:
    """The rest is the same."""
    certain = screen(example().covenant, certain=True)
    doubt = screen(example().covenant, certain=False)
    assert say(doubt[0]).startswith("Not sure? Call 112.")
    assert certain[1:] == doubt[1:]
