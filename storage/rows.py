"""Things as rows: which columns a value gets, and how it is read back."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Table

from bot.core.checkins import CheckIn, Due
from bot.core.forms import Drafts
from bot.core.helping.asks import Ask, wanted_on
from bot.core.helping.events import AskEvent
from bot.core.helping.neighbours import Group, Neighbour
from bot.core.items import Access, Event, Item, Stage
from bot.core.people import Invite, Person
from bot.core.ports import Call, Heard, Kept, Priority
from storage import schema

Row = dict[str, Any]


class Kind(NamedTuple):
    """How one type of thing is kept: its table and the plain columns of its row."""

    table: Table
    row: Callable[[Any], Row]


def person_row(person: Person) -> Row:
    """A row of `people`."""
    return {"key": person.key, "unreachable": person.unreachable is not None}


def drafts_row(drafts: Drafts) -> Row:
    """A row of `drafts`; `touched` is the last touch of any form."""
    return {"key": drafts.key, "touched": max((d.touched for d in drafts.stack), default=None)}


def invite_row(invite: Invite) -> Row:
    """A row of `invites`."""
    return {"key": invite.key, "expires": invite.expires}


def item_row(item: Item) -> Row:
    """A row of `items`."""
    return {
        "key": item.key,
        "code": item.code,
        "stage": item.stage.value,
        "reporter": item.reporter,
        "created": item.created,
        "due": urgency(item) if item.open else None,
        "ended": item.ended,
        "revision": item.revision,
    }


def ask_row(ask: Ask) -> Row:
    """A row of `asks`."""
    return {
        "key": ask.key,
        "code": ask.code,
        "stage": ask.stage.value,
        "asker": ask.asker,
        "created": ask.created,
        "due": due_day(ask) if ask.open else None,
        "ended": ask.ended,
        "revision": ask.revision,
    }


def key_row(thing: Neighbour | Group) -> Row:
    """A row of what has only its key in plain sight."""
    return {"key": thing.key}


KINDS: Mapping[type[Kept], Kind] = {
    Person: Kind(schema.people, person_row),
    Drafts: Kind(schema.drafts, drafts_row),
    Invite: Kind(schema.invites, invite_row),
    Item: Kind(schema.items, item_row),
    Ask: Kind(schema.asks, ask_row),
    Neighbour: Kind(schema.neighbours, key_row),
    Group: Kind(schema.groups, key_row),
}


def urgency(item: Item) -> datetime:
    """The moment by which something is expected of someone; lists are ordered by it."""
    assignment = item.assignment
    if item.stage is Stage.WAITING:
        return assignment.respond_by
    if item.stage is Stage.HELD:
        return item.progress_at or assignment.respond_by
    return item.line.next_at or item.ended or assignment.respond_by


def due_day(ask: Ask) -> datetime:
    """The first moment of the day by which help is needed; boards are ordered by it."""
    return datetime.combine(wanted_on(ask), time.min, UTC)


def kept_row(thing: Kept) -> Row:
    """The row of any kept thing: its plain columns, and all of it in the sealed body."""
    return KINDS[type(thing)].row(thing) | {"body": thing.model_dump_json()}


def event_row(event: Event) -> Row:
    """A row of `events`."""
    return {
        "item": event.item,
        "revision": event.revision,
        "kind": event.kind.value,
        "at": event.at,
        "body": event.model_dump_json(include={"by", "partner", "data"}),
    }


def read_event(row: Any) -> Event:
    """An event; one whose contents were erased keeps only what is plain."""
    body = json.loads(row.body) if row.body else {}
    return Event(item=row.item, revision=row.revision, kind=row.kind, at=row.at, **body)


def ask_event_row(event: AskEvent) -> Row:
    """A row of `ask_events`."""
    return {
        "ask": event.ask,
        "revision": event.revision,
        "kind": event.kind.value,
        "at": event.at,
        "body": event.model_dump_json(include={"by", "data"}),
    }


def read_ask_event(row: Any) -> AskEvent:
    """An event of an ask; one whose contents were erased keeps only what is plain."""
    body = json.loads(row.body) if row.body else {}
    return AskEvent(ask=row.ask, revision=row.revision, kind=row.kind, at=row.at, **body)


def access_row(access: Access) -> Row:
    """A row of `access_log`."""
    body = access.model_dump_json(include={"person", "partner", "what"})
    return {"item": access.item, "at": access.at, "body": body}


def read_access(row: Any) -> Access:
    """An entry of the access log."""
    return Access(item=row.item, at=row.at, **json.loads(row.body))


def checkin_row(checkin: CheckIn) -> Row:
    """A row of `checkins`: its key tells subject, question and round."""
    return {"due": checkin.due, "key": checkin.key, "subject": checkin.subject}


def read_checkin(row: Any) -> CheckIn:
    """A check-in."""
    _, what, round_ = row.key.rsplit("/", 2)
    return CheckIn(subject=row.subject, what=Due(what), round=int(round_), due=row.due)


def call_row(call: Call, at: datetime) -> Row:
    """A row of `outbox`."""
    return {
        "lane": call.chat,
        "priority": int(call.priority),
        "method": call.method,
        "card": call.card,
        "item": call.item,
        "unordered": call.unordered,
        "state": "apart" if call.unordered or call.priority == Priority.DANGER else "waiting",
        "at": at,
        "params": to_json(call.params),
    }


def heard_row(heard: Heard) -> Row:
    """A row of `messages` for one that came in."""
    return {
        "chat": heard.chat,
        "message_id": heard.message_id,
        "card": None,
        "item": heard.item,
        "ours": False,
        "at": heard.at,
    }


def to_json(data: Mapping[str, Any]) -> bytes:
    """JSON data as bytes, free of lone surrogates."""
    text = json.dumps(dict(data), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
