"""Things to keep, whole enough to notice what gets lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.core.checkins import CheckIn, Due
from bot.core.circles import Level
from bot.core.covenant import About, Kind
from bot.core.forms import Answered, Draft, Drafts
from bot.core.helping.asks import Ask, Consent, Helper, Wish
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.neighbours import Belonging, CircleRole, Group, Meeting, Neighbour, Offer
from bot.core.helping.times import WEEK, Daypart, Slot, When, times
from bot.core.items import (
    Access,
    Assignment,
    Event,
    EventKind,
    Item,
    Openness,
    Report,
    Stage,
)
from bot.core.matching import Wanted, years_before
from bot.core.people import Invite, Membership, Person, Role
from bot.core.ports import Call, Priority
from bot.core.queue import Arrival
from bot.core.routing import Because

NOW = datetime(2025, 3, 3, 9, 0, 0, 123456, tzinfo=UTC)
TODAY = NOW.date()
MARKER = "Zwaluwnest 12, kapotte ruit"
VOG_AFTER = years_before(TODAY, 3)
MORNING = times([1], [Daypart.MORNING])
EVERY_TIME = times(range(1, WEEK + 1), Daypart)
ADDRESS = 918_273_645_546


def person(key: str = "anna", *partners: str, **changes: Any) -> Person:
    """A person, member of these partners."""
    memberships = tuple(
        Membership(partner=name, role=Role.PROFESSIONAL, since=NOW) for name in partners
    )
    return Person(
        key=key,
        address=ADDRESS,
        first_name="Wilhelmijntje",
        language="nl",
        memberships=memberships,
    ).model_copy(update=changes)


def invite(key: str = "secret") -> Invite:
    """An invite for three days."""
    return Invite(key=key, partner="WON", role=Role.COACH, expires=NOW + timedelta(days=3))


def drafts(key: str = "anna", text: str = MARKER) -> Drafts:
    """A form half filled in."""
    answers = {"what": Answered(value=text, message_id=7), "photos": Answered(value=["f1", "f2"])}
    form = Draft(form="concern", version=1, revision=3, answers=answers, touched=NOW)
    return Drafts(key=key, stack=(form,))


def item(key: str = "i1", *, partner: str = "WON", **changes: Any) -> Item:
    """An item that waits for `partner`."""
    report = Report(
        about=About.OTHER,
        topic="noise",
        text=MARKER,
        area="bakel",
        address="Ganzerikhof 3",
        landlord="WON",
        openness=Openness.VIA_BOT,
        language="nl",
    )
    assignment = Assignment(
        partner=partner, since=NOW, because=Because.ROUTE, route=2, respond_by=NOW
    )
    base = Item(
        key=key,
        code=f"GB-{key.upper()}",
        kind=Kind.CONCERN,
        report=report,
        reporter="anna",
        created=NOW,
        stage=Stage.WAITING,
        assignment=assignment,
        revision=1,
    )
    return base.model_copy(update=changes)


def ask(key: str = "a1", **changes: Any) -> Ask:
    """An ask for groceries in the circle `molenstraat`, on the next day."""
    day = NOW.date() + timedelta(days=1)
    wish = Wish(
        kind="groceries",
        when=When(first=day, last=day, parts=(Daypart.MORNING,)),
        area="bakel",
        circle="molenstraat",
        text=MARKER,
        address="Ganzerikhof 3",
        for_other="Wilhelmijntje",
        consent=Consent(to="ria", at=NOW, words="graag"),
    )
    base = Ask(key=key, code=f"GB-{key.upper()}", asker="anna", wish=wish, created=NOW, revision=1)
    return base.model_copy(update=changes)


def wanting(ask_: Ask, *, on: date | None = None, **wish: Any) -> Ask:
    """The same ask with another wish, or on another day."""
    if on is not None:
        wish["when"] = When(first=on, last=on, parts=(Daypart.MORNING,))
    return ask_.model_copy(update={"wish": ask_.wish.model_copy(update=wish)})


def helper(person_: str = "ria", *, on: date = TODAY) -> Helper:
    """Who promised to help on that day."""
    return Helper(person=person_, slot=Slot(day=on, part=Daypart.MORNING), since=NOW)


def ask_event(ask_: str = "a1", revision: int = 1, **data: Any) -> AskEvent:
    """An entry in an ask's history."""
    return AskEvent(
        ask=ask_,
        revision=revision,
        at=NOW + timedelta(minutes=revision),
        kind=AskEventKind.MESSAGE,
        by="ria",
        data=data or {"text": MARKER},
    )


