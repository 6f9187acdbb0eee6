"""Pages: a long list a part at a time, with buttons to the page before and the next one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.core.words import Line, _, line
from handlers.keyboards import Button, Press

_PAGE = _("Page {page} of {pages}")

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Page(Generic[Entry]):
    """What is shown of a list."""

    shown: Sequence[Entry]
    number: int
    """From 0."""
    pages: int

    @property
    def said(self) -> list[Line]:
        """Which page it is, where there are several."""
        several = self.pages > 1
        return [line(_PAGE, page=self.number + 1, pages=self.pages)] if several else []

    def turning(
        self, press: Callable[[int], Press], back: str = _("Previous"), on: str = _("Next")
    ) -> list[Button]:
        """To the page before and the next one, where there are such; `press` is that of a page."""
        before, after = self.number - 1, self.number + 1
        turns = [Button(line(back), press(before))] if before >= 0 else []
        return [*turns, Button(line(on), press(after))] if after < self.pages else turns


def page_of(every: Sequence[Entry], number: int, size: int) -> Page[Entry]:
    """The page with this number, from 0; of a list that is not so long any more, the last one."""
    pages = max(1, -(-len(every) // size))
    number = max(0, min(number, pages - 1))
    return Page(every[number * size : (number + 1) * size], number, pages)
