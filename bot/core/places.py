"""Places: which area of the covenant an address, a name or a shared location is in."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from math import asin, cos, radians, sin, sqrt

from bot.core.covenant import Area, Covenant
from bot.core.labels import fold

# Four digits and two letters; the letters SA, SD and SS are not in use (NEN 5825).
_POSTCODE6 = re.compile(r"\b([1-9][0-9]{3})\s?(?!S[ADS]\b)[A-Z]{2}\b", re.IGNORECASE)
_POSTCODE4 = re.compile(r"\b[1-9][0-9]{3}\b")

_ALIKE = 0.82
"""How alike (difflib's ratio) a typing error may be: one letter in six, so Boekel is not Bakel."""
_SHORTEST_GUESS = 5
"""Shorter names resemble too many other words."""
_LONGEST_NAME = 3
"""Words at the end of an address in which a typing error is looked for."""

_EARTH_KM = 6371.0
"""Mean radius of the earth (IUGG)."""


def find_area(text: str, covenant: Covenant) -> Area | None:
    """The area that an address line or a name tells, or None.

    A postcode decides, also when it is outside every area (see `is_outside`); then the last name
    of an area in the text, with small typing errors.
    """
    postcodes = {code: area for area in covenant.areas for code in area.postcodes}
    code = _postcode(text, covenant)
    if code is not None:
        return postcodes.get(code)
    words = fold(text).split()
    names = dict(_names(covenant))
    return _named(words, names) or _resembling(words, names)


def is_outside(text: str, covenant: Covenant) -> bool:
    """Whether the text has a postcode, and that is of no area of the covenant."""
    code = _postcode(text, covenant)
    return code is not None and all(code not in area.postcodes for area in covenant.areas)


def nearest(lat: float, lon: float, covenant: Covenant) -> Area | None:
    """The area whose centre is nearest to this location (degrees), None when it is too far away."""
    placed = (
        (_km(lat, lon, *area.centre), area) for area in covenant.areas if area.centre is not None
    )
    within = [(km, index, area) for index, (km, area) in enumerate(placed) if km <= area.radius_km]
    return min(within)[2] if within else None


def _postcode(text: str, covenant: Covenant) -> str | None:
    """The four digits of a postcode; without letters only if it is known, or stands alone."""
    whole = _POSTCODE6.findall(text)
    if whole:
        return str(whole[-1])
    known = {code for area in covenant.areas for code in area.postcodes}
    bare = [n for n in _POSTCODE4.findall(text) if n in known or n == text.strip()]
    return bare[-1] if bare else None


def _names(covenant: Covenant) -> Iterator[tuple[str, Area]]:
    for area in covenant.areas:
        for name in (*area.title.values(), *area.also):
            if folded := fold(name):
                yield folded, area


def _named(words: list[str], names: dict[str, Area]) -> Area | None:
    """The area whose name ends last in the text, since a town comes after the street."""
    for end in range(len(words), 0, -1):
        for start in range(end):
            area = names.get(" ".join(words[start:end]))
            if area:
                return area
    return None


def _resembling(words: list[str], names: dict[str, Area]) -> Area | None:
    long_names = [name for name in names if len(name) >= _SHORTEST_GUESS]
    for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
        guess = " ".join(words[-count:])
        if len(guess) < _SHORTEST_GUESS:
            continue
        found = get_close_matches(guess, long_names, n=1, cutoff=_ALIKE)
        if found:
            return names[found[0]]
    return None


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance over the ground, in kilometres (haversine formula)."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    across = cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(sin(north / 2) ** 2 + across)))
