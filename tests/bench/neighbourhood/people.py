"""What people do: they ask, answer, forget, change their minds, leave, and help."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot.core.questions import Scene
from handlers.keyboards import Press
from tests.bench.neighbourhood import marks, walks
from tests.bench.neighbourhood.between import Between
from tests.bench.neighbourhood.filling import PROMPTS, Filling
from tests.bench.neighbourhood.fingers import Fingers, World, ask_of
from tests.bench.neighbourhood.gathering import Gathering
from tests.bench.neighbourhood.phones import Shown
from tests.bench.neighbourhood.population import Resident
from tests.bench.neighbourhood.sayings import OWN, Goal, Sayings
from tests.bench.neighbourhood.wishes import Moment, wish

_AT_ONCE = 2.0
"""Minutes until somebody goes on with what they began."""
_TOGETHER = 0.4
"""Of invitations: who wants to help taps in the same minute as the others."""
_FOLLOWS_LINK = 0.02
_AGREES, _PREFERS_ANOTHER = 0.86, 0.06
"""Of proposals; the others don't answer the first time."""
_CANT, _HANDS_OVER, _CALLS_OFF, _WRITES = 0.07, 0.04, 0.05, 0.15
_LEAVES = 0.008
"""Of who helps or is helped: leaves the circle in the middle of it."""
_READS, _READS_AGAIN = 0.8, 0.1
"""Of who helps: opens the address; and once more, after it was taken off the screen."""
_SAYS_HOW, _SEES = 0.82, 0.8
_HOW = {"done": 88, "partly": 5, "no": 4, "more": 3}
_THANKS, _GLADLY, _RATHER_NOT = 0.6, 0.5, 0.02
_BLOCKS, _ASKS_COACH = 0.004, 0.004
_COORDINATES, _READS_ASK, _AGAIN, _WELCOME = 0.85, 0.5, 0.5, 0.9
_STEPS = {"ask_propose": 60, "help_again": 34, "ask_end": 3, "ask_pass": 6}
_SURE = (
    "help_anyway",
    "help_off_yes",
    "block_yes",
    "halt_yes",
    "circle_leave_ok",
    "member_out_yes",
    "line_stop_yes",
    "line_block_yes",
    "withdraw_yes",
    "leave",
)
"""Presses that confirm what was pressed before."""


