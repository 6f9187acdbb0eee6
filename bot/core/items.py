"""An item: one open matter, who holds it and what has happened to it. The types and the reading.

What may happen to an item is in `lifecycle/`, when it is asked after in `checkins.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.core.covenant import About, Kind
from bot.core.handing import HandedBack, Passed
from bot.core.people import Frozen
from bot.core.routing import Because


class Openness(StrEnum):
    """Whether the partner may know who reports."""

    NAMED = "named"
    VIA_BOT = "via_bot"


class Stage(StrEnum):
    """Where an item stands. The last three are ends."""

    WAITING = "waiting"
    """A partner is asked to respond and has not yet."""
    HELD = "held"
    """A professional accepted it."""
    CLOSED = "closed"
    """Closed by the partner; the reporter has not confirmed that."""
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    WITHDRAWN = "withdrawn"


ENDS = frozenset({Stage.CONFIRMED, Stage.NOT_CONFIRMED, Stage.WITHDRAWN})


class Answer(StrEnum):
    """A reporter's answer to "How is it now?"."""

    GOOD = "good"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    STOP = "stop"


class Quiet(StrEnum):
    """Why the questions to a reporter have stopped."""

    RESTING = "resting"
    """Two were not answered; they go on when the partner closes the item."""
    STOPPED = "stopped"
    """The reporter wants no more questions."""
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    """Telegram refuses our messages to the reporter."""
    ERASED = "erased"
    """The link to the reporter is gone."""


class Reason(StrEnum):
    """Why an item ended without the reporter's confirmation."""

    UNANSWERED = "unanswered"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    ERASED = "erased"


class Step(StrEnum):
    """What a professional records with one tap."""

    SPOKEN = "spoken"
    NOBODY_HOME = "nobody_home"
    LATER_TODAY = "later_today"


class Outcome(StrEnum):
    """How a partner closes an item; each has a standard text for the reporter."""

    AGREED = "agreed"
    HELPED = "helped"
    HELP_STARTED = "help_started"
    NOTHING_FOUND = "nothing_found"
    ELSEWHERE = "elsewhere"


class Refusal(StrEnum):
    """Why a partner declines."""

    NOT_OURS = "not_ours"
    NO_CAPACITY = "no_capacity"
    CONFLICT = "conflict"
    OTHER = "other"


class Told(StrEnum):
    """Whether the person concerned was told of the report (GDPR art. 14)."""

    YES = "yes"
    NOT_YET = "not_yet"
    EXEMPT = "exempt"


class Addition(Frozen):
    """What the reporter added after sending."""

    at: datetime
    text: str = ""
    photo: str | None = None
    voice: str | None = None


class Report(Frozen):
    """What the reporter told us; sealed at rest, shown only to those with a mandate."""

    about: About
    topic: str
    text: str
    voice: str | None = None
    area: str | None
    """None: outside every area that the covenant knows; the coordinator finds out."""
    address: str | None = None
    landlord: str
    openness: Openness
    name: str | None = None
    """The reporter's first name, only when `openness` is NAMED."""
    unsafe: bool = False
    """Not safe for the reporter: the coordinator calls before anything is passed on."""
    wants_offer: bool = False
    """The reporter said yes to the topic's first offer, such as help with a conversation."""
    language: str
    additions: tuple[Addition, ...] = ()


class Assignment(Frozen):
    """Which partner holds an item, since when, under which route, and why."""

    partner: str
    involved: tuple[str, ...] = ()
    since: datetime
    because: Because
    route: int | None = None
    """The index of the covenant's rule."""
    note: str = ""
    """The coordinator's reason, when a person assigned it."""
    respond_by: datetime
    steps_done: int = 0
    """How many steps of the ladder have fired."""
    stepped: datetime | None = None
    """When the last of them fired."""
    missed_told: bool = False
    """The missed term is recorded, and told to the reporter."""
    deputy: str | None = None
    """The partner that stands in since the term was missed."""
    by: str | None = None
    """The professional (person key) who accepted."""
    accepted: datetime | None = None


