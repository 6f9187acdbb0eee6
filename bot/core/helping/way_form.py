"""The question what a free text is about, where it may be help that someone needs or offers."""

from bot.core.choices import Choice
from bot.core.covenant import Kind
from bot.core.forms import Form
from bot.core.questions import Text
from bot.core.words import _

WAY = Form(
    "way",
    1,
    Text("what", _("What is going on? One sentence is enough."), voice=True),
    Choice(
        "way",
        _("What do you want to do?"),
        options=(
            (Kind.CONCERN, _("I am worried")),
            (Kind.ASK, _("I need help")),
            (Kind.OFFER, _("I want to help")),
        ),
    ),
)
"""The text is known when it opens; the choice tells which form takes it."""
