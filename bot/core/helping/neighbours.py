"""A neighbour: what a person is to the others in their circles, and offers to do."""

from datetime import date, datetime
from enum import StrEnum

from bot.core.helping.times import Slot
from bot.core.people import Frozen


class CircleRole(StrEnum):
    """What someone is in a circle."""

    MEMBER = "member"
    VOLUNTEER = "volunteer"
    """Coordinates: approves members, is asked when neighbours don't answer."""
    COACH = "coach"
    """The professional who stands behind the volunteers."""


class Belonging(Frozen):
    """A place in a circle."""

    circle: str
    role: CircleRole
    since: datetime
    approved: bool = True
    """False: a volunteer has not yet said yes."""
    standby: bool = False
    """Is asked first when somebody can't make it."""


class Vog(Frozen):
    """A certificate of conduct (VOG) was seen: by whom and when, never the document."""

    seen: date
    by: str
    """The person key of who saw it."""
    told: bool = False
    """Whether the neighbour heard that it has to be renewed."""


class Offer(Frozen):
    """What a neighbour wants to do for others, one offer each."""

    kinds: tuple[str, ...]
    """Ids of the covenant's kinds of help."""
    times: int
    """Parts of the week, as `helping.times.times`."""
    area: str
    """The village where the neighbour lives."""
    areas: tuple[str, ...] = ()
    """The villages to which the neighbour goes, the own one included."""
    most: int = 4
    """Helps in the covenant's `count_days`, at most."""
    street: str = ""
    """Only to leave out who asked not to be seen in their own street."""
    paused_until: date | None = None
    """The first day on which the neighbour may be asked again."""
    since: datetime

    def paused(self, on: date) -> bool:
        """Whether the neighbour has a pause until after that day."""
        return self.paused_until is not None and self.paused_until > on


class Help(Frozen):
    """A help that was given, to even out who carries how much."""

    at: datetime
    ask: str


class Neighbour(Frozen):
    """A person among neighbours; `key` is the person's."""

    key: str
    circles: tuple[Belonging, ...] = ()
    offer: Offer | None = None
    vog: Vog | None = None
    introduced: tuple[str, ...] = ()
    """Circles in which someone with the right introduced this neighbour (level 2)."""
    blocked: tuple[str, ...] = ()
    """Persons who never meet this one again; kept on both sides."""
    gladly: tuple[str, ...] = ()
    """Persons whose help this one would gladly have again."""
    helps: tuple[Help, ...] = ()
    """In the last `count_days`, oldest first."""
    asked: datetime | None = None
    """When this neighbour was last invited to help."""
    busy: tuple[Slot, ...] = ()
    """Parts of days for which help has been promised."""
    cancelled: tuple[datetime, ...] = ()
    """When this neighbour, as an asker, called off what somebody wanted to help with."""
    missed: tuple[datetime, ...] = ()
    """When this neighbour did not come, by the asker's word."""
    heavy_asked: datetime | None = None
    """When this neighbour was last asked whether it becomes too much."""
    muted: tuple[str, ...] = ()
    """Parts of the evening's message that a volunteer does not want."""
    asks: tuple[datetime, ...] = ()
    """When this neighbour asked for help, on the last day that had any."""
    put: tuple[datetime, ...] = ()
    """When this volunteer asked for somebody without a chat, on the last day that had any."""
    tries: tuple[datetime, ...] = ()
    """When this neighbour typed a code that is none, on the last day that had any."""
    talks: tuple[datetime, ...] = ()
    """When this neighbour wrote to a coach, or as one, on the last day that had any."""

    def place_in(self, circle: str | None) -> Belonging | None:
        """The approved place in this circle, or None."""
        found = (b for b in self.circles if b.circle == circle and b.approved)
        return next(found, None)

    def coordinates(self, circle: str | None) -> bool:
        """Whether this neighbour is a volunteer or coach of the circle."""
        place = self.place_in(circle)
        return place is not None and place.role is not CircleRole.MEMBER

    @property
    def places(self) -> tuple[str, ...]:
        """The circles with an approved place."""
        return tuple(b.circle for b in self.circles if b.approved)


class Group(Frozen):
    """The Telegram group of a circle; `key` is the circle's id."""

    key: str
    chat: int | None = None
    """Telegram's id of the group; sealed at rest. None: not linked."""
    lane: str = ""
    """The keyed hash of that id: the name of the group's chat in the outbox."""
    linked_by: str = ""
    since: datetime | None = None
    code: str = ""
    """The keyed hash of the code that links a group, until it is used."""
    code_by: str = ""
    """The person key of the volunteer who may use it."""
    code_until: datetime | None = None
    join: str = ""
    """The keyed hash of the code by which neighbours join."""
    join_until: datetime | None = None
    meetings: tuple["Meeting", ...] = ()
    told: tuple[datetime, ...] = ()
    """When a meeting was announced or called off, on the last day that had any."""


class Meeting(Frozen):
    """A meeting that a volunteer announced."""

    key: str
    at: datetime
    place: str
    what: str = ""
    coming: tuple[str, ...] = ()
    """Person keys of who signed up."""
    reminded: bool = False
