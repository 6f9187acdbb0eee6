"""The laws of asks: nobody is forgotten, hears too early, or helps who may not."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.core import matching
from bot.core.checkins import Due
from bot.core.helping import (
    afterwards,
    agreed,
    claiming,
    neighbourly,
    passing,
    plan,
    searching,
)
from bot.core.helping.asks import AskStage, How, open_slots, speaks_for
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.times import Slot
from tests.core.helping_lives import (
    ADDRESS,
    SLOTS,
    whens,
)
from tests.core.helping_machine import NAMES, Machine
from tests.core.strategies import SECRET

WHO = st.sampled_from(("asker", "helper", "successor", "volunteer", *NAMES))
RARE = 10
"""What ends a life early is done once in so many times, so that lives last."""


class Life(Machine):
    """Random acts of the right and the wrong people, at random times."""

    @rule(hours=st.integers(0, 24 * 9), minutes=st.integers(1, 59))
    def time_passes(self, hours: int, minutes: int) -> None:
        """Perhaps long: what is due fires late, all at once."""
        self.now += timedelta(hours=hours, minutes=minutes)
        self.fire_due()

    @rule(number=st.integers(1, 6))
    def next_checkins(self, number: int) -> None:
        """The next check-ins fire exactly when they are due."""
        for _ in range(number):
            planned = plan.schedule(self.ask)
            if planned:
                self.now = max(self.now, planned[0].due)
                self.fire_due()

    @rule(who=st.sampled_from(NAMES))
    def decline(self, who: str) -> None:
        self.attempt(lambda: searching.decline(self.ask, who, **self.at))

    @rule(who=WHO, other=st.sampled_from(NAMES), slot=SLOTS, choice=st.integers(0, 30))
    def claim(self, who: str, other: str, slot: Slot, choice: int) -> None:
        """Two at the same time: the first one wins."""
        every = open_slots(self.ask, self.terms.calendar, self.now)
        slot = every[choice % len(every)] if every and choice else slot
        looked = searching.looks(self.ask)
        won = [p for p in (self.who(who), other) if self.try_claim(p, slot)]
        assert len(won) <= 1
        assert looked or not won

    @rule(agrees=st.integers(0, 3))
    def somebody_helps(self, agrees: int) -> None:
        """The main line, from wherever it is: the first who may claims, and the asker agrees."""
        slots = open_slots(self.ask, self.terms.calendar, self.now)
        if slots and any(self.try_claim(name, slots[-1]) for name in NAMES) and agrees:
            self.agree("asker")

    @rule(how=st.sampled_from(How), silent=st.integers(0, 3))
    def the_help_is_over(self, how: How, silent: int) -> None:
        """Time goes on until both are asked, and perhaps they answer."""
        if self.ask.stage is AskStage.AGREED:
            after = next(c for c in plan.schedule(self.ask) if c.what is Due.AFTER)
            self.now = max(self.now, after.due)
            self.fire_due()
            if silent:
                self.say("asker" if silent > 1 else "helper", how)

    @rule(agrees=st.booleans())
    def taken_over(self, agrees: bool) -> None:  # noqa: FBT001 - what hypothesis draws
        """The helper hands over to whoever may."""
        self.hand_over("helper")
        self.somebody_helps(int(agrees))

    def try_claim(self, who: str, slot: Slot) -> bool:
        one = self.people.get(who, Neighbour(key=who))
        asker = self.people["asker"]
        if matching.may_claim(self.ask, asker, one, **self.at) is not None:
            return False
        return self.attempt(lambda: claiming.claim(self.ask, by=who, slot=slot, **self.at))

    @rule(who=st.sampled_from((*NAMES, "asker")), slot=SLOTS, choice=st.integers(0, 5))
    def assign(self, who: str, slot: Slot, choice: int) -> None:
        """A volunteer proposes somebody: what keeps away holds whatever the volunteer says."""
        one, every = self.people[who], open_slots(self.ask, self.terms.calendar, self.now)
        slot = every[choice % len(every)] if every and choice else slot
        self.attempt(lambda: claiming.assign(self.ask, one, slot, by="volunteer", **self.at))

    @rule(who=st.sampled_from(["asker", "asker", "helper", "n3"]))
    def agree(self, who: str) -> None:
        by = self.who(who)
        self.attempt(lambda: claiming.agree(self.ask, by=by, address=ADDRESS, **self.at))

    @rule(who=st.sampled_from(["asker", "asker", "helper", "n3"]))
    def refuse(self, who: str) -> None:
        by = self.who(who)
        self.attempt(lambda: claiming.refuse(self.ask, by=by, **self.at))

    @rule(who=WHO)
    def cant(self, who: str) -> None:
        by = self.who(who)
        self.attempt(lambda: agreed.cant(self.ask, by=by, **self.at))

    @rule(who=WHO)
    def hand_over(self, who: str) -> None:
        by = self.who(who)
        self.attempt(lambda: agreed.hand_over(self.ask, by=by, **self.at))

    @rule(who=WHO, chance=st.integers(0, RARE))
    def cancel(self, who: str, chance: int) -> None:
        if chance == RARE // 2:
            by, asker = self.who(who), self.people["asker"]
            self.attempt(
                lambda: agreed.cancel(self.ask, by=by, asker=asker, helper=self.helper(), **self.at)
            )

    @rule(data=st.data(), who=st.sampled_from(["asker", "volunteer"]))
    def again(self, data: st.DataObject, who: str) -> None:
        today = self.terms.calendar.local(self.now).date()
        when = data.draw(st.one_of(st.none(), whens(today)))
        self.attempt(
            lambda: searching.again(self.ask, by=who, when=when, helper=self.helper(), **self.at)
        )

    @rule(reason=st.sampled_from(["", "said so"]), chance=st.integers(0, RARE))
    def end(self, reason: str, chance: int) -> None:
        if chance == RARE // 2:
            self.attempt(
                lambda: searching.end(
                    self.ask, by="vo", reason=reason, helper=self.helper(), **self.at
                )
            )

    @rule(who=WHO)
    def see(self, who: str) -> None:
        by = self.who(who)
        self.attempt(lambda: agreed.seen(self.ask, by=by, now=self.now))

    @rule(who=WHO)
    def write(self, who: str) -> None:
        by = self.who(who)
        wrote = self.attempt(lambda: agreed.message(self.ask, by=by, text=SECRET, now=self.now))
        assert not wrote or by in agreed.talking(self.ask)

    @rule(who=WHO)
    def read(self, who: str) -> None:
        """Only the helper, and only between the asker's yes and the questions afterwards."""
        by, ask = self.who(who), self.ask
        may = ask.stage is AskStage.AGREED and ask.helper is not None and by == ask.helper.person
        assert self.attempt(lambda: agreed.read(self.ask, by=by, now=self.now)) == may

    @rule(who=WHO, chance=st.integers(0, 3))
    def without(self, who: str, chance: int) -> None:
        if not chance:
            person = self.who(who)
            self.attempt(lambda: agreed.without(self.ask, person, **self.at))
            ask = self.ask
            assert not ask.open or person not in ask.helping

    @rule()
    def who_answers_for_the_asker_changes(self) -> None:
        """Of an ask for somebody else: to another volunteer, and back."""
        may = self.ask.open and self.ask.asker is None
        for one, other in (("asker", "volunteer"), ("volunteer", "asker")):
            waited = self.ask.pending
            assert self.hand_on(other) == may
            assert speaks_for(self.ask, other if may else "asker")
            assert not may or not speaks_for(self.ask, one)
            late = self.ask.pending
            assert (late and late.until) == (waited and waited.until)
            assert not may or late is None or late.person != one

    def hand_on(self, to: str) -> bool:
        return self.attempt(lambda: agreed.hand_on(self.ask, to=to, now=self.now))

    @rule(who=st.sampled_from([*NAMES, "helper"]), chance=st.integers(0, 3))
    def block(self, who: str, chance: int) -> None:
        if not chance:
            one, asker = self.who(who), self.people["asker"]
            self.people["asker"], self.people[one] = neighbourly.block(asker, self.people[one])
            self.attempt(lambda: agreed.without(self.ask, one, **self.at))

    @rule(who=WHO, how=st.sampled_from(How))
    def say(self, who: str, how: How) -> None:
        by, one, before = self.who(who), self.helper(), self.ask
        said = self.attempt(lambda: afterwards.say(self.ask, by=by, how=how, helper=one, **self.at))
        over = said and by == "asker" and how is How.DONE
        assert self.ask.open is (before.open and not (over and not before.wish.when.weekly))

    @rule(who=WHO, yes=st.booleans())
    def gladly(self, who: str, yes: bool) -> None:  # noqa: FBT001 - what hypothesis draws
        by = self.who(who)
        self.attempt(lambda: afterwards.gladly(self.ask, by=by, yes=yes, now=self.now))
        self.attempt(lambda: afterwards.thanks(self.ask, by=by, now=self.now))

    @rule(chance=st.integers(0, RARE))
    def pass_on(self, chance: int) -> None:
        if chance == RARE // 2:
            self.attempt(
                lambda: passing.pass_on(self.ask, "item", by="vo", helper=self.helper(), **self.at)
            )


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow],
)
