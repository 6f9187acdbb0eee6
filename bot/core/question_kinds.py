"""The other kinds of question: a place, a day, and several things one after the other."""

import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from bot.core.choices import Choice, Option, Options
from bot.core.covenant import Area, Covenant
from bot.core.given import (
    Album,
    Document,
    Forwarded,
    Given,
    LocationShared,
    PhotoSent,
    Said,
    Voice,
    clean,
)
from bot.core.labels import pick
from bot.core.places import find_area, is_outside, nearest
from bot.core.prompts import Button, Say, Verb
from bot.core.questions import (
    NO_WORDS,
    NOBODY_LISTENS,
    NOBODY_LOOKS,
    Accepted,
    Question,
    Refused,
    SoFar,
    Text,
    has_words,
    refused,
)
from bot.core.words import _, line

ELSEWHERE = "elsewhere"
"""The village of a place outside every area of the covenant."""
MAX_ADDRESS = 200
_POLE, _DATE_LINE = 90, 180
"""Degrees of latitude and longitude, at most."""
MIN_ADDRESS = 4
"""Letters and digits: what is shorter is no street."""

_ON_MAP = re.compile(r"-?\d+\.\d{5}, -?\d+\.\d{5}")
_SHARED = _("the place that you shared")
_SHARED_IN = _("the place that you shared, in {village}")
_OUTSIDE = _("That is outside our villages. {Partner} finds out who can help.")
_SHORT_ADDRESS = _("That is too short for an address. Please type the street and number.")
_UNKNOWN_VILLAGE = _("I don't know that village. Please tap one, or type your postcode.")
_NOT_A_DATE = _("I can't read a date in that. Type it like this: 31-12-2025.")
_FUTURE = _("That date is still to come. Please give a date that has passed.")
_LONG_AGO = _("That date is more than a year ago. Please give a later date.")
_ENOUGH = _("That is enough for now: {max} is the most. Tap Ready.")


def outside_note(covenant: Covenant) -> Say:
    """What is said about a place that no area of the covenant has."""
    return line(_OUTSIDE, Partner=covenant.partner(covenant.coordinator))


@dataclass(frozen=True)
class Address(Text):
    """A street and number, or a shared location: `{"text": …, "area": id, "elsewhere" or None}`."""

    by_name: KW_ONLY
    max_length: int = MAX_ADDRESS
    takes_location: ClassVar[bool] = True

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """Words, with an area that the covenant has, none, or elsewhere."""
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            return False
        known = [None, ELSEWHERE, *(a.id for a in so_far.covenant.areas)]
        return value.get("area") in known and isinstance(
            super().read_text(value["text"], so_far), Accepted
        )

    def read(self, given: Given, so_far: SoFar) -> Accepted | Refused:
        """Also takes a shared location."""
        if isinstance(given, LocationShared) and _on_earth(given):
            found = nearest(given.lat, given.lon, so_far.covenant)
            return self._placed(f"{given.lat:.5f}, {given.lon:.5f}", found, so_far, known=True)
        return super().read(given, so_far)

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """The address, with the village when it names one or has a postcode."""
        read = super().read_text(text, so_far)
        if isinstance(read, Refused):
            return read
        if sum(c.isalnum() for c in text) < MIN_ADDRESS:
            return Refused(line(_SHORT_ADDRESS))
        found = find_area(text, so_far.covenant)
        return self._placed(text, found, so_far, known=is_outside(text, so_far.covenant))

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """The address as it was given; of a shared location the village, if it is one of ours."""
        if not _ON_MAP.fullmatch(value["text"]):
            return super().shown(value["text"], so_far)
        area = next((a for a in so_far.covenant.areas if a.id == value["area"]), None)
        return line(_SHARED_IN, village=area) if area else line(_SHARED)

    def _placed(self, text: str, area: Area | None, so_far: SoFar, *, known: bool) -> Accepted:
        if area is None and known:
            return Accepted({"text": text, "area": ELSEWHERE}, (outside_note(so_far.covenant),))
        return Accepted({"text": text, "area": area.id if area else None})


def _on_earth(place: LocationShared) -> bool:
    return abs(place.lat) <= _POLE and abs(place.lon) <= _DATE_LINE


def villages(so_far: SoFar) -> tuple[Option, ...]:
    """the covenant's villages, and elsewhere"""
    areas = tuple((area.id, area) for area in so_far.covenant.areas)
    return (*areas, (ELSEWHERE, line(_("Somewhere else"))))


@dataclass(frozen=True)
class Village(Choice):
    """A village: a tap, its name, a postcode or a shared location; the id of an area."""

    by_name: KW_ONLY
    options: Options = villages
    takes_location: ClassVar[bool] = True

    def read(self, given: Given, so_far: SoFar) -> Accepted | Refused:
        """Also takes a shared location."""
        if isinstance(given, LocationShared) and _on_earth(given):
            return _village(nearest(given.lat, given.lon, so_far.covenant), so_far)
        return super().read(given, so_far)

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """A name, a number on the screen, or a postcode."""
        chosen = super().read_text(text, so_far)
        if isinstance(chosen, Accepted):
            return self.read_value(chosen.value, so_far)
        found = find_area(text, so_far.covenant)
        if found is None and not is_outside(text, so_far.covenant):
            return Refused(line(_UNKNOWN_VILLAGE))
        return _village(found, so_far)

    def read_value(self, value: str, so_far: SoFar) -> Accepted | Refused:
        """An id of an area, or elsewhere with what follows from that."""
        if value == ELSEWHERE:
            return _village(None, so_far)
        return super().read_value(value, so_far)


