"""The tally: how asks went, from what happened to them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.helping.asks import Ask, AskEnd, SearchStep
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.neighbours import Group, Help, Neighbour
from bot.core.items import EventKind
from bot.core.worktime import Rules
from tests.bench.neighbourhood.load import Helped, as_well, could_help
from tests.bench.neighbourhood.mirror import Happened, Mirror

_WAVES = {1: "first neighbours", 2: "next neighbours"}
_STEPS = {
    SearchStep.BOARD: "the board",
    SearchStep.VOLUNTEER: "the volunteer",
    SearchStep.COACH: "the coach",
    SearchStep.COORDINATOR: "the coordinator",
}
_SEARCHES = frozenset({AskEventKind.ASKED, AskEventKind.AGAIN, AskEventKind.FELL_THROUGH})


@dataclass
class Tally:
    """Counts and times."""

    rules: Rules
    events: Counter[AskEventKind] = field(default_factory=Counter)
    of_items: Counter[EventKind] = field(default_factory=Counter)
    """What happened between neighbours and partners."""
    meetings: set[str] = field(default_factory=set)
    called_off: int = 0
    signed_up: int = 0
    left: int = 0
    """How often somebody left a circle, or was taken out of one."""
    found_at: Counter[str] = field(default_factory=Counter)
    ended_by: Counter[str] = field(default_factory=Counter)
    urgent: list[timedelta] = field(default_factory=list)
    """From the beginning of a search to the claim, for help on the same day."""
    others: list[timedelta] = field(default_factory=list)
    helps: list[Helped] = field(default_factory=list)
    turns: int = 0
    _since: dict[str, datetime] = field(default_factory=dict)
    _could: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    _counted: set[tuple[str, Help]] = field(default_factory=set)

    def turn(self, happened: Happened, mirror: Mirror) -> None:
        """Count one turn."""
        self.turns += 1
        for event in happened.events:
            self.events[event.kind] += 1
            ask = mirror.asks[event.ask]
            if event.kind in _SEARCHES:
                self._since[ask.key] = event.at
            elif event.kind is AskEventKind.CLAIMED:
                self._claimed(event, happened.before.get(ask.key), ask, mirror)
        for key, ask in happened.asks.items():
            before = happened.before.get(key)
            if not ask.open and (before is None or before.open):
                self.ended_by[_ended(ask)] += 1
        self._around(happened)

    def _around(self, happened: Happened) -> None:
        """What happened in circles, and between neighbours and partners."""
        for key, neighbour in happened.changes.of(Neighbour).items():
            self._helped(neighbour)
            was = happened.neighbours.get(key)
            self.left += len(set(was.places if was else ()) - set(neighbour.places))
        self.of_items.update(event.kind for event in happened.changes.events)
        for group in happened.changes.of(Group).values():
            self.meetings.update(meeting.key for meeting in group.meetings)
        verb = happened.press.verb if happened.press else ""
        self.called_off += verb == "meeting_off_yes" and bool(happened.changes.of(Group))
        self.signed_up += verb == "meeting_yes" and bool(happened.changes.of(Group))

    def _claimed(self, event: AskEvent, before: Ask | None, ask: Ask, mirror: Mirror) -> None:
        search = (before or ask).search
        wave = _WAVES.get(search.round, "later neighbours")
        self.found_at[_STEPS.get(search.step, wave)] += 1
        since = self._since.get(ask.key)
        if since is not None:
            today = ask.wish.when.last <= self.rules.calendar.local(since).date()
            (self.urgent if today else self.others).append(event.at - since)
        asker = mirror.neighbours.get(ask.asker or "")
        on = self.rules.calendar.local(event.at).date()
        could = could_help(before or ask, asker, mirror.neighbours, self.rules, on)
        for person in ask.helping:
            as_well_ = as_well(person, could, mirror.neighbours, ask.wish.circle)
            self._could[ask.key, person] = as_well_

    def _helped(self, neighbour: Neighbour) -> None:
        for help_ in neighbour.helps:
            if (neighbour.key, help_) not in self._counted:
                self._counted.add((neighbour.key, help_))
                could = self._could.get((help_.ask, neighbour.key), frozenset())
                self.helps.append(Helped(neighbour.key, could))


def _ended(ask: Ask) -> str:
    match ask.end:
        case AskEnd.DONE:
            return "done, by the asker's word"
        case AskEnd.CANCELLED:
            return "called off by the asker"
        case AskEnd.PASSED_ON:
            return "passed on to a partner"
        case _:
            return "a volunteer, with a reason"
