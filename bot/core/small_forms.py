"""The other forms: what a reporter adds, and what a professional or coordinator records.

The item is in the draft's context: `item` its key, `topic` its topic, `partner` who acts.
"""

from bot.core.choices import Choice, Option
from bot.core.concern import CONCERN
from bot.core.forms import Form
from bot.core.helping import circle_forms, help_forms
from bot.core.helping.ask_form import HELP
from bot.core.helping.circle_asking import TO_CIRCLE
from bot.core.helping.offer_form import OFFER, PAUSE
from bot.core.helping.passing_forms import PASS_ON
from bot.core.helping.way_form import WAY
from bot.core.items import Outcome, Refusal, Told
from bot.core.prompts import Say
from bot.core.question_kinds import Collect, DatePart
from bot.core.questions import SoFar, Text
from bot.core.routing import partner_or_none
from bot.core.words import _, line

# Keys of a draft's context.
ITEM, TOPIC, PARTNER = "item", "topic", "partner"

NOTE_LENGTH = 1000
"""Characters of a note, a reason or a question."""


def takes_photos(a: SoFar) -> bool:
    """the topic takes photos"""
    return any(t.id == a.context.get(TOPIC) and t.photos for t in a.covenant.topics)


def what_to_add(a: SoFar) -> tuple[Say, ...]:
    """what may be added"""
    if takes_photos(a):
        photo = line(_("Send a text, a photo or a voice message. No photos of people, please."))
        return (photo, line(_("Tap Ready when you are done.")))
    return (
        line(_("Send a text or a voice message.")),
        line(_("Tap Ready when you are done.")),
    )


def additions(a: SoFar) -> int:
    """as many as the covenant allows"""
    return a.covenant.limits.additions_per_item


def partners(a: SoFar) -> tuple[Option, ...]:
    """the partners, but the one that has it now"""
    now = a.context.get(PARTNER)
    return tuple((p.id, p) for p in a.covenant.partners if p.id != now)


def why_this_partner(a: SoFar) -> tuple[Say, ...]:
    """why this partner"""
    chosen = partner_or_none(a.get("partner") or a.context.get(PARTNER), a.covenant)
    if chosen is None:
        return (line(_("Why? One sentence; the partner reads it.")),)
    return (line(_("Why {partner}? One sentence; the partner reads it."), partner=chosen),)


def told_yes(a: SoFar) -> bool:
    """the person was told"""
    return bool(a.get("told") == Told.YES)


def told_no(a: SoFar) -> bool:
    """the person was not told"""
    return not told_yes(a)


def why_not_told(a: SoFar) -> tuple[Say, ...]:
    """why not"""
    if a.get("told") == Told.EXEMPT:
        return (line(_("Why need the person not be told? One sentence.")),)
    return (line(_("Why not yet? One sentence.")),)


ADD = Form(
    "add",
    1,
    Collect("things", what_to_add, limit=additions, photos=takes_photos),
)
"""The reporter adds to an item; each thing comes out as `Taken`."""

REPLY = Form("reply", 1, Text("text", _("What do you want to answer?")))
"""The reporter answers a partner's question."""

NOTE = Form(
    "note",
    1,
    Text(
        "text",
        _("What do you want to note? Partners with a mandate read it."),
        max_length=NOTE_LENGTH,
    ),
)
"""A professional's note."""

ASK = Form(
    "ask",
    1,
    Text(
        "text",
        _("What do you want to ask the reporter? They don't see your name."),
        max_length=NOTE_LENGTH,
    ),
)
"""A professional asks the reporter something."""

CLOSE = Form(
    "close",
    1,
    Choice(
        "outcome",
        _("How did it end? The reporter gets a standard text."),
        options=(
            (Outcome.AGREED, _("Agreements were made")),
            (Outcome.HELPED, _("It is solved")),
            (Outcome.HELP_STARTED, _("Help has started")),
            (Outcome.NOTHING_FOUND, _("Nothing was found")),
            (Outcome.ELSEWHERE, _("Others go on with it")),
        ),
    ),
    Text(
        "note",
        _("A note for the partners? The reporter does not see it."),
        skippable=True,
        skip_label=_("No note"),
        max_length=NOTE_LENGTH,
    ),
)
"""A professional closes the item."""

DECLINE = Form(
    "decline",
    1,
    Choice(
        "why",
        _("Why can't you take this?"),
        options=(
            (Refusal.NOT_OURS, _("It is not for us")),
            (Refusal.NO_CAPACITY, _("No time or people")),
            (Refusal.CONFLICT, _("I know the people")),
            (Refusal.OTHER, _("Another reason")),
        ),
    ),
    Text(
        "note",
        _("A note for the coordinator?"),
        skippable=True,
        skip_label=_("No note"),
        max_length=NOTE_LENGTH,
    ),
)
"""A professional gives the item to the coordinator."""

ASSIGN = Form(
    "assign",
    1,
    Choice("partner", _("Who should respond to this?"), options=partners),
    Text("reason", why_this_partner, max_length=NOTE_LENGTH),
)
"""The coordinator chooses a partner; `partner` in the context is the one that has it now."""

REASON = Form("reason", 1, Text("reason", why_this_partner, max_length=NOTE_LENGTH))
"""The coordinator's reason for the partner in the context, chosen with a button elsewhere."""

TALK = Form(
    "talk",
    1,
    Text(
        "text",
        _("What do you want to write? All who talk along read it."),
        max_length=NOTE_LENGTH,
    ),
)
"""Who talks along after a warm hand-over writes to the others."""

REOPEN = Form(
    "reopen",
    1,
    Text(
        "reason",
        _("Why should it be open again? One sentence; the partner reads it."),
        max_length=NOTE_LENGTH,
    ),
)
"""The coordinator's reason to open it again, at the partner that had it last."""

TOLD = Form(
    "told",
    1,
    Choice(
        "told",
        _("Was the person told that there is a report?"),
        options=(
            (Told.YES, _("Yes")),
            (Told.NOT_YET, _("Not yet")),
            (Told.EXEMPT, _("Need not be told")),
        ),
    ),
    DatePart("when", _("When was that?"), when=told_yes),
    Text("because", why_not_told, when=told_no, max_length=NOTE_LENGTH),
)
"""Whether the person concerned was told (GDPR art. 14)."""

_OWN = (CONCERN, ADD, REPLY, NOTE, ASK, CLOSE, DECLINE, ASSIGN, REASON, REOPEN, TOLD, TALK)
_HELPING = (HELP, OFFER, PAUSE, WAY, PASS_ON, TO_CIRCLE)
FORMS = {form.name: form for form in (*_OWN, *_HELPING, *circle_forms.FORMS, *help_forms.FORMS)}
"""Every form by its name."""
