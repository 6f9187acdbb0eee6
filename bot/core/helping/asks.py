"""An ask: a neighbour wants help, and others find each other for it. The types and the reading.

What may happen to an ask is in the other modules of this package.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from bot.core.helping.times import Slot, When
from bot.core.people import Frozen
from bot.core.worktime import Calendar


class AskStage(StrEnum):
    """Where an ask stands. The last one is its end."""

    LOOKING = "looking"
    """Nobody has promised to help yet."""
    PROPOSED = "proposed"
    """A neighbour wants to help; the asker has not agreed yet."""
    AGREED = "agreed"
    """Both know of each other. The help is still to come."""
    AFTER = "after"
    """The agreed time has passed; both are asked how it went."""
    ENDED = "ended"


class AskEnd(StrEnum):
    """How an ask ended."""

    DONE = "done"
    """By the asker's word."""
    CANCELLED = "cancelled"
    """The asker does not need it any more."""
    PASSED_ON = "passed_on"
    """It went to a partner, as a concern."""
    LEFT = "left"
    """A volunteer ended it with a written reason."""


class SearchStep(StrEnum):
    """Who is asked now, while an ask is LOOKING; each step follows when the one before is silent.

    It says also who was called to a problem in any other stage.
    """

    INVITING = "inviting"
    """Neighbours in private, a few at a time."""
    BOARD = "board"
    """The circle's board, and its group."""
    VOLUNTEER = "volunteer"
    COACH = "coach"
    COORDINATOR = "coordinator"


class Voice(StrEnum):
    """Who may know who asks, before anything is agreed."""

    NAMED = "named"
    """The first name goes along with a proposal."""
    THROUGH_VOLUNTEER = "through_volunteer"
    """No name at all, also once it is agreed: the volunteer hears who helps, and brings the two
    together."""


class How(StrEnum):
    """How the help went, by one of the two."""

    DONE = "done"
    PARTLY = "partly"
    NO = "no"
    MORE = "more"
    """It was done, and more is needed."""


DID_HELP = frozenset({How.DONE, How.PARTLY, How.MORE})
"""By these words there was help."""


class Consent(Frozen):
    """The person for whom help is asked said yes to it: to whom, when and in which words."""

    to: str
    """The person key of who heard it."""
    at: datetime
    words: str = ""


class Wish(Frozen):
    """What is asked; sealed at rest, shown in stages to those who may see it."""

    kind: str
    """The id of a kind of help."""
    when: When
    area: str | None
    """None: outside every area that the covenant knows."""
    circle: str | None = None
    text: str = ""
    """What should be known; seen by whoever is proposed, never on the board."""
    address: str = ""
    """Seen by the helper only, and only once the asker agreed."""
    street: str = ""
    """The street of that address, when the asker does not want its people to see this."""
    voice: Voice = Voice.NAMED
    for_other: str = ""
    """The first name of who gets the help, when the asker asks for somebody else."""
    consent: Consent | None = None
    """Of that person; without it nothing is asked for somebody else."""


class Invited(Frozen):
    """A neighbour who was invited in private."""

    person: str
    at: datetime
    round: int


class Helper(Frozen):
    """The neighbour who promised to help."""

    person: str
    slot: Slot
    since: datetime
    agreed: datetime | None = None
    """When the asker said yes: from then on the helper may see the address."""


class Pending(Frozen):
    """A message that must be seen soon; otherwise the volunteer is asked to phone."""

    person: str
    until: datetime
    called: bool = False
    """The volunteer was asked to phone; until it is seen, the help is at risk."""


class Search(Frozen):
    """How far the search is."""

    step: SearchStep = SearchStep.INVITING
    round: int = 0
    """Groups of neighbours invited so far, in this search."""
    invited: tuple[Invited, ...] = ()
    declined: tuple[str, ...] = ()
    """Persons who said no, could not make it, or were refused: not asked again for this."""
    next_at: datetime | None = None
    """When the next step comes; None once somebody promised to help."""
    on_board: bool = False
    """It was put on the circle's board in this search."""
    over: bool = False
    """The wanted time has passed, and that was said."""


class Afterwards(Frozen):
    """What both said after the help."""

    asker: How | None = None
    helper: How | None = None
    asked: int = 0
    """Questions so far; then the volunteer is called, then the coach."""
    next_at: datetime | None = None
    """When both are asked, or asked again, or somebody is called."""
    helped: bool = False
    """By the asker's word there was help; it counts once."""
    thanked: bool = False


