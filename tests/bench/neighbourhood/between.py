"""Between neighbours and partners: passing on, handing back, and talking together in a line."""

from collections.abc import Callable, Mapping

from tests.bench.neighbourhood.fingers import Fingers
from tests.bench.neighbourhood.phones import Shown

_DAY = 24 * 60
_OPENS, _CANNOT, _OPENS_AGAIN = 0.85, 0.05, 0.2
"""Of alerts to professionals, and of other messages with that button."""
_ACCEPTS, _DECLINES = 0.85, 0.06
_READS_LINE, _WRITES, _STOPS, _BLOCKS, _ASKS_COACH = 0.6, 0.35, 0.04, 0.02, 0.02
_READS_PASSED, _LOOKS, _WITHDRAWS, _TELLS = 0.6, 0.3, 0.03, 0.7
_HELD: Mapping[str, float] = {
    "to_circle": 0.2,
    "line": 0.2,
    "note": 0.12,
    "spoken": 0.1,
    "close": 0.25,
}
"""What a professional does next with what they hold; the rest of the times nothing."""
_HOW: Mapping[str, float] = {"how_good": 0.5, "how_better": 0.2, "how_same": 0.1, "how_worse": 0.05}
React = Callable[[Shown], None]


class Between(Fingers):
    """What professionals do, and who talks with them."""

    def reactions(self) -> tuple[tuple[frozenset[str], React], ...]:
        """What is done with which buttons."""
        return (
            (frozenset({"line_write"}), self._talks),
            (frozenset({"accept"}), self._waiting),
            (frozenset({"close", "spoken"}), self._held),
            (frozenset({"open"}), self._alerted),
            (frozenset({"told"}), self._told),
            (frozenset({"assign"}), self._assigns),
            (frozenset(_HOW), self._says),
            (frozenset({"how"}), self._asked),
            (frozenset({"passed_read"}), self._passed),
            (frozenset({"withdraw", "opened_by"}), self._own),
            (frozenset({"line"}), self._told_of_line),
            (frozenset({"mine"}), self._looks),
        )

    def _talks(self, shown: Shown) -> None:
        """Reads what the others wrote: writes back, or has had enough."""
        chance = self._rng.random()
        for verb, part in (
            ("line_write", _WRITES),
            ("line_stop", _STOPS),
            ("line_block", _BLOCKS),
            ("line_coach", _ASKS_COACH),
        ):
            if chance < part:
                self._press(self._soon(5), shown, verb)
                return
            chance -= part

    def _told_of_line(self, shown: Shown) -> None:
        if self._happens(_READS_LINE):
            self._press(self._soon(120), shown, "line")

    def _alerted(self, shown: Shown) -> None:
        chance = self._rng.random()
        if chance < (_OPENS if shown.with_verb("cannot") else _OPENS_AGAIN):
            self._press(self._soon(180), shown, "open")
        elif chance < _OPENS + _CANNOT:
            self._press(self._soon(180), shown, "cannot")

    def _waiting(self, shown: Shown) -> None:
        chance = self._rng.random()
        if chance < _ACCEPTS:
            self._press(self._soon(30), shown, "accept")
        elif chance < _ACCEPTS + _DECLINES:
            self._press(self._soon(30), shown, "decline")

    def _held(self, shown: Shown) -> None:
        """One thing at a time; and some days later the next."""
        offered = {verb: part for verb, part in _HELD.items() if shown.with_verb(verb)}
        if self._happens(sum(offered.values())):
            verb = self._rng.choices(list(offered), list(offered.values()))[0]
            days = 4 * _DAY if verb == "close" else _DAY
            self._press(self._rng.uniform(5, days), shown, verb)

    def _told(self, shown: Shown) -> None:
        if self._happens(_TELLS):
            self._press(self._soon(300), shown, "told")

    def _assigns(self, shown: Shown) -> None:
        if self._happens(_LOOKS):
            self._press(self._soon(300), shown, "assign")

    # Whose matter it is

    def _passed(self, shown: Shown) -> None:
        """Somebody hears that something was passed on for them."""
        if self._happens(_READS_PASSED):
            self._press(self._soon(60), shown, "passed_read")

    def _own(self, shown: Shown) -> None:
        chance = self._rng.random()
        if chance < _WITHDRAWS:
            self._press(self._soon(5), shown, "withdraw")
        elif chance < _LOOKS:
            self._press(self._soon(5), shown, "line" if shown.with_verb("line") else "opened_by")

    def _asked(self, shown: Shown) -> None:
        if self._happens(_TELLS):
            self._press(self._soon(200), shown, "how")

    def _says(self, shown: Shown) -> None:
        verb = self._rng.choices(list(_HOW), list(_HOW.values()))[0]
        self._press(self._soon(5), shown, verb)

    def _looks(self, shown: Shown) -> None:
        if self._happens(_LOOKS):
            self._press(self._soon(100), shown, "mine")
