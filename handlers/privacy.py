"""Privacy: what is kept, who sees it, for how long, and how it is erased."""

from telegram import Update

from bot.core.words import Line, _, line, plural
from handlers import menu
from handlers.clearing import CLEAR
from handlers.commands import on_command
from handlers.paragraphs import joined
from handlers.turn import Turn

_CONFIDENTIAL = _("This is confidential, not anonymous. Telegram can technically read along.")
_KEPT = _("We keep your report, your first name and your Telegram number, locked away.")
_WHO = _("Only partners with a mandate for your subject and village can open it.")
_LOG = _("Each time someone opens it, that is written down. You can ask who it was.")
_DRAFTS = _("What you don't send is erased after {hours} hours.")
_WITHDRAWN = _("What you withdraw is erased after {days} days.")
_CONTENTS = _("Your words are erased {days} days after a report has ended.")
_LINK = _("That it was you is erased {days} days after a report has ended.")
_ASKS = _("What you asked of neighbours is erased {days} days after it has ended.")
_OFFER = _("What you offer neighbours stays until you stop offering.")
_ROW = _("After that only its code and dates stay, for {period}.")
_LOGS = _("Who opened it is kept for {period}.")
_BACKUPS = _("We keep copies for emergencies. Those are erased after {days} days.")
_YEAR = 365
"""Days, as the covenant counts them."""
_ERASE = _("To withdraw a report, tap My help and reports. To have more erased, call {phone}.")
_ERASE_NO_PHONE = _("To withdraw a report, tap My help and reports.")


async def show(_update: Update, turn: Turn) -> None:
    """The whole of it in plain words, with the covenant's own periods."""
    covenant = turn.rules.covenant
    kept = covenant.retention
    erase = line(_ERASE, phone=covenant.local_phone) if covenant.local_phone else None
    says = [
        line(_CONFIDENTIAL),
        line(_KEPT),
        line(_WHO),
        line(_LOG),
        line(_DRAFTS, hours=covenant.times.draft_hours),
        line(_WITHDRAWN, days=kept.withdrawn),
        line(_CONTENTS, days=kept.contents),
        line(_LINK, days=kept.reporter_link),
        line(_ROW, period=_period(kept.bare_row)),
        line(_ASKS, days=kept.help_done),
        line(_OFFER),
        line(_LOGS, period=_period(kept.access_log)),
        line(_BACKUPS, days=kept.backups),
        erase or line(_ERASE_NO_PHONE),
    ]
    turn.say(joined(says, turn.speaker), [[menu.MY_ITEMS], [CLEAR]])


def _period(days: int) -> Line:
    """In years where it is whole years."""
    if days % _YEAR:
        return plural("{count} day", "{count} days", days)
    return plural("{count} year", "{count} years", days // _YEAR)


HANDLERS = [on_command("privacy", show)]
