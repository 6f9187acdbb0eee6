"""The forms while neighbours help each other, about one ask.

The ask is in the draft's context: `ask` its key; `other` is the token of whom it is about.
"""

from bot.core.forms import Form
from bot.core.helping.ask_form import HELP
from bot.core.prompts import Say
from bot.core.questions import SoFar, Text
from bot.core.words import _, line

# Keys of a draft's context.
ASK, OTHER, NAMELESS = "ask", "other", "nameless"

MESSAGE_LENGTH = 1000
"""Characters of a message to the other, or of a reason."""


def ask_words(a: SoFar) -> tuple[Say, ...]:
    """what to write, and whether the name goes with it"""
    if NAMELESS in a.context:
        return (line(_("What do you want to write? The other sees it without your name.")),)
    return (line(_("What do you want to write? The other sees it with your first name.")),)


ADDRESS = Form(
    "help_address",
    1,
    Text(
        "address",
        _("At which address is it? Only who helps you sees this."),
        skippable=True,
        skip_label=_("No address needed"),
        max_length=200,
    ),
)
"""The asker agrees, and tells where it is."""

MESSAGE = Form(
    "help_message",
    1,
    Text(
        "text",
        ask_words,
        max_length=MESSAGE_LENGTH,
    ),
)
"""One of the two writes to the other through the bot."""

TO_COACH = Form(
    "help_coach",
    1,
    Text(
        "text",
        _("What do you want to tell the coach? Nobody else reads it."),
        max_length=MESSAGE_LENGTH,
    ),
)
"""Somebody wants to talk with the coach."""

COACH_SAYS = Form(
    "coach_says",
    1,
    Text(
        "text",
        _("What do you want to answer? Only who wrote to you reads it."),
        max_length=MESSAGE_LENGTH,
    ),
)
"""The coach answers."""

TO_ASKER = Form(
    "help_asker",
    1,
    Text(
        "text",
        _("What do you want to write to the asker? They see your first name."),
        max_length=MESSAGE_LENGTH,
    ),
)
"""Who coordinates writes to the asker."""

TO_HELPER = Form(
    "help_helper",
    1,
    Text(
        "text",
        _("What do you want to write to the helper? They see your first name."),
        max_length=MESSAGE_LENGTH,
    ),
)
"""Who coordinates writes to who promised to help."""

ANSWER = Form(
    "help_answer",
    1,
    Text("text", _("What do you want to answer?"), max_length=MESSAGE_LENGTH),
)
"""The asker or the helper answers who coordinates."""

END = Form(
    "help_end",
    1,
    Text(
        "reason",
        _(
            "Why does it end? One sentence. "
            "The asker reads it, and so does a partner who asked for this."
        ),
        max_length=MESSAGE_LENGTH,
    ),
)
"""Who coordinates ends an ask. Where a partner handed it to the circle, its people read why too."""

_TIME = ("day", "before", "weekday", "parts")

AGAIN = Form("help_again", 1, *(q for q in HELP.questions if q.name in _TIME))
"""Another time for what was asked, when the first one has passed."""

FORMS = (ADDRESS, MESSAGE, TO_COACH, COACH_SAYS, TO_ASKER, TO_HELPER, ANSWER, END, AGAIN)
