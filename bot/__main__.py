"""The `omzien` command."""

import asyncio
import logging
import sys
import tempfile
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvloop

from bot import upkeep
from bot.app import bot_link, opened, real_time, run
from bot.config import EXAMPLE, Settings, read_settings
from bot.core.errors import OmzienError
from bot.core.people import Role
from bot.core.worktime import Rules
from bot.covenants import load
from bot.invites import make_invite
from bot.logs import set_up_logging

log = logging.getLogger(__name__)

cli = typer.Typer(
    help="Omzien: a neighbourhood that looks after itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
cli.add_typer(db, name="db")


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes any free one.")] = 8086,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Don't open a browser.")] = False,  # noqa: FBT002 (typer makes a flag of it; no code passes it by position)
    data: Annotated[Path | None, typer.Option(help="Keep the game in this folder.")] = None,
) -> None:
    """Play with a pretend Telegram: no token, no account, no internet."""
    from bot.demo import demo as play  # noqa: PLC0415 (a live bot has no use for the sandbox)

    settings = read_settings()
    place = nullcontext(str(data)) if data else tempfile.TemporaryDirectory(prefix="omzien-")
    with place as folder:
        asyncio.run(
            play(
                port=port,
                data=Path(folder),
                covenant=settings.covenant,
                browser=not no_browser,
            )
        )


@cli.command("run")
def run_bot() -> None:
    """Run the bot on real Telegram."""
    set_up_logging(verbose=True)
    settings = read_settings()
    # What is open or has expired goes to the coordinator; that is better than no bot at all.
    rules = load(_covenant(settings), unfinished=True)
    uvloop.run(run(settings, rules, real_time))


@cli.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A covenant; else OMZIEN_COVENANT.")] = None,
) -> None:
    """Check a covenant: prints who does what, or each error with file and line."""
    from rich.console import Console  # noqa: PLC0415 (only this command draws tables)

    from bot.covenants.report import check as check_covenant  # noqa: PLC0415 (it draws with rich)

    path = file or read_settings().covenant or EXAMPLE
    raise typer.Exit(check_covenant(path, Console(), datetime.now(UTC).date()))


@cli.command()
def invite(
    role: Role,
    partner: Annotated[str | None, typer.Option(help="Id of the partner in the covenant.")] = None,
    circle: Annotated[str | None, typer.Option(help="Id of the circle in the covenant.")] = None,
) -> None:
    """Print a one-time link into a role."""
    settings = read_settings()
    rules = load(_covenant(settings))
    where = partner or circle
    if not where or (partner and circle):
        fail("Say where: --partner ID or --circle ID.")
    if circle and circle not in {known.id for known in rules.covenant.circles}:
        fail("The covenant has no circle with this id.")
    typer.echo(asyncio.run(_link(settings, rules, role, where)))


@db.command()
def upgrade() -> None:
    """Bring the database to the newest version."""
    asyncio.run(upkeep.upgrade(read_settings()))


@db.command()
def backup(file: Path) -> None:
    """Copy the database to FILE, also while the bot runs."""
    asyncio.run(upkeep.backup(read_settings(), file))


@db.command()
def restore(file: Path) -> None:
    """Put the database of FILE back, and erase again what was erased since. Stop the bot first."""
    asyncio.run(upkeep.restore(read_settings(), file))


async def _link(settings: Settings, rules: Rules, role: Role, where: str) -> str:
    async with opened(settings) as store:
        secret = await make_invite(store, rules, role, where, real_time())
    return await bot_link(settings, secret)


@db.command()
def rotate() -> None:
    """Seal everything with a new key. Stop the bot first."""
    typer.echo(f"{asyncio.run(upkeep.rotate(read_settings()))} values have a new seal.")


def _covenant(settings: Settings) -> Path:
    if settings.covenant is None:
        fail("Set OMZIEN_COVENANT to the covenant's file.")
    return settings.covenant


def fail(sentence: str) -> NoReturn:
    """Say what is wrong and stop."""
    typer.secho(sentence, err=True, fg=typer.colors.RED)
    raise typer.Exit(1)


def main() -> None:
    """Run the command; what people can mend is one sentence, not a traceback."""
    set_up_logging()
    try:
        cli()
    except OmzienError as error:
        sys.exit(str(error))
    except OSError as error:
        if error.filename is None:
            log.critical("stopped", exc_info=True)
            sys.exit(1)
        sys.exit(f"{error.filename}: {error.strerror}. Look at its name and its rights.")
    except Exception:
        # Its own words may quote contents: the log tells only what it is and where.
        log.critical("stopped", exc_info=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
