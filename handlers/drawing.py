"""Drawing: the key and the code of what begins, an item or an ask; no two share a code."""

from bot.core import codes
from handlers.turn import Turn

TRIES = 5
"""Codes drawn before a longer one is taken."""
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
KEY_LENGTH = 20
"""Letters of a key: 100 bits, and it fits a button."""


def new_key(turn: Turn) -> str:
    """A key that nobody guesses."""
    return "".join(LETTERS[turn.house.random(len(LETTERS))] for _n in range(KEY_LENGTH))


async def new_code(turn: Turn) -> str:
    """A code that no item and no ask has."""
    prefix, tried = turn.rules.covenant.code_prefix, 0
    while True:
        length = codes.LENGTH if tried < TRIES else codes.LONGER
        code = codes.draw(prefix, turn.house.random, length)
        if not await turn.records.code_taken(code):
            return code
        tried += 1