class People(Fingers):
    """Decides for everyone what they press and type, and when."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.walks = walks.Walks(world)
        self.between = Between(world)
        self.gathering = Gathering(world, self.walks, self._takes)
        self._filling = Filling(self._rules, self.phones, self._rng)
        self._sayings = Sayings(self._rules, self._mirror, self._rng)
        self._goals: dict[str, dict[str, Any]] = {}
        self._moments: dict[tuple[str, datetime], float] = {}
        """When those who were invited together tap together."""
        self._helping: set[tuple[str, str]] = set()
        """Who is choosing a moment to help, with the ask."""
        self._seen: dict[tuple[int, int], frozenset[Press]] = {}

    # What they begin

    def ask(self, one: Resident) -> None:
        """Somebody wants help."""
        if one.gone:
            return
        local = self._rules.calendar.local(self._clock())
        number = self._sayings.number(marks.TEXT)
        moment = Moment(local.date(), local.hour)
        goal = wish(one, number, moment, self._rules.covenant, self._rng)
        one.wishes.append(number)
        self._goals[one.key] = dict(goal)
        self.phones.say(one, "/hulp")

    def block_bot(self, one: Resident) -> None:
        """Somebody blocks the bot, without a word."""
        one.gone = True
        self.phones.sandbox.control.block(one.user)

    def join(self, one: Resident) -> None:
        """Somebody has got the code of the circle."""
        assert one.circle is not None, "everyone lives near a circle"
        code = self._mirror.population.codes[one.circle.id]
        self._goals[one.key] = {"sure": "yes"}
        self.phones.say(one, f"/cirkel {code}")

    def report(self, one: Resident) -> None:
        """Somebody is worried, about themselves or about somebody else."""
        if not one.gone:
            self.phones.say(one, "/melden")

    def quit(self, one: Resident) -> None:
        """A professional stops working for the partner."""
        self.phones.say(one, "/uitloggen")

    def look_in_group(self, circle: str, start: str) -> None:
        """Some of a circle follow the link that they see in its group."""
        key = start.partition("_")[2]
        for one in self._mirror.population.residents:
            lives_here = one.circle is not None and one.circle.id == circle
            if lives_here and not one.gone and self._rng.random() < _FOLLOWS_LINK:
                self._helping.add((one.key, key))
                self._later(
                    self._rng.uniform(2, 200), partial(self.phones.say, one, f"/start {start}")
                )

    # What they answer

    def look(self, shown: Shown) -> None:
        """Somebody sees a message with buttons."""
        place = shown.resident.user, shown.message_id
        if self._seen.get(place) == frozenset(shown.presses):
            return  # edited, with the same choices
        self._seen[place] = frozenset(shown.presses)
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        if self._safety(shown) or self.walks.step(shown) or self.gathering.on_board(shown):
            return
        for verbs, react in self._reactions():
            if shown.verbs & verbs:
                react(shown)
                return

    def _reactions(self) -> tuple[tuple[frozenset[str], Callable[[Shown], None]], ...]:
        return (
            (PROMPTS, self._form),
            (frozenset(_SURE), self._sure),
            (frozenset({"circle_yes"}), self._newcomer),
            (frozenset({"help_yes", "help_day"}), self._invited),
            (frozenset({"help_agree"}), self._proposed),
            (frozenset({"help_went"}), self._afterwards),
            (frozenset({"help_thank", "help_gladly"}), self._thanks),
            (frozenset({"help_address"}), self._promised),
            (frozenset({"help_seen"}), self._told),
            (frozenset(_CHOOSES), self._chooses),
            (frozenset({"ask_read", "ask_propose", "ask_end"}), self._coordinates),
            (frozenset({"ask_card"}), self._called),
            (frozenset({"help_again"}), self._again),
            (frozenset({"help_off"}), self._changes_mind),
            *self.gathering.reactions(),
            *self.between.reactions(),
        )

    def _form(self, shown: Shown) -> None:
        self._later(_AT_ONCE, lambda: self._fill(shown))

    def _fill(self, shown: Shown) -> None:
        drafts = self._mirror.drafts.get(shown.resident.key)
        draft = drafts.top if drafts else None
        goal: Goal = self._goals.get(shown.resident.key, {})
        if draft is not None and draft.form not in OWN:
            today = self._rules.calendar.local(self._clock()).date()
            goal = self._sayings.goal(shown.resident, draft, today)
        scene = Scene(self._rules, self._clock(), str)
        if any(self.phones.stands(shown, press) for press in shown.presses):
            self._filling.fill(shown, draft, goal, scene)

    def _sure(self, shown: Shown) -> None:
        press = next(p for p in shown.presses if p.verb in _SURE)
        self._press(_AT_ONCE, shown, press.verb)

    def _invited(self, shown: Shown) -> None:
        """Yes or no, after a while; some at the same moment as others."""
        habit, ask = shown.resident.habit, ask_of(shown)
        days = shown.with_verb("help_yes") or shown.with_verb("help_day")
        if (shown.resident.key, ask) in self._helping:
            self._helping.discard((shown.resident.key, ask))
            self._press(_AT_ONCE, shown, days[0].verb)
            return
        if self._rng.random() > habit.notices:
            return
        minutes = self._rng.expovariate(1 / habit.minutes)
        if self._rng.random() > habit.willing:
            self._press(minutes, shown, "help_no")
            return
        if self._rng.random() < _TOGETHER:
            minutes = self._moments.setdefault((ask, self._clock()), minutes)
        if not (len(shown.with_verb("help_yes")) and _has_slot(days[0])):
            self._helping.add((shown.resident.key, ask))
        self._press(minutes, shown, days[0].verb)

    def _takes(self, person: str, ask: str) -> None:
        self._helping.add((person, ask))

    def _proposed(self, shown: Shown) -> None:
        chance, minutes = self._rng.random(), self._rng.expovariate(1 / 40)
        if chance < _AGREES:
            self._press(minutes, shown, "help_agree")
        elif chance < _AGREES + _PREFERS_ANOTHER:
            self._press(minutes, shown, "help_rather")

    def _afterwards(self, shown: Shown) -> None:
        if self._rng.random() < _SAYS_HOW:
            how = self._rng.choices(list(_HOW), list(_HOW.values()))[0]
            found = [p for p in shown.with_verb("help_went") if p.id.endswith(how)]
            minutes = self._rng.expovariate(1 / 120)
            self._later(minutes, lambda: self._tap(shown, self._rng.choice(found)))

    def _thanks(self, shown: Shown) -> None:
        if self._rng.random() < _THANKS:
            self._press(_AT_ONCE, shown, "help_thank")
        chance = self._rng.random()
        if chance < _GLADLY:
            self._press(2 * _AT_ONCE, shown, "help_gladly")
        elif chance < _GLADLY + _RATHER_NOT:
            self._press(2 * _AT_ONCE, shown, "help_not_again")

    def _promised(self, shown: Shown) -> None:
        """A helper reads the address, writes, can't come after all, or hands over."""
        blanked = len(shown.presses) == 1  # read before, and taken off the screen
        if self._rng.random() < (_READS_AGAIN if blanked else _READS):
            self._press(self._rng.uniform(1, 60), shown, "help_address")
        if blanked:
            return
        if self._rng.random() < _WRITES:
            self._press(self._rng.uniform(5, 90), shown, "help_write")
        chance = self._rng.random()
        if chance < _CANT:
            self._press(self._before(shown), shown, "help_cant")
        elif chance < _CANT + _HANDS_OVER:
            self._press(self._before(shown), shown, "help_hand_over")
        elif chance < _CANT + _HANDS_OVER + _LEAVES:
            self._leaves(shown)

    def _told(self, shown: Shown) -> None:
        if self._rng.random() < _SEES:
            self._press(self._rng.expovariate(1 / 15), shown, "help_seen")

    def _changes_mind(self, shown: Shown) -> None:
        if self._rng.random() < _CALLS_OFF:
            self._press(self._before(shown), shown, "help_off")
        elif self._rng.random() < _WRITES:
            self._press(self._rng.uniform(5, 90), shown, "help_write")
        elif self._happens(_LEAVES):
            self._leaves(shown)

    def _leaves(self, shown: Shown) -> None:
        """Leave the circle before the help."""
        begin = partial(self.gathering.begin, shown.resident, walks.LEAVE)
        self._later(self._before(shown), begin)

    def _again(self, shown: Shown) -> None:
        if self._rng.random() < _AGAIN:
            self._press(self._rng.uniform(5, 600), shown, "help_again")

    # Volunteers, coaches and coordinators

    def _called(self, shown: Shown) -> None:
        if self._rng.random() < _COORDINATES:
            self._press(self._rng.expovariate(1 / 90), shown, "ask_card")

    def _coordinates(self, shown: Shown) -> None:
        """Read it, then propose a member, look once more, or end it."""
        if self._rng.random() < _READS_ASK:
            self._press(_AT_ONCE, shown, "ask_read")
        wanted = self._rng.choices(list(_STEPS), list(_STEPS.values()))[0]
        self._press(3 * _AT_ONCE, shown, wanted)

    def _newcomer(self, shown: Shown) -> None:
        welcome = self._rng.random() < _WELCOME
        self._press(self._rng.expovariate(1 / 240), shown, "circle_yes" if welcome else "circle_no")

    def _chooses(self, shown: Shown) -> None:
        verb = next(verb for verb in _CHOOSES if shown.with_verb(verb))
        self._press(_AT_ONCE, shown, verb)

    # Fingers

    def _safety(self, shown: Shown) -> bool:
        """Now and then somebody blocks the other person, or wants to talk with the coach."""
        chance = self._rng.random()
        if shown.with_verb("block") and chance < _BLOCKS:
            self._press(self._rng.uniform(1, 60), shown, "block")
            return True
        if shown.with_verb("coach") and chance > 1 - _ASKS_COACH:
            self._press(self._rng.uniform(1, 60), shown, "coach")
            return True
        return False


_CHOOSES = ("ask_who", "ask_slot", "ask_slot_anyway")
"""A member to propose, a time, and that it may be much for that member."""
_REMEMBERED = 200_000


def _has_slot(press: Press) -> bool:
    return "." in press.id