class ReporterLine(Frozen):
    """The questions to the reporter: when the next one is due and what came of the others."""

    asked: int = 0
    unanswered: int = 0
    """Questions since the reporter's last answer, or since the partner closed the item."""
    next_at: datetime | None = None
    """When the next question is due; None when the questions have stopped."""
    quiet: Quiet | None = None
    """Why they have stopped; None: they go on until the item ends."""
    every_days: int | None = None
    """Calendar days between two questions, when the reporter chose; else the topic's."""
    answers: tuple[Answer, ...] = ()


class Item(Frozen):
    """One open matter. `key` is its id inside Omzien, `code` what people call it."""

    key: str
    code: str
    kind: Kind
    report: Report
    reporter: str | None
    """The person key; None once the link has been erased."""
    created: datetime
    stage: Stage
    assignment: Assignment
    past: tuple[Assignment, ...] = ()
    line: ReporterLine = ReporterLine()
    recused: tuple[str, ...] = ()
    """Professionals (person keys) who declined since they know the people: it is not for them."""
    progress_at: datetime | None = None
    """When the holder is next asked about progress; only while HELD."""
    progress_unanswered: int = 0
    told: Told | None = None
    told_at: datetime | None = None
    """When the holder is asked (again) whether the person concerned was told; None when settled."""
    outcome: Outcome | None = None
    reason: Reason | None = None
    """Why it ended unconfirmed; only when NOT_CONFIRMED or WITHDRAWN."""
    ended: datetime | None = None
    aftercare_at: datetime | None = None
    passed: Passed | None = None
    back: HandedBack | None = None
    talk: tuple[str, ...] = ()
    """Who talks along with the professional after a hand-over: resident, volunteers (keys)."""
    last_step: str = ""
    """The kind of the last event, for lists."""
    revision: int = 0
    """The number of events so far; each event is (item, revision)."""

    @property
    def open(self) -> bool:
        """Whether someone still has to do something with it."""
        return self.stage not in ENDS

    @property
    def holders(self) -> tuple[str, ...]:
        """The partners with access now: the holder, its deputy if called in, those involved."""
        a = self.assignment
        return tuple(dict.fromkeys(p for p in (a.partner, a.deputy, *a.involved) if p))

    def unlinked(self) -> Self:
        """Without the link to the reporter, and to who talks along."""
        passed = self.passed and self.passed.model_copy(update={"by": None})
        return self.model_copy(update={"reporter": None, "talk": (), "passed": passed})


class EventKind(StrEnum):
    """What can happen to an item."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    REMINDED = "reminded"
    DEPUTY_CALLED = "deputy_called"
    TERM_MISSED = "term_missed"
    ACCEPTED = "accepted"
    COVERED = "covered"
    """A colleague of who accepted took it over."""
    DECLINED = "declined"
    STEP = "step"
    NOTE = "note"
    QUESTION = "question"
    ANSWER = "answer"
    ADDED = "added"
    ASKED_REPORTER = "asked_reporter"
    REPORTER_SAID = "reporter_said"
    REPORTER_CHOSE = "reporter_chose"
    """The reporter chose when to be asked again."""
    ASKED_PROGRESS = "asked_progress"
    ASKED_TOLD = "asked_told"
    TOLD = "told"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    AFTERCARE = "aftercare"
    UNREACHABLE = "unreachable"
    REACHABLE = "reachable"
    POSTPONED = "postponed"
    """A check-in came late, at an hour to leave people in peace."""
    UNLINKED = "unlinked"
    PASSED_ON = "passed_on"
    HANDED_BACK = "handed_back"
    BACK_OVER = "back_over"
    BACK_AGAIN = "back_again"
    TALK = "talk"
    """One of those who talk along after a hand-over wrote to the others."""
    LEFT_TALK = "left_talk"


class Event(Frozen):
    """One entry in an item's append-only history."""

    item: str
    revision: int
    at: datetime
    kind: EventKind
    by: str | None = None
    """The person key of who did it; None: Omzien itself."""
    partner: str | None = None
    """On behalf of which partner."""
    data: Mapping[str, Any] = {}
    """What was said or decided; sealed at rest."""


class Access(Frozen):
    """Someone read an item's contents (NEN 7513: event, time, user, on whose behalf, record)."""

    item: str
    person: str
    partner: str | None
    at: datetime
    what: str
