"""The form with which a neighbour asks for help."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.core.choices import NO, Choice, Ending, Option, Review, YesNo
from bot.core.forms import Form
from bot.core.helping import wishes
from bot.core.helping.ask_review import (
    BEHALF,
    CIRCLES,
    OTHER_KIND,
    READ,
    TELL,
    after_no_consent,
    elsewhere,
    for_company,
    no_consent,
    not_their_street,
    who_sees_what,
)
from bot.core.helping.asks import Voice
from bot.core.helping.said import PARTS, WEEKDAYS
from bot.core.helping.times import Daypart
from bot.core.helping.wishes import BEFORE, OTHER_PERSON, SELF, WEEKLY, WITHIN_A_WEEK
from bot.core.many_choices import DayAhead, Many
from bot.core.prompts import Say
from bot.core.question_kinds import Village, iso, today
from bot.core.questions import SoFar, Text
from bot.core.suggest import suggest_kinds
from bot.core.words import _, line

MAX_NAME = 40


def on_own_account(a: SoFar) -> bool:
    """not asked by a volunteer on behalf of somebody"""
    return BEHALF not in a.context


def for_someone_else(a: SoFar) -> bool:
    """for someone else"""
    return bool(not on_own_account(a) or a.get("for_whom") == OTHER_PERSON)


def without_consent(a: SoFar) -> bool:
    """that person did not say yes"""
    return bool(a.get("consent") == NO)


def not_between_neighbours(a: SoFar) -> bool:
    """no kind of help that neighbours give each other"""
    return bool(a.get("kind") == OTHER_KIND)


def before_a_day(a: SoFar) -> bool:
    """before a date"""
    return bool(a.get("day") == BEFORE)


def weekly(a: SoFar) -> bool:
    """every week"""
    return bool(a.get("day") == WEEKLY)


def in_several_circles(a: SoFar) -> bool:
    """the asker belongs to several circles in that village"""
    return len(circles(a)) > 1


def what_is_needed(a: SoFar) -> tuple[Say, ...]:
    """what is needed, and who reads that"""
    del a
    return (
        line(_("What help is needed? One sentence is enough.")),
        line(_("Who wants to help reads it, and the volunteer.")),
    )


def ask_consent(a: SoFar) -> tuple[Say, ...]:
    """did that person say yes to this"""
    return (line(_("Did {name} say yes to this?"), name=a.get("name")),)


def kinds(a: SoFar) -> tuple[Option, ...]:
    """the covenant's kinds of help, and something that is not there"""
    return (*((k.id, k) for k in a.covenant.kinds), (OTHER_KIND, line(_("It is not in this list"))))


def likeliest(a: SoFar) -> tuple[str, ...]:
    """the kinds that fit the words of the answer"""
    return tuple(k.id for k in suggest_kinds(a.get("text") or "", a.covenant))


def days(a: SoFar) -> tuple[Option, ...]:
    """today, tomorrow, within a week, before a date or every week"""
    day = today(a)
    left = wishes.parts_to_come(day, a.scene.rules, a.scene.now)
    now = ((day.isoformat(), line(_("Today"))),) if left else ()
    return (
        *now,
        ((day + timedelta(days=1)).isoformat(), line(_("Tomorrow"))),
        (WITHIN_A_WEEK, line(_("Within a week"))),
        (BEFORE, line(_("Before a date"))),
        (WEEKLY, line(_("Every week"))),
    )


def parts(a: SoFar) -> tuple[Option, ...]:
    """the parts of the day; of today those that are still to come"""
    there: tuple[Daypart, ...] = tuple(Daypart)
    if iso(a.get("day")) == today(a):
        there = wishes.parts_to_come(today(a), a.scene.rules, a.scene.now)
    return tuple((part.value, line(PARTS[part])) for part in there)


def circles(a: SoFar) -> tuple[Option, ...]:
    """the asker's circles in that village"""
    own, area = a.context.get(CIRCLES, "").split(","), wishes.area_of(a.answers)
    return tuple((c.id, c) for c in wishes.own_circles(area, own, a.covenant))


def ask_village(a: SoFar) -> tuple[Say, ...]:
    """in which village"""
    del a
    return (
        line(_("In which village is it?")),
        line(_("The address comes later, when you have agreed.")),
    )


def ask_own_street(a: SoFar) -> tuple[Say, ...]:
    """may someone from the own street see it"""
    if for_someone_else(a):
        return (line(_("May someone from the street of {name} see this?"), name=a.get("name")),)
    return (line(_("May someone from your own street see this?")),)


def ask_voice(a: SoFar) -> tuple[Say, ...]:
    """may the first name go along"""
    del a
    return (line(_("May your first name go to who wants to help?")),)


HELP = Form(
    "help",
    1,
    Choice(
        "for_whom",
        _("Who is the help for?"),
        label=_("For"),
        when=on_own_account,
        options=((SELF, _("Myself")), (OTHER_PERSON, _("Someone else"))),
    ),
    Text(
        "name",
        _("What is the first name of who gets the help?"),
        label=_("First name"),
        when=for_someone_else,
        max_length=MAX_NAME,
    ),
    Text(
        "text",
        what_is_needed,
        label=_("What is needed"),
        skippable=True,
    ),
    Choice(
        "kind",
        _("Which help fits best?"),
        label=_("Help"),
        options=kinds,
        first=likeliest,
    ),
    Ending(
        "elsewhere",
        elsewhere,
        when=not_between_neighbours,
        options=((TELL, _("Report it")), (READ, _("Ready"))),
    ),
    YesNo("consent", ask_consent, label=_("Agrees"), when=for_someone_else),
    Ending("no_consent", no_consent, when=without_consent, options=after_no_consent),
    Choice("day", _("When is it needed?"), label=_("When"), options=days),
    DayAhead(
        "before",
        _("By which day at the latest? Type it like 31-12."),
        label=_("At the latest"),
        when=before_a_day,
    ),
    Choice(
        "weekday",
        _("On which day of the week?"),
        label=_("Day"),
        when=weekly,
        options=tuple((str(day), name) for day, name in WEEKDAYS.items()),
    ),
    Many("parts", _("At which time of day?"), label=_("Time of day"), options=parts),
    Village("village", ask_village, label=_("Village"), when=on_own_account),
    Choice(
        "circle",
        _("Which circle do you want to ask?"),
        label=_("Circle"),
        when=in_several_circles,
        options=circles,
    ),
    YesNo(
        "street_too",
        ask_own_street,
        label=_("Own street may see it"),
        when=for_company,
    ),
    Text(
        "street",
        _("Which street is that? We leave its people out."),
        label=_("Street"),
        when=not_their_street,
        max_length=100,
    ),
    Choice(
        "voice",
        ask_voice,
        label=_("Tell your first name"),
        options=(
            (Voice.NAMED, _("Yes")),
            (Voice.THROUGH_VOLUNTEER, _("No, only through the volunteer")),
        ),
    ),
    Review("review", who_sees_what),
)


def is_left(answers: Mapping[str, Any]) -> bool:
    """Whether the form ended without anything that neighbours can be asked."""
    return bool(answers.get("kind") == OTHER_KIND or answers.get("consent") == NO)


def goes_on_as_worry(answers: Mapping[str, Any]) -> bool:
    """Whether the person wants to report it instead."""
    return TELL in {answers.get("elsewhere"), answers.get("no_consent")}
