"""What makes circles and kinds of help sound, and what the partners still have to agree on."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from bot.core.circles import Circle, CircleKind
from bot.core.covenant import Covenant, Kind
from bot.core.faults import Fault, Level, Path
from bot.core.helping.ask_review import OTHER_KIND
from bot.core.helping.wishes import coach_topic
from bot.core.names import Titled, Titles
from bot.core.routing import partner_or_none

BUURTCIRKEL_MOST = 12
"""Nine to twelve participants (Pameijer, since 2013)."""


def helping_faults(covenant: Covenant) -> Iterator[Fault]:
    """Everything wrong with the kinds of help, the circles and their numbers."""
    yield from _duplicates(covenant)
    yield from _kinds(covenant)
    for index, circle in enumerate(covenant.circles):
        yield from _circle(("circles", index), circle, covenant)
    for sooner, later in pairwise(covenant.helping.remind_hours):
        if later >= sooner:
            sentence = "`remind_hours` must go down: the first reminder comes the longest before."
            yield Fault(("helping", "remind_hours"), sentence)


def helping_titles(covenant: Covenant) -> Iterable[tuple[Path, Titles]]:
    """The names that every language must have."""
    parts: Mapping[str, tuple[Titled, ...]] = {"kinds": covenant.kinds, "circles": covenant.circles}
    for key, titled in parts.items():
        for index, part in enumerate(titled):
            yield (key, index, "title"), part.title


def helping_questions(covenant: Covenant) -> list[str]:
    """What the partners have not agreed on yet, as questions for their agenda."""
    asked: list[str] = []
    if not covenant.kinds:
        return asked
    if all(topic.kind is not Kind.ASK for topic in covenant.topics):
        asked.append(
            "Who looks at an ask for help where no circle is? Write a topic of kind `ask`."
        )
    if covenant.circles and coach_topic(covenant) is None:
        asked.append(
            "Who hears a worry about someone's company, when that person did not say yes?"
            " Write a route about others that leads to a coach."
        )
    return asked


def without_circle(covenant: Covenant) -> list[str]:
    """The names of the areas without a circle, in English: no fault, but good to know."""
    there = {circle.area for circle in covenant.circles}
    return [area.name("en") for area in covenant.areas if area.id not in there]


def _duplicates(covenant: Covenant) -> Iterator[Fault]:
    lists: Mapping[str, tuple[Titled, ...]] = {"kinds": covenant.kinds, "circles": covenant.circles}
    for key, parts in lists.items():
        seen: set[str] = set()
        for index, part in enumerate(parts):
            if part.id in seen:
                yield Fault((key, index, "id"), f"The id {part.id} is used already.")
            seen.add(part.id)


def _kinds(covenant: Covenant) -> Iterator[Fault]:
    if covenant.circles and not covenant.kinds:
        yield Fault(("circles",), "There are circles, but no kinds of help: write some `kinds`.")
    for index, kind in enumerate(covenant.kinds):
        if kind.id == OTHER_KIND:
            sentence = f"The id {OTHER_KIND} means what is no kind of help: choose another."
            yield Fault(("kinds", index, "id"), sentence)


def _circle(path: Path, circle: Circle, covenant: Covenant) -> Iterator[Fault]:
    if all(area.id != circle.area for area in covenant.areas):
        yield Fault((*path, "area"), f"There is no area {circle.area} in this covenant.")
    for key, partner in (("partner", circle.partner), ("coach", circle.coach)):
        if partner_or_none(partner, covenant) is None:
            yield Fault((*path, key), f"There is no partner {partner} in this covenant.")
    if circle.coach == circle.partner:
        sentence = f"Behind the volunteers of {circle.id} stands somebody else: name a coach."
        yield Fault((*path, "coach"), sentence)
    if circle.kind is CircleKind.BUURTCIRKEL and circle.most > BUURTCIRKEL_MOST:
        sentence = f"A buurtcirkel has at most {BUURTCIRKEL_MOST} members; {circle.id} has more."
        yield Fault((*path, "most"), sentence, Level.WARNING)