def neighbour(key: str = "ria", *circles: str, **changes: Any) -> Neighbour:
    """A neighbour with a place in these circles, who offers groceries in the whole week."""
    belongings = tuple(
        Belonging(circle=name, role=CircleRole.MEMBER, since=NOW) for name in circles
    )
    offer = Offer(kinds=("groceries",), times=EVERY_TIME, area="bakel", since=NOW)
    return Neighbour(key=key, circles=belongings, offer=offer).model_copy(update=changes)


def offering(neighbour_: Neighbour, **offer: Any) -> Neighbour:
    """The same neighbour with another offer."""
    assert neighbour_.offer is not None
    changed = neighbour_.offer.model_copy(update=offer)
    return neighbour_.model_copy(update={"offer": changed})


def wanted(**changes: Any) -> Wanted:
    """Groceries in the circle `molenstraat`, on a Monday morning."""
    base = Wanted(
        kind="groceries",
        area="bakel",
        circle="molenstraat",
        times=MORNING,
        level=Level.NO_CONTACT,
        on=TODAY,
        vog_after=VOG_AFTER,
    )
    return base.model_copy(update=changes)


def group(key: str = "molenstraat") -> Group:
    """A linked group with a meeting."""
    meeting = Meeting(key="m1", at=NOW, place=MARKER, coming=("ria",))
    return Group(
        key=key, chat=ADDRESS, lane="lane", linked_by="ria", since=NOW, meetings=(meeting,)
    )


def due_by(item_: Item, moment: datetime) -> Item:
    """The same item, to be answered by `moment`."""
    assignment = item_.assignment.model_copy(update={"respond_by": moment})
    return item_.model_copy(update={"assignment": assignment})


def event(item_: str = "i1", revision: int = 1, **data: Any) -> Event:
    """An entry in an item's history."""
    return Event(
        item=item_,
        revision=revision,
        at=NOW + timedelta(minutes=revision),
        kind=EventKind.NOTE,
        by="marieke",
        partner="WON",
        data=data or {"text": MARKER},
    )


def access(item_: str = "i1") -> Access:
    """A reading of an item."""
    return Access(item=item_, person="marieke", partner="WON", at=NOW, what="contents")


def checkin(subject: str = "i1", round_: int = 1, **later: float) -> CheckIn:
    """A question, due so much later than now."""
    return CheckIn(subject=subject, what=Due.RESPOND, round=round_, due=NOW + timedelta(**later))


def call(chat: str = "anna", text: str = MARKER, **changes: Any) -> Call:
    """A message to a chat."""
    return Call(
        chat=chat, method="sendMessage", params={"chat_id": ADDRESS, "text": text}
    ).model_copy(update=changes)


def alarm(chat: str = "anna") -> Call:
    """Help numbers."""
    return call(chat, "112", priority=Priority.DANGER)


def arrival(number: int, lane: str = "anna", text: str = MARKER, *calls: Call) -> Arrival:
    """An update as Telegram sends it."""
    message = {"text": text, "from": {"id": ADDRESS}}
    return Arrival(
        key=f"tg:42:{number}",
        lane=lane,
        kind="Update",
        payload={"update_id": number, "message": message},
        at=NOW,
        calls=calls,
    )
