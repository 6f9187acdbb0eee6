"""An address, a name or a shared location tells which village of the covenant it is in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.places import find_area, is_outside, nearest
from bot.covenants import load
from tests.covenants.broken import EXAMPLE, TODAY

COVENANT = load(Path(EXAMPLE), today=TODAY).covenant


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("5764", "de-rips"),
        ("5421 AB", "gemert"),
        ("5422ab", "gemert"),
        ("Kerkstraat 3, 5761 CD Bakel", "bakel"),
        ("Kerkstraat 3 5763cd", "milheeze"),
        ("Dorpsstraat 12, 5425", "de-mortel"),
        ("Gemert", "gemert"),
        ("  de  RIPS ", "de-rips"),
        ("De Ríps", "de-rips"),
        ("rips", "de-rips"),
        ("Gimmert", "gemert"),
        ("Mortel 4, Gemert", "gemert"),
        ("Gemertseweg 10 Handel", "handel"),
        ("Milheze", "milheeze"),
        ("Elsendrop", "elsendorp"),
        ("Gemrt", "gemert"),
        ("Kerkstraat 3 in Elsedorp", "elsendorp"),
        ("De Mortl", "de-mortel"),
        ("Kerkstraat 5761", "bakel"),
    ],
)
def test_a_text_that_tells_the_village(text: str, area: str) -> None:
    found = find_area(text, COVENANT)
    assert found is not None
    assert found.id == area


@pytest.mark.parametrize(
    "text",
    ["", "ja", "Kerkstraat 3", "Gemertseweg 10", "Boekel", "Deurne", "Helmond", "1234567", "🙂"],
)
def test_a_text_that_does_not_tell(text: str) -> None:
    assert find_area(text, COVENANT) is None
    assert not is_outside(text, COVENANT)


@pytest.mark.parametrize(
    "text", ["5427 AA", "Kerkstraat 3, 5751AB Deurne", "1012", "5427 AA Gemert"]
)
def test_a_postcode_outside_the_covenant_is_told_apart(text: str) -> None:
    assert find_area(text, COVENANT) is None
    assert is_outside(text, COVENANT)


def test_a_house_number_of_four_digits_is_no_postcode() -> None:
    assert not is_outside("Provincialeweg 1012, Gemert", COVENANT)
    found = find_area("Provincialeweg 1012, Gemert", COVENANT)
    assert found == COVENANT.area("gemert")


def test_a_location_is_in_the_nearest_village_unless_it_is_far_away() -> None:
    assert nearest(51.557, 5.695, COVENANT) == COVENANT.area("gemert")
    assert nearest(51.551, 5.800, COVENANT) == COVENANT.area("de-rips")
    assert nearest(51.603, 5.674, COVENANT) is None, "Boekel, across the border"
    assert nearest(51.481, 5.661, COVENANT) is None, "Helmond"
    assert nearest(0, 0, COVENANT) is None


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    found = find_area(text, COVENANT)
    assert found is None or found in COVENANT.areas
    assert not (found and is_outside(text, COVENANT))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_location_gets_an_answer(lat: float, lon: float) -> None:
    found = nearest(lat, lon, COVENANT)
    assert found is None or found in COVENANT.areas
