"""Disclosure in stages: whose name, address and words may stand in a message to whom.

The truth is the ask as it stands when the message is decided: names from the proposal on, the
address and all that was agreed from the asker's yes on, and nothing once it has ended.
"""

from collections.abc import Iterator

from bot.core.helping.asks import Ask, AskStage, Voice
from bot.core.ports import Call
from bot.core.worktime import Rules
from tests.bench.neighbourhood import mandates, marks
from tests.bench.neighbourhood.marks import Mark
from tests.bench.neighbourhood.mirror import Happened, Mirror, words

_LOGGED = frozenset({marks.ADDRESS, marks.TEXT})
_AGREED = frozenset({AskStage.AGREED, AskStage.AFTER})
_SORTS = {
    marks.NAME: "a name",
    marks.ADDRESS: "an address",
    marks.TEXT: "what somebody asks",
    marks.LETTER: "a message between two",
}
"""What is of an item or a meeting has laws of its own: `mandates` and `belonging`."""


def check(happened: Happened, mirror: Mirror, rules: Rules) -> Iterator[str]:
    """What one turn says to whom it may not be said."""
    for call in happened.changes.calls:
        found = marks.found(words(call))
        if _is_group(call):
            yield from (f"{_SORTS.get(mark.sort, 'a secret')} in a group" for mark in found)
            yield from _task(call, mirror, rules)
            continue
        for mark in found:
            if mark.sort not in _SORTS and not mirror.of_ask(mark):
                continue
            what = _SORTS.get(mark.sort, _SORTS[marks.TEXT])
            if not _may(mark, call, happened, mirror):
                yield f"{what} ({mark.number}) told to someone who may not know it"
            elif mark.sort in _LOGGED and not _logged(mark, call, happened, mirror):
                yield f"{what} ({mark.number}) read without a row in the log"


def _logged(mark: Mark, call: Call, happened: Happened, mirror: Mirror) -> bool:
    """Whether the reading is in the access log, unless it is the own or its writer tells it."""
    reader, owner = call.chat, mirror.owner(mark)
    if reader in mirror.typed[mark] or (
        mark.sort == marks.ADDRESS and owner and owner.key == reader
    ):
        return True
    told = happened.input_.lane in mirror.typed[mark] and happened.press is None
    return told or mandates.own(mark, reader, mirror) or mandates.logged(reader, happened)


def _is_group(call: Call) -> bool:
    chat = call.params.get("chat_id")
    return isinstance(chat, int) and chat < 0


def _task(call: Call, mirror: Mirror, rules: Rules) -> Iterator[str]:
    """In a small circle the task tells who asks, so its group may not hear it."""
    circle = mirror.circle_of_group(call)
    if circle is None or mirror.members(circle) >= rules.covenant.helping.small_circle:
        return
    said = words(call)
    titles = {title for kind in rules.covenant.kinds for title in kind.title.values()}
    yield from (f"a task in the group of {circle}" for title in titles if title in said)


def _may(mark: Mark, call: Call, happened: Happened, mirror: Mirror) -> bool:
    reader = call.chat
    written = _written_to(mark, reader, mirror) or mandates.to_staff(mark, reader, happened, mirror)
    if written or mandates.reads(mark, reader, mirror) or mirror.meets(mark, reader):
        return True
    return _by_sort(mark, reader, happened, mirror) or _in_wish(mark, reader, happened, mirror)


def _by_sort(mark: Mark, reader: str, happened: Happened, mirror: Mirror) -> bool:
    match mark.sort:
        case marks.NAME:
            return _name(mark, reader, happened, mirror)
        case marks.ADDRESS:
            return _address(mark, reader, mirror)
        case _:  # a message, too, was typed when the form asked what is needed
            return _text(mark, reader, happened, mirror)


def _name(mark: Mark, reader: str, happened: Happened, mirror: Mirror) -> bool:
    owner = mirror.owner(mark)
    if owner is None or owner.key == reader or reader in mirror.typed[mark]:
        return True
    if mandates.names(mark, reader, mirror) or _colleagues(owner.key, reader, mirror):
        return True
    # Who asks to join or has just left is named to the volunteers as well.
    known = (happened.neighbours.get(owner.key), mirror.neighbours.get(owner.key))
    places = {place.circle for neighbour in known if neighbour for place in neighbour.circles}
    if any(mirror.coordinates(reader, circle) for circle in places):
        return True
    if any(_named_before(ask, owner.key, reader, mirror) for ask in happened.before.values()):
        return True
    return any(
        _knows(ask, owner.key, reader, mirror) or _wrote_it(mark, ask, reader)
        for ask in mirror.with_(owner.key)
    )


