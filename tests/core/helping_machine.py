"""One ask among neighbours in random lives: what holds of every change, and always."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from bot.core import matching
from bot.core.checkins import CheckIn, Due
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.helping import (
    moments,
    neighbourly,
    plan,
    searching,
)
from bot.core.helping.asks import Ask, AskEnd, AskStage, speaks_for
from bot.core.helping.change import AskChange, MarkKind, To
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.times import Slot
from bot.core.worktime import Rules
from tests.core.helping_lives import (
    ADDRESS,
    RULES,
    helping_rules,
    neighbour,
    neighbours,
    whens,
    wish,
)
from tests.core.strategies import SECRET, local

NAMES = ("n1", "n2", "n3", "n4", "n5")
MAX_FIRED = 300
STARTS = st.sampled_from(
    [
        local(2026, 3, 28, 23),  # the night before summer time
        local(2026, 10, 24, 23),  # the night before winter time
        local(2026, 11, 20, 16, 59),
        local(2026, 11, 23, 6),
        local(2026, 12, 24, 14),
        local(2028, 2, 28, 12),
    ]
)


class Machine(RuleBasedStateMachine):
    """One ask with its neighbours; what holds of every change, and always."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[AskEvent] = []
        self.fired: set[str] = set()
        self.promised: Counter[tuple[str, Slot]] = Counter()

    @initialize(data=st.data(), now=STARTS, rules=st.one_of(st.just(RULES), helping_rules()))
    def begin(self, data: st.DataObject, now: datetime, rules: Rules) -> None:
        """Somebody asks for help among five neighbours."""
        self.terms, self.now = rules, now
        anyone = {name: st.just(neighbour(name)) | neighbours(name) for name in NAMES}
        self.people = {name: data.draw(one) for name, one in anyone.items()}
        self.people["asker"] = Neighbour(key="asker")
        today = rules.calendar.local(now).date()
        wanted = wish(
            data.draw(st.sampled_from(["call", "shop", "visit"])),
            when=data.draw(whens(today)),
            area=data.draw(st.sampled_from(["dorp", "dorp", None])),
            circle=data.draw(st.sampled_from(["straat", "straat", None, "elders"])),
            street=data.draw(st.sampled_from(["", "", "achterom"])),
        )
        # "asker" asks for themselves, or as a volunteer for somebody without a chat.
        for_self = data.draw(st.booleans())
        who = {"asker": "asker"} if for_self else {"asker": None, "by": "asker"}
        self.take(
            searching.start(wanted, key="k", code="KL-7C2F", **who, rules=rules, now=now),
            None,
        )

    def take(self, change: AskChange, before: Ask | None, *, quietly: bool = False) -> None:
        """What holds of every change; then neighbours are looked for, as the handlers do."""
        for again in count():
            self.holds(change, before, quietly=quietly)
            if not change.seek:
                return
            assert again < 12, "a search never comes to rest"
            before = change.ask
            change = searching.invite(before, self.fitting(before), self.terms, self.now)
            quietly = True

    def fitting(self, ask: Ask) -> list[str]:
        """Whom the handlers would invite."""
        asker = self.people["asker"]
        wanted = matching.wanted(ask, asker, self.terms, self.now)
        fit = [
            one
            for one in self.people.values()
            if matching.gate(ask, asker, one, self.terms, self.now) is None
            and one.key not in wanted.without
        ]
        return [n.key for n in sorted(fit, key=lambda n: matching.rank(wanted, n))]

    def holds(self, change: AskChange, before: Ask | None, *, quietly: bool) -> None:
        ask = self.ask = change.ask
        self.history += change.events
        assert [e.revision for e in self.history] == list(range(1, ask.revision + 1))
        assert change.events or (ask == before and not change.notices and not change.marks)
        assert Ask.model_validate_json(ask.model_dump_json()) == ask
        for happened in change.events:
            event(f"{happened.kind}")
            assert happened.at == self.now
        if before and not before.open and ask.open:
            assert AskEventKind.AGAIN in {e.kind for e in change.events}
        if quietly and change.notices:
            self.in_peace(change, before)
        for notice in change.notices:
            told = notice.model_dump_json()
            assert SECRET not in told
            assert ADDRESS not in told
            assert notice.revision <= ask.revision
            assert notice.to is not To.PERSON or notice.person
            assert notice.to not in {To.ASKER, To.HELPER} or notice.person
        self.count(change)
        claimed = [e.data["helper"] for e in change.events if e.kind is AskEventKind.CLAIMED]
        for person in claimed:
            one, asker = self.people[person], self.people["asker"]
            assert matching.kept_away(ask, asker, one, self.terms, self.now) is None

    def in_peace(self, change: AskChange, before: Ask | None) -> None:
        """What nobody did just now disturbs nobody in quiet hours, except for help today."""
        quiet = self.terms.calendar.outside_quiet(self.now) > self.now
        asks = [one for one in (before, change.ask) if one]
        assert not quiet or any(moments.for_today(one, self.terms, self.now) for one in asks)

    def count(self, change: AskChange) -> None:
        """Promises are balanced, and what neighbours keep is kept."""
        for mark in change.marks:
            if mark.kind in {MarkKind.PROMISED, MarkKind.FREED}:
                assert mark.slot is not None
                self.promised[mark.person, mark.slot] += 1 if mark.kind is MarkKind.PROMISED else -1
            one = self.people[mark.person]
            self.people[mark.person] = neighbourly.marked(
                one, mark, change.ask, self.terms, self.now
            )

    def attempt(self, act: Callable[[], AskChange]) -> bool:
        """Do it if the state allows it; otherwise nothing changes."""
        before = self.ask
        try:
            change = act()
        except (Stale, NotAllowed, NotFound):
            assert self.ask is before
            return False
        self.take(change, before)
        return True

    def who(self, name: str) -> str:
        """The person that is meant now."""
        ask = self.ask
        if name == "helper":
            return ask.helper.person if ask.helper else "n1"
        if name == "successor":
            return ask.successor.person if ask.successor else "n2"
        return name

    @property
    def at(self) -> dict[str, Any]:
        """The rules and the moment."""
        return {"rules": self.terms, "now": self.now}

    def helper(self) -> Neighbour | None:
        """Who promised to help, as a neighbour."""
        return self.people[self.ask.helper.person] if self.ask.helper else None

    def due(self) -> list[CheckIn]:
        return [c for c in plan.schedule(self.ask) if c.due <= self.now]

    def fire_due(self) -> None:
        """Fire what is due; a second time changes nothing, and it is never planned again."""
        for fired in count():
            due = self.due()
            if not due:
                return
            assert fired < MAX_FIRED, "check-ins never come to rest"
            checkin, before = due[0], self.ask
            assert checkin.key not in self.fired
            self.fired.add(checkin.key)
            helper = self.helper()
            change = plan.fire(before, checkin, self.terms, self.now, helper=helper)
            self.take(change, before, quietly=True)
            assert self.ask.revision > before.revision
            assert self.ask.open is before.open, "nothing ends by itself"
            again = plan.fire(self.ask, checkin, self.terms, self.now, helper=helper)
            assert again == AskChange(ask=self.ask)

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """Every open ask has a check-in that is still to come, and no two have one name.

        Nobody is asked at night how it went.
        """
        planned = plan.schedule(self.ask)
        after = [c.due for c in planned if c.what is Due.AFTER]
        assert all(self.terms.calendar.outside_quiet(at) == at for at in after)
        assert not self.due()
        assert not self.ask.open or planned
        assert self.ask.open or {c.what for c in planned} <= {Due.SEEN}
        assert len({c.key for c in planned}) == len(planned)

    @invariant()
    def stages_say_what_is_true(self) -> None:
        """Somebody is proposed, agreed or nobody; who takes over is proposed only."""
        ask = self.ask
        stage, helper = ask.stage, ask.helper
        assert stage is not AskStage.LOOKING or not ask.helping
        assert stage is not AskStage.PROPOSED or (helper and not helper.agreed)
        assert stage is not AskStage.AGREED or (helper and helper.agreed)
        assert not ask.successor or (ask.handing_over and not ask.successor.agreed)
        assert not ask.handing_over or stage is AskStage.AGREED
        assert (ask.end is None) == ask.open == (ask.ended is None)
        assert (ask.end is AskEnd.LEFT) == bool(ask.reason)

    @invariant()
    def somebody_answers_for_the_asker(self) -> None:
        """An open ask never loses the person who decides on the asker's side."""
        assert speaks_for(self.ask, "asker")

    @invariant()
    def promises_are_balanced(self) -> None:
        """Who is busy is who promised, as long as the ask is open."""
        ask = self.ask
        now = [(h.person, h.slot) for h in (ask.helper, ask.successor) if h and ask.open]
        assert +self.promised == Counter(now)
