"""The law: no open item is ever without a next check-in, whatever people do and time brings."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core import lifecycle
from bot.core.checkins import CheckIn, schedule
from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.items import (
    ENDS,
    Addition,
    Answer,
    Event,
    EventKind,
    Item,
    Outcome,
    Refusal,
    Stage,
    Step,
    Told,
)
from bot.core.lifecycle import Change
from bot.core.notices import Audience
from bot.core.worktime import Rules
from tests.core.strategies import SECRET, example, local, reports, rules

PERSON = "pro"
MAX_FIRED = 200
RARE = 8
"""What ends a life early is done once in so many times, so that lives last."""
STARTS = st.sampled_from(
    [
        local(2026, 3, 28, 23),  # the night before summer time
        local(2026, 10, 24, 23),  # the night before winter time
        local(2026, 11, 20, 16, 59),  # the end of a Friday
        local(2026, 12, 24, 14),  # before holidays
        local(2028, 2, 28, 12),  # before a leap day
        local(2026, 11, 23, 10),
    ]
)


class Life(RuleBasedStateMachine):
    """One item through random acts, with its due check-ins fired, early or late."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[Event] = []
        self.fired: set[str] = set()

    @initialize(data=st.data(), now=STARTS, rules_=st.one_of(st.builds(example), rules()))
    def begin(self, data: st.DataObject, now: datetime, rules_: Rules) -> None:
        """A report comes in."""
        self.agreed, self.now = rules_, now
        report = data.draw(reports(rules_))
        change = lifecycle.report(
            report, key="k", code="GB-7K2F", reporter="rep", rules=rules_, now=now
        )
        self.item = change.item
        self.take(change, before=None)

    def take(self, change: Change, before: Item | None) -> None:
        """What holds of every change."""
        item = self.item = change.item
        self.history += change.events
        for happened in change.events:
            event(f"{happened.kind}")
        assert [e.revision for e in self.history] == list(range(1, item.revision + 1))
        assert change.events or (change.item == before and not change.notices)
        assert Item.model_validate_json(item.model_dump_json()) == item
        if before and before.stage in ENDS and item.open:
            assert EventKind.REOPENED in {e.kind for e in change.events}
        for notice in change.notices:
            assert SECRET not in notice.model_dump_json()
            assert notice.revision <= item.revision
            assert notice.to is not Audience.REPORTER or notice.person == item.reporter == "rep"

    def attempt(self, act: Callable[[], Change]) -> None:
        """Do it if the item's state allows it; otherwise nothing changes."""
        before = self.item
        try:
            change = act()
        except (Stale, NotAllowed, NotFound):
            assert self.item is before
        else:
            self.take(change, before)

    def due(self) -> list[CheckIn]:
        """The check-ins that are due."""
        return [c for c in schedule(self.item, self.agreed) if c.due <= self.now]

    def fire_due(self) -> None:
        """Fire what is due; a second time changes nothing, and it is never planned again."""
        count = 0
        while due := self.due():
            checkin, before = due[0], self.item
            assert checkin.key not in self.fired
            self.fired.add(checkin.key)
            self.take(lifecycle.fire(before, checkin, self.agreed, self.now), before)
            assert self.item.revision > before.revision
            again = lifecycle.fire(self.item, checkin, self.agreed, self.now)
            assert again == Change(item=self.item)
            count += 1
            assert count < MAX_FIRED, "check-ins never come to rest"

    @rule(hours=st.integers(1, 24 * 40), minutes=st.integers(0, 59))
    def time_passes(self, hours: int, minutes: int) -> None:
        """Perhaps long: what is due fires late, all at once."""
        self.now += timedelta(hours=hours, minutes=minutes)
        self.fire_due()

    @rule(count=st.integers(1, 6))
    def next_checkins(self, count: int) -> None:
        """The next check-ins fire exactly when they are due."""
        for checkin in schedule(self.item, self.agreed)[:count]:
            self.now = max(self.now, checkin.due)
            self.fire_due()

    @rule(partner=st.sampled_from(["holder", "deputy", "POL", "nobody"]))
    def accept(self, partner: str) -> None:
        self.accept_as(partner)

    def accept_as(self, partner: str) -> None:
        """Someone of this partner tries to take it on."""
        who = self.partner(partner)
        self.attempt(
            lambda: lifecycle.accept(
                self.item, by=PERSON, partner=who, rules=self.agreed, now=self.now
            )
        )

    @rule()
    def decline(self) -> None:
        self.attempt(
            lambda: lifecycle.decline(
                self.item,
                by=PERSON,
                partner=self.partner("holder"),
                why=Refusal.NOT_OURS,
                note="",
                rules=self.agreed,
                now=self.now,
            )
        )

    @rule(to=st.sampled_from(["GEM", "POL", "BB", "LEADER", "GONE"]))
    def assign(self, to: str) -> None:
        self.attempt(
            lambda: lifecycle.assign(
                self.item, to, by="co", reason="beter daar", rules=self.agreed, now=self.now
            )
        )

    @rule(step=st.sampled_from(Step))
    def step(self, step: Step) -> None:
        self.attempt(
            lambda: lifecycle.step(
                self.item,
                step,
                by=PERSON,
                partner=self.item.assignment.partner,
                rules=self.agreed,
                now=self.now,
            )
        )

    @rule()
    def ask_and_answer(self) -> None:
        self.attempt(
            lambda: lifecycle.ask(
                self.item, SECRET, by=PERSON, partner=None, rules=self.agreed, now=self.now
            )
        )
        self.attempt(lambda: lifecycle.answer(self.item, SECRET, self.now))

    @rule(told=st.sampled_from(Told))
    def told(self, told: Told) -> None:
        self.attempt(
            lambda: lifecycle.told(
                self.item,
                told,
                by=PERSON,
                partner=None,
                rules=self.agreed,
                now=self.now,
                when=date(2026, 11, 1),
                because="reden",
            )
        )

    @rule(outcome=st.sampled_from(Outcome))
    def close(self, outcome: Outcome) -> None:
        """Accepted first where that is still to be done, so that many lives get to an end."""
        self.accept_as("holder")
        self.attempt(
            lambda: lifecycle.close(
                self.item,
                outcome,
                by=PERSON,
                partner=self.partner("holder"),
                rules=self.agreed,
                now=self.now,
                note=SECRET,
            )
        )

    @precondition(lambda self: self.item.reporter)
    @rule(answer=st.sampled_from(Answer))
    def say(self, answer: Answer) -> None:
        self.attempt(lambda: lifecycle.say(self.item, answer, self.agreed, self.now))

    @precondition(lambda self: self.item.reporter)
    @rule(days=st.integers(0, 61))
    def choose_interval(self, days: int) -> None:
        self.attempt(lambda: lifecycle.every(self.item, days, self.agreed, self.now))
        self.attempt(lambda: lifecycle.later(self.item, self.agreed, self.now))

    @precondition(lambda self: self.item.reporter)
    @rule()
    def add(self) -> None:
        addition = Addition(at=self.now, text=SECRET)
        self.attempt(lambda: lifecycle.add(self.item, addition, self.agreed, self.now))

    @precondition(lambda self: self.item.reporter)
    @rule(opened=st.booleans(), chance=st.integers(0, RARE))
    def withdraw(self, *, opened: bool, chance: int) -> None:
        if chance != RARE // 2:
            return
        self.attempt(
            lambda: lifecycle.withdraw(self.item, opened=opened, rules=self.agreed, now=self.now)
        )

    @rule(by=st.sampled_from(["rep", "co"]))
    def reopen(self, by: str) -> None:
        self.attempt(
            lambda: lifecycle.reopen(
                self.item, by=by, reason="toch niet", rules=self.agreed, now=self.now
            )
        )

    @rule(chance=st.integers(0, RARE))
    def unreachable(self, chance: int) -> None:
        if chance != RARE // 2:
            return
        self.attempt(lambda: lifecycle.unreachable(self.item, self.agreed, self.now))

    @rule()
    def reachable(self) -> None:
        self.attempt(lambda: lifecycle.reachable(self.item, self.agreed, self.now))

    @rule(chance=st.integers(0, RARE))
    def unlink(self, chance: int) -> None:
        if chance != RARE // 2:
            return
        self.attempt(lambda: lifecycle.unlink(self.item, self.agreed, self.now))

    def partner(self, which: str) -> str:
        """The partner that is meant, as it is now."""
        assignment = self.item.assignment
        named = {"holder": assignment.partner, "deputy": assignment.deputy or "nobody"}
        return named.get(which, which)

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """Every open item has a check-in that is still to come."""
        planned = schedule(self.item, self.agreed)
        assert not self.due()
        assert not self.item.open or any(c.due > self.now for c in planned)
        assert len({c.key for c in planned}) == len(planned)
        assert planned == schedule(self.item.model_copy(deep=True), self.agreed)

    @invariant()
    def nobody_is_ownerless(self) -> None:
        """One holder, known to the covenant; what is unsafe has no deputy outside."""
        known = {p.id for p in self.agreed.covenant.partners}
        assert set(self.item.holders) <= known
        assert self.item.holders[0] == self.item.assignment.partner
        assert self.item.stage is not Stage.HELD or self.item.assignment.by == PERSON
        assert not (self.item.report.unsafe and self.item.assignment.deputy)

    @invariant()
    def every_end_has_its_reason(self) -> None:
        """An item ended on the reporter's word, or with a written reason; the open one has none."""
        ended, reason = self.item.ended, self.item.reason
        assert (ended is None) == self.item.open
        assert (reason is not None) == (self.item.stage in ENDS - {Stage.CONFIRMED})


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