def _wrote_it(mark: Mark, ask: Ask, reader: str) -> bool:
    """Whether a name stands in what the asker typed for who comes."""
    return _is_agreed(ask, reader) and mark in marks.found(f"{ask.wish.text} {ask.wish.address}")


def _colleagues(one: str, other: str, mirror: Mirror) -> bool:
    """Whether both work for partners: these know each other by name."""
    known = [mirror.people.get(key) for key in (one, other)]
    return all(person is not None and person.memberships for person in known)


def _named_before(ask: Ask, owner: str, reader: str, mirror: Mirror) -> bool:
    """Whether the asker lets a helper go, or a volunteer acts on how it ends: is to ring, or to
    phone who may still be coming.
    """
    if reader in {ask.asker, ask.by}:
        return owner in ask.helping
    unseen = ask.pending is not None and ask.pending.person == owner
    acts = unseen or (ask.open and owner in {ask.by, *ask.parties})
    return acts and mirror.coordinates(reader, ask.wish.circle)


def _knows(ask: Ask, owner: str, reader: str, mirror: Mirror) -> bool:
    """Whether `reader` knows by this ask who `owner` is."""
    if reader in {ask.asker, ask.by} and (owner in ask.helping or not ask.open):
        return True  # an asker may know who helped; that is no secret of the helper's
    if mirror.coordinates(reader, ask.wish.circle):
        return ask.open
    if not ask.open or reader not in ask.helping:
        return False
    if owner in ask.helping:
        return ask.stage in _AGREED
    return ask.wish.voice is Voice.NAMED


def _is_agreed(ask: Ask, person: str) -> bool:
    helper = ask.helper
    agreed = helper is not None and helper.person == person and helper.agreed is not None
    return agreed and ask.stage in _AGREED


def _address(mark: Mark, reader: str, mirror: Mirror) -> bool:
    owner = mirror.owner(mark)
    if owner is None or owner.key == reader or reader in mirror.typed[mark]:
        return True
    if mandates.names(mark, reader, mirror):
        return True
    # The address stays with the ask, also when somebody else answers for it by now.
    return any(
        _is_agreed(ask, reader)
        for ask in mirror.with_(owner.key)
        if owner.key in {ask.asker, ask.by} or mark in marks.found(ask.wish.address)
    )


def _text(mark: Mark, reader: str, happened: Happened, mirror: Mirror) -> bool:
    if reader in mirror.typed[mark] or _sent(mark, reader, happened, mirror):
        return True
    ask = mirror.asks.get(mirror.of_wish.get(mark, ""))
    return ask is not None and _reads_wish(ask, reader, happened, mirror)


def _in_wish(mark: Mark, reader: str, happened: Happened, mirror: Mirror) -> bool:
    """Whether somebody typed their name or address when the form asked what is needed."""
    owner = mirror.owner(mark)
    return owner is not None and any(
        mark in marks.found(ask.wish.text) and _reads_wish(ask, reader, happened, mirror)
        for ask in mirror.with_(owner.key)
    )


def _reads_wish(ask: Ask, reader: str, happened: Happened, mirror: Mirror) -> bool:
    """Whether this reader may read what is needed: who wants to help, and who opens it to see to
    it."""
    if not ask.open:
        return False
    if reader in ask.helping:
        return ask.stage is not AskStage.LOOKING
    opened = happened.press is not None and happened.input_.lane == reader
    return opened and mirror.coordinates(reader, ask.wish.circle)


def _sent(mark: Mark, reader: str, happened: Happened, mirror: Mirror) -> bool:
    """Whether its writer typed it where the form for a message stood, to somebody they know."""
    writer = happened.input_.lane
    return writer in mirror.typed[mark] and any(
        reader in _sides(ask) for ask in mirror.with_(writer)
    )


def _sides(ask: Ask) -> set[str]:
    """Who may write to each other: for somebody who isn't here, who asked for them answers."""
    return set(ask.parties)


def _written_to(mark: Mark, reader: str, mirror: Mirror) -> bool:
    """Whether it stands in a message between these two, whatever its writer put in it."""
    ask = mirror.asks.get(mirror.of_letter.get(mark, ""))
    return ask is not None and reader in _sides(ask)
