"""The concern form: at most seven questions and a review, and the report that comes of it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from bot.core.choices import SEND, Choice, Ending, Notice, Option, Review
from bot.core.covenant import (
    OTHER_LANDLORD,
    OWN_HOME,
    UNKNOWN_LANDLORD,
    About,
    Covenant,
    Kind,
    Partner,
)
from bot.core.danger import screen
from bot.core.forms import Form
from bot.core.items import Openness, Report
from bot.core.lifecycle import dates
from bot.core.names import Titled
from bot.core.people import Person
from bot.core.prompts import Say, Verb
from bot.core.question_kinds import ELSEWHERE, Address, Village
from bot.core.questions import SoFar, Text
from bot.core.routing import Chosen, Matter, choose, receivers_said
from bot.core.suggest import suggest
from bot.core.words import _, line
from bot.core.worktime import Rules

YES, NO, UNSURE = "yes", "no", "unsure"
UNSAFE, WITH_OFFER = "unsafe", "offer"
Answers = Mapping[str, Any]


def in_danger(a: SoFar) -> bool:
    """someone is or may be in danger"""
    return a.get("danger") in {YES, UNSURE}


def about_others(a: SoFar) -> bool:
    """about someone else or the neighbourhood"""
    return bool(a.get("about") != About.SELF)


def village_unknown(a: SoFar) -> bool:
    """about yourself, or the address names no village"""
    where = a.get("where")
    return where is None or where["area"] is None


def by_landlord(a: SoFar) -> bool:
    """the route depends on the landlord"""
    return a.covenant.topic(a.get("topic")).by_landlord


def referred(a: SoFar) -> bool:
    """the covenant refers this topic to someone else"""
    return a.covenant.topic(a.get("topic")).refer is not None


def danger_screen(a: SoFar) -> tuple[Say, ...]:
    """the help numbers"""
    return screen(a.covenant, certain=a.get("danger") == YES)


def topics(a: SoFar) -> tuple[Option, ...]:
    """the topics of a concern"""
    return _topics(a.covenant)


@lru_cache(maxsize=8)  # every turn of the form looks at them
def _topics(covenant: Covenant) -> tuple[Option, ...]:
    return tuple((t.id, t) for t in covenant.topics if t.kind is Kind.CONCERN)


def likeliest(a: SoFar) -> tuple[str, ...]:
    """three topics from the words of the answer"""
    what = a.get("what")
    return tuple(t.id for t in suggest(what if isinstance(what, str) else "", a.covenant))


def referral(a: SoFar) -> tuple[Say, ...]:
    """where this topic is taken"""
    topic = a.covenant.topic(a.get("topic"))
    return (Titled(id=topic.id, title=topic.refer or {}),)


def ask_village(a: SoFar) -> tuple[Say, ...]:
    """in which village is it, or do you live"""
    if a.get("about") == About.SELF:
        return (line(_("In which village do you live?")),)
    return (line(_("In which village is it?")),)


def landlords(a: SoFar) -> tuple[Option, ...]:
    """the partners that let homes, another landlord, an own home, unknown"""
    partners = tuple((p.id, p) for p in a.covenant.landlords)
    return (
        *partners,
        (OTHER_LANDLORD, line(_("Another landlord"))),
        (OWN_HOME, line(_("Own home"))),
        (UNKNOWN_LANDLORD, line(_("I don't know"))),
    )


def ask_openness(a: SoFar) -> tuple[Say, ...]:
    """may the partner know who you are"""
    return (line(_("May {partner} know who you are?"), partner=_lead(a)),)


def who_will_see(a: SoFar) -> tuple[Say, ...]:
    """who will see it, why, and by which date"""
    chosen, covenant = _chosen(a), a.covenant
    partner = covenant.partner(chosen.lead)
    by = respond_by(a.answers, a.scene.rules, a.scene.now)
    said = list(receivers_said(chosen, covenant, by))
    if a.get("about") == About.OTHER:
        said.append(
            line(_("{Partner} may tell your neighbour that there is a report."), Partner=partner)
        )
    if a.get("openness") == Openness.NAMED:
        said.append(line(_("{Partner} sees your first name."), Partner=partner))
    else:
        said.append(line(_("We don't give your name, unless the law demands it.")))
    if a.get("about") == About.OTHER:
        said.append(line(_("Your neighbour may guess who it was.")))
    if chosen.lead != covenant.coordinator:
        last = covenant.partner(covenant.coordinator)
        said.append(line(_("If nobody responds in time, {partner} looks at it."), partner=last))
    if (offer := _offer(a)) is not None:
        said.append(line(_("Do you want {offer}?"), offer=offer))
    return tuple(said)


def ways_to_send(a: SoFar) -> tuple[Option, ...]:
    """with the topic's first offer where it has one, just send, or not safe"""
    offer = _offer(a)
    offered = ((WITH_OFFER, line(_("Send, and ask for {offer}"), offer=offer)),) if offer else ()
    return (*offered, (SEND, line(_("Send"))), (UNSAFE, line(_("This is not safe for me"))))


