"""The house rules hold for this repository."""

import pytest

from tests.catalogues.wording import USUAL_WORDS
from tests.house.rules import RULES, mean_dutch_sentence


@pytest.mark.parametrize("name", RULES)
def test_house_rule_holds(name: str) -> None:
    """Nothing in the repository breaks this rule."""
    findings = list(RULES[name]())
    assert not findings, "\n".join(map(str, findings))


def test_dutch_sentences_are_about_ten_words_at_most() -> None:
    """A person under stress reads one short line."""
    assert mean_dutch_sentence() <= USUAL_WORDS
