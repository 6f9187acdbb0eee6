"""Where neighbours live in the index of offers, so that it can leave out a street."""

import json

import sqlalchemy as sa
from alembic import context, op

from bot.core.labels import fold

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column, and fill it for who offers help already."""
    op.add_column("openings", sa.Column("home", sa.String(), nullable=False, server_default="-"))
    bind, sealer = op.get_bind(), context.config.attributes["sealer"]
    fill = sa.text("UPDATE openings SET home = :home WHERE person = :person")
    for key, body in bind.execute(sa.text("SELECT key, body FROM neighbours")).all():
        offer = json.loads(sealer.open_("neighbours.body", body))["offer"]
        if offer is not None:
            home = sealer.lookup("place", _home(offer["area"], offer["street"]))
            bind.execute(fill, {"home": home, "person": key})


def _home(area: str, street: str) -> str:
    return f"street:{fold(street)}" if street else f"somewhere:{area}"
