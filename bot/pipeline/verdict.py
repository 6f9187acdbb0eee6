"""What Telegram's answer to a call means for that call."""

from enum import Enum, auto

from bot.core.ports import Call
from bot.telegram import Refused


class Verdict(Enum):
    """What to do with a refused call."""

    DONE = auto()
    """It no longer matters: expired, not modified, or the message is gone."""
    WAIT = auto()
    """Telegram asks for patience."""
    UNREACHABLE = auto()
    """This person does not get our messages."""
    BROKEN = auto()
    """Our own fault; no other try will do."""
    CLOSED = auto()
    """The token is not accepted: nothing at all can be sent now."""


# Parts of descriptions as Telegram words them; it has no codes for these.
_GONE = (
    "query is too old",
    "query id is invalid",
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message can't be deleted",
    "message can't be edited",
    "message_id_invalid",
)
_AWAY = ("chat not found", "peer_id_invalid", "user not found")

_FORBIDDEN, _UNAUTHORIZED, _NO_SUCH_BOT, _TOO_MANY = 403, 401, 404, 429


def judge(refused: Refused, call: Call) -> Verdict:
    """What `refused` means for `call`."""
    said = refused.description.lower()
    if refused.code == _TOO_MANY:
        return Verdict.WAIT
    if refused.code == _FORBIDDEN or any(part in said for part in _AWAY):
        return Verdict.UNREACHABLE
    if refused.code in (_UNAUTHORIZED, _NO_SUCH_BOT):
        return Verdict.CLOSED
    if call.unordered or any(part in said for part in _GONE):
        return Verdict.DONE
    return Verdict.BROKEN
