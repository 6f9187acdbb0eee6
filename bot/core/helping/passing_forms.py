"""The form of a warm hand-over from a circle to the partner with the mandate for it."""

from collections.abc import Mapping
from typing import Any

from bot.core import concern
from bot.core.choices import YES, Choice, Ending, Review, YesNo
from bot.core.covenant import UNKNOWN_LANDLORD, About, Partner
from bot.core.danger import EMERGENCY
from bot.core.forms import Form
from bot.core.items import Openness, Report
from bot.core.lifecycle import dates
from bot.core.names import Titled
from bot.core.people import Person
from bot.core.prompts import Say, Verb
from bot.core.question_kinds import ELSEWHERE, Address
from bot.core.questions import SoFar, Text
from bot.core.routing import Chosen, Matter, choose, receivers_said
from bot.core.words import _, line
from bot.core.worktime import Rules

# Keys of a draft's context.
ASK, PERSON, CIRCLE, AREA, ABOUT, KNOWN = "ask", "person", "circle", "area", "about", "known"
"""The ask or the neighbour that it is about; the circle, the village, `About`, and whether the
address is known."""
GOES, STAYS = "goes", "stays"
MOST_WORDS = 1000
"""Characters of what a volunteer writes to a partner, as of a note."""
Answers = Mapping[str, Any]
Context = Mapping[str, str]


def of_an_ask(a: SoFar) -> bool:
    """it is an ask, not a worry"""
    return ASK in a.context


def agreed(a: SoFar) -> bool:
    """the person said yes"""
    return bool(a.get("agreed") == YES)


def not_allowed(a: SoFar) -> bool:
    """the person did not say yes, and the covenant wants that for this topic"""
    return not agreed(a) and a.covenant.topic(a.get("topic")).without_consent is None


def without_consent(a: SoFar) -> bool:
    """the person did not say yes, and the covenant allows it for this topic"""
    return not agreed(a)


def address_needed(a: SoFar) -> bool:
    """the partner may know who it is, and the address is not known"""
    return (not agreed(a) or a.get("named") == YES) and not a.context.get(KNOWN)


def what_to_know(a: SoFar) -> tuple[Say, ...]:
    """what should the partner know"""
    del a
    return (
        line(_("What should the partner know? Write only what they need.")),
        line(_("Write nothing about illnesses.")),
    )


def ask_agreed(a: SoFar) -> tuple[Say, ...]:
    """did the person say yes to this partner"""
    lead = _lead(a, {**a.answers, "agreed": YES})
    return (
        line(_("{Partner} would get this."), Partner=lead),
        line(_("Did the person say yes to that, to you?")),
    )


def talk_first(a: SoFar) -> tuple[Say, ...]:
    """that it does not go on, and what can be done instead"""
    coach = _coach(a)
    says = [
        line(_("Without their yes this does not go on. Please talk with the person first.")),
        line(_("In doubt? Talk it over with {coach}."), coach=coach),
    ]
    return (*says, line(_("Is there danger now? Call {number}."), number=EMERGENCY))


def ask_why(a: SoFar) -> tuple[Say, ...]:
    """why without their yes"""
    topic = a.covenant.topic(a.get("topic"))
    return (
        Titled(id="because", title=topic.without_consent or {}),
        line(_("So this may go on without a yes, if you write why.")),
        line(_("Why can't it wait for a yes? The partner reads it.")),
    )


def ask_named(a: SoFar) -> tuple[Say, ...]:
    """may the partner know the name and the address"""
    lead = _lead(a, a.answers)
    return (line(_("May {partner} know the name and the address, too?"), partner=lead),)


def who_gets_it(a: SoFar) -> tuple[Say, ...]:
    """who gets it, why, by when, and what was agreed"""
    chosen, covenant = _chosen(a, a.answers), a.covenant
    partner = covenant.partner(chosen.lead)
    by = dates.respond_by(a.get("topic"), a.scene.rules, a.scene.now)
    return (*receivers_said(chosen, covenant, by), *_about_consent(a, partner))


