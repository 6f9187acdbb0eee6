"""What this pretend Telegram remembers: people, chats, messages, and who listens to changes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import MovableClock
from bot.sandbox.counters import Counters
from bot.sandbox.errors import bad_request, forbidden, upgraded
from bot.sandbox.files import Files
from bot.sandbox.updates import UpdateQueue

Json = dict[str, Any]
Listener = Callable[[Json], None]


@dataclass(slots=True)
class Entry:
    """A message as the Bot API shows it, with what only the phone sees."""

    message: Json
    seq: int
    keyboard: Json | None = None
    earlier: list[str] = field(default_factory=list)
    deleted: bool = False

    def view(self) -> Json:
        """The message for a phone: with its deletion, earlier texts and reply keyboard."""
        return {
            "message": self.message,
            "seq": self.seq,
            "from_bot": self.from_bot,
            "edited": "edit_date" in self.message,
            "deleted": self.deleted,
            "protected": bool(self.message.get("has_protected_content")),
            "earlier": self.earlier,
            "keyboard": self.keyboard,
        }

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.message.get("from", {}).get("is_bot"))


@dataclass(slots=True)
class Person:
    """An account on the pretend Telegram; `profile` is its Bot API User."""

    profile: Json
    started: bool = False
    blocked: bool = False
    deactivated: bool = False


@dataclass(slots=True)
class Chat:
    """A chat with its messages in order; `info` is its Bot API Chat.

    A group has `members` (user ids), and the `bot` is in it with a status of the Bot API's
    ChatMember: member, administrator, left or kicked.
    """

    info: Json
    entries: dict[int, Entry] = field(default_factory=dict)
    keyboard: Json | None = None
    toasts: list[Json] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    bot: str = "member"
    moved_to: int | None = None
    """The id under which a group goes on since it was upgraded."""

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.info["type"] in {"group", "supergroup"}

    @property
    def has_bot(self) -> bool:
        """Whether the bot is here."""
        return self.bot in {"member", "administrator"}


@dataclass(slots=True)
class Query:
    """A button press that waits for its answer."""

    chat_id: int
    user_id: int
    asked_at: float


@dataclass(slots=True)
class Webhook:
    """Where updates are posted instead of being fetched."""

    url: str
    secret: str = ""
    last_error: str = ""


class World:
    """The whole state. Methods of the Bot API and of the phones meet here."""

    def __init__(self, clock: MovableClock, counters: Counters, files: Files, bot: Json) -> None:
        self.clock = clock
        self.counters = counters
        self.files = files
        self.bot = bot
        self.updates = UpdateQueue(counters)
        self.webhook: Webhook | None = None
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[str, list[Json]] = {}
        self.opened: set[int] = set()
        self.listeners: list[Listener] = []
        self._seq = 0
        self._waiters: dict[int, list[asyncio.Future[None]]] = {}

    @property
    def seq(self) -> int:
        """The number of the latest change."""
        return self._seq

    def restore_seq(self, seq: int) -> None:
        """Go on counting changes where an earlier run stopped."""
        self._seq = seq

    def timestamp(self) -> int:
        """Seconds since 1970 on the sandbox's clock."""
        return int(self.clock.now().timestamp())

    def writable_chat(self, chat_id: Any) -> Chat:
        """The chat that the bot wants to write to; refuses as Telegram does."""
        number = _chat_number(chat_id)
        chat = self.chats.get(number)
        person = self.people.get(number)
        if person is None:
            if chat is None:
                raise bad_request("chat not found")
            if chat.moved_to is not None:
                raise upgraded(chat.moved_to)
            if not chat.has_bot:
                raise forbidden(f"bot was kicked from the {chat.info['type']} chat")
            return chat
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if chat is None or not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def known_chat(self, chat_id: Any) -> Chat:
        """The chat with this id, also when the bot may not write there."""
        chat = self.chats.get(_chat_number(chat_id))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def add_message(self, chat: Chat, message: Json, keyboard: Json | None = None) -> Entry:
        """Put a message in its chat and tell the listeners."""
        self._seq += 1
        entry = Entry(message, self._seq, keyboard)
        chat.entries[message["message_id"]] = entry
        if keyboard is not None:
            chat.keyboard = None if keyboard.get("remove_keyboard") else keyboard
        self.announce("message", chat.info["id"], entry)
        return entry

    def changed(self, chat: Chat, entry: Entry) -> None:
        """A message was edited or deleted."""
        self._seq += 1
        entry.seq = self._seq
        self.announce("message", chat.info["id"], entry)

    def announce(self, kind: str, chat_id: int, about: Entry | Json | None = None) -> None:
        """Tell every listener, and wake who waits for a change."""
        if self._waiters:
            for waiter in self._waiters.pop(chat_id, ()):
                if not waiter.done():
                    waiter.set_result(None)
        if self.listeners:
            what = about.view() if isinstance(about, Entry) else about
            change = {"kind": kind, "chat_id": chat_id, "what": what}
            for listener in tuple(self.listeners):
                listener(change)

    async def wait_change(self, chat_id: int) -> None:
        """Wait until something is announced about a chat."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.setdefault(chat_id, []).append(waiter)
        await waiter


def _chat_number(chat_id: Any) -> int:
    if chat_id in (None, ""):
        raise bad_request("chat_id is empty")
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        raise bad_request("chat not found") from None
