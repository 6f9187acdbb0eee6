"""What makes a covenant sound: every check that needs more than the shape of one part.

What the rules together cover is in `coverage.py`. The same checks serve `omzien check`, the start
of the bot and the tests; none of them needs the file itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.circle_soundness import helping_faults, helping_titles
from bot.core.covenant import (
    ALL,
    LANDLORD_KINDS,
    Covenant,
    Danger,
    LadderTo,
    Mandate,
    Partner,
    PartnerKind,
    Right,
)
from bot.core.coverage import Gap, gaps, route_faults
from bot.core.faults import Fault, Level, Path, listed
from bot.core.names import Titled, Titles

__all__ = ["Fault", "Gap", "Level", "gaps", "parts_faults", "problems"]

EXPIRES_SOON = timedelta(days=60)
"""Long enough to put a mandate on the agenda of a partners' meeting."""

MIN_COORDINATORS = 2
"""So that there is one when the other is ill."""

EMERGENCY = "112"
"""The European emergency number (Directive (EU) 2018/1972, art. 109)."""


def problems(covenant: Covenant, today: date) -> list[Fault]:
    """Everything wrong with the covenant on the day `today`, warnings included."""
    found = [*parts_faults(covenant, today), *route_faults(covenant)]
    return list(dict.fromkeys(found))


def parts_faults(covenant: Covenant, today: date) -> list[Fault]:
    """What is wrong with the parts, apart from what the routes cover together."""
    return [
        *_hours(covenant),
        *_periods(covenant),
        *_people(covenant),
        *_ladder(covenant),
        *_duplicates(covenant),
        *_unknown_ids(covenant),
        *_units(covenant),
        *_cycles(covenant),
        *_mandates(covenant, today),
        *_postcodes(covenant),
        *_texts(covenant),
        *_help(covenant),
        *helping_faults(covenant),
        *_consent(covenant),
    ]


