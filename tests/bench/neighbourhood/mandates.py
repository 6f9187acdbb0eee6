"""Mandates: what partners and neighbours may see of each other's side, and who passes on what.

Worked out here once more, apart from the bot's own rules: who works for a partner that holds an
item reads what was told to it; who talks along reads what was written there; nobody else anything.
"""

from collections.abc import Iterator

from bot.core.choices import YES
from bot.core.forms import Draft
from bot.core.helping.circle_forms import TALK
from bot.core.helping.help_forms import TO_COACH
from bot.core.items import EventKind, Item
from bot.core.people import Role
from bot.core.worktime import Rules
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.marks import Mark
from tests.bench.neighbourhood.mirror import Happened, Mirror, Spot, circles_of, words

_TO_COACH = frozenset({"line_coach"})
"""Buttons with which somebody lets the coach know that they want to talk."""
_COACH_FORMS = frozenset({TO_COACH.name, TALK.name})
"""Forms for a message to the coach: whatever stands in it was typed for them."""
_SORTS = {
    marks.PASSED: "what a volunteer passed on",
    marks.CONCERN: "what somebody reported",
    marks.NOTE: "what a professional noted",
}


def judged(happened: Happened, mirror: Mirror) -> Iterator[tuple[Mark, str]]:
    """Every secret of an item that a turn tells somebody, and whom."""
    for call in happened.changes.calls:
        for mark in marks.found(words(call)):
            if mark.sort in _SORTS or (mark.sort == marks.LETTER and mark in mirror.of_item):
                yield mark, call.chat


def told(happened: Happened, mirror: Mirror) -> Iterator[str]:
    """What of an item one turn tells somebody who may not know it, or without a row in the log."""
    for mark, reader in judged(happened, mirror):
        what = _SORTS.get(mark.sort, "what was written in a line")
        own_words = reader in mirror.typed[mark] or to_staff(mark, reader, happened, mirror)
        if own_words or mirror.meets(mark, reader):
            continue
        if not reads(mark, reader, mirror):
            if not mirror.of_ask(mark):  # what is said with an ask, `disclosure` looks at as well
                yield f"{what} ({mark.number}) told to someone without a mandate"
        elif not (own(mark, reader, mirror) or logged(reader, happened)):
            yield f"{what} ({mark.number}) read without a row in the log"


def to_staff(mark: Mark, reader: str, happened: Happened, mirror: Mirror) -> bool:
    """Whether somebody writes to the coach just now: with their own name, in their own words."""
    owner, writer = mirror.owner(mark), happened.input_.lane
    own = mark.sort == marks.NAME and owner is not None and owner.key == writer
    form = happened.draft.form if happened.draft else None
    writes = mark.sort == marks.LETTER or form in _COACH_FORMS
    wrote = writes and writer in mirror.typed[mark]
    asks = happened.press is None or happened.press.verb in _TO_COACH
    return mirror.stands_behind(reader) and asks and (own or wrote)


def reads(mark: Mark, reader: str, mirror: Mirror) -> bool:
    """Whether it was written somewhere where this reader may read it."""
    return any(_may(spot, reader, mirror) for spot in mirror.of_item.get(mark, ()))


def logged(reader: str, happened: Happened) -> bool:
    """Whether the reading is in the access log."""
    return any(access.person == reader for access in happened.changes.accesses)


def own(mark: Mark, reader: str, mirror: Mirror) -> bool:
    """Whether it was written in a matter of this reader's own."""
    spots = mirror.of_item.get(mark, ())
    return any(mirror.items[spot.item].reporter == reader for spot in spots)


def _may(spot: Spot, reader: str, mirror: Mirror) -> bool:
    item = mirror.items[spot.item]
    if works_on(reader, item, mirror):
        return spot.between is None or _works_for(reader, spot.between, mirror)
    if spot.kind is EventKind.TALK:
        return talks(reader, item, mirror) and _for(spot.circles, reader, item, mirror)
    agreed = item.passed is None or item.passed.agreed is not None
    return spot.kind is None and reader == item.reporter and agreed


