"""The laws: what must hold after every turn, and what is counted on the way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.circles import Level
from bot.core.covenant import About
from bot.core.helping.asks import Ask, AskStage
from bot.core.helping.neighbours import Neighbour
from bot.core.worktime import Rules
from tests.bench.neighbourhood import belonging, disclosure, mandates
from tests.bench.neighbourhood.load import known_in, offers
from tests.bench.neighbourhood.mirror import Happened, Mirror, words

CLAIMS = frozenset({"help_yes", "help_anyway"})
_YEAR = timedelta(days=365.25)

NEXT_STEP = "no ask without a next step"
ONE_CLAIM = "one helper for each ask"
DISCLOSURE = "nothing told before its stage"
SAFEGUARDING = "nobody alone indoors unchecked"
OFFERED = "only who offered it is invited"
BLOCKED = "who is blocked never meets again"
MANDATE = "partners and neighbours each see their own side"
CONSENT = "nothing is passed on but what was agreed"
IN_CIRCLE = "a circle's screens and meetings are for its own"
LEFT = "nothing counts on who left the circle"
HANDLED = "no turn fails"
ALL = (
    NEXT_STEP,
    ONE_CLAIM,
    DISCLOSURE,
    SAFEGUARDING,
    OFFERED,
    BLOCKED,
    MANDATE,
    CONSENT,
    IN_CIRCLE,
    LEFT,
    HANDLED,
)


@dataclass
class Laws:
    """Looks at every turn, and keeps what is broken."""

    rules: Rules
    mirror: Mirror
    looked: Counter[str] = field(default_factory=Counter)
    """How often each law was looked at."""
    broken: list[tuple[str, str]] = field(default_factory=list)
    """The law, and what broke it."""
    raced: int = 0
    """Claims that came too late."""
    tied: int = 0
    """Of these, those in the same moment as the one that was first."""
    _yes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What was told to who was first, by ask."""
    _won: dict[str, datetime] = field(default_factory=dict)
    """When somebody was first."""

    def turn(self, happened: Happened) -> None:
        """Look at one turn."""
        self.looked[HANDLED] += 1
        self.looked[DISCLOSURE] += len(happened.changes.calls)
        for what in disclosure.check(happened, self.mirror, self.rules):
            self.breach(DISCLOSURE, f"{what}, {_about(happened)}")
        for key, ask in happened.asks.items():
            self._changed(happened.before.get(key), ask, happened)
        if happened.press is not None and happened.press.verb in CLAIMS:
            self._claimed(happened)
        self._between(happened)

    def _between(self, happened: Happened) -> None:
        """What circles, those who left them, and partners see and get."""
        mirror = self.mirror
        self.looked[MANDATE] += sum(1 for _told in mandates.judged(happened, mirror))
        for what in mandates.told(happened, mirror):
            self.breach(MANDATE, f"{what}, {_about(happened)}")
        for what in mandates.blocked(happened, mirror):
            self.breach(BLOCKED, f"{what}, {_about(happened)}")
        self._all(CONSENT, mandates.handed(happened, mirror, self.rules), happened)
        self._all(IN_CIRCLE, belonging.shown(happened, mirror), happened)
        self._all(LEFT, belonging.left(happened, mirror), happened)

    def _all(self, law: str, found: Iterable[str], happened: Happened) -> None:
        """Count what a law was asked about; what isn't empty is wrong."""
        for what in found:
            self.looked[law] += 1
            if what:
                self.breach(law, f"{what}, {_about(happened)}")

    def breach(self, law: str, what: str) -> None:
        """Note that a law is broken."""
        self.broken.append((law, what))

    def _changed(self, before: Ask | None, ask: Ask, happened: Happened) -> None:
        """What may never become of an ask."""
        for what in _double(before, ask):
            self.breach(ONE_CLAIM, f"{ask.code}: {what}, {_about(happened)}")
        for person in set(ask.helping) - set(before.helping if before else ()):
            self.looked[ONE_CLAIM] += 1
            self._new_helper(ask, person, happened)
        known = {i.person for i in before.search.invited} if before else set()
        for person in {i.person for i in ask.search.invited} - known:
            self._together(ask, person, happened)
            self._invited(ask, person, happened)

    def _invited(self, ask: Ask, person: str, happened: Happened) -> None:
        """Only who offered just that is asked in private."""
        self.looked[OFFERED] += 1
        one, asker = (self.mirror.neighbours.get(key or "") for key in (person, ask.asker))
        today = self.rules.calendar.local(happened.now).date()
        if one is None or not offers(one, ask, asker, self.rules, today):
            self.breach(OFFERED, f"{ask.code}, {_about(happened)}")

    def _new_helper(self, ask: Ask, person: str, happened: Happened) -> None:
        self._together(ask, person, happened)
        if self.rules.covenant.kind(ask.wish.kind).level is Level.ALONE:
            self.looked[SAFEGUARDING] += 1
            if not self._checked(self.mirror.neighbours.get(person), ask):
                self.breach(SAFEGUARDING, f"{ask.code}, {_about(happened)}")

    def _checked(self, neighbour: Neighbour | None, ask: Ask) -> bool:
        """A certificate that is young enough on every day of the help, and an introduction."""
        if neighbour is None or neighbour.vog is None:
            return False
        if not known_in(neighbour, ask.wish.circle):
            return False
        slots = [h.slot for h in (ask.helper, ask.successor) if h and h.person == neighbour.key]
        years = self.rules.covenant.helping.vog_years
        return all(slot.day <= neighbour.vog.seen + years * _YEAR for slot in slots)

    def _together(self, ask: Ask, person: str, happened: Happened) -> None:
        self.looked[BLOCKED] += 1
        whose = ask.asker or self._reported(ask)
        asker, other = (self.mirror.neighbours.get(key or "") for key in (whose, person))
        one_way = other is not None and whose in other.blocked
        if one_way or (asker is not None and person in asker.blocked):
            self.breach(BLOCKED, f"{ask.code}, {_about(happened)}")

    def _reported(self, ask: Ask) -> str | None:
        """Who reported what a professional handed to the circle, when it is about them."""
        item = self.mirror.items.get(ask.item or "")
        own = item is not None and item.back is not None and item.report.about is About.SELF
        by_volunteer = item is not None and item.passed and item.passed.by == item.reporter
        return item.reporter if item is not None and own and not by_volunteer else None

    def _claimed(self, happened: Happened) -> None:
        """Who was first is told yes; everyone else is told something else."""
        assert happened.press is not None
        key, person = happened.press.id.split(".")[0], happened.input_.lane
        ask = self.mirror.asks.get(key)
        replies = {words(c) for c in happened.changes.calls if c.chat == person} - {""}
        replies = {text for text in replies if any(letter.isalpha() for letter in text)}
        if ask is None or person not in ask.helping:
            self.raced += 1
            self.tied += self._won.get(key) == happened.now
            if replies & self._yes[key]:
                self.breach(ONE_CLAIM, f"two were told yes, {_about(happened)}")
        elif key in happened.asks:
            self._yes[key] |= replies
            self._won[key] = happened.now


def _double(before: Ask | None, ask: Ask) -> Iterator[str]:
    """A helper who takes the place of another one without being asked to."""
    if len(set(ask.helping)) != len(ask.helping) or ask.asker in ask.helping:
        yield "somebody helps twice, or themselves"
    if ask.stage is AskStage.LOOKING and ask.helper is not None:
        yield "somebody helps, and nobody knows"
    if before is None or before.helper is None or ask.helper is None:
        return
    if before.helper.person == ask.helper.person or before.stage is AskStage.AFTER:
        return
    successor = before.successor
    if successor is None or successor.person != ask.helper.person:
        yield "a helper was replaced"


def _about(happened: Happened) -> str:
    press = happened.press
    what = press.data if press else happened.input_.kind
    return f"after {what} at {happened.now:%m-%d %H:%M}"
