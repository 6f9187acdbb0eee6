"""Drawing: the key and the code of what begins, an item or an ask; no two share a code."""

from functools import partial

from bot.core import codes
from handlers.turn import Turn

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
KEY_LENGTH = 20
"""Letters of a key: 100 bits, and it fits a button."""


def new_key(turn: Turn) -> str:
    """A key that nobody guesses."""
    drawn = turn.house.random(len(LETTERS) ** KEY_LENGTH)
    return "".join(LETTERS[drawn // len(LETTERS) ** n % len(LETTERS)] for n in range(KEY_LENGTH))


async def new_code(turn: Turn) -> str:
    """A code that no item and no ask has; a longer one when the short ones are nearly used up."""
    prefix, length = turn.rules.covenant.code_prefix, codes.LENGTH
    while True:
        draw = partial(codes.draw, prefix, turn.house.random, length)
        code = await turn.records.free_code(draw)
        if code is not None:
            return code
        length = codes.LONGER
