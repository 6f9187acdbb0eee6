"""The conversations: one file per duty, each exporting its handlers; here they are in order."""

from typing import Any

from telegram.ext import BaseHandler

from handlers import (
    calls,
    clearing,
    coordinate,
    danger,
    drafts,
    failures,
    finishing,
    forms,
    groups,
    language,
    leaving,
    leftovers,
    messages,
    mine,
    notice_first,
    opened,
    opening,
    privacy,
    reach,
    replies,
    report,
    reporter,
    signals,
    start,
    steer,
    wellbeing,
    work,
    worklist,
)
from handlers.circles import coaching
from handlers.circles import every as circles
from handlers.helping import every as helping
from handlers.helping import relay, talk, volunteer

__all__ = ["all_handlers"]

_TAKERS = (
    talk.reply,
    messages.reply,
    relay.reply,
    coaching.reply,
    replies.take,
    notice_first.typed,
    forms.take,
    opening.by_code,
    volunteer.by_code,
    talk.by_code,
    mine.by_code,
    report.from_text,
    report.from_voice,
    leftovers.take,
)
"""Who may take a message that is no command, in order."""


_FINISH = {
    **report.FINISH,
    **reporter.FINISH,
    **finishing.FINISH,
    **circles.FINISH,
    **helping.FINISH,
}
"""What is done with each form that is filled in."""


def all_handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Every handler: the first that fits an input acts on it."""
    forms.wire(
        finish=_FINISH,
        take=reporter.TAKE,
        gate=notice_first.gate,
    )
    return [
        *reach.HANDLERS,
        *groups.HANDLERS,
        # Answers to forms with a button: most of what comes in
        *forms.HANDLERS,
        # Commands and buttons
        *start.HANDLERS,
        *danger.HANDLERS,
        *calls.HANDLERS,
        *language.HANDLERS,
        *privacy.HANDLERS,
        *notice_first.HANDLERS,
        *report.HANDLERS,
        *mine.HANDLERS,
        *reporter.HANDLERS,
        *opened.HANDLERS,
        *wellbeing.HANDLERS,
        *clearing.HANDLERS,
        *circles.HANDLERS,
        *helping.HANDLERS,
        *_partners(),
        *leftovers.COMMANDS,
        # Answers to forms in words, and all that is no command
        *messages.handlers(_TAKERS),
        # Everything else
        *leftovers.HANDLERS,
        # Signals
        *drafts.HANDLERS,
        *reach.SIGNALS,
        *signals.HANDLERS,
    ]


def _partners() -> list[BaseHandler[Any, Any, Any]]:
    """The buttons and commands of professionals, volunteers and coordinators."""
    return [
        *opening.HANDLERS,
        *work.HANDLERS,
        *worklist.HANDLERS,
        *coordinate.HANDLERS,
        *steer.HANDLERS,
        *failures.HANDLERS,
        *leaving.HANDLERS,
    ]
