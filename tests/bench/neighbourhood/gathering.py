"""What people do in their circle: look at its board, meet, worry, leave, and take somebody out."""

from collections.abc import Callable

from tests.bench.neighbourhood import walks
from tests.bench.neighbourhood.fingers import Fingers, World
from tests.bench.neighbourhood.phones import Shown
from tests.bench.neighbourhood.population import Resident

_COMES, _STAYS_AWAY, _AFTER_ALL = 0.4, 0.2, 0.1
"""Of members who read of a meeting: signs up or not; and of who signed up, cancels."""
_CALLS_OFF = 0.15
_TAKES = 0.6
"""Of who looks at the board and finds something there."""
_TO_THE_DAY = 3 * 24 * 60
"""Minutes within which somebody can't come after all."""
React = Callable[[Shown], None]


class Gathering(Fingers):
    """The circle's life, apart from asking and helping."""

    def __init__(
        self, world: World, walking: walks.Walks, takes: Callable[[str, str], None]
    ) -> None:
        super().__init__(world)
        self._walks = walking
        self._takes = takes
        """Told who takes which ask on, before they press."""

    def reactions(self) -> tuple[tuple[frozenset[str], React], ...]:
        """What is done with which buttons."""
        return (
            (frozenset({"meeting_yes", "meeting_no"}), self._meeting),
            (frozenset({"meeting_off"}), self._announced),
            (frozenset({"meeting_off_yes"}), self._sure),
        )

    def on_board(self, shown: Shown) -> bool:
        """Take something on from the board's list; False when this is no such list."""
        asks = shown.with_verb("help_yes")
        if not asks or "circle_coach" not in shown.verbs:
            return False
        if self._happens(_TAKES):
            press = self._rng.choice(asks)
            self._takes(shown.resident.key, press.id.split(".")[0])
            self._later(self._soon(3), lambda: self._tap(shown, press))
        return True

    def look(self, one: Resident) -> None:
        """Look at the board, as a member; volunteers have another one."""
        if not self._coordinates(one):
            self.begin(one, walks.BOARD)

    def begin(self, one: Resident, goal: str) -> None:
        """Go to something of the circle; whoever is gone does nothing any more."""
        if not one.gone:
            one.gone = goal == walks.LEAVE
            self._walks.begin(one, goal)

    def steer(self, one: Resident, goal: str) -> None:
        """As `begin`, for who is a volunteer at that moment."""
        if self._coordinates(one):
            self.begin(one, goal)

    def _coordinates(self, one: Resident) -> bool:
        neighbour = self._mirror.neighbours.get(one.key)
        return bool(one.circle and neighbour and neighbour.coordinates(one.circle.id))

    def _meeting(self, shown: Shown) -> None:
        """Sign up or not; and who has signed up may have to stay at home."""
        if not shown.with_verb("meeting_yes"):
            if self._happens(_AFTER_ALL):
                self._press(self._rng.uniform(60, _TO_THE_DAY), shown, "meeting_no")
            return
        chance = self._rng.random()
        if chance < _COMES:
            self._press(self._soon(300), shown, "meeting_yes")
        elif chance < _COMES + _STAYS_AWAY:
            self._press(self._soon(300), shown, "meeting_no")
        elif shown.with_verb("meeting_off"):
            self._announced(shown)

    def _announced(self, shown: Shown) -> None:
        if self._happens(_CALLS_OFF):
            self._press(self._rng.uniform(60, _TO_THE_DAY), shown, "meeting_off")

    def _sure(self, shown: Shown) -> None:
        self._press(self._soon(1), shown, "meeting_off_yes")
