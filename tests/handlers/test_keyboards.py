"""Buttons on a small phone: no label is cut for lack of room."""

from collections.abc import Sequence

import pytest

from handlers.keyboards import Button, Press, markup
from handlers.speech import speaker


def rows(*labels: Sequence[str]) -> list[list[str]]:
    """The rows that come of these labels, in English."""
    made = [[Button(label, Press("x")) for label in row] for row in labels]
    shown = markup(made, speaker("en", "UTC"))["inline_keyboard"]
    return [[button["text"] for button in row] for row in shown]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([("Yes", "No")], [["Yes", "No"]]),
        ([("Yes, please", "Rather someone else")], [["Yes, please"], ["Rather someone else"]]),
        ([("Block", "End this help", "Coach")], [["Block", "End this help", "Coach"]]),
        (
            [("See the address", "Send a message", "No")],
            [["See the address", "Send a message"], ["No"]],
        ),
        ([("A", "B", "C", "D")], [["A", "B"], ["C", "D"]]),
        (
            [(), ("A very long label that stands alone here",)],
            [["A very long label that stands alone here"]],
        ),
    ],
)
def test_rows_that_do_not_fit_become_several(
    given: list[Sequence[str]], shown: list[list[str]]
) -> None:
    """In the same order, and as they were where there is room."""
    assert rows(*given) == shown
