"""The tables. Contents are sealed; every plain column is listed with its reason in `plain.py`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    false,
    literal_column,
    text,
)

from storage.columns import Moment, Sealed, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only when the key is exactly INTEGER.
Serial = BigInteger().with_variant(Integer, "sqlite")

# States of the queues, written into the statements as they stand: SQLite chooses a partial index
# only when the query has the same literal as the index.
WAITING = literal_column("'waiting'", Text())
APART = literal_column("'apart'", Text())
"""Of a call that waits outside the order of its chat: danger, and answers to button presses."""
DONE = "done"
PARKED = "parked"
ASIDE = literal_column("'parked'", Text())


def _partial(name: str, *columns: str, where: str) -> Index:
    condition = text(where)
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


people = Table(
    "people",
    metadata,
    Column("key", Text, primary_key=True),
    Column("unreachable", Boolean, nullable=False, server_default=false()),
    Column("body", Sealed("people.body"), nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("partner", Text, primary_key=True),
    Column("person", Text, ForeignKey(people.c.key), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

invites = Table(
    "invites",
    metadata,
    Column("key", Text, primary_key=True),
    Column("expires", Moment, nullable=False, index=True),
    Column("body", Sealed("invites.body"), nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("touched", Moment, nullable=True, index=True),
    Column("body", Sealed("drafts.body"), nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("key", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("stage", Text, nullable=False),
    Column("reporter", Text, nullable=True),
    Column("created", Moment, nullable=False),
    Column("due", Moment, nullable=True),
    Column("ended", Moment, nullable=True),
    Column("revision", Integer, nullable=False),
    Column("body", Sealed("items.body"), nullable=True),
    _partial("ix_items_due", "due", where="due IS NOT NULL"),
    _partial("ix_items_ended", "ended", where="ended IS NOT NULL"),
    _partial("ix_items_reporter_created", "reporter", "created", where="reporter IS NOT NULL"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("partner", Text, primary_key=True),
    Column("due", Moment, primary_key=True),
    Column("item", Text, ForeignKey(items.c.key), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    Column("item", Text, ForeignKey(items.c.key), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Sealed("events.body"), nullable=True),
)

asks = Table(
    "asks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("stage", Text, nullable=False),
    Column("asker", Text, nullable=True),
    Column("created", Moment, nullable=False),
    Column("due", Moment, nullable=True),
    Column("ended", Moment, nullable=True),
    Column("revision", Integer, nullable=False),
    Column("body", Sealed("asks.body"), nullable=True),
    _partial("ix_asks_due", "due", where="due IS NOT NULL"),
    _partial("ix_asks_ended", "ended", where="ended IS NOT NULL"),
    _partial("ix_asks_asker_created", "asker", "created", where="asker IS NOT NULL"),
)

ask_events = Table(
    "ask_events",
    metadata,
    Column("ask", Text, ForeignKey(asks.c.key), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Sealed("ask_events.body"), nullable=True),
)

# What a circle has open, and what a neighbour promised, in the order in which it is wanted.
boards = Table(
    "boards",
    metadata,
    Column("place", Text, primary_key=True),
    Column("due", Moment, primary_key=True),
    Column("created", Moment, primary_key=True),
    Column("ask", Text, ForeignKey(asks.c.key), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

neighbours = Table(
    "neighbours",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Sealed("neighbours.body"), nullable=False),
)

circle_members = Table(
    "circle_members",
    metadata,
    Column("circle", Text, primary_key=True),
    Column("person", Text, ForeignKey(neighbours.c.key), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Offers by where they count, clustered in the order in which neighbours are asked: those of one
# place lie together, who lives there first, then who helped least, then who was asked longest ago.
openings = Table(
    "openings",
    metadata,
    Column("place", Text, primary_key=True),
    Column("away", SmallInteger, primary_key=True),
    Column("helps", SmallInteger, primary_key=True),
    Column("asked", Moment, primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    Column("times", Integer, nullable=False),
    Column("vog", Date, nullable=True),
    Column("paused", Date, nullable=True),
    Column("room", Boolean, nullable=False),
    Column("home", Text, nullable=False, server_default="-"),
    sqlite_with_rowid=False,
)

# Who has an offer at all: counting a whole table of nothing but keys is quick.
offers = Table(
    "offers",
    metadata,
    Column("person", Text, primary_key=True),
    sqlite_with_rowid=False,
)

groups = Table(
    "groups",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Sealed("groups.body"), nullable=False),
)

# Clustered on the due moment: claiming costs by what is due, not by what is open.
checkins = Table(
    "checkins",
    metadata,
    Column("due", Moment, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)

access_log = Table(
    "access_log",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("item", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("body", Sealed("access_log.body"), nullable=False),
    Index("ix_access_log_item_seq", "item", "seq"),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("lane", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("payload", Sealed("inbox.payload"), nullable=True),
    _partial("ix_inbox_waiting", "seq", where="state = 'waiting'"),
    _partial("ix_inbox_parked", "seq", where="state = 'parked'"),
    _partial("ix_inbox_done", "at", where="state = 'done'"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Serial, primary_key=True),
    Column("lane", Text, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("card", Text, nullable=True),
    Column("item", Text, nullable=True),
    Column("unordered", Boolean, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("at", Moment, nullable=False),
    Column("params", Sealed("outbox.params"), nullable=True),
    Column("why", Sealed("outbox.why"), nullable=True),
    _partial("ix_outbox_waiting", "priority", "seq", where="state = 'waiting'"),
    _partial("ix_outbox_lane", "lane", "seq", where="state = 'waiting'"),
    _partial("ix_outbox_apart", "seq", where="state = 'apart'"),
    _partial("ix_outbox_parked", "seq", where="state = 'parked'"),
    _partial("ix_outbox_done", "at", where="state = 'done'"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("card", Text, nullable=True),
    Column("item", Text, nullable=True),
    Column("ours", Boolean, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    _partial("ix_messages_card", "chat", "card", where="card IS NOT NULL"),
    sqlite_with_rowid=False,
)

erasures = Table(
    "erasures",
    metadata,
    Column("item", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
