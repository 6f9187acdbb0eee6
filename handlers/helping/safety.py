"""Safety: block, stop and talk to the coach, one tap away where another person is."""

from bot.core.helping.asks import Ask
from bot.core.words import line
from handlers.helping import buttons as b
from handlers.helping.tokens import token
from handlers.keyboards import Button, Press
from handlers.turn import Turn


def row(turn: Turn, ask: Ask, other: str | None) -> list[Button]:
    """The last row of every screen with another person in it."""
    blocking = []
    if other:
        press = Press(b.BLOCK.verb, f"{ask.key}.{token(turn, ask, other)}", ask.revision)
        blocking = [Button(line(b.BLOCK.label), press)]
    return [*blocking, b.button(b.STOP, ask), b.button(b.COACH, ask)]
