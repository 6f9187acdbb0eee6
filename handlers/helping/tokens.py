"""Tokens: who is meant by a button, without a name or key that could be followed elsewhere."""

from collections.abc import Iterable

from bot.core.errors import NotFound, Stale
from bot.core.helping.asks import Ask
from handlers.turn import Turn

LENGTH = 10
"""Letters of a token."""


def token(turn: Turn, ask: Ask, person: str) -> str:
    """What stands for somebody in the buttons of one ask; in another ask it is another one."""
    return turn.house.lookup("party", f"{ask.key}:{person}")[:LENGTH]


def find(turn: Turn, ask: Ask, written: str, among: Iterable[str | None]) -> str:
    """The person among these for whom a token stands; `Stale` when it is none of them."""
    for person in among:
        if person and token(turn, ask, person) == written:
            return person
    raise Stale


async def pressed(turn: Turn) -> tuple[Ask, str]:
    """The ask of the button that was pressed, and what stands behind its key."""
    if turn.press is None:
        raise NotFound
    key, _dot, more = turn.press.id.partition(".")
    return await turn.ask(key), more
