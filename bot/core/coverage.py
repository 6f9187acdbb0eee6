"""What the routes cover together: every combination of topic, area, landlord and whom it is about.

Each combination must have exactly one lead with a mandate. Where it hasn't, that is a question
for the partners; where a rule can't do what it says, that is a fault of the covenant.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.covenant import (
    ALL,
    LANDLORD_KINDS,
    OTHER_LANDLORD,
    OWN_HOME,
    UNKNOWN_LANDLORD,
    About,
    Covenant,
    Partner,
    PartnerKind,
    Right,
    Route,
    Topic,
)
from bot.core.faults import Fault, Path, listed
from bot.core.routing import Because, Matter, choose, deputies, may, partner_or_none

_ANY_DAY = date.min
"""A day on which no mandate has ended: what has ended is told as such, not twice."""

_WHOSE_HOME = {
    UNKNOWN_LANDLORD: "the landlord is unknown",
    OTHER_LANDLORD: "someone else lets the home",
    OWN_HOME: "people own their home",
}
_ABOUT_WHOM = {
    About.SELF: "oneself",
    About.OTHER: "someone else",
    About.NEIGHBOURHOOD: "the neighbourhood",
}


@dataclass(frozen=True)
class Gap:
    """Combinations of one topic for which no partner is agreed; each list is complete."""

    topic: str
    areas: tuple[str, ...]
    landlords: tuple[str, ...]
    abouts: tuple[About, ...]

    def words(self, covenant: Covenant) -> str:
        """Which combinations, in English: `*Noise* in *De Rips* where …`."""
        return f"*{covenant.topic(self.topic).name('en')}* {self.where(covenant)}"

    def where(self, covenant: Covenant) -> str:
        """In which areas, homes and situations, in English; all of them is `anywhere`."""
        everywhere = set(self.areas) == {a.id for a in covenant.areas}
        places = listed([f"*{covenant.area(a).name('en')}*" for a in self.areas])
        said = ["anywhere" if everywhere else f"in {places}"]
        joint = "when"
        if set(self.landlords) != set(landlords_for(covenant.topic(self.topic), covenant)):
            homes = " or ".join(_landlord(x, covenant) for x in self.landlords)
            said.append(f"{'when' if everywhere else 'where'} {homes}")
            joint = "and"
        if set(self.abouts) != set(About):
            whom = " or ".join(_ABOUT_WHOM[a] for a in self.abouts)
            said.append(f"{joint} it is about {whom}")
        return " ".join(said)

    def question(self, covenant: Covenant) -> str:
        """The question for the partners' agenda."""
        return f"Who responds to {self.words(covenant)}?"


def matters(covenant: Covenant) -> Iterator[Matter]:
    """Every combination that can come in for a topic that is taken as an item."""
    for topic in covenant.topics:
        if topic.refer is None:
            for area in covenant.areas:
                for landlord in landlords_for(topic, covenant):
                    for about in About:
                        yield Matter(topic.id, area.id, landlord, about)


def landlords_for(topic: Topic, covenant: Covenant) -> tuple[str, ...]:
    """Whose home it can be; unknown where nobody asks."""
    if topic.by_landlord or depends_on_landlord(topic, covenant):
        return (*(p.id for p in covenant.landlords), *LANDLORD_KINDS)
    return (UNKNOWN_LANDLORD,)


def depends_on_landlord(topic: Topic, covenant: Covenant) -> bool:
    """Whether a route for this topic asks whose home it is."""
    return any(
        r.landlords != ALL and (r.topics == ALL or topic.id in r.topics) for r in covenant.routes
    )


def gaps(covenant: Covenant, today: date) -> list[Gap]:
    """The combinations without exactly one lead that may lead on the day `today`."""
    return merged(
        m for m in matters(covenant) if choose(m, covenant, today).because is not Because.ROUTE
    )


def merged(found: Iterable[Matter]) -> list[Gap]:
    """The same combinations in as few questions as can be read."""
    abouts: dict[tuple[str, str, str], list[About]] = defaultdict(list)
    for matter in found:
        abouts[matter.topic, matter.area or "", matter.landlord].append(matter.about)
    homes: dict[tuple[str, str, tuple[About, ...]], list[str]] = defaultdict(list)
    for (topic, area, landlord), about in abouts.items():
        homes[topic, area, tuple(about)].append(landlord)
    areas: dict[tuple[str, tuple[str, ...], tuple[About, ...]], list[str]] = defaultdict(list)
    for (topic, area, about_whom), landlords in homes.items():
        areas[topic, tuple(landlords), about_whom].append(area)
    return [Gap(topic, tuple(a), homes_, whom) for (topic, homes_, whom), a in areas.items()]


