"""Short ways to bring an ask somewhere, with neighbours and a covenant for it."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.core.checkins import CheckIn, Due
from bot.core.circles import Circle, CircleKind, Helping, HelpKind, Level
from bot.core.helping import afterwards, claiming, plan, searching
from bot.core.helping.asks import Ask, How, Wish
from bot.core.helping.change import AskChange, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Belonging, CircleRole, Neighbour, Offer, Vog
from bot.core.helping.times import Daypart, Slot, When, times
from bot.core.worktime import Rules
from tests.core.strategies import SECRET, local, small, working_hours

MONDAY = local(2026, 11, 23, 10)
"""An ordinary Monday morning."""
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
MORNING = Slot(day=WEDNESDAY, part=Daypart.MORNING)
ADDRESS = "Achterom 7"
"""What only the helper may see, once it is agreed."""
ALWAYS = times(range(1, 8), Daypart)
KINDS = (
    HelpKind(id="call", title={"nl": "bellen"}, level=Level.NO_CONTACT),
    HelpKind(id="shop", title={"nl": "boodschappen"}, level=Level.IN_PUBLIC),
    HelpKind(id="visit", title={"nl": "bezoek"}, level=Level.ALONE, company=True),
)


def circle(id_: str = "straat", area: str = "dorp") -> Circle:
    """A circle of the partner CARE, coached by LEADER."""
    return Circle(
        id=id_,
        title={"nl": id_},
        kind=CircleKind.BUURTCIRKEL,
        area=area,
        partner="CARE",
        coach="LEADER",
    )


def agreed_rules(**changes: Any) -> Rules:
    """The small covenant with three kinds of help and two circles in the village."""
    given = {"kinds": KINDS, "circles": (circle(), circle("plein"))}
    return small(**{**given, **changes})


RULES = agreed_rules()


def wish(kind: str = "shop", **changes: Any) -> Wish:
    """Wanted on Tuesday or Wednesday, in the morning or the afternoon."""
    when = When(first=TUESDAY, last=WEDNESDAY, parts=(Daypart.MORNING, Daypart.AFTERNOON))
    given: dict[str, Any] = {
        "kind": kind,
        "when": when,
        "area": "dorp",
        "circle": "straat",
        "text": SECRET,
    }
    return Wish.model_validate({**given, **changes})


def weekly(first: date = WEDNESDAY) -> When:
    """Every week in the morning."""
    return When(first=first, last=first, parts=(Daypart.MORNING,), weekly=True)


def started(kind: str = "shop", *, now: datetime = MONDAY, **changes: Any) -> AskChange:
    """An ask that has just been put."""
    return searching.start(
        wish(kind, **changes), key="k", code="KL-7C2F", asker="asker", rules=RULES, now=now
    )


def invited(*persons: str, now: datetime = MONDAY, **changes: Any) -> Ask:
    """These neighbours were invited for it."""
    return searching.invite(started(now=now, **changes).ask, persons, RULES, now).ask


def proposed(now: datetime = MONDAY, slot: Slot = MORNING, **changes: Any) -> Ask:
    """The neighbour `ann` wants to help; `bob` was invited too."""
    ask = invited("ann", "bob", now=now, **changes)
    return claiming.claim(ask, by="ann", slot=slot, rules=RULES, now=now).ask


def agreed_ask(now: datetime = MONDAY, slot: Slot = MORNING, **changes: Any) -> Ask:
    """The asker agreed to `ann`."""
    return claiming.agree(
        proposed(now, slot, **changes), by="asker", address=ADDRESS, rules=RULES, now=now
    ).ask


def after_help(**changes: Any) -> Ask:
    """Both were asked how it went."""
    return fired(agreed_ask(**changes), Due.AFTER).ask


def said(ask: Ask, by: str, how: How, helper: Neighbour | None = None) -> AskChange:
    """How it went, by one of them, right after they were asked."""
    now = last_at(ask)
    return afterwards.say(ask, by=by, how=how, helper=helper, rules=RULES, now=now)


def last_at(ask: Ask) -> datetime:
    """The moment that both were asked."""
    slot = ask.helper.slot if ask.helper else MORNING
    return slot.ends(RULES.calendar) + timedelta(hours=RULES.covenant.helping.after_hours)


def planned(ask: Ask, what: Due, rules: Rules = RULES) -> CheckIn | None:
    """The check-in of this kind that is still to come."""
    return next((c for c in plan.schedule(ask) if c.what is what), None)


def due(ask: Ask, what: Due, rules: Rules = RULES) -> datetime:
    """When it is due."""
    checkin = planned(ask, what, rules)
    assert checkin is not None, f"no {what} is planned"
    return checkin.due


def fired(
    ask: Ask,
    what: Due,
    *,
    rules: Rules = RULES,
    late: datetime | None = None,
    helper: Neighbour | None = None,
) -> AskChange:
    """The next check-in of this kind fires: when it is due, or late."""
    checkin = planned(ask, what, rules)
    assert checkin is not None, f"no {what} is planned"
    return plan.fire(ask, checkin, rules, late or checkin.due, helper=helper)


def whom(change: AskChange) -> list[tuple[To, News]]:
    """Who is told what."""
    return [(n.to, n.news) for n in change.notices]


def persons(change: AskChange, news: News) -> list[str | None]:
    """Which persons are told this."""
    return [n.person for n in change.notices if n.news is news]


def happened(change: AskChange) -> list[AskEventKind]:
    """The events."""
    return [e.kind for e in change.events]


def kept(change: AskChange, person: str) -> list[str]:
    """What this neighbour keeps of it."""
    return [mark.kind.value for mark in change.marks if mark.person == person]


def offer(**changes: Any) -> Offer:
    """An offer of everything, always, in the village."""
    given: dict[str, Any] = {
        "kinds": tuple(kind.id for kind in KINDS),
        "times": ALWAYS,
        "area": "dorp",
        "areas": ("dorp",),
        "most": 4,
        "since": MONDAY - timedelta(days=90),
    }
    return Offer.model_validate({**given, **changes})


def belonging(circle_: str = "straat", **changes: Any) -> Belonging:
    """A place in a circle."""
    given: dict[str, Any] = {"circle": circle_, "role": CircleRole.MEMBER, "since": MONDAY}
    return Belonging.model_validate({**given, **changes})


def neighbour(key: str = "ann", **changes: Any) -> Neighbour:
    """A member of the circle who offers everything and may be alone with somebody."""
    given: dict[str, Any] = {
        "key": key,
        "circles": (belonging(),),
        "offer": offer(),
        "vog": Vog(seen=date(2026, 1, 5), by="coach"),
        "introduced": ("straat",),
    }
    return Neighbour.model_validate({**given, **changes})


@st.composite
def helping_rules(draw: st.DrawFn) -> Rules:
    """Random hours, quiet hours and periods."""
    helping = Helping(
        invited_at_once=draw(st.integers(1, 4)),
        waves=draw(st.integers(1, 3)),
        next_wave_minutes_today=draw(st.integers(5, 120)),
        next_wave_hours=draw(st.integers(1, 48)),
        confirm_minutes_today=draw(st.integers(5, 120)),
        confirm_hours=draw(st.integers(1, 48)),
        remind_hours=tuple(draw(st.lists(st.integers(1, 50), max_size=3))),
        seen_minutes=draw(st.integers(5, 90)),
        after_hours=draw(st.integers(1, 30)),
        silence_hours=draw(st.integers(1, 48)),
        weekly_ahead_days=draw(st.integers(1, 6)),
    )
    return agreed_rules(hours=draw(working_hours()), helping=helping)


SLOTS = st.builds(
    Slot,
    day=st.integers(-1, 12).map(lambda n: MONDAY.date() + timedelta(days=n)),
    part=st.sampled_from(Daypart),
)


@st.composite
def whens(draw: st.DrawFn, today: date) -> When:
    """Random times, also one that is over already."""
    first = today + timedelta(days=draw(st.integers(-1, 9)))
    parts = tuple(draw(st.sets(st.sampled_from(Daypart), min_size=1)))
    if draw(st.booleans()):
        return When(first=first, last=first, parts=parts, weekly=True)
    return When(first=first, last=first + timedelta(days=draw(st.integers(0, 6))), parts=parts)


@st.composite
def neighbours(draw: st.DrawFn, key: str) -> Neighbour:
    """A random neighbour."""
    places = draw(st.lists(st.sampled_from(["straat", "plein", "elders"]), unique=True))
    seen = draw(st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2026, 11, 1))))
    offered = offer(
        kinds=tuple(draw(st.sets(st.sampled_from([kind.id for kind in KINDS]), min_size=1))),
        times=draw(st.integers(0, ALWAYS) | st.just(ALWAYS)),
        area=draw(st.sampled_from(["dorp", "stad"])),
        areas=tuple(draw(st.lists(st.sampled_from(["dorp", "stad"]), unique=True))),
        most=draw(st.integers(1, 4)),
        street=draw(st.sampled_from(["", "Achterom", "Kerkpad"])),
        paused_until=draw(st.one_of(st.none(), st.dates(date(2026, 11, 1), date(2026, 12, 30)))),
    )
    return Neighbour(
        key=key,
        circles=tuple(
            belonging(one, approved=draw(st.booleans()), standby=draw(st.booleans()))
            for one in places
        ),
        offer=draw(st.one_of(st.none(), st.just(offered), st.just(offered))),
        vog=Vog(seen=seen, by="coach") if seen else None,
        introduced=tuple(draw(st.lists(st.sampled_from(["straat", "plein"]), unique=True))),
        blocked=tuple(draw(st.sampled_from([(), (), ("asker",)]))),
    )