def _about_consent(a: SoFar, partner: Partner) -> tuple[Say, ...]:
    if not agreed(a):
        topic = a.covenant.topic(a.get("topic"))
        return (
            line(_("The person did not say yes.")),
            Titled(id="because", title=topic.without_consent or {}),
            line(_("{Partner} tells the person, or writes down why not yet."), Partner=partner),
        )
    named = a.get("named") == YES
    who = _("{Partner} sees who it is.") if named else _("{Partner} does not see who it is.")
    return (
        line(_("The person said yes. That is kept, with you as the one who heard it.")),
        line(who, Partner=partner),
        line(_("The person hears from us what you passed on, and to whom.")),
    )


PASS_ON = Form(
    "pass_on",
    1,
    Text("what", what_to_know, label=_("What"), max_length=MOST_WORDS),
    Choice(
        "topic",
        _("What fits best?"),
        label=_("Topic"),
        options=concern.topics,
        first=concern.likeliest,
    ),
    Ending(
        "referral",
        concern.referral,
        when=concern.referred,
        options=(("read", _("Ready")),),
        extra=((Verb.CHANGE, "topic", _("Choose something else")),),
    ),
    Choice(
        "landlord",
        _("Whose home is that?"),
        label=_("Home of"),
        when=concern.by_landlord,
        options=concern.landlords,
    ),
    YesNo("agreed", ask_agreed, label=_("Agrees")),
    Ending(
        "talk_first",
        talk_first,
        when=not_allowed,
        options=(("read", _("Ready")),),
        extra=((Verb.CHANGE, "agreed", _("Change the answer")),),
    ),
    Text("reason", ask_why, label=_("Why"), when=without_consent, max_length=MOST_WORDS),
    YesNo("named", ask_named, label=_("Name and address"), when=agreed),
    Address(
        "where",
        _("At which address is this? Street and number."),
        label=_("Address"),
        when=address_needed,
        skippable=True,
        skip_label=_("I don't know"),
    ),
    Choice(
        "ask",
        _("Do neighbours go on looking for help, too?"),
        label=_("The ask"),
        when=of_an_ask,
        options=((GOES, _("No, the partner takes over")), (STAYS, _("Yes, that too"))),
    ),
    Review("review", who_gets_it),
)
"""Who coordinates passes an ask or a worry to the partner with the mandate for it."""


def is_left(answers: Answers, rules: Rules) -> bool:
    """Whether the form ended without anything that goes on."""
    topic = rules.covenant.topic(answers["topic"])
    alone = answers.get("agreed") != YES and topic.without_consent is None
    return topic.refer is not None or alone


def to_report(
    answers: Answers, context: Context, *, person: Person | None, language: str, address: str
) -> Report:
    """What the volunteer tells; who it is and where go along only as agreed.

    `person` is whose matter it is, `address` what is known of it.
    """
    subject = matter(answers, context)
    consents = answers.get("agreed") == YES
    named = consents and answers.get("named") == YES
    where = (answers.get("where") or {}).get("text") or address
    return Report(
        about=subject.about,
        topic=subject.topic,
        text=answers["what"],
        area=subject.area,
        address=(where or None) if named or not consents else None,
        landlord=subject.landlord,
        openness=Openness.NAMED if named else Openness.VIA_BOT,
        name=(person.first_name or None) if named and person else None,
        language=language,
    )


def matter(answers: Answers, context: Context) -> Matter:
    """What the routes look at; what nobody agreed to is told about somebody else."""
    where = answers.get("where") or {}
    area = where.get("area") or context.get(AREA)
    consents = answers.get("agreed") == YES
    return Matter(
        topic=answers["topic"],
        area=None if area in {None, "", ELSEWHERE} else area,
        landlord=answers.get("landlord") or UNKNOWN_LANDLORD,
        about=About(context.get(ABOUT, About.SELF)) if consents else About.OTHER,
    )


def _chosen(a: SoFar, answers: Answers) -> Chosen:
    today = a.scene.rules.calendar.local(a.scene.now).date()
    return choose(matter(answers, a.context), a.covenant, today)


def _lead(a: SoFar, answers: Answers) -> Partner:
    return a.covenant.partner(_chosen(a, answers).lead)


def _coach(a: SoFar) -> Partner:
    circle = next((c for c in a.covenant.circles if c.id == a.context.get(CIRCLE)), None)
    partners = {p.id: p for p in a.covenant.partners}
    found = partners.get(circle.coach) if circle else None
    return found or partners[a.covenant.coordinator]
