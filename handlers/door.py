"""The door: what the receiver must know of a raw update before it is stored."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.core import danger
from bot.core.ports import Call, Priority
from bot.core.words import _, line
from handlers.paragraphs import joined
from handlers.turn import House

LanguageOf = Callable[[str], Awaitable[str | None]]
"""The language that a person chose, by person key; None when we don't know the person."""

UNSEEN = _("Nobody sees or hears this now. Is someone in danger? Call {number}.")
# Nobody listens or looks at the moment that these come in.
_UNREAD = ("voice", "audio", "video", "video_note", "photo")
_CARRIERS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")


class Door:
    """Looks at updates as they came: they may be anything, so nothing is taken for granted."""

    def __init__(self, house: House, language_of: LanguageOf) -> None:
        self._house = house
        self._language_of = language_of

    def lane(self, update: Mapping[str, Any]) -> str:
        """The person key of who sent it; without one, a lane of its own for each chat."""
        sender = _part(_carried(update), "from").get("id")
        if isinstance(sender, int):
            return self._house.person_key(sender)
        return self._house.lookup("chat", str(_chat(update).get("id")))

    async def alarm(self, update: Mapping[str, Any]) -> tuple[Call, ...]:
        """The right numbers for words of danger; for what nobody reads now, where to call."""
        message = _part(update, "message") or _part(update, "edited_message")
        chat_id = _part(message, "chat").get("id")
        if not isinstance(chat_id, int) or _part(message, "chat").get("type") != "private":
            return ()
        text = _text(message, "text") or _text(message, "caption")
        found = next(filter(None, map(danger.find, _readings(text))), None)
        if found is None and (_in_album(message) or not any(s in message for s in _UNREAD)):
            return ()
        covenant = self._house.rules.covenant
        unread = (line(UNSEEN, number=danger.EMERGENCY),)
        says = danger.answer(found, covenant) if found else unread
        voice = self._house.speaker(await self._language(message))
        params = {
            "chat_id": chat_id,
            "text": voice.html(joined(says, voice)),
            "parse_mode": "HTML",
        }
        return (
            Call(
                chat=self._house.person_key(chat_id),
                method="sendMessage",
                params=params,
                priority=Priority.DANGER,
            ),
        )

    async def _language(self, message: Mapping[str, Any]) -> str:
        sender = _part(message, "from")
        if isinstance(sender.get("id"), int):
            chosen = await self._language_of(self._house.person_key(sender["id"]))
            if chosen:
                return chosen
        return self._house.language(sender.get("language_code"))


def _carried(update: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((_part(update, name) for name in _CARRIERS if _part(update, name)), {})


def _chat(update: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((_part(v, "chat") for v in update.values() if isinstance(v, Mapping)), {})


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, Mapping) else {}


def _in_album(message: Mapping[str, Any]) -> bool:
    """One of several photos: that nobody sees them is said once, in the turn of the first."""
    return "media_group_id" in message


def _readings(text: str) -> tuple[str, ...]:
    """What someone says, with and without the command before it; the commands `/help` and `/hulp`
    are no cry for help, what stands behind them may be.
    """
    if not text.startswith("/"):
        return (text,)
    command, *rest = text.split(maxsplit=1)
    asks = command.partition("@")[0].lower() in {"/help", "/hulp"}
    return tuple(rest) if asks else (*rest, text)


def _text(message: Mapping[str, Any], name: str) -> str:
    text = message.get(name)
    return text if isinstance(text, str) else ""