def route_faults(covenant: Covenant) -> list[Fault]:
    """What is wrong with the routes, each and together."""
    decided: dict[int, list[Matter]] = defaultdict(list)
    for matter in matters(covenant):
        index = choose(matter, covenant, _ANY_DAY).route
        if index is not None:
            decided[index].append(matter)
    found = list(_landlord_questions(covenant))
    for index, route in enumerate(covenant.routes):
        path: Path = ("routes", index)
        if index in decided:
            found += _followed(path, route, decided[index], covenant)
        else:
            found += _never(path, route, covenant)
    return found


def _landlord_questions(covenant: Covenant) -> Iterator[Fault]:
    for index, topic in enumerate(covenant.topics):
        depends = depends_on_landlord(topic, covenant)
        path: Path = ("topics", index, "by_landlord")
        if depends and not topic.by_landlord:
            yield Fault(
                path,
                f"A route for {topic.id} depends on whose home it is; write `by_landlord = true`.",
            )
        elif topic.by_landlord and not depends:
            yield Fault(path, f"No route for {topic.id} depends on whose home it is, so don't ask.")


def _never(path: Path, route: Route, covenant: Covenant) -> Iterator[Fault]:
    """Why a route never decides; unknown ids in it are told elsewhere."""
    parts = {
        "topics": route.topics,
        "areas": route.areas,
        "landlords": route.landlords,
        "about": route.about,
    }
    empty = [key for key, values in parts.items() if not values]
    for key in empty:
        yield Fault((*path, key), f"This route can never match: it has no {key}.")
    if empty:
        return
    if any(route.matches(m.topic, m.area or "", m.landlord, m.about) for m in matters(covenant)):
        yield Fault(path, "This route can never match: the routes before it take everything.")
    elif route.topics != ALL and set(route.topics) <= {t.id for t in covenant.topics if t.refer}:
        yield Fault((*path, "topics"), "This route can never match: its topics are referred.")


def _followed(path: Path, route: Route, where: list[Matter], covenant: Covenant) -> Iterator[Fault]:
    """What goes wrong where the route decides."""
    lead = partner_or_none(route.lead, covenant)
    if lead is None:
        return
    for what in _without(lead.id, Right.LEAD, where, covenant):
        yield Fault((*path, "lead"), f"{lead.id} has no mandate to lead {what}.")
    own = {lead.id, lead.part_of}
    others = [
        m
        for m in where
        if m.landlord not in own
        and covenant.topic(m.topic).by_landlord
        and _may(lead.id, Right.LEAD, m, covenant)
    ]
    if lead.kind is PartnerKind.HOUSING and others:
        sentence = f"{lead.id} would lead in homes that are not its own: "
        for gap in merged(others):
            yield Fault((*path, "lead"), f"{sentence}{_plain(gap, covenant)}.")
    for number, partner in enumerate(route.involve):
        if partner_or_none(partner, covenant):
            for what in _without(partner, Right.SEE, where, covenant):
                yield Fault((*path, "involve", number), f"{partner} has no mandate to see {what}.")
    yield from _deputy(lead, where, covenant)


def _deputy(lead: Partner, where: list[Matter], covenant: Covenant) -> Iterator[Fault]:
    """What the first deputy may not take over."""
    deputy = deputies(lead.id, covenant)[0]
    if deputy != lead.deputy:
        return
    place = next(i for i, p in enumerate(covenant.partners) if p.id == lead.id)
    led = [m for m in where if _may(lead.id, Right.LEAD, m, covenant)]
    for what in _without(deputy, Right.LEAD, led, covenant):
        sentence = f"{deputy} can't stand in for {lead.id}: no mandate to lead {what}."
        yield Fault(("partners", place, "deputy"), sentence)


def _without(partner: str, right: Right, where: list[Matter], covenant: Covenant) -> list[str]:
    """Where `partner` lacks this right, in words."""
    lacking = (m for m in where if not _may(partner, right, m, covenant))
    return [_plain(gap, covenant) for gap in merged(lacking)]


def _plain(gap: Gap, covenant: Covenant) -> str:
    """Which combinations, without the stars around names."""
    return gap.words(covenant).replace("*", "")


def _may(partner: str, right: Right, matter: Matter, covenant: Covenant) -> bool:
    return may(partner, right, matter.topic, matter.area, matter.landlord, covenant, on=_ANY_DAY)


def _landlord(id_: str, covenant: Covenant) -> str:
    known = _WHOSE_HOME.get(id_)
    return known or f"{covenant.partner(id_).name('en')} lets the home"
