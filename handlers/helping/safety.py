"""Safety: block, stop and talk to the coach, one tap away where another person is."""

from bot.core.helping.asks import Ask
from bot.core.words import line
from handlers.helping import buttons as b
from handlers.helping.tokens import token
from handlers.keyboards import Button, Press
from handlers.turn import Turn


def row(turn: Turn, ask: Ask, other: str | None) -> list[Button]:
    """The last row of every screen with another person in it; what has ended needs no stop."""
    stop = [b.button(b.STOP, ask)] if ask.open else []
    return [*_block(turn, ask, other), *stop, b.button(b.COACH, ask)]


def seeing_to(turn: Turn, ask: Ask, other: str | None = None) -> list[Button]:
    """The same for who coordinates: nothing of theirs is stopped; a block is about one person."""
    return [*_block(turn, ask, other), b.button(b.COACH, ask)]


def _block(turn: Turn, ask: Ask, other: str | None) -> list[Button]:
    if other is None:
        return []
    press = Press(b.BLOCK.verb, f"{ask.key}.{token(turn, ask, other)}", ask.revision)
    return [Button(line(b.BLOCK.label), press)]