def _village(area: Area | None, so_far: SoFar) -> Accepted:
    if area is None:
        return Accepted(ELSEWHERE, (outside_note(so_far.covenant),))
    return Accepted(area.id)


_DATE = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class DatePart(Question):
    """A day that has passed, at most a year ago: today, yesterday or typed; an ISO date."""

    def buttons(self, so_far: SoFar) -> tuple[Button, ...]:
        """Today and yesterday, as people there count days."""
        now = today(so_far)
        yesterday = now - timedelta(days=1)
        return (
            Button(line(_("Today")), Verb.ANSWER, now.isoformat()),
            Button(line(_("Yesterday")), Verb.ANSWER, yesterday.isoformat()),
        )

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """An ISO date that has passed."""
        day = iso(value)
        return day is not None and _too_early_or_late(day, so_far) is None

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """The label of a button, or a date in numbers, day first; without a year: the last one."""
        say, buttons = so_far.scene.say, self.buttons(so_far)
        labels = [(b.value, say(b.label)) for b in buttons]
        picked = pick(text, [b.value for b in buttons], labels)
        day = iso(picked) if picked else typed_date(text, today(so_far))
        if day is None:
            return Refused(line(_NOT_A_DATE))
        wrong = _too_early_or_late(day, so_far)
        return Refused(line(wrong)) if wrong else Accepted(day.isoformat())

    def shown(self, value: Any, so_far: SoFar) -> Say:
        """The day, as the reader's language writes it."""
        del so_far
        return line("{day}", day=date.fromisoformat(value))


def today(so_far: SoFar) -> date:
    """The day that it is there."""
    return so_far.scene.rules.calendar.local(so_far.scene.now).date()


def iso(value: Any) -> date | None:
    """The date of an answer; None when it is none."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def typed_date(text: str, now: date, *, ahead: bool = False) -> date | None:
    """A date that was typed in numbers, day first; without a year the last one, or the next."""
    whole, numbers = _ISO.match(text), _DATE.match(text)
    if whole:
        year, month, day = whole.groups()
    elif numbers:
        day, month, year = numbers.groups()
    else:
        return None
    near = [now.year, now.year + 1 if ahead else now.year - 1]
    years = [int(year)] if year else near
    found = [d for y in years if (d := _day(y, int(month), int(day)))]
    fitting = (d for d in found if (d > now if ahead else d <= now))
    return next(fitting, found[0] if found else None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _too_early_or_late(day: date, so_far: SoFar) -> str | None:
    now = today(so_far)
    if day > now:
        return _FUTURE
    return _LONG_AGO if now - day > _YEAR else None


@dataclass(frozen=True)
class Thing:
    """One of several things that a person adds: `text`, `voice` or `photo` (with `caption`)."""

    data: dict[str, str]


@dataclass(frozen=True)
class Collect(Question):
    """Several things, each taken at once; the stored answer only counts them."""

    by_name: KW_ONLY
    limit: Callable[[SoFar], int]
    """How many things are taken at most."""
    photos: Callable[[SoFar], bool]
    """Whether photos are taken."""
    no_photos: str = _("Photos don't go with this subject. Please write it in words.")

    collects: ClassVar[bool] = True

    def ready(self, so_far: SoFar) -> bool:
        """Something has been given."""
        return so_far.count > 0

    def valid(self, value: Any, so_far: SoFar) -> bool:
        """The person said that there is no more."""
        return isinstance(value, int) and self.name in so_far.done

    def read(self, given: Given, so_far: SoFar) -> Accepted | Refused:
        """A text, voice message or photo; a forwarded text too."""
        if so_far.count >= self.limit(so_far):
            return Refused(line(_ENOUGH, max=self.limit(so_far)))
        match given:
            case Said(text=text) | Forwarded(text=text) if clean(text):
                return self.read_text(clean(text), so_far)
            case Voice(file_id=file_id):
                return Accepted(Thing({"voice": file_id}), (line(NOBODY_LISTENS),))
            case PhotoSent() | Album():
                return self._photo(given, so_far)
            case Document(caption=caption) if clean(caption):
                return self.read_text(clean(caption), so_far)
        return refused(given)

    def read_text(self, text: str, so_far: SoFar) -> Accepted | Refused:
        """The words."""
        del so_far
        return Accepted(Thing({"text": text})) if has_words(text) else Refused(line(NO_WORDS))

    def _photo(self, given: PhotoSent | Album, so_far: SoFar) -> Accepted | Refused:
        caption = clean(given.caption)
        if self.photos(so_far):
            thing = Thing({"photo": given.file_id, "caption": caption})
            return Accepted(thing, (line(NOBODY_LOOKS),))
        return Refused(line(self.no_photos))
