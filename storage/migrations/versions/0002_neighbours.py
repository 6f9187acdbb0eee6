"""Tables for neighbours who help each other."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of asks, neighbours and circles."""
    _asks()
    _ask_events()
    _boards()
    _neighbours()
    _openings()
    _groups()


def _key(name: str = "key") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """Microseconds since 1970."""
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _sealed(*, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column("body", sa.LargeBinary(), nullable=nullable)


def _partial(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "asks", columns, sqlite_where=condition, postgresql_where=condition)


def _asks() -> None:
    op.create_table(
        "asks",
        _key(),
        _key("code"),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=True),
        _moment("created"),
        _moment("due", nullable=True),
        _moment("ended", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _sealed(nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_asks"),
        sa.UniqueConstraint("code", name="uq_asks_code"),
    )
    _partial("ix_asks_due", ["due"], "due IS NOT NULL")
    _partial("ix_asks_ended", ["ended"], "ended IS NOT NULL")
    _partial("ix_asks_asker_created", ["asker", "created"], "asker IS NOT NULL")


def _ask_events() -> None:
    op.create_table(
        "ask_events",
        _key("ask"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _moment("at"),
        _sealed(nullable=True),
        sa.ForeignKeyConstraint(["ask"], ["asks.key"], name="fk_ask_events_ask_asks"),
        sa.PrimaryKeyConstraint("ask", "revision", name="pk_ask_events"),
    )


def _boards() -> None:
    op.create_table(
        "boards",
        _key("place"),
        _moment("due"),
        _moment("created"),
        _key("ask"),
        sa.ForeignKeyConstraint(["ask"], ["asks.key"], name="fk_boards_ask_asks"),
        sa.PrimaryKeyConstraint("place", "due", "created", "ask", name="pk_boards"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_boards_ask", "boards", ["ask"])


def _neighbours() -> None:
    op.create_table(
        "neighbours",
        _key(),
        _sealed(),
        sa.PrimaryKeyConstraint("key", name="pk_neighbours"),
    )
    op.create_table(
        "circle_members",
        _key("circle"),
        _key("person"),
        sa.ForeignKeyConstraint(
            ["person"], ["neighbours.key"], name="fk_circle_members_person_neighbours"
        ),
        sa.PrimaryKeyConstraint("circle", "person", name="pk_circle_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_circle_members_person", "circle_members", ["person"])


def _openings() -> None:
    op.create_table(
        "openings",
        _key("place"),
        sa.Column("away", sa.SmallInteger(), nullable=False),
        sa.Column("helps", sa.SmallInteger(), nullable=False),
        _moment("asked"),
        _key("person"),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("vog", sa.Date(), nullable=True),
        sa.Column("paused", sa.Date(), nullable=True),
        sa.Column("room", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("place", "away", "helps", "asked", "person", name="pk_openings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_openings_person", "openings", ["person"])
    op.create_table(
        "offers",
        _key("person"),
        sa.PrimaryKeyConstraint("person", name="pk_offers"),
        sqlite_with_rowid=False,
    )


def _groups() -> None:
    op.create_table(
        "groups",
        _key(),
        _sealed(),
        sa.PrimaryKeyConstraint("key", name="pk_groups"),
    )