def works_on(person: str, item: Item, mirror: Mirror) -> bool:
    """Whether this is a professional of a partner that has the item, or a coordinator."""
    if person in {item.reporter, *item.recused}:
        return False
    return any(_works_for(person, partner, mirror) for partner in item.holders)


def _works_for(person: str, partner: str | None, mirror: Mirror) -> bool:
    known = mirror.people.get(person)
    places = known.memberships if known else ()
    return any(m.partner == partner or m.role is Role.COORDINATOR for m in places)


def talks(person: str, item: Item, mirror: Mirror) -> bool:
    """Whether somebody talks along: whose matter it is, or who still is a volunteer or coach there.

    A block between that person and a volunteer, or between two volunteers, ends it for the
    volunteer who came last.
    """
    if person not in item.talk or person == item.reporter:
        return person in item.talk
    neighbour = mirror.neighbours.get(person)
    before = {item.reporter, *item.talk[: item.talk.index(person)]}
    if neighbour is not None and before & set(neighbour.blocked):
        return False
    return _for(circles_of(item), person, item, mirror)


def _for(circles: tuple[str | None, ...], person: str, item: Item, mirror: Mirror) -> bool:
    """Whether it is for the resident, or for a volunteer or coach of one of these circles."""
    if person == item.reporter or any(mirror.coordinates(person, c) for c in circles if c):
        return True
    known = mirror.people.get(person)  # what no circle had, staff of a partner passed on
    return None in circles and known is not None and bool(known.memberships)


def names(mark: Mark, reader: str, mirror: Mirror) -> bool:
    """Whether an item tells this reader somebody's name or address."""
    owner = mirror.owner(mark)
    for key in mirror.names[owner.key] if owner else ():
        item = mirror.items[key]
        if mark in marks.found(f"{item.report.name} {item.report.address}"):
            along = mark.sort == marks.NAME and talks(reader, item, mirror)
            if along or works_on(reader, item, mirror):
                return True
    return False


def handed(happened: Happened, mirror: Mirror, rules: Rules) -> Iterator[str]:
    """What is wrong with each matter that goes from a circle to a partner, or back; "" if nothing.

    What was agreed is what was answered in the form, whatever the item says of it.
    """
    for event in happened.changes.events:
        item = mirror.items[event.item]
        if event.kind is EventKind.PASSED_ON:
            yield _passed(item, happened, rules)
        elif event.kind is EventKind.HANDED_BACK:
            ask = mirror.asks.get(item.back.ask) if item.back else None
            agreed = _said(happened.draft, "to_circle", "agreed") == YES
            bare = ask is not None and not ask.wish.address
            yield "" if agreed and bare else "handed back without a yes, or with an address"


def _passed(item: Item, happened: Happened, rules: Rules) -> str:
    agreed = _said(happened.draft, "pass_on", "agreed") == YES
    named = _said(happened.draft, "pass_on", "named") == YES
    passed, report = item.passed, item.report
    if passed is None or bool(passed.agreed) != agreed:
        return "passed on otherwise than agreed"
    if not agreed:
        allowed = rules.covenant.topic(report.topic).without_consent and passed.reason
        return "" if allowed and not report.name else "passed on without a yes"
    hidden = named or not (report.name or report.address)
    return "" if hidden else "the name or the address went along without a yes"


def _said(draft: Draft | None, form: str, question: str) -> str | None:
    given = draft.answers.get(question) if draft and draft.form == form else None
    return str(given.value) if given else None


def blocked(happened: Happened, mirror: Mirror) -> Iterator[str]:
    """Lines into which somebody comes who blocked the other, or was blocked."""
    for key, item in happened.changes.of(Item).items():
        before = happened.items.get(key)
        for person in set(item.talk) - set(before.talk if before else ()):
            neighbour = mirror.neighbours.get(person)
            if neighbour is not None and set(neighbour.blocked) & set(item.talk):
                yield item.code
