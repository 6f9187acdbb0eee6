"""Access: for whose partner has a part in the item and a mandate for it, and not for ever."""

from datetime import UTC, datetime

import pytest

from bot.config import EXAMPLE
from bot.core import lifecycle
from bot.core.access import acting_for, mandated
from bot.core.covenant import About, Right
from bot.core.items import Answer, Item, Openness, Outcome, Report
from bot.core.people import Membership, Person, Role
from bot.covenants import load

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULES = load(EXAMPLE)
NOISE = Report(
    about=About.OTHER,
    topic="noise",
    text="Loud",
    area="gemert",
    landlord="own",
    openness=Openness.VIA_BOT,
    language="nl",
)


def person(partner: str, role: Role = Role.PROFESSIONAL, key: str = "p") -> Person:
    """Someone with one role."""
    member = Membership(partner=partner, role=role, since=NOW)
    return Person(key=key, address=1, language="nl", memberships=(member,))


def item(**changes: object) -> Item:
    """A report of `r`, routed by the example covenant."""
    report = NOISE.model_copy(update=changes)
    change = lifecycle.report(report, key="i", code="GB-1", reporter="r", rules=RULES, now=NOW)
    return change.item


def may(someone: Person, right: Right, what: Item) -> str | None:
    """For which partner `someone` has this right now."""
    return acting_for(someone, right, what, RULES, NOW)


@pytest.mark.parametrize(
    ("partner", "right", "expected"),
    [
        ("BB", Right.LEAD, "BB"),
        ("WON", Right.SEE, None),
        ("BB-CO", Right.SEE, None),
        ("GEM", Right.SEE, None),
        ("NOBODY", Right.SEE, None),
    ],
)
def test_only_the_holder_has_it(partner: str, right: Right, expected: str | None) -> None:
    """A mandate without a part in the item gives nothing, nor does another partner's role."""
    assert may(person(partner), right, item()) == expected


def test_coordinators_reach_every_item() -> None:
    """Whatever has no owner is theirs."""
    assert may(person("GEM", Role.COORDINATOR), Right.LEAD, item()) == "GEM"


def test_a_coordinator_elsewhere_is_none() -> None:
    """The role counts at the covenant's coordinator only."""
    assert may(person("WON", Role.COORDINATOR), Right.SEE, item()) is None


def test_an_involved_partner_sees_and_acts_but_does_not_lead() -> None:
    """Rights are those of its own mandate."""
    neglect = item(topic="neglect", landlord="WON")
    assert may(person("GGD"), Right.ACT, neglect) == "GGD"
    assert may(person("GGD"), Right.LEAD, neglect) is None


def test_a_reporter_never_acts_on_the_own_item() -> None:
    """Not even a coordinator."""
    assert may(person("BB", key="r"), Right.SEE, item()) is None
    assert may(person("GEM", Role.COORDINATOR, key="r"), Right.SEE, item()) is None


def test_a_volunteer_has_what_somebody_asked_for_themselves() -> None:
    """About someone else there was no consent, so it is not for volunteers."""
    own = item(topic="company", about=About.SELF)
    assert may(person("BC", Role.VOLUNTEER), Right.SEE, own) == "BC"
    given = lifecycle.assign(
        item(topic="company"), "BC", by="c", reason="", rules=RULES, now=NOW
    ).item
    assert may(person("BC", Role.VOLUNTEER), Right.SEE, given) is None
    assert may(person("BC", Role.COACH), Right.SEE, given) == "BC"


def test_volunteers_work_for_circles_only() -> None:
    """Money worries are not for a volunteer, whatever the partner's mandate is."""
    own = item(topic="money", about=About.SELF)
    assert may(person("GEM", Role.PROFESSIONAL), Right.SEE, own) == "GEM"
    assert may(person("GEM", Role.VOLUNTEER), Right.SEE, own) is None


def test_access_ends_with_the_assignment_and_with_the_item() -> None:
    """What is left is the duty to record whether the person was told, and the coordinator."""
    start = item()
    given = lifecycle.assign(start, "GEM", by="c", reason="", rules=RULES, now=NOW).item
    assert may(person("BB"), Right.SEE, given) is None
    ended = _ended(start)
    mediator = person("BB")
    assert may(mediator, Right.SEE, ended) is None
    assert may(mediator, Right.ACT, ended) == "BB"
    settled = ended.model_copy(update={"told_at": None})
    assert may(mediator, Right.ACT, settled) is None
    assert mandated(mediator, Right.SEE, settled, RULES, NOW) == "BB"
    assert may(person("GEM", Role.COORDINATOR), Right.SEE, settled) == "GEM"


def _ended(start: Item) -> Item:
    by = {"by": "p", "partner": "BB"}
    held = lifecycle.accept(start, **by, rules=RULES, now=NOW).item
    done = lifecycle.close(held, Outcome.HELPED, **by, rules=RULES, now=NOW).item
    return lifecycle.say(done, Answer.GOOD, RULES, NOW).item