def _hours(covenant: Covenant) -> Iterator[Fault]:
    hours = covenant.hours
    try:
        ZoneInfo(hours.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sentence = "`zone` is no time zone; write it like Europe/Amsterdam."
        yield Fault(("hours", "zone"), sentence, Level.BROKEN)
    if hours.start >= hours.end:
        sentence = "The working day ends before it starts."
        yield Fault(("hours", "end"), sentence, Level.BROKEN)
    elif not hours.start < hours.same_day_until <= hours.end:
        sentence = "`same_day_until` must be within the working hours."
        yield Fault(("hours", "same_day_until"), sentence)


def _periods(covenant: Covenant) -> Iterator[Fault]:
    """What must still be known when it is asked about."""
    times, kept = covenant.times, covenant.retention
    if kept.reporter_link <= times.aftercare_days:
        sentence = (
            f"After {kept.reporter_link} days nobody knows whom to ask how it is:"
            f" `reporter_link` must be more than `aftercare_days`, {times.aftercare_days}."
        )
        yield Fault(("retention", "reporter_link"), sentence)
    if kept.contents < kept.reporter_link:
        sentence = "The words are erased before the link to the reporter; keep them as long."
        yield Fault(("retention", "contents"), sentence)


def _people(covenant: Covenant) -> Iterator[Fault]:
    if covenant.coordinator not in {p.id for p in covenant.partners}:
        sentence = f"The coordinator {covenant.coordinator} is not one of the partners."
        yield Fault(("coordinator",), sentence, Level.BROKEN)
    if len({post.strip() for post in covenant.coordinators} - {""}) < MIN_COORDINATORS:
        sentence = "Name at least two coordinators, so that there is always one."
        yield Fault(("coordinators",), sentence)
    if covenant.local_phone is None:
        sentence = "`local_phone` is missing: the number to call when it gets worse."
        yield Fault(("local_phone",), sentence)


def _ladder(covenant: Covenant) -> Iterator[Fault]:
    steps = covenant.ladder
    for index, (step, following) in enumerate(pairwise(steps)):
        if following.at_percent <= step.at_percent:
            sentence = "This step of the ladder does not come after the one before it."
            yield Fault(("ladder", index + 1, "at_percent"), sentence)
    if not steps or steps[-1].to is not LadderTo.COORDINATOR:
        path: Path = ("ladder", len(steps) - 1, "to") if steps else ("ladder",)
        yield Fault(path, "The ladder must end with the coordinator.")


def _duplicates(covenant: Covenant) -> Iterator[Fault]:
    lists: Mapping[str, tuple[Titled, ...]] = {
        "areas": covenant.areas,
        "partners": covenant.partners,
        "topics": covenant.topics,
    }
    for key, parts in lists.items():
        if not parts:
            yield Fault((key,), f"The covenant has no {key}.")
        seen = set(LANDLORD_KINDS) if key == "partners" else set()
        for index, part in enumerate(parts):
            if part.id in seen:
                yield Fault((key, index, "id"), f"The id {part.id} is used already.")
            seen.add(part.id)


def _unknown_ids(covenant: Covenant) -> Iterator[Fault]:
    topics = {t.id for t in covenant.topics}
    areas = {a.id for a in covenant.areas}
    partners = {p.id for p in covenant.partners}
    landlords = {p.id for p in covenant.landlords} | set(LANDLORD_KINDS)
    for index, partner in enumerate(covenant.partners):
        place: Path = ("partners", index)
        yield from _unknown((*place, "part_of"), partner.part_of, partners, "partner")
        yield from _unknown((*place, "deputy"), partner.deputy, partners, "partner")
        for number, mandate in enumerate(partner.mandates):
            inside = (*place, "mandates", number)
            yield from _unknowns((*inside, "topics"), mandate.topics, topics, "topic")
            yield from _unknowns((*inside, "areas"), mandate.areas, areas, "area")
    for index, route in enumerate(covenant.routes):
        place = ("routes", index)
        if not route.lead:
            yield Fault((*place, "lead"), "This route has no lead: name a partner.")
        yield from _unknown((*place, "lead"), route.lead or None, partners, "partner")
        yield from _unknowns((*place, "topics"), route.topics, topics, "topic")
        yield from _unknowns((*place, "areas"), route.areas, areas, "area")
        yield from _unknowns((*place, "landlords"), route.landlords, landlords, "landlord")
        yield from _unknowns((*place, "involve"), route.involve, partners, "partner")


def _unknowns(
    path: Path, ids: tuple[str, ...] | Literal["all"], known: set[str], what: str
) -> Iterator[Fault]:
    if ids == ALL:
        return
    for index, id_ in enumerate(ids):
        yield from _unknown((*path, index), id_, known, what)


def _unknown(path: Path, id_: str | None, known: set[str], what: str) -> Iterator[Fault]:
    if id_ is not None and id_ not in known:
        yield Fault(path, f"There is no {what} {id_} in this covenant.")


def _units(covenant: Covenant) -> Iterator[Fault]:
    wholes = {p.id for p in covenant.partners if p.part_of is None}
    units = {p.id for p in covenant.partners} - wholes
    for index, partner in enumerate(covenant.partners):
        if partner.part_of in units:
            sentence = f"{partner.part_of} is itself a unit; name the whole organisation."
            yield Fault(("partners", index, "part_of"), sentence)


def _cycles(covenant: Covenant) -> Iterator[Fault]:
    """Each cycle of deputies once, where it is first written."""
    deputy = {p.id: p.deputy for p in covenant.partners}
    told: set[str] = set()
    for index, partner in enumerate(covenant.partners):
        chain, at = [partner.id], partner.deputy
        while at and at not in chain:
            chain.append(at)
            at = deputy.get(at)
        if at == partner.id and at not in told:
            told.update(chain)
            sentence = f"The deputies go round: {' → '.join([*chain, at])}."
            yield Fault(("partners", index, "deputy"), sentence)


def _mandates(covenant: Covenant, today: date) -> Iterator[Fault]:
    for index, partner in enumerate(covenant.partners):
        for number, mandate in enumerate(partner.mandates):
            yield from _mandate(("partners", index, "mandates", number), partner, mandate, today)


def _mandate(path: Path, partner: Partner, mandate: Mandate, today: date) -> Iterator[Fault]:
    if mandate.until and mandate.until < today:
        yield Fault((*path, "until"), f"This mandate of {partner.id} ended on {mandate.until}.")
    elif mandate.until and mandate.until <= today + EXPIRES_SOON:
        sentence = f"This mandate of {partner.id} ends soon, on {mandate.until}."
        yield Fault((*path, "until"), sentence, Level.WARNING)
    for key, values in (("rights", mandate.rights), ("topics", mandate.topics)):
        if not values:
            yield Fault((*path, key), f"This mandate of {partner.id} has no {key}.")
    decided = "own_tenants_only" in mandate.model_fields_set
    if partner.kind is PartnerKind.HOUSING and Right.LEAD in mandate.rights and not decided:
        sentence = (
            f"Write whether {partner.id} leads for its own tenants only: `own_tenants_only` is"
            " true, or false where the topic is not about someone's present home."
        )
        yield Fault(path, sentence)


def _postcodes(covenant: Covenant) -> Iterator[Fault]:
    claimed: dict[str, str] = {}
    for index, area in enumerate(covenant.areas):
        for number, postcode in enumerate(area.postcodes):
            owner = claimed.setdefault(postcode, area.id)
            if (owner, number) != (area.id, area.postcodes.index(postcode)):
                sentence = f"Postcode {postcode} belongs to {owner} already."
                yield Fault(("areas", index, "postcodes", number), sentence)


def _consent(covenant: Covenant) -> Iterator[Fault]:
    """Who is passed on without consent must be told of it later (GDPR art. 14)."""
    for index, topic in enumerate(covenant.topics):
        if topic.without_consent is not None and (not topic.about_a_person or topic.refer):
            sentence = (
                f"{topic.id} can't be passed on without consent: only what is about a person,"
                " and is taken as an item."
            )
            yield Fault(("topics", index, "without_consent"), sentence)


def _texts(covenant: Covenant) -> Iterator[Fault]:
    for path, titles in _titles(covenant):
        missing = [n for n in covenant.languages if not titles.get(n, "").strip()]
        if missing:
            sentence = f"`{path[-1]}` is missing in {listed(missing)}."
            yield Fault(path, sentence)


def _titles(covenant: Covenant) -> Iterable[tuple[Path, Titles]]:
    yield ("title",), covenant.title
    yield from helping_titles(covenant)
    for index, area in enumerate(covenant.areas):
        yield ("areas", index, "title"), area.title
    for index, partner in enumerate(covenant.partners):
        yield ("partners", index, "title"), partner.title
    for index, topic in enumerate(covenant.topics):
        yield ("topics", index, "title"), topic.title
        for key in ("refer", "first_offer", "without_consent"):
            if (said := getattr(topic, key)) is not None:
                yield ("topics", index, key), said
    for index, route in enumerate(covenant.routes):
        if route.because:
            yield ("routes", index, "because"), route.because
    for index, number in enumerate(covenant.help):
        yield ("help", index, "purpose"), number.purpose
        if number.app is not None:
            yield ("help", index, "app"), number.app


def _help(covenant: Covenant) -> Iterator[Fault]:
    given = {kind for number in covenant.help for kind in number.danger}
    if not any(n.number == EMERGENCY and "life" in n.danger for n in covenant.help):
        yield Fault(("help",), f"{EMERGENCY} is missing as the number for danger to life.")
    for kind in get_args(Danger):
        if kind not in given and kind != "life":
            yield Fault(("help",), f"No help number is given for the danger {kind}.")
