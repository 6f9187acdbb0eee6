"""The statements of the hot path, each built once."""

from functools import cache

from sqlalchemy import Insert, Table, bindparam, delete, func, insert, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import (
    ASIDE,
    DONE,
    WAITING,
    access_log,
    ask_events,
    asks,
    boards,
    checkins,
    circle_members,
    events,
    holdings,
    inbox,
    items,
    members,
    messages,
    neighbours,
    outbox,
    people,
)

body_of = cache(lambda table: select(table.c.body).where(table.c.key == bindparam("key")))
bodies_of = cache(
    lambda table: select(table.c.key, table.c.body).where(
        table.c.key.in_(bindparam("keys", expanding=True))
    )
)


@cache
def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)


@cache
def upsert(table: Table, dialect: str) -> Insert:
    """Insert rows; a row with the same primary key is replaced."""
    statement = _insert(table, dialect)
    keys = [column.name for column in table.primary_key]
    changed = {c.name: c for c in statement.excluded if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


@cache
def insert_new(table: Table, dialect: str) -> Insert:
    """Insert rows; one that is there already stays as it is."""
    return _insert(table, dialect).on_conflict_do_nothing()


insert_into = cache(insert)


@cache
def remember(dialect: str) -> Insert:
    """Insert messages; an edited one keeps its moment, and its names when it gets no new ones."""
    statement = _insert(messages, dialect)
    names = {
        name: func.coalesce(statement.excluded[name], messages.c[name]) for name in ("card", "item")
    }
    return statement.on_conflict_do_update(index_elements=["chat", "message_id"], set_=names)


# Records

members_of = (
    select(people.c.body)
    .join(members, members.c.person == people.c.key)
    .where(members.c.partner == bindparam("partner"))
)
item_of_code = select(items.c.body).where(items.c.code == bindparam("code"))
items_raised_by = (
    select(items.c.body)
    .where(items.c.reporter == bindparam("person"))
    .order_by(items.c.created.desc())
    .limit(bindparam("limit"))
)
items_held_by = (
    select(items.c.body)
    .join(holdings, holdings.c.item == items.c.key)
    .where(holdings.c.partner == bindparam("partner"))
    .order_by(holdings.c.due, holdings.c.item)
    .limit(bindparam("limit"))
)
items_open = (
    select(items.c.body)
    .where(items.c.due.is_not(None))
    .order_by(items.c.due)
    .limit(bindparam("limit"))
)
items_ended = (
    select(items.c.body)
    .where(items.c.ended.is_not(None))
    .order_by(items.c.ended.desc())
    .limit(bindparam("limit"))
)
put_aside = {
    table: select(table.c.seq, table.c.at)
    .where(table.c.state == ASIDE)
    .order_by(table.c.seq.desc())
    .limit(bindparam("limit"))
    for table in (inbox, outbox)
}
again = {
    came_in: update(table)
    .where(table.c.seq == bindparam("b_seq"), table.c.state == ASIDE)
    .values(state=WAITING, **anew)
    for came_in, table, anew in ((True, inbox, {"attempts": 0}), (False, outbox, {"why": None}))
}
history = select(events).where(events.c.item == bindparam("item")).order_by(events.c.revision)
accesses = (
    select(access_log).where(access_log.c.item == bindparam("item")).order_by(access_log.c.seq)
)
codes_taken = union_all(
    *(
        select(t.c.code).where(t.c.code.in_(bindparam("codes", expanding=True)))
        for t in (items, asks)
    )
)
ask_of_code = select(asks.c.body).where(asks.c.code == bindparam("code"))
asks_of = (
    select(asks.c.body)
    .where(asks.c.asker == bindparam("person"))
    .order_by(asks.c.created.desc())
    .limit(bindparam("limit"))
)
open_asks_of = asks_of.where(asks.c.ended.is_(None))
asks_at = (
    select(asks.c.body)
    .join(boards, boards.c.ask == asks.c.key)
    .where(boards.c.place == bindparam("place"))
    .order_by(boards.c.due, boards.c.created, boards.c.ask)
    .limit(bindparam("limit"))
)
neighbours_in = (
    select(neighbours.c.body)
    .join(circle_members, circle_members.c.person == neighbours.c.key)
    .where(circle_members.c.circle == bindparam("circle"))
)
ask_history = (
    select(ask_events).where(ask_events.c.ask == bindparam("ask")).order_by(ask_events.c.revision)
)
scheduled = (
    select(checkins)
    .where(checkins.c.subject == bindparam("subject"))
    .order_by(checkins.c.due, checkins.c.key)
)
shown = select(messages).where(messages.c.chat == bindparam("chat")).order_by(messages.c.message_id)
message = select(messages).where(
    messages.c.chat == bindparam("chat"), messages.c.message_id == bindparam("message_id")
)

# Writing a batch

unschedule = delete(checkins).where(checkins.c.subject == bindparam("b_subject"))
unlist = cache(lambda table, owner: delete(table).where(table.c[owner] == bindparam("b_owner")))
forget_message = delete(messages).where(
    messages.c.chat == bindparam("b_chat"), messages.c.message_id == bindparam("b_id")
)
done = update(inbox).where(inbox.c.seq == bindparam("b_seq")).values(state=DONE, payload=None)

# Inbox

pending = (
    select(inbox)
    .where(inbox.c.state == WAITING, inbox.c.seq > bindparam("after"))
    .where(inbox.c.lane.not_in(bindparam("failed", expanding=True)))
    .order_by(inbox.c.seq)
    .limit(bindparam("limit"))
)
due_checkins = (
    select(checkins)
    .where(checkins.c.due <= bindparam("now"))
    .order_by(checkins.c.due, checkins.c.key)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
claimed = delete(checkins).where(
    checkins.c.due == bindparam("b_due"), checkins.c.key == bindparam("b_key")
)

# Outbox

message_ids = (
    select(messages.c.message_id)
    .where(messages.c.chat == bindparam("chat"), messages.c.card == bindparam("card"))
    .where(messages.c.card.is_not(None))
    .order_by(messages.c.message_id)
)
sent = update(outbox).where(outbox.c.seq == bindparam("b_seq")).values(state=DONE, params=None)
