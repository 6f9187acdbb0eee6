"""The phones: what the bot shows on them, and the fingers that press and type."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.sandbox import Sandbox
from bot.sandbox.state import Chat, Json
from handlers.keyboards import Press
from tests.bench.neighbourhood import marks
from tests.bench.neighbourhood.mirror import Mirror
from tests.bench.neighbourhood.population import Resident

_KEPT = 60
"""Messages that stay on a phone; the bot never needs older ones."""


@dataclass(frozen=True)
class Shown:
    """A message with buttons on somebody's phone."""

    resident: Resident
    message_id: int
    presses: tuple[Press, ...]

    @property
    def verbs(self) -> frozenset[str]:
        """What its buttons do."""
        return frozenset(press.verb for press in self.presses)

    def with_verb(self, verb: str) -> tuple[Press, ...]:
        """Its buttons that do this."""
        return tuple(press for press in self.presses if press.verb == verb)


class Looker(Protocol):
    """Who looks at what appears."""

    def look(self, shown: Shown) -> None:
        """Somebody sees a message with buttons."""
        ...

    def look_in_group(self, circle: str, start: str) -> None:
        """A circle sees a message with a link in its group."""
        ...


class Phones:
    """Everyone's phone on the pretend Telegram."""

    def __init__(self, sandbox: Sandbox, mirror: Mirror) -> None:
        self.sandbox = sandbox
        self._mirror = mirror
        self.looker: Looker
        self._groups: dict[int, str] = {}
        self.pressed = 0
        self.typed = 0
        sandbox.world.listeners.append(self._changed)

    def enter(self) -> None:
        """Give everyone a phone on which the bot may write."""
        for one in self._mirror.population.by_user.values():
            person = one.person
            self.sandbox.control.add_user(one.user, person.first_name, person.language)
            self.sandbox.control.open_chat(one.user)
        for group in self._mirror.population.groups:
            if group.chat is not None:
                self.sandbox.control.add_group(group.chat, group.key)
                self._groups[group.chat] = group.key

    def press(self, shown: Shown, press: Press) -> None:
        """Press a button that stands there, or stood there a moment ago."""
        user, message_id = shown.resident.user, shown.message_id
        if self._chat(user).entries.get(message_id) is None or self._is_blocked(user):
            return
        self.pressed += 1
        self.sandbox.control.press(user, message_id, data=press.data)

    def stands(self, shown: Shown, press: Press) -> bool:
        """Whether the button still stands there."""
        entry = self._chat(shown.resident.user).entries.get(shown.message_id)
        return entry is not None and not entry.deleted and press in _presses(entry.message)

    def say(self, resident: Resident, text: str) -> None:
        """Type something."""
        if self._is_blocked(resident.user):
            return
        self.typed += 1
        for mark in marks.found(text):
            self._mirror.typed[mark].add(resident.key)
        self.sandbox.control.text(resident.user, text)

    def tidy(self) -> None:
        """Forget what is old, so that months fit in memory."""
        world = self.sandbox.world
        world.queries.clear()
        for chat in world.chats.values():
            chat.toasts.clear()
            for message_id in list(chat.entries)[:-_KEPT]:
                del chat.entries[message_id]

    def _chat(self, user: int) -> Chat:
        return self.sandbox.world.chats[user]

    def _is_blocked(self, user: int) -> bool:
        return self.sandbox.world.people[user].blocked

    def _changed(self, change: Json) -> None:
        if change["kind"] != "message" or not change["what"]["from_bot"]:
            return
        if change["chat_id"] in self._groups:
            for start in _links(change["what"]["message"]):
                self.looker.look_in_group(self._groups[change["chat_id"]], start)
            return
        resident = self._mirror.population.by_user.get(change["chat_id"])
        message = change["what"]["message"]
        presses = () if change["what"]["deleted"] else tuple(_presses(message))
        if resident is not None and presses:
            self.looker.look(Shown(resident, int(message["message_id"]), presses))


def _links(message: Json) -> Iterator[str]:
    """What the links below a message in a group start with."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from (b["url"].partition("?start=")[2] for b in row if "?start=" in b.get("url", ""))


def _presses(message: Json) -> Iterator[Press]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            press = Press.read(button.get("callback_data"))
            if press is not None:
                yield press
