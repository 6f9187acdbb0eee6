"""Who talks along after a hand-over, and as whom: by the roles and mandates of this moment."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.covenant import About, Kind
from bot.core.handing import HandedBack, Passed
from bot.core.helping.lines import (
    Side,
    circle_for,
    readable,
    resident_of,
    side_of,
    volunteers_of,
)
from bot.core.helping.neighbours import Belonging, CircleRole, Neighbour
from bot.core.items import Event, EventKind, Item, Quiet, Stage
from bot.core.people import Membership, Person, Role
from tests.core.lives import MONDAY, accepted
from tests.core.strategies import route, small, topic

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
RULES = small(
    circles=(
        {
            "id": "c",
            "title": {"nl": "Kring"},
            "kind": "buurtcirkel",
            "area": "dorp",
            "partner": "CARE",
            "coach": "LEADER",
        },
    )
)


def item(**changes: Any) -> Item:
    """What `vol` of the circle `c` passed on for `rep`, held by `pro` of CARE."""
    passed = Passed(by="vol", circle="c", agreed=MONDAY)
    known = {"passed": passed, "talk": ("rep", "vol"), **changes}
    return accepted(about=About.SELF, rules=RULES).model_copy(update=known)


def person(key: str, *memberships: tuple[str, Role]) -> Person:
    """Somebody with these memberships."""
    kept = tuple(Membership(partner=p, role=r, since=SINCE) for p, r in memberships)
    return Person(key=key, address=1, language="nl", memberships=kept)


def neighbour(key: str, role: CircleRole | None = None, **changes: Any) -> Neighbour:
    """What that person is in the circle."""
    place = (Belonging(circle="c", role=role, since=SINCE),) if role else ()
    return Neighbour(key=key, circles=place, **changes)


VOLUNTEER = neighbour("vol", CircleRole.VOLUNTEER)


def side(of: Person, as_neighbour: Neighbour, on: Item) -> Side | None:
    """As whom they talk along."""
    return side_of(of, as_neighbour, on, RULES, MONDAY)


def test_the_three_are_known_each_as_whom_they_are() -> None:
    pro = person("pro", ("CARE", Role.PROFESSIONAL))
    assert side(person("rep"), neighbour("rep"), item()) is Side.RESIDENT
    assert side(person("vol"), VOLUNTEER, item()) is Side.VOLUNTEER
    assert side(pro, neighbour("pro"), item()) is Side.PARTNER


@pytest.mark.parametrize(
    ("who", "as_neighbour"),
    [
        (person("vol"), neighbour("vol")),
        (person("vol"), neighbour("vol", CircleRole.MEMBER)),
        (person("vol"), neighbour("vol", CircleRole.VOLUNTEER, blocked=("rep",))),
        (person("v2"), neighbour("v2", CircleRole.VOLUNTEER)),
        (person("pro"), neighbour("pro")),
        (person("pro2", ("CARE", Role.PROFESSIONAL)), neighbour("pro2")),
        (person("stranger"), neighbour("stranger")),
    ],
    ids=["lost", "member", "blocked", "another", "no mandate", "colleague", "stranger"],
)
def test_nobody_else_talks_along(who: Person, as_neighbour: Neighbour) -> None:
    assert side(who, as_neighbour, item()) is None


@pytest.mark.parametrize(
    ("talk", "expected"),
    [(("vol",), None), (("v2", "vol"), None), (("vol", "v2"), Side.VOLUNTEER)],
    ids=["the reporter, who does not talk along", "who came before", "who came later"],
)
def test_a_block_keeps_two_apart_in_a_line(talk: tuple[str, ...], expected: Side | None) -> None:
    other = "v2" if "v2" in talk else "rep"
    blocks = neighbour("vol", CircleRole.VOLUNTEER, blocked=(other,))
    assert side(person("vol"), blocks, item(talk=talk)) is expected


def test_a_coach_of_the_circle_talks_along_when_named() -> None:
    coach = person("coach", ("LEADER", Role.PROFESSIONAL))
    assert side(coach, neighbour("coach"), item(talk=("rep", "coach"))) is Side.VOLUNTEER


@pytest.mark.parametrize(
    ("partner", "expected"),
    [("CARE", Side.VOLUNTEER), ("LEADER", Side.VOLUNTEER), ("POL", None)],
    ids=["answers for asks", "coaches", "another"],
)
def test_without_a_circle_work_for_another_partner_is_no_place(
    partner: str, expected: Side | None
) -> None:
    """What no circle had is talked about with who answers for asks, and who coaches."""
    asks = topic("help").model_copy(update={"kind": Kind.ASK})
    care = route(("noise", "help"), "CARE")
    rules = small(topics=(topic("noise"), asks), routes=(care,))
    passed = Passed(by="who", circle=None, agreed=MONDAY)
    handed = item(passed=passed, talk=("rep", "who"))
    who = person("who", (partner, Role.PROFESSIONAL))
    assert side_of(who, neighbour("who"), handed, rules, MONDAY) is expected


def test_the_line_ends_with_the_item_for_all_three() -> None:
    ended = item(stage=Stage.NOT_CONFIRMED)
    pro = person("pro", ("CARE", Role.PROFESSIONAL))
    for who, as_neighbour in (
        (person("rep"), neighbour("rep")),
        (person("vol"), VOLUNTEER),
        (pro, neighbour("pro")),
    ):
        assert side(who, as_neighbour, ended) is None


def test_who_withdrew_is_asked_and_told_no_more() -> None:
    quiet = item().line.model_copy(update={"quiet": Quiet.WITHDRAWN})
    assert side(person("rep"), neighbour("rep"), item(line=quiet)) is None


def test_a_volunteer_who_reports_without_consent_is_no_resident() -> None:
    passed = Passed(by="rep", circle="c", reason="Found at night.")
    alone = item(passed=passed, talk=("rep",))
    assert resident_of(alone) is None
    assert volunteers_of(alone) == ("rep",)


def two_circles() -> Item:
    """Passed on from the circle `c`, and then handed to `d`."""
    return item(back=HandedBack(by="pro", circle="d", ask="a", agreed=MONDAY))


@pytest.mark.parametrize(
    ("places", "partner", "expected"),
    [
        ((("c", CircleRole.VOLUNTEER),), None, "c"),
        ((("d", CircleRole.VOLUNTEER),), None, "d"),
        ((("c", CircleRole.MEMBER), ("d", CircleRole.VOLUNTEER)), None, "d"),
        ((("c", CircleRole.MEMBER),), None, "c"),
        ((), "LEADER", "c"),
        ((), None, "d"),
    ],
)
def test_somebody_talks_along_for_the_circle_they_see_to(
    places: tuple[tuple[str, CircleRole], ...], partner: str | None, expected: str
) -> None:
    circles = tuple(Belonging(circle=c, role=role, since=SINCE) for c, role in places)
    who = person("who", *([(partner, Role.PROFESSIONAL)] if partner else []))
    near = Neighbour(key="who", circles=circles)
    assert circle_for(who, near, two_circles(), RULES.covenant) == expected


def history(*said: str) -> list[Event]:
    """What happened: a circle was asked (its id), or somebody wrote ("!")."""
    kinds = [EventKind.TALK if what == "!" else EventKind.HANDED_BACK for what in said]
    return [
        Event(item="i", revision=n, at=MONDAY, kind=kind, data={"circle": what})
        for n, (what, kind) in enumerate(zip(said, kinds, strict=True))
    ]


@pytest.mark.parametrize(
    ("circle", "said", "expected"),
    [
        ("d", ("e", "!", "d", "!", "!"), 2),
        ("d", ("d", "!", "d", "!"), 2),
        ("d", ("d", "!", "e", "!", "d", "!"), 1),
        ("d", ("d", "!", "e", "!"), 0),
        ("c", ("!", "d", "!"), 2),
    ],
    ids=["asked later", "asked twice", "asked again later", "no more", "it was theirs"],
)
def test_a_volunteer_reads_what_was_written_since_their_circle_was_asked(
    circle: str, said: tuple[str, ...], expected: int
) -> None:
    read = readable(history(*said), two_circles(), circle)
    assert sum(event.kind is EventKind.TALK for event in read) == expected
