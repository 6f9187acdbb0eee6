"""The form with which a neighbour offers help, and the offer that comes of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.choices import Choice, Option, Review
from bot.core.circles import Level
from bot.core.covenant import Covenant
from bot.core.forms import Answered, Form
from bot.core.given import Given
from bot.core.helping.neighbours import Offer
from bot.core.helping.said import PARTS, WEEKDAYS, kind_or_none
from bot.core.helping.times import Daypart, times
from bot.core.many_choices import DayAhead, Many
from bot.core.prompts import Say
from bot.core.question_kinds import ELSEWHERE, Village
from bot.core.questions import Accepted, Refused, SoFar, Text
from bot.core.words import _, line

OWN, CHOSEN, ALL = "own", "chosen", "all"
SAVE = "send"
_WORKDAYS, _WEEKEND = ("1", "2", "3", "4", "5"), ("6", "7")
_OUTSIDE = _("Only these villages help each other. Please choose the nearest one.")


class OwnVillage(Village):
    """One of the covenant's villages, and no other."""

    def read(self, given: Given, so_far: SoFar) -> Accepted | Refused:
        """As a village; elsewhere is no answer."""
        read = super().read(given, so_far)
        elsewhere = isinstance(read, Accepted) and read.value == ELSEWHERE
        return Refused(line(_OUTSIDE)) if elsewhere else read


def goes_to_some(a: SoFar) -> bool:
    """goes to some villages"""
    return bool(a.get("reach") == CHOSEN)


def kinds(a: SoFar) -> tuple[Option, ...]:
    """the covenant's kinds of help"""
    return tuple((kind.id, kind) for kind in a.covenant.kinds)


def villages(a: SoFar) -> tuple[Option, ...]:
    """the covenant's villages"""
    return tuple((area.id, area) for area in a.covenant.areas)


def other_villages(a: SoFar) -> tuple[Option, ...]:
    """the covenant's villages but the own one"""
    return tuple(option for option in villages(a) if option[0] != a.get("village"))


def ask_street(a: SoFar) -> tuple[Say, ...]:
    """in which street, and what that is for"""
    del a
    return (
        line(_("In which street do you live?")),
        line(_("Some people don't want their own street to know. Nobody else sees it.")),
    )


def what_follows(a: SoFar) -> tuple[Say, ...]:
    """what happens with the offer, and what else is needed"""
    chosen = [kind_or_none(kind, a.covenant) for kind in a.get("kinds")]
    careful = any(kind and kind.level is Level.ALONE for kind in chosen)
    said: list[Say] = [
        line(_("We ask you in private when someone needs this. You may always say no.")),
        line(_("Nobody can look you up. Names are told only once you want to help.")),
    ]
    if careful:
        said += [
            line(_("Some of this is alone with someone, or with money, keys or a car.")),
            line(_("The coach must see your certificate (VOG), and a volunteer introduces you.")),
            line(_("Until then we ask you only for the other things.")),
        ]
    return tuple(said)


OFFER = Form(
    "offer",
    1,
    Many("kinds", _("What would you like to help with?"), label=_("Help"), options=kinds),
    Many(
        "weekdays",
        _("On which days can you help?"),
        label=_("Days"),
        options=tuple((str(day), name) for day, name in WEEKDAYS.items()),
        sets=(
            ("workdays", _("Working days"), _WORKDAYS),
            ("weekend", _("Weekend"), _WEEKEND),
            ("every", _("All days"), (*_WORKDAYS, *_WEEKEND)),
        ),
    ),
    Many(
        "parts",
        _("At which time of day?"),
        label=_("Time of day"),
        options=tuple((part.value, name) for part, name in PARTS.items()),
    ),
    OwnVillage("village", _("In which village do you live?"), label=_("Village"), options=villages),
    Choice(
        "reach",
        _("Where do you want to help?"),
        label=_("Where"),
        options=(
            (OWN, _("Only in my village")),
            (CHOSEN, _("Some other villages too")),
            (ALL, _("All villages")),
        ),
    ),
    Many(
        "villages",
        _("To which other villages do you go?"),
        label=_("Other villages"),
        when=goes_to_some,
        options=other_villages,
    ),
    Choice(
        "most",
        _("How often a month at most?"),
        label=_("At most a month"),
        options=(
            ("1", _("Once")),
            ("2", _("Twice")),
            ("4", _("Four times")),
            ("8", _("Eight times")),
        ),
    ),
    Text("street", ask_street, label=_("Street"), skippable=True, max_length=100),
    Review("review", what_follows, options=((SAVE, _("Save")),)),
)

PAUSE = Form(
    "pause",
    1,
    DayAhead(
        "until",
        _("From which day may we ask you again? Type it like 31-12."),
        most=366,
        ahead=((7, _("In a week")), (30, _("In a month"))),
    ),
)
"""Until when an offer rests."""


def to_offer(
    answers: Mapping[str, Any], before: Offer | None, covenant: Covenant, now: datetime
) -> Offer:
    """The offer, from the answers of a finished form; a pause of the one before goes on."""
    village = answers["village"]
    reached = {
        OWN: (village,),
        CHOSEN: (village, *(answers.get("villages") or ())),
        ALL: tuple(area.id for area in covenant.areas),
    }
    parts = [Daypart(part) for part in answers["parts"]]
    return Offer(
        kinds=tuple(kind.id for kind in covenant.kinds if kind.id in answers["kinds"]),
        times=times([int(day) for day in answers["weekdays"]], parts),
        area=village,
        areas=tuple(dict.fromkeys(reached[answers["reach"]])),
        most=int(answers["most"]),
        street=answers.get("street") or "",
        paused_until=before.paused_until if before else None,
        since=before.since if before else now,
    )


def from_offer(offer: Offer, covenant: Covenant) -> dict[str, Answered]:
    """The answers that would give this offer, to change them."""
    others = [area for area in offer.areas if area != offer.area]
    reach = ALL if len(offer.areas) == len(covenant.areas) else CHOSEN if others else OWN
    answers: dict[str, Any] = {
        "kinds": list(offer.kinds),
        "weekdays": [str(day) for day in weekdays_of(offer)],
        "parts": [part.value for part in parts_of(offer)],
        "village": offer.area,
        "reach": reach,
        "most": str(offer.most),
        "street": offer.street or None,
        **({"villages": others} if reach == CHOSEN else {}),
    }
    return {name: Answered(value=value) for name, value in answers.items()}


def weekdays_of(offer: Offer) -> tuple[int, ...]:
    """The ISO weekdays of an offer."""
    return tuple(day for day in WEEKDAYS if offer.times & times([day], Daypart))


def parts_of(offer: Offer) -> tuple[Daypart, ...]:
    """The parts of the day of an offer."""
    return tuple(part for part in Daypart if offer.times & times(WEEKDAYS, [part]))
