"""The covenant: who has which role and mandate, by which terms, as the partners signed it.

The types are here; what makes a covenant sound is in `soundness.py`, reading the file is at the
edge (`bot/covenants`). Everything is immutable. Ids are short texts that the covenant chooses.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from bot.core.circles import Circle, Helping, HelpKind
from bot.core.names import Id, Language, Titled, Titles
from bot.core.terms import Agreed, Hours, Limits, Retention, Times

Postcode4 = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]{1,14}$")]
Lead = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_-]{0,31})?$")]
"""An id, or empty while the partners haven't decided."""
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Kind(StrEnum):
    """What an item is."""

    CONCERN = "concern"
    ASK = "ask"
    OFFER = "offer"


class About(StrEnum):
    """Whom a concern is about, seen from the one who raises it."""

    SELF = "self"
    OTHER = "other"
    NEIGHBOURHOOD = "neighbourhood"


class Right(StrEnum):
    """What a mandate allows: read the contents, act on the item, lead it (accept and close)."""

    SEE = "see"
    ACT = "act"
    LEAD = "lead"


# Whose home it is, besides the id of a partner that is a landlord.
OTHER_LANDLORD = "other"
OWN_HOME = "own"
UNKNOWN_LANDLORD = "unknown"
LANDLORD_KINDS = (OTHER_LANDLORD, OWN_HOME, UNKNOWN_LANDLORD)

ALL: Literal["all"] = "all"


class Term(Agreed):
    """By when a partner responds first: a number of working days; 0 is the same working day.

    A same-day term counts as the next working day after the cut-off hour of the working hours.
    """

    working_days: Annotated[int, Field(ge=0, le=60)]


class Topic(Titled):
    """What an item can be about."""

    kind: Kind
    about_a_person: bool = False
    """Art. 14 GDPR: that person is told, or it is recorded why not yet."""
    by_landlord: bool = False
    """The form asks whose home it is, since a route depends on it."""
    photos: bool = False
    respond: Term
    progress_days: Annotated[int, Field(ge=1)] = 5
    """Working days between two questions to the holder about progress."""
    ask_reporter_days: Annotated[int, Field(ge=1)]
    """Calendar days between two questions to the reporter."""
    words: Mapping[Language, tuple[str, ...]] = {}
    """Words in a reporter's own sentence that suggest this topic."""
    general: bool = False
    """Suggested when those words fit too few topics."""
    first_offer: Titles | None = None
    """What is offered before anything else, as in "Do you want …?": help with a conversation."""
    without_consent: Titles | None = None
    """Why a volunteer may pass this on also when the person did not agree; else that is refused."""
    refer: Titles | None = None
    """Not taken as an item: this text with the right entry is shown instead."""


class Area(Titled):
    """A village or neighbourhood."""

    postcodes: tuple[Postcode4, ...]
    centre: tuple[Latitude, Longitude] | None = None
    """Latitude and longitude in degrees, to recognise a shared location by the nearest area."""
    radius_km: Annotated[float, Field(gt=0, le=50)] = 3.0
    """Kilometres from the centre; a location farther away is not in this area."""
    also: tuple[str, ...] = ()
    """Other spellings of its name."""


class PartnerKind(StrEnum):
    """What sort of organisation a partner is."""

    MUNICIPALITY = "municipality"
    HOUSING = "housing"
    HEALTH = "health"
    CARE = "care"
    SOCIAL_WORK = "social_work"
    POLICE = "police"
    MEDIATION = "mediation"
    CIRCLES = "circles"


class Mandate(Agreed):
    """What a partner may do: rights × topics × areas, until a date (inclusive)."""

    rights: tuple[Right, ...]
    topics: tuple[Id, ...] | Literal["all"]
    areas: tuple[Id, ...] | Literal["all"] = ALL
    own_tenants_only: bool = False
    until: date | None = None

    def covers(self, right: Right, topic: str, area: str, on: date) -> bool:
        """Whether this mandate gives `right` for `topic` in `area` on the day `on`."""
        return (
            right in self.rights
            and (self.topics == ALL or topic in self.topics)
            and (self.areas == ALL or area in self.areas)
            and (self.until is None or on <= self.until)
        )


