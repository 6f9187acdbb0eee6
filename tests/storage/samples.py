"""Things to keep, whole enough to notice what gets lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.checkins import CheckIn, Due
from bot.core.covenant import About, Kind
from bot.core.forms import Answered, Draft, Drafts
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
from bot.core.people import Invite, Membership, Person, Role
from bot.core.ports import Call, Priority
from bot.core.queue import Arrival
from bot.core.routing import Because

NOW = datetime(2025, 3, 3, 9, 0, 0, 123456, tzinfo=UTC)
MARKER = "Zwaluwnest 12, kapotte ruit"
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
