"""A phone for tests: says, presses and waits as a person would, without ever sleeping."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.sandbox.app import Sandbox
from bot.sandbox.state import Chat, Entry, Json

DEFAULT_SECONDS = 10.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as the person sees it; `seq` rises with every change of the message."""

    message_id: int
    text: str
    from_bot: bool
    buttons: tuple[str, ...]
    keyboard: tuple[str, ...]
    edited: bool
    deleted: bool
    protected: bool
    seq: int
    raw: Json

    @classmethod
    def of(cls, entry: Entry) -> "Bubble":
        """The view of one message."""
        message = entry.message
        return cls(
            message_id=message["message_id"],
            text=str(message.get("text", message.get("caption", ""))),
            from_bot=entry.from_bot,
            buttons=tuple(button["text"] for button in _inline(message)),
            keyboard=tuple(_reply_labels(entry.keyboard)),
            edited="edit_date" in message,
            deleted=entry.deleted,
            protected=bool(message.get("has_protected_content")),
            seq=entry.seq,
            raw=message,
        )


Wanted = str | Callable[[Bubble], bool]


class Phone:
    """One person's phone in a sandbox of the same process."""

    def __init__(
        self, server: Sandbox, user_id: int, first_name: str = "Anna", language: str = "nl"
    ) -> None:
        self.user_id = user_id
        self._server = server
        self._world = server.world
        self._seen = 0
        if user_id not in self._world.people:
            server.control.add_user(user_id, first_name, language)

    @property
    def _chat(self) -> Chat:
        return self._world.chats[self.user_id]

    @property
    def messages(self) -> list[Bubble]:
        """All messages that are not deleted, oldest first."""
        return [Bubble.of(e) for e in self._chat.entries.values() if not e.deleted]

    @property
    def last(self) -> Bubble:
        """The newest message of the bot."""
        return [bubble for bubble in self.messages if bubble.from_bot][-1]

    @property
    def toasts(self) -> list[str]:
        """The texts of the answers to button presses, oldest first; empty ones left out."""
        return [toast["text"] for toast in self._chat.toasts if toast["text"]]

    async def send(self, text: str, reply_to: int | None = None) -> int:
        """Send a text; returns its message id."""
        self._mark()
        return int(self._server.control.text(self.user_id, text, reply_to)["message_id"])

    async def press(self, label: str, within: float = DEFAULT_SECONDS) -> str:
        """Press the newest button with this label, waiting for it to appear.

        A label that ends with `…` may go on. A button of a reply keyboard sends its text. Returns
        the id of the callback query, or an empty text for a reply keyboard.
        """
        await self._wait(lambda: self._has(label), f"a button {label!r}", within)
        self._mark()
        for bubble in reversed(self.messages):
            for number, name in enumerate(bubble.buttons):
                if _fits(name, label):
                    return self._server.control.press(self.user_id, bubble.message_id, number)
        self._server.control.text(self.user_id, self._reply_button(label))
        return ""

    async def changed(self) -> None:
        """Wait until anything happens on this phone."""
        await self._world.wait_change(self.user_id)

    async def expect(self, wanted: Wanted, within: float = DEFAULT_SECONDS) -> Bubble:
        """Wait for a message of the bot, new or edited since this phone last did or expected
        something, that contains `wanted` (or for which it is true).

        Raises AssertionError with what is on the phone when it does not come `within` seconds.
        """
        fits = _contains(wanted) if isinstance(wanted, str) else wanted
        found = await self._wait(lambda: self._fresh(fits), f"{wanted!r}", within)
        self._seen = found.seq
        return found

    async def expect_toast(self, wanted: str = "", within: float = DEFAULT_SECONDS) -> str:
        """Wait for an answer to a button press that contains `wanted`."""
        return await self._wait(
            lambda: next((t for t in reversed(self.toasts) if wanted in t), None),
            f"a toast {wanted!r}",
            within,
        )

    def _mark(self) -> None:
        self._seen = self._world.seq

    def _fresh(self, fits: Callable[[Bubble], bool]) -> Bubble | None:
        news = (b for b in self._by_change() if b.seq > self._seen and b.from_bot)
        return next((bubble for bubble in news if fits(bubble)), None)

    def _by_change(self) -> list[Bubble]:
        return sorted(self.messages, key=lambda bubble: bubble.seq)

    def _has(self, label: str) -> bool:
        names = (name for bubble in self.messages for name in bubble.buttons)
        return any(_fits(name, label) for name in names) or bool(self._reply_button(label))

    def _reply_button(self, label: str) -> str:
        labels = _reply_labels(self._chat.keyboard)
        return next((name for name in labels if _fits(name, label)), "")

    async def _wait(self, condition: Callable[[], T | None], what: str, within: float) -> T:
        try:
            async with asyncio.timeout(within):
                while not (found := condition()):
                    await self._world.wait_change(self.user_id)
        except TimeoutError:
            raise AssertionError(f"{what} did not come. On the phone: {self._screen()}") from None
        return found

    def _screen(self) -> str:
        lines = [
            f"{'bot' if b.from_bot else 'me'}: {b.text} {list(b.buttons)}"
            for b in self.messages[-6:]
        ]
        return "\n" + "\n".join(lines)


def _contains(text: str) -> Callable[[Bubble], bool]:
    return lambda bubble: text in bubble.text


def _fits(name: str, label: str) -> bool:
    return name.startswith(label[:-1]) if label.endswith("…") else name == label


def _inline(message: Json) -> Iterator[Json]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield from row


def _reply_labels(keyboard: Json | None) -> Iterator[str]:
    for row in (keyboard or {}).get("keyboard", []):
        for button in row:
            yield button["text"]