CONCERN = Form(
    "concern",
    1,
    Choice(
        "danger",
        _("Is anyone in danger now?"),
        options=((YES, _("Yes")), (NO, _("No")), (UNSURE, _("I don't know"))),
    ),
    Notice(
        "danger_seen", danger_screen, when=in_danger, options=(("on", _("Continue reporting")),)
    ),
    Choice(
        "about",
        _("Who is it about?"),
        label=_("About"),
        options=(
            (About.SELF, _("Myself")),
            (About.OTHER, _("Someone else")),
            (About.NEIGHBOURHOOD, _("The neighbourhood")),
        ),
    ),
    Text("what", _("What is going on? One sentence is enough."), label=_("What"), voice=True),
    Choice("topic", _("What fits best?"), label=_("Topic"), options=topics, first=likeliest),
    Ending(
        "referral",
        referral,
        when=referred,
        options=(("read", _("Ready")),),
        extra=((Verb.CHANGE, "topic", _("Choose something else")),),
    ),
    Address(
        "where",
        _("At which address is this? Street and number."),
        label=_("Address"),
        when=about_others,
        skippable=True,
        skip_label=_("I don't know"),
    ),
    Village("village", ask_village, label=_("Village"), when=village_unknown),
    Choice(
        "landlord",
        _("Whose home is that?"),
        label=_("Home of"),
        when=by_landlord,
        options=landlords,
    ),
    Choice(
        "openness",
        ask_openness,
        label=_("Your name"),
        options=(
            (Openness.NAMED, _("Yes")),
            (Openness.VIA_BOT, _("No, only through this chat")),
        ),
    ),
    Review(
        "review",
        who_will_see,
        options=ways_to_send,
        ways_out=(UNSAFE,),
    ),
)


def matter(answers: Answers) -> Matter:
    """What the routes look at, from the valid answers so far."""
    return Matter(
        topic=answers["topic"],
        area=area(answers),
        landlord=answers.get("landlord") or UNKNOWN_LANDLORD,
        about=About(answers["about"]),
        unsafe=answers.get("review") == UNSAFE,
    )


def area(answers: Answers) -> str | None:
    """The village; None: unknown, or outside the covenant."""
    where = answers.get("where") or {}
    found = answers.get("village") or where.get("area")
    return None if found == ELSEWHERE else found


def is_referral(answers: Answers, covenant: Covenant) -> bool:
    """Whether the form ends without an item, since the topic is taken elsewhere."""
    return covenant.topic(answers["topic"]).refer is not None


def respond_by(answers: Answers, rules: Rules, now: datetime) -> datetime:
    """By when the partner reads a report that is sent now."""
    return dates.respond_by(answers["topic"], rules, now)


def to_report(answers: Answers, person: Person) -> Report:
    """What the reporter told us, from the answers of a finished form that is no referral."""
    what, where = answers["what"], answers.get("where") or {}
    named = answers["openness"] == Openness.NAMED
    subject = matter(answers)
    return Report(
        about=subject.about,
        topic=subject.topic,
        text=what if isinstance(what, str) else "",
        voice=what["voice"] if isinstance(what, dict) else None,
        area=subject.area,
        address=where.get("text"),
        landlord=subject.landlord,
        openness=Openness(answers["openness"]),
        name=(person.first_name or None) if named else None,
        unsafe=subject.unsafe,
        wants_offer=answers.get("review") == WITH_OFFER,
        language=person.language,
    )


def _chosen(a: SoFar) -> Chosen:
    return choose(matter(a.answers), a.covenant, _today(a))


def _offer(a: SoFar) -> Titled | None:
    offer = a.covenant.topic(a.get("topic")).first_offer
    return Titled(id="offer", title=offer) if offer else None


def _lead(a: SoFar) -> Partner:
    return a.covenant.partner(_chosen(a).lead)


def _today(a: SoFar) -> date:
    return a.scene.rules.calendar.local(a.scene.now).date()
