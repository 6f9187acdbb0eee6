"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _people()
    _forms()
    _items()
    _histories()
    _checkins()
    _inbox()
    _outbox()
    _messages()
    _book_keeping()


def _key(name: str = "key") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """Microseconds since 1970."""
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _people() -> None:
    op.create_table(
        "people",
        _key(),
        sa.Column("unreachable", sa.Boolean(), server_default=sa.false(), nullable=False),
        _sealed("body"),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
    )
    op.create_table(
        "members",
        _key("partner"),
        _key("person"),
        sa.ForeignKeyConstraint(["person"], ["people.key"], name="fk_members_person_people"),
        sa.PrimaryKeyConstraint("partner", "person", name="pk_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_members_person", "members", ["person"])


def _forms() -> None:
    op.create_table(
        "invites",
        _key(),
        _moment("expires"),
        _sealed("body"),
        sa.PrimaryKeyConstraint("key", name="pk_invites"),
    )
    op.create_index("ix_invites_expires", "invites", ["expires"])
    op.create_table(
        "drafts",
        _key(),
        _moment("touched", nullable=True),
        _sealed("body"),
        sa.PrimaryKeyConstraint("key", name="pk_drafts"),
    )
    op.create_index("ix_drafts_touched", "drafts", ["touched"])


def _items() -> None:
    op.create_table(
        "items",
        _key(),
        _key("code"),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reporter", sa.String(), nullable=True),
        _moment("created"),
        _moment("due", nullable=True),
        _moment("ended", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _sealed("body", nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_items"),
        sa.UniqueConstraint("code", name="uq_items_code"),
    )
    _partial("ix_items_due", "items", ["due"], "due IS NOT NULL")
    _partial("ix_items_ended", "items", ["ended"], "ended IS NOT NULL")
    _partial("ix_items_reporter_created", "items", ["reporter", "created"], "reporter IS NOT NULL")
    op.create_table(
        "holdings",
        _key("partner"),
        _moment("due"),
        _key("item"),
        sa.ForeignKeyConstraint(["item"], ["items.key"], name="fk_holdings_item_items"),
        sa.PrimaryKeyConstraint("partner", "due", "item", name="pk_holdings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_holdings_item", "holdings", ["item"])


def _histories() -> None:
    op.create_table(
        "events",
        _key("item"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _moment("at"),
        _sealed("body", nullable=True),
        sa.ForeignKeyConstraint(["item"], ["items.key"], name="fk_events_item_items"),
        sa.PrimaryKeyConstraint("item", "revision", name="pk_events"),
    )
    op.create_table(
        "access_log",
        sa.Column("seq", SERIAL, nullable=False),
        _key("item"),
        _moment("at"),
        _sealed("body"),
        sa.PrimaryKeyConstraint("seq", name="pk_access_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_log_at", "access_log", ["at"])
    op.create_index("ix_access_log_item_seq", "access_log", ["item", "seq"])


def _checkins() -> None:
    op.create_table(
        "checkins",
        _moment("due"),
        _key(),
        _key("subject"),
        sa.PrimaryKeyConstraint("due", "key", name="pk_checkins"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_checkins_subject", "checkins", ["subject"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("seq", SERIAL, nullable=False),
        _key(),
        _key("lane"),
        sa.Column("kind", sa.String(), nullable=False),
        _moment("at"),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        _sealed("payload", nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
        sqlite_autoincrement=True,
    )
    _partial("ix_inbox_waiting", "inbox", ["seq"], "state = 'waiting'")
    _partial("ix_inbox_parked", "inbox", ["seq"], "state = 'parked'")
    _partial("ix_inbox_done", "inbox", ["at"], "state = 'done'")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", SERIAL, nullable=False),
        _key("lane"),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("unordered", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        _moment("at"),
        _sealed("params", nullable=True),
        _sealed("why", nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    _partial("ix_outbox_waiting", "outbox", ["priority", "seq"], "state = 'waiting'")
    _partial("ix_outbox_lane", "outbox", ["lane", "seq"], "state = 'waiting'")
    _partial("ix_outbox_apart", "outbox", ["seq"], "state = 'apart'")
    _partial("ix_outbox_parked", "outbox", ["seq"], "state = 'parked'")
    _partial("ix_outbox_done", "outbox", ["at"], "state = 'done'")


def _messages() -> None:
    op.create_table(
        "messages",
        _key("chat"),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("chat", "message_id", name="pk_messages"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_messages_at", "messages", ["at"])
    _partial("ix_messages_card", "messages", ["chat", "card"], "card IS NOT NULL")


def _book_keeping() -> None:
    op.create_table(
        "erasures",
        _key("item"),
        sa.Column("what", sa.String(), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("item", "what", name="pk_erasures"),
    )
    op.create_table(
        "meta",
        _key("name"),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
