"""Covenants, reports and people for tests of the core: the example, small ones and random ones."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.core.covenant import (
    About,
    Area,
    Covenant,
    Kind,
    LadderStep,
    LadderTo,
    Mandate,
    Partner,
    PartnerKind,
    Right,
    Route,
    Term,
    Topic,
)
from bot.core.items import Openness, Report
from bot.core.terms import Hours, Times
from bot.core.worktime import Calendar, Rules
from bot.covenants import load

HERE = ZoneInfo("Europe/Amsterdam")
EXAMPLE = Path(__file__).parents[2] / "bot" / "covenants" / "gemert-bakel.toml"
SECRET = "achter de groene schuur"
"""What only a report says, and no notice may."""
HOLIDAYS = frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29)})
LADDER = (
    LadderStep(at_percent=50, to=LadderTo.HOLDER),
    LadderStep(at_percent=100, to=LadderTo.DEPUTY),
    LadderStep(at_percent=150, to=LadderTo.COORDINATOR),
)


def local(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment by the clock of the neighbourhood, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=HERE).astimezone(UTC)


@cache
def example() -> Rules:
    """The worked example."""
    return load(EXAMPLE)


def topic(id_: str, **changes: Any) -> Topic:
    """A topic with a term of 2 working days, asked about after 5 days."""
    given: Mapping[str, Any] = {
        "id": id_,
        "title": {"nl": id_},
        "kind": Kind.CONCERN,
        "about_a_person": True,
        "photos": True,
        "respond": Term(working_days=2),
        "ask_reporter_days": 5,
    }
    return Topic.model_validate({**given, **changes})


def partner(id_: str, **changes: Any) -> Partner:
    """A partner that may do everything."""
    mandate = Mandate(rights=(Right.SEE, Right.ACT, Right.LEAD), topics="all")
    given: Mapping[str, Any] = {
        "id": id_,
        "title": {"nl": id_},
        "kind": PartnerKind.CARE,
        "mandates": (mandate,),
    }
    return Partner.model_validate({**given, **changes})


def route(topics: tuple[str, ...], lead: str, **changes: Any) -> Route:
    """A rule for these topics, in every area."""
    return Route.model_validate({"topics": topics, "lead": lead, **changes})


HOURS = Hours(
    zone="Europe/Amsterdam",
    start=time(9),
    end=time(17),
    same_day_until=time(15),
    quiet_from=time(21),
    quiet_until=time(8),
)


def small(**changes: Any) -> Rules:
    """Three partners: CARE with deputy LEADER, POL without one, and the coordinator GEM."""
    given: Mapping[str, Any] = {
        "id": "small",
        "title": {"nl": "Klein"},
        "code_prefix": "KL",
        "languages": ("nl",),
        "local_phone": "0492 000 000",
        "coordinator": "GEM",
        "hours": HOURS,
        "ladder": LADDER,
        "areas": (Area(id="dorp", title={"nl": "Dorp"}, postcodes=("5421",)),),
        "partners": (
            partner("GEM"),
            partner("CARE", deputy="LEADER"),
            partner("LEADER", part_of="CARE"),
            partner("POL"),
        ),
        "topics": (
            topic("noise"),
            topic("today", respond=Term(working_days=0), ask_reporter_days=1),
            topic("theft", about_a_person=False, photos=False),
            topic("nobody"),
        ),
        "routes": (
            route(("noise", "today"), "CARE", involve=("POL",)),
            route(("theft",), "POL"),
        ),
        "help": (),
    }
    covenant = Covenant.model_validate({**given, **changes})
    return Rules(covenant, Calendar(covenant.hours, HOLIDAYS))


def concern(topic_: str = "noise", **changes: Any) -> Report:
    """A report about someone else, in the village of the small covenant."""
    given: Mapping[str, Any] = {
        "about": About.OTHER,
        "topic": topic_,
        "text": SECRET,
        "area": "dorp",
        "landlord": "unknown",
        "openness": Openness.VIA_BOT,
        "language": "nl",
    }
    return Report.model_validate({**given, **changes})


DAYS = st.integers(1, 20)
STEPS = st.builds(LadderStep, at_percent=st.integers(1, 400), to=st.sampled_from(list(LadderTo)))


@st.composite
def working_hours(draw: st.DrawFn) -> Hours:
    """Random hours, in zones with and without summer time."""
    start = draw(st.integers(0, 12))
    end = draw(st.integers(start + 1, 23))
    return Hours(
        zone=draw(st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu"])),
        workdays=tuple(sorted(draw(st.sets(st.integers(1, 7), min_size=1)))),
        start=time(start),
        end=time(end),
        same_day_until=time(draw(st.integers(start, end))),
        quiet_from=time(draw(st.integers(0, 23))),
        quiet_until=time(draw(st.integers(0, 23))),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """A random small covenant, also unfinished: any ladder, deputies in circles, unknown leads."""
    ids = ("GEM", "CARE", "LEADER", "POL")
    deputy = st.one_of(st.none(), st.sampled_from((*ids, "GONE")))
    topics = tuple(
        topic(
            id_,
            respond=Term(working_days=draw(st.integers(0, 6))),
            progress_days=draw(DAYS),
            ask_reporter_days=draw(DAYS),
            about_a_person=draw(st.booleans()),
        )
        for id_ in ("noise", "today", "theft", "nobody")
    )
    lead = st.sampled_from((*ids, "GONE"))
    return small(
        hours=draw(working_hours()),
        topics=topics,
        ladder=tuple(draw(st.lists(STEPS, max_size=4))),
        partners=tuple(partner(i, deputy=draw(deputy)) for i in ids),
        routes=(
            route(("noise", "today"), draw(lead), involve=("POL",)),
            route(("theft",), draw(lead)),
        ),
        times=Times(
            told_within_days=draw(st.integers(1, 31)),
            confirm_after_days=draw(st.integers(0, 10)),
            remind_after_days=draw(DAYS),
            aftercare_days=draw(DAYS),
        ),
    )


@st.composite
def reports(draw: st.DrawFn, rules_: Rules) -> Report:
    """A random report for this covenant, also on a topic or in a place that it doesn't have."""
    covenant = rules_.covenant
    topics = [t.id for t in covenant.topics]
    areas = [a.id for a in covenant.areas]
    return concern(
        draw(st.sampled_from([*topics, "gone"])),
        about=draw(st.sampled_from(list(About))),
        area=draw(st.sampled_from([*areas, *areas, None, "elsewhere"])),
        landlord=draw(st.sampled_from(["own", "unknown", *(p.id for p in covenant.landlords)])),
        unsafe=draw(st.integers(0, 5)) == 0,
    )
