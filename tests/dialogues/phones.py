"""The phones of a dialogue: who is who, what they do, and what the bot showed them since."""

import re
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.cast import PLACES
from bot.sandbox.state import Entry, Json
from tests.dialogues.village import Village

FIRST_USER = 1001


@dataclass(frozen=True)
class Shown:
    """One thing that the bot did on a phone: `bot`, `edits`, `deletes` or `toast`."""

    what: str
    text: str
    buttons: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As a dialogue writes it."""
        flat = " ".join(self.text.split())
        return f"{self.what}: {flat} {' '.join(f'[{b}]' for b in self.buttons)}".strip()


@dataclass
class Phones:
    """Everyone in a dialogue by name."""

    village: Village
    language: str = "nl"
    users: dict[str, int] = field(default_factory=dict)
    news: dict[int, deque[Shown]] = field(default_factory=dict)
    _texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Listen to what happens on the phones."""
        self.village.sandbox.world.listeners.append(self._note)

    def user(self, name: str, language: str | None = None) -> int:
        """The Telegram id of someone; who is new gets a phone."""
        if name not in self.users:
            number = self.users[name] = FIRST_USER + len(self.users)
            self.news[number] = deque()
            control = self.village.sandbox.control
            control.add_user(number, name.capitalize(), language or self.language)
        return self.users[name]

    def act(self, name: str, gesture: str) -> None:
        """Do what a line of a dialogue says: `[Button]`, `<voice>`, or a text."""
        user = self.user(name)
        if gesture.startswith("["):
            for _time in range(2 if "(twice)" in gesture else 1):
                self._press(user, gesture[1 : gesture.rindex("]")], old="(old)" in gesture)
        elif gesture.startswith("<"):
            self._gesture(user, *re.split(r"[ :]+", gesture[1:-1], maxsplit=1))
        else:
            self._say(user, gesture)

    def entries(self, user: int) -> list[Entry]:
        """The messages that stand on a phone, oldest first."""
        chat = self.village.sandbox.world.chats[user]
        return [e for e in chat.entries.values() if not e.deleted]

    def _say(self, user: int, text: str) -> None:
        reply = re.fullmatch(r'\(to "(.*?)"\) (.*)', text)
        control = self.village.sandbox.control
        if reply is None:
            control.text(user, text)
        else:
            control.text(user, reply[2], self._message(user, reply[1], from_bot=True))

    def _message(self, user: int, part: str, *, from_bot: bool) -> int:
        """The newest message with these words, of the bot or of the person."""
        for entry in reversed(self.entries(user)):
            if entry.from_bot == from_bot and part in entry.message.get("text", ""):
                return int(entry.message["message_id"])
        raise AssertionError(f"There is no message with {part!r}.")

    def _press(self, user: int, label: str, *, old: bool) -> None:
        """Press the newest button with this label, or the oldest one."""
        entries = self.entries(user)
        for entry in entries if old else reversed(entries):
            for number, name in enumerate(_labels(entry.message)):
                if name == label or (label[-1] == "…" and name.startswith(label[:-1])):
                    message_id = int(entry.message["message_id"])
                    self.village.sandbox.control.press(user, message_id, number)
                    return
        raise AssertionError(f"There is no button {label!r}.")

    def _gesture(self, user: int, kind: str, what: str = "") -> None:
        control = self.village.sandbox.control
        match kind:
            case "photo":
                control.photo(user, caption=what)
            case "album":
                control.album(user, count=int(what or 2))
            case "location":
                control.location(user, *PLACES[what])
            case "forward":
                control.forward(user, what)
            case "edit":
                before, after = what.split(" → ")
                control.edit(user, self._message(user, before, from_bot=False), after)
            case "voice" | "contact" | "sticker" | "document" | "block" | "unblock":
                getattr(control, kind)(user)
            case "forged":
                control.press(user, self.entries(user)[-1].message["message_id"], data=what)
            case _:
                raise AssertionError(f"Nobody knows the gesture {kind!r}.")

    def _note(self, change: Json) -> None:
        user, what = change["chat_id"], change["what"]
        if user not in self.news:
            return
        if change["kind"] == "toast" and what["text"]:
            self.news[user].append(Shown("toast", what["text"]))
        elif change["kind"] == "message" and (what["from_bot"] or what["deleted"]):
            self._note_message(user, what)

    def _note_message(self, user: int, view: Json) -> None:
        message = view["message"]
        news = self.news[user]
        if view["deleted"]:
            many = news.pop().text if news and news[-1].what == "deletes" else "0"
            news.append(Shown("deletes", str(int(many) + 1)))
            return
        text = message.get("text") or message.get("caption") or f"<{_media(message)}>"
        # A press changes nothing on the screen, but announces the message.
        buttons = _labels(message)
        self.news[user].append(Shown("edits" if view["edited"] else "bot", text, buttons))


def _labels(message: Json) -> tuple[str, ...]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(button["text"] for row in rows for button in row)


def _media(message: Json) -> str:
    return next((k for k in ("photo", "voice", "location", "document") if k in message), "?")
