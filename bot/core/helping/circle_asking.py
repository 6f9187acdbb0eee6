"""The form of a warm hand-over from a partner to a circle."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.choices import NO, Choice, Ending, Option, Review, YesNo
from bot.core.forms import Form
from bot.core.helping import ask_form, wishes
from bot.core.helping.asks import Consent, Voice, Wish
from bot.core.helping.said import WEEKDAYS, kind_said, when_said
from bot.core.helping.wishes import WEEKLY, WITHIN_A_WEEK
from bot.core.items import Item, Openness
from bot.core.many_choices import Many
from bot.core.prompts import Say, Verb
from bot.core.questions import SoFar, Text
from bot.core.suggest import suggest_kinds
from bot.core.words import _, line
from bot.core.worktime import Rules

AREA = "area"
"""Key of the draft's context: the village of the item."""
SENTENCE = 300
"""Characters of what is asked of a circle: one sentence."""
Answers = Mapping[str, Any]


def circles(a: SoFar) -> tuple[Option, ...]:
    """the covenant's circles, those of the village first"""
    here = a.context.get(AREA)
    ordered = sorted(a.covenant.circles, key=lambda c: c.area != here)
    return tuple((c.id, c) for c in ordered)


def nearby(a: SoFar) -> tuple[str, ...]:
    """the circles of the village"""
    here = a.context.get(AREA)
    return tuple(c.id for c in a.covenant.circles if c.area == here)


def kinds(a: SoFar) -> tuple[Option, ...]:
    """the covenant's kinds of help"""
    return tuple((k.id, k) for k in a.covenant.kinds)


def likeliest(a: SoFar) -> tuple[str, ...]:
    """the kinds that fit the words of the sentence"""
    return tuple(k.id for k in suggest_kinds(a.get("text") or "", a.covenant))


def ask_sentence(a: SoFar) -> tuple[Say, ...]:
    """one sentence for the circle"""
    del a
    return (
        line(_("What do you ask of the circle? One sentence.")),
        line(_("No names, and nothing about care. Who wants to help reads it.")),
    )


def ask_circle_consent(a: SoFar) -> tuple[Say, ...]:
    """did the person say yes to this circle"""
    circle = a.covenant.circle(a.get("circle"))
    return (
        line(_("{Circle} would be asked."), Circle=circle),
        line(_("Did the person say yes to that, to you?")),
    )


def no_yes(a: SoFar) -> bool:
    """the person did not say yes"""
    return stays_here(a.answers)


def ask_first(a: SoFar) -> tuple[Say, ...]:
    """that nothing goes to a circle without a yes"""
    del a
    return (line(_("Without their yes nothing goes to a circle. Please ask them first.")),)


def who_is_asked(a: SoFar) -> tuple[Say, ...]:
    """what the circle sees, and who talks along"""
    circle = a.covenant.circle(a.get("circle"))
    when = wishes.when_of(a.answers, a.scene.rules, a.scene.now)
    kind = kind_said(a.get("kind"), a.covenant)
    return (
        line(_("Neighbours in {where} see only this:"), where=circle),
        line(_("{Kind}, {when}."), Kind=kind, when=when_said(when)),
        line(_("Who wants to help sees your sentence.")),
        line(_("The volunteer of the circle can talk along with you in this chat.")),
        line(_("The report stays with you until you close it.")),
    )


TO_CIRCLE = Form(
    "to_circle",
    1,
    Choice(
        "circle",
        _("Which circle do you want to ask?"),
        label=_("Circle"),
        options=circles,
        first=nearby,
        more_label=_("Another circle"),
    ),
    Text("text", ask_sentence, label=_("What"), max_length=SENTENCE),
    Choice("kind", _("Which help fits best?"), label=_("Help"), options=kinds, first=likeliest),
    Choice(
        "day",
        _("When is it needed?"),
        label=_("When"),
        options=((WEEKLY, _("Every week")), (WITHIN_A_WEEK, _("Within a week"))),
    ),
    Choice(
        "weekday",
        _("On which day of the week?"),
        label=_("Day"),
        when=ask_form.weekly,
        options=tuple((str(day), name) for day, name in WEEKDAYS.items()),
    ),
    Many("parts", _("At which time of day?"), label=_("Time of day"), options=ask_form.parts),
    YesNo("agreed", ask_circle_consent, label=_("Agrees")),
    Ending(
        "ask_first",
        ask_first,
        when=no_yes,
        options=(("read", _("Ready")),),
        extra=((Verb.CHANGE, "agreed", _("Change the answer")),),
    ),
    Review("review", who_is_asked),
)
"""A professional asks a circle for something, for the person whom an item is about."""


def stays_here(answers: Answers) -> bool:
    """Whether nothing goes to a circle, since the person did not say yes."""
    return bool(answers.get("agreed") == NO)


def to_wish(
    answers: Answers, item: Item, *, by: str, asker: str | None, rules: Rules, now: datetime
) -> Wish:
    """What is asked of the circle, by the professional `by` (person key) who heard the yes.

    The address is not passed on: the resident gives it to the helper, when they agree. Only who
    is the `asker` here can be named.
    """
    circle = rules.covenant.circle(answers["circle"])
    named = asker is not None and item.report.openness is Openness.NAMED
    return Wish(
        kind=answers["kind"],
        when=wishes.when_of(answers, rules, now),
        area=circle.area,
        circle=circle.id,
        text=answers["text"],
        voice=Voice.NAMED if named else Voice.THROUGH_VOLUNTEER,
        consent=Consent(to=by, at=now),
    )
