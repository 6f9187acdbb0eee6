"""Looking: every button that there is, what the database holds of items, what a phone showed."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, select
from telegram.ext import CommandHandler

from bot.core.covenant import About
from bot.core.items import Openness, Report
from handlers import all_handlers
from handlers.keyboards import OnPress
from storage import schema
from tests.dialogues.phones import Shown
from tests.dialogues.village import Village

SECRETS = ("Achterdoor", "Kerkstraat", "Fles in de sloot", "Sanne", "Geheime notitie")
"""What stands in the report and its history, and may be seen by nobody without a mandate."""

NEGLECT = Report(
    about=About.OTHER,
    topic="neglect",
    text="Achterdoor ligt vuilnis. Fles in de sloot.",
    area="gemert",
    address="Kerkstraat 1",
    landlord="own",
    openness=Openness.NAMED,
    name="Sanne",
    language="nl",
)
"""Led by the municipality, with public health involved."""

OF_ITEMS = (
    schema.items,
    schema.events,
    schema.access_log,
    schema.holdings,
    schema.members,
    schema.invites,
)


def verbs() -> tuple[str, ...]:
    """The verb of every button that some handler takes."""
    return tuple(h.verb for h in all_handlers() if isinstance(h, OnPress))


def commands() -> tuple[str, ...]:
    """Every command that some handler takes."""
    named = (h for h in all_handlers() if isinstance(h, CommandHandler))
    return tuple(command for h in named for command in sorted(h.commands))


async def rows(village: Village, tables: Iterable[Table] = OF_ITEMS) -> Mapping[str, Any]:
    """All rows of these tables, opened."""
    found: dict[str, Any] = {}
    async with village.store.engines.read() as connection:
        for table in tables:
            result = await connection.execute(select(table).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in result]
        checkins = select(schema.checkins).where(~schema.checkins.c.subject.like("chat:%"))
        found["checkins"] = [tuple(row) for row in await connection.execute(checkins)]
    return found


def leaks(shown: Iterable[Shown], secrets: Iterable[str] = SECRETS) -> list[str]:
    """Which secrets a phone showed, in texts, toasts or buttons."""
    seen = "\n".join(" ".join((one.text, *one.buttons)) for one in shown)
    return [secret for secret in secrets if secret in seen]
