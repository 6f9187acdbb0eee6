"""The conversations: one file per duty, each exporting its handlers; here they are in order."""

from typing import Any

from telegram.ext import BaseHandler

from handlers import (
    calls,
    clearing,
    danger,
    drafts,
    forms,
    groups,
    language,
    leftovers,
    messages,
    mine,
    notice_first,
    opened,
    privacy,
    reach,
    report,
    reporter,
    start,
    wellbeing,
)

__all__ = ["all_handlers"]


def all_handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Every handler: the first that fits an input acts on it."""
    forms.wire(
        finish={**report.FINISH, **reporter.FINISH},
        take=reporter.TAKE,
        gate=notice_first.gate,
    )
    takers = (
        messages.reply,
        notice_first.typed,
        forms.take,
        report.from_text,
        report.from_voice,
        leftovers.take,
    )
    return [
        *reach.HANDLERS,
        *groups.HANDLERS,
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
        *leftovers.COMMANDS,
        # Answers to forms
        *forms.HANDLERS,
        *messages.handlers(takers),
        # Everything else
        *leftovers.HANDLERS,
        # Signals
        *drafts.HANDLERS,
        *reach.SIGNALS,
    ]
