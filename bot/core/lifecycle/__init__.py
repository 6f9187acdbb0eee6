"""The life of an item: every act is a function from an item and a moment to a `Change`."""

from bot.core.lifecycle.assigning import assign, decline, report
from bot.core.lifecycle.change import Change, hears
from bot.core.lifecycle.firing import fire
from bot.core.lifecycle.handing import circle_again, circle_ended, hand_back, leave, pass_on, talk
from bot.core.lifecycle.partner import accept, ask, close, cover, note, step, told
from bot.core.lifecycle.reopening import reopen
from bot.core.lifecycle.reporter import (
    add,
    answer,
    every,
    later,
    reachable,
    say,
    unlink,
    unreachable,
    withdraw,
)

__all__ = [
    "Change",
    "accept",
    "add",
    "answer",
    "ask",
    "assign",
    "circle_again",
    "circle_ended",
    "close",
    "cover",
    "decline",
    "every",
    "fire",
    "hand_back",
    "hears",
    "later",
    "leave",
    "note",
    "pass_on",
    "reachable",
    "reopen",
    "report",
    "say",
    "step",
    "talk",
    "told",
    "unlink",
    "unreachable",
    "withdraw",
]
