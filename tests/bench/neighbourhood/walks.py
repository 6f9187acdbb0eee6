"""Walks: from the circle's screen over its sub-screens to a button, as people find their way."""

from dataclasses import dataclass

from tests.bench.neighbourhood.fingers import Fingers, World
from tests.bench.neighbourhood.phones import Shown
from tests.bench.neighbourhood.population import Resident

LEAVE, BOARD, WORRY, OUT, MEET = (
    "circle_leave",
    "circle_open",
    "worry_about",
    "member_out",
    "meeting_new",
)
"""The buttons that people walk to."""
_A_MEMBER = ("circle_person", "circle_people")
_WAYS = {LEAVE: ("circle_place",), WORRY: _A_MEMBER, OUT: _A_MEMBER, MEET: ("circle_meet",)}
"""What leads to a button, the nearest first."""
_FROM = ("circle",)
"""What leads to the circle's own screen."""
_STEPS = 8
"""Screens after which somebody gives up."""
_NEXT = 1.0
"""Minutes from one screen to the next."""


@dataclass
class _Walk:
    goal: str
    left: int = _STEPS


class Walks(Fingers):
    """Who is on the way to which button."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._walking: dict[str, _Walk] = {}

    def begin(self, one: Resident, goal: str) -> None:
        """Somebody opens the circle to find this button."""
        self._walking[one.key] = _Walk(goal)
        self.phones.say(one, "/cirkel")

    def step(self, shown: Shown) -> bool:
        """Press what is wanted, or what leads there; False when that is not on this screen."""
        walk = self._walking.get(shown.resident.key)
        if walk is None:
            return False
        wanted = (walk.goal, *_WAYS.get(walk.goal, ()), *_FROM)
        verb = next((each for each in wanted if shown.with_verb(each)), None)
        if verb is None:
            return False
        walk.left -= 1
        if verb == walk.goal or not walk.left:
            del self._walking[shown.resident.key]
        self._press(_NEXT, shown, verb)
        return True
