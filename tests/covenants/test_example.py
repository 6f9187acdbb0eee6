"""The example covenant says what the partners of Gemert-Bakel would have agreed."""

import re

from bot.core.covenant import LadderTo
from bot.core.labels import fold
from bot.covenants import load
from tests.covenants.broken import EXAMPLE, TODAY

COVENANT = load(EXAMPLE, today=TODAY).covenant
MANY = 8
NATIONAL = re.compile(r"^(112|113|144|0[89]\d\d? ?-?\d{3,4}( \d{3})?|0900-8844)$")


def test_every_topic_that_can_be_suggested_has_everyday_words_in_every_language() -> None:
    for topic in COVENANT.topics:
        for language in COVENANT.languages:
            words = topic.words[language]
            assert len({fold(w) for w in words}) == len(words), (topic.id, language)
            assert all(words), topic.id
            if topic.refer is None and topic.id != "other":
                assert len(words) >= MANY, (topic.id, language)


def test_the_terms_are_those_of_the_table() -> None:
    same_day = {t.id for t in COVENANT.topics if t.respond.working_days == 0 and not t.refer}
    assert same_day == {"behaviour", "forgetful", "threatened"}
    for topic in COVENANT.topics:
        asked = {0: 1, 1: 5, 2: 5}.get(topic.respond.working_days, 14)
        assert topic.ask_reporter_days == asked, topic.id


def test_silence_climbs_from_holder_to_deputy_to_coordinator() -> None:
    steps = [(s.at_percent, s.to) for s in COVENANT.ladder]
    assert steps == [
        (50, LadderTo.HOLDER),
        (100, LadderTo.DEPUTY),
        (150, LadderTo.COORDINATOR),
    ]


def test_no_fictional_partner_has_a_real_number() -> None:
    for partner in COVENANT.partners:
        number = partner.phone
        assert number is None or number.startswith("0492 00 00") or number == "0900-8844"


def test_the_help_numbers_are_the_national_ones() -> None:
    for help_ in COVENANT.help:
        assert NATIONAL.match(help_.number), help_.number


def test_it_does_not_judge() -> None:
    """Loneliness is no label, and nobody is called confused."""
    titles = {fold(t) for topic in COVENANT.topics for t in topic.title.values()}
    assert not any("eenza" in t or "verward" in t or "lonel" in t for t in titles)
