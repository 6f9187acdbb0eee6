"""Reference codes: easy to read aloud, and found again however they are typed."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.codes import ALPHABET, LENGTH, LONGER, draw, find, parse

PREFIXES = st.from_regex(r"[A-Z]{2,4}", fullmatch=True)
SEEDS = st.integers(0, 10**6)


def test_the_alphabet_has_no_look_alikes_and_no_vowels() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 20
    for pair in ("0O", "1I", "1L", "5S", "8B", "UV", "2Z", "IL"):
        assert len(set(pair) & set(ALPHABET)) < 2
    assert not set("AEIOUY01") & set(ALPHABET)


@given(prefix=PREFIXES, seed=SEEDS, length=st.sampled_from([LENGTH, LONGER]))
def test_a_code_is_found_again_however_it_is_typed(prefix: str, seed: int, length: int) -> None:
    code = draw(prefix, Random(seed).randrange, length)
    bare = code.removeprefix(f"{prefix}-")
    typed = [code, code.lower(), code.replace("-", ""), code.replace("-", " – "), f" {code} "]
    assert {parse(t, prefix) for t in typed} == {code}
    assert parse(bare, prefix) == code
    assert find(f"Hoe staat het met {code.lower()}?", prefix) == code


@given(seed=SEEDS)
def test_no_character_comes_twice_in_a_row(seed: int) -> None:
    code = draw("GB", Random(seed).randrange, LONGER)
    assert all(a != b for a, b in pairwise(code))


@given(text=st.text(max_size=60))
def test_any_text_is_either_a_code_or_nothing(text: str) -> None:
    for code in (parse(text, "GB"), find(text, "GB")):
        assert code is None or (code.startswith("GB-") and set(code[3:]) <= set(ALPHABET))


@pytest.mark.parametrize("typed", ["", "GB", "GB-", "GB-7K", "hallo", "GB-OOOO", "GB-234679CD"])
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert parse(typed, "GB") is None


def test_a_typed_z_was_a_two() -> None:
    assert parse("gb-z3f4", "GB") == "GB-23F4"


def test_a_sentence_without_a_code_has_none() -> None:
    assert find("De GB-vlag hangt uit, en de buren zijn stil.", "GB") is None


def test_there_are_enough_codes_for_a_municipality_and_longer_ones_after_that() -> None:
    random = Random(1).randrange
    assert len({draw("GB", random) for _ in range(2000)}) > 1950
    assert len(draw("GB", random, LONGER)) == len("GB-") + LONGER
