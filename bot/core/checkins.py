"""What is asked of whom and when: an item's check-ins follow from its state."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Self

from bot.core.covenant import Covenant, LadderTo
from bot.core.items import Assignment, Item, Stage
from bot.core.people import Frozen
from bot.core.worktime import Rules

SOON = timedelta(minutes=1)
"""The least time between two check-ins of a kind, so that each has a moment of its own."""
TERM = 100
"""Per cent: the term has passed."""


class Due(StrEnum):
    """What a check-in asks or does when it is due."""

    RESPOND = "respond"
    """The ladder: the holder, then the deputy, then the coordinator."""
    PROGRESS = "progress"
    REPORTER = "reporter"
    TOLD = "told"
    AFTERCARE = "aftercare"
    DRAFT = "draft"
    """A form that was left: remind once, then forget."""
    BLANK = "blank"
    """An opened card: take its contents off the screen."""
    SEARCH = "search"
    """Of an ask: the next neighbours, then the board, then the volunteer, and so on."""
    CONFIRM = "confirm"
    """The asker has not agreed yet to who wants to help."""
    BEFORE = "before"
    """The help is soon."""
    SEEN = "seen"
    """An urgent message about an ask was not seen."""
    AFTER = "after"
    """How did the help go?"""
    FRESH = "fresh"
    """A neighbour's pause is over, or a help falls out of the count."""
    MEETING = "meeting"
    """A meeting of a circle is soon."""


class CheckIn(Frozen):
    """A moment at which something is asked or done; a row that fires once.

    `subject` is what it belongs to: an item's key, or `chat:<person key>` for a draft, or
    `card:<person key>:<card>` for an opened card; `ask:<key>`, `neighbour:<person key>` and
    `circle:<id>` for what neighbours do. All check-ins of a subject are replaced at once.
    """

    subject: str
    what: Due
    round: int
    """With `subject` and `what` it makes the check-in's name; a round never comes back."""
    due: datetime

    @property
    def key(self) -> str:
        """Its name: unique for ever."""
        return f"{self.subject}/{self.what}/{self.round}"

    @classmethod
    def at(cls, subject: str, what: Due, due: datetime) -> Self:
        """A check-in named after its moment: a moment that passed is never planned again."""
        return cls(subject=subject, what=what, round=int(due.timestamp()), due=due)


class Rung(NamedTuple):
    """A step of the ladder as it holds for one partner; `to` None only tells the reporter."""

    at_percent: int
    to: LadderTo | None


def schedule(item: Item, rules: Rules) -> tuple[CheckIn, ...]:
    """All check-ins of `item` that are still to come, by due time."""
    waiting, held = item.stage is Stage.WAITING, item.stage is Stage.HELD
    moments = {
        Due.RESPOND: next_step(item.assignment, rules) if waiting else None,
        Due.PROGRESS: item.progress_at if held else None,
        Due.REPORTER: item.line.next_at if item.open else None,
        Due.TOLD: item.told_at,
        Due.AFTERCARE: None if item.open else item.aftercare_at,
    }
    found = (CheckIn.at(item.key, what, due) for what, due in moments.items() if due)
    return tuple(sorted(found, key=lambda checkin: (checkin.due, checkin.what)))


def next_step(assignment: Assignment, rules: Rules) -> datetime:
    """When the ladder goes on while the holder stays silent; after its end, each working day."""
    steps = ladder(assignment.partner, rules.covenant)
    last = assignment.stepped or assignment.since
    if assignment.steps_done < len(steps):
        due = step_due(steps[assignment.steps_done], assignment, rules)
    else:
        due = rules.calendar.add_working_days(max(last, assignment.respond_by), 1)
    return max(due, last + SOON)


def step_due(rung: Rung, assignment: Assignment, rules: Rules) -> datetime:
    """When this much of the working time of the term has passed, at a quarter of an hour."""
    if rung.at_percent == TERM:
        return assignment.respond_by
    calendar = rules.calendar
    at = calendar.share(assignment.since, assignment.respond_by, rung.at_percent)
    return calendar.at_a_quarter(at)


def ladder(partner: str, covenant: Covenant) -> tuple[Rung, ...]:
    """What happens while `partner` stays silent, whatever the covenant left out.

    The missed term is always a step, and the last step is always the coordinator's.
    """
    steps = sorted((Rung(s.at_percent, s.to) for s in covenant.ladder), key=lambda s: s.at_percent)
    if partner == covenant.coordinator:
        reminders = (s for s in steps if s.to is LadderTo.HOLDER and s.at_percent < TERM)
        return (*reminders, Rung(TERM, LadderTo.COORDINATOR))
    before: list[Rung] = []
    for step in steps:
        if step.to is LadderTo.COORDINATOR:
            return _with_term((*before, step))
        before.append(step)
    last = max((s.at_percent for s in before), default=TERM)
    return _with_term((*before, Rung(max(last, TERM), LadderTo.COORDINATOR)))


def _with_term(steps: tuple[Rung, ...]) -> tuple[Rung, ...]:
    if steps[-1].at_percent < TERM or any(s.at_percent == TERM for s in steps):
        return steps
    early = tuple(s for s in steps if s.at_percent < TERM)
    return (*early, Rung(TERM, None), *steps[len(early) :])
