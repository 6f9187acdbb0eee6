"""The law of an item's life holds too while a circle is asked, and people talk along."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.core import lifecycle
from bot.core.errors import Stale
from bot.core.handing import HandedBack
from bot.core.helping.lines import Side
from bot.core.lifecycle import Change
from bot.core.notices import Audience, NoticeKind
from tests.core.strategies import SECRET
from tests.core.test_lifecycle_law import PERSON, Life

WHO = st.sampled_from(["rep", "v1", "v2", PERSON])


class HandedLife(Life):
    """One item through random acts, those of a warm hand-over among them."""

    @rule()
    def hand_back(self) -> None:
        """A professional asks a circle with two volunteers."""
        back = HandedBack(by=PERSON, circle="c", ask="a", agreed=self.now)
        self.attempt(
            lambda: lifecycle.hand_back(
                self.item,
                back,
                ["v1", "v2"],
                resident=self.item.reporter,
                partner=self.item.assignment.partner,
                rules=self.agreed,
                now=self.now,
            )
        )

    @rule()
    def circle_ended(self) -> None:
        """What the circle was asked for ends: nobody is told once the matter itself has ended."""
        self.attempt(self._ended)

    @rule()
    def circle_again(self) -> None:
        """What the circle was asked for is looked for again."""
        self.attempt(lambda: lifecycle.circle_again(self.item, now=self.now))

    def _ended(self) -> Change:
        change = lifecycle.circle_ended(self.item, how="left", reason=SECRET, now=self.now)
        assert bool(change.notices) == self.item.open
        return change

    @rule(by=WHO, side=st.sampled_from(Side))
    def talk(self, by: str, side: Side) -> None:
        """Somebody writes; nobody hears their own words, or anything after the end."""
        heard = self.item.open and bool(self.item.talk)
        try:
            change = lifecycle.talk(
                self.item, SECRET, by=by, side=side, partner=None, said=0, now=self.now
            )
        except Stale:
            assert not heard
            return
        assert heard
        told = [n for n in change.notices if n.to is Audience.TALK]
        assert all(n.kind is NoticeKind.TALK and n.person != by for n in told)
        self.take(change, self.item)

    @rule(who=WHO)
    def leave(self, who: str) -> None:
        """Somebody talks along no more."""
        self.attempt(lambda: lifecycle.leave(self.item, who, by=who, now=self.now))


TestHandedLife = HandedLife.TestCase
TestHandedLife.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