class Ask(Frozen):
    """One ask. `key` is its id inside Omzien, `code` what people call it."""

    key: str
    code: str
    asker: str | None
    """The person key; None once the link has been erased."""
    by: str | None = None
    """The volunteer or professional (person key) who put it on behalf of the asker."""
    wish: Wish
    created: datetime
    stage: AskStage = AskStage.LOOKING
    search: Search = Search()
    helper: Helper | None = None
    successor: Helper | None = None
    """Who takes over; the helper is released when the asker has agreed to this one."""
    handing_over: datetime | None = None
    """Since when the helper looks for somebody else to take over."""
    confirm_at: datetime | None = None
    """When it is looked at why the asker has not agreed yet; only while someone is proposed."""
    confirm_asked: int = 0
    """Steps taken since the proposal while the asker stayed silent: a reminder, then calls."""
    refused: tuple[str, ...] = ()
    """Persons that the asker would rather not have for this; not asked again."""
    remind_at: datetime | None = None
    """When both are reminded next of the help that is agreed."""
    pending: Pending | None = None
    after: Afterwards = Afterwards()
    rota: tuple[str, ...] = ()
    """Who helped with weekly help, the last one last: the others have their turn first."""
    times_done: int = 0
    silent: int = 0
    """Times of weekly help in a row of which the asker did not say how it went."""
    item: str | None = None
    """The key of the concern that it was passed on as."""
    end: AskEnd | None = None
    reason: str = ""
    """Written, when a volunteer ended it."""
    ended: datetime | None = None
    revision: int = 0
    """The number of events so far; each event is (ask, revision)."""

    @property
    def open(self) -> bool:
        """Whether someone still has to do something with it."""
        return self.stage is not AskStage.ENDED

    @property
    def helping(self) -> tuple[str, ...]:
        """The persons who promised to help: the helper and who takes over."""
        return tuple(h.person for h in (self.helper, self.successor) if h)

    @property
    def must_see(self) -> str | None:
        """Who must see an urgent message, while nobody was asked to phone them."""
        return self.pending.person if self.pending and not self.pending.called else None

    @property
    def speaker(self) -> str | None:
        """The person who answers for the asker's side: the asker, else who asked on their
        behalf."""
        return self.asker or self.by

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone who is part of what was agreed: the asker, or who speaks for somebody without a
        chat of their own, and the helpers."""
        return tuple(dict.fromkeys(p for p in (self.speaker, *self.helping) if p))

    def unlinked(self) -> Self:
        """Without who asked, and what in the wish tells who that is or for whom it was."""
        hidden = {"address": "", "street": "", "for_other": "", "consent": None}
        wish = self.wish.model_copy(update=hidden)
        return self.model_copy(update={"asker": None, "wish": wish})


def speaks_for(ask: Ask, person: str) -> bool:
    """Whether `person` decides for the asker: the asker, or who put it for someone without a
    chat of their own."""
    return person == ask.speaker


def open_slots(ask: Ask, calendar: Calendar, now: datetime) -> tuple[Slot, ...]:
    """The parts of days that somebody can still promise; of a hand-over only the agreed one."""
    if ask.helper and ask.handing_over:
        return (ask.helper.slot,) if ask.helper.slot.ends(calendar) > now else ()
    return ask.wish.when.slots(calendar, now)


def past(ask: Ask, calendar: Calendar, now: datetime) -> bool:
    """Whether the time that was agreed is over, and nobody was asked yet how it went."""
    agreed = ask.helper if ask.stage is AskStage.AGREED else None
    return agreed is not None and agreed.slot.ends(calendar) <= now


def is_after(ask: Ask, calendar: Calendar, now: datetime) -> bool:
    """Whether the agreed time is over, and the ask is still open."""
    return ask.stage is AskStage.AFTER or past(ask, calendar, now)


def still_coming(ask: Ask, calendar: Calendar, now: datetime) -> tuple[Helper, ...]:
    """The helper and who takes over; nobody once the agreed time is over."""
    if is_after(ask, calendar, now):
        return ()
    return tuple(helper for helper in (ask.helper, ask.successor) if helper)


def wanted_on(ask: Ask) -> date:
    """The day by which the help is needed: the agreed one, else the last that helps."""
    return ask.helper.slot.day if ask.helper else ask.wish.when.last