class Partner(Titled):
    """An organisation in the covenant, or a unit of one (`part_of`), such as its team leader."""

    kind: PartnerKind
    phone: Phone | None = None
    landlord: bool = False
    part_of: Id | None = None
    """A unit has the mandates of the partner that it is part of."""
    deputy: Id | None = None
    """Who answers when this partner stays silent; without one, the coordinator."""
    mandates: tuple[Mandate, ...] = ()


class Route(Agreed):
    """A rule from item to partner; the first that matches holds."""

    topics: tuple[Id, ...] | Literal["all"]
    areas: tuple[Id, ...] | Literal["all"] = ALL
    landlords: tuple[Id, ...] | Literal["all"] = ALL
    """Partner ids of landlords, or `other`, `own`, `unknown`."""
    about: tuple[About, ...] | Literal["all"] = ALL
    lead: Lead = ""
    involve: tuple[Id, ...] = ()
    because: Mapping[Language, str] = {}
    """The reason in words, shown to whoever asks why this partner."""

    def matches(self, topic: str, area: str, landlord: str, about: About) -> bool:
        """Whether this rule applies."""
        return (
            (self.topics == ALL or topic in self.topics)
            and (self.areas == ALL or area in self.areas)
            and (self.landlords == ALL or landlord in self.landlords)
            and (self.about == ALL or about in self.about)
        )


class LadderTo(StrEnum):
    """Who is asked on a step of the ladder."""

    HOLDER = "holder"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"


class LadderStep(Agreed):
    """What happens while a partner has not responded."""

    at_percent: Annotated[int, Field(ge=1, le=1000)]
    """Of the term, in working time."""
    to: LadderTo


Danger = Literal["life", "suicide", "violence", "behaviour", "child"]


class HelpNumber(Agreed):
    """A number to call, with what it is for."""

    number: Phone
    purpose: Titles
    danger: tuple[Danger, ...] = ()
    """For which words of danger it is given."""
    app: Titles | None = None
    """What to use when you can't speak."""


class Covenant(Agreed):
    """The whole agreement."""

    id: Id
    title: Titles
    fictional: bool = False
    code_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
    """First letters of every reference code."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    local_phone: Phone | None = None
    """Where people call when it gets worse; required of a finished covenant."""
    coordinator: Id
    """The partner that owns whatever has no owner."""
    coordinators: tuple[str, ...] = ()
    """The posts that coordinate; a finished covenant has at least two."""
    hours: Hours
    times: Times = Times()
    retention: Retention = Retention()
    limits: Limits = Limits()
    ladder: tuple[LadderStep, ...]
    areas: tuple[Area, ...]
    partners: tuple[Partner, ...]
    topics: tuple[Topic, ...]
    routes: tuple[Route, ...]
    help: tuple[HelpNumber, ...]
    kinds: tuple[HelpKind, ...] = ()
    """The kinds of help that neighbours give each other."""
    circles: tuple[Circle, ...] = ()
    helping: Helping = Helping()

    def __hash__(self) -> int:
        """By id, so that what follows from a covenant can be remembered with it."""
        return hash(self.id)

    def topic(self, id_: str) -> Topic:
        """The topic with this id; `KeyError` if there is none."""
        return _find(self.topics, id_)

    def area(self, id_: str) -> Area:
        """The area with this id; `KeyError` if there is none."""
        return _find(self.areas, id_)

    def partner(self, id_: str) -> Partner:
        """The partner with this id; `KeyError` if there is none."""
        return _find(self.partners, id_)

    def kind(self, id_: str) -> HelpKind:
        """The kind of help with this id; `KeyError` if there is none."""
        return _find(self.kinds, id_)

    def circle(self, id_: str) -> Circle:
        """The circle with this id; `KeyError` if there is none."""
        return _find(self.circles, id_)

    @property
    def landlords(self) -> tuple[Partner, ...]:
        """The partners that let homes."""
        return tuple(p for p in self.partners if p.landlord)

    def mandates_of(self, partner: Partner) -> tuple[Mandate, ...]:
        """Its own mandates and those of the partner that it is part of, if that exists."""
        wholes = (p for p in self.partners if p.id == partner.part_of)
        return partner.mandates + tuple(m for whole in wholes for m in whole.mandates)


_Part = TypeVar("_Part", bound=Titled)


def _find(parts: tuple[_Part, ...], id_: str) -> _Part:
    for part in parts:
        if part.id == id_:
            return part
    raise KeyError(id_)
