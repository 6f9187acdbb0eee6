"""The phones of a dialogue: who is who, what they do, and what the bot showed them since."""

import re
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.cast import PLACES
from bot.sandbox.state import Entry, Json
from tests.dialogues.village import Village

FIRST_USER = 1001
_GIVEN = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}(?![A-Z0-9])")
"""A code of a circle, as the bot gives it."""
_REPLY = re.compile(r'\(to "(.*?)"\) (.*)')
_PHOTO = re.compile(r"<photo(?:: (.*))?>")
FIRST_GROUP = -1000
FIRST_SUPERGROUP = -1_000_000_000_000


GROUP_GESTURES = {"add", "remove", "join", "leave", "upgrade"}


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
    """Everyone in a dialogue by name, and the groups they are in."""

    village: Village
    language: str = "nl"
    users: dict[str, int] = field(default_factory=dict)
    news: dict[int, deque[Shown]] = field(default_factory=dict)
    code: str = ""
    """The last code of a circle that the bot gave: `{code}` in a dialogue."""
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

    def make_group(self, title: str, members: list[str]) -> None:
        """Make a group of these people; the bot is not in it."""
        number = self.users[title] = FIRST_GROUP - len(self.users)
        self.news[number] = deque()
        ids = [self.user(name) for name in members]
        control = self.village.sandbox.control
        control.add_group(number, title, "group", members=ids, with_bot=False)

    def act(self, name: str, gesture: str, group: str = "") -> str:
        """Do what a line of a dialogue says: `[Button]`, `<voice>`, or a text; in a group if one
        is named. Returns on whose phone it happens: a link in a group opens the person's own chat.
        """
        user = self.user(name)
        gesture = gesture.replace("{code}", self.code)
        place = self.users[group] if group else user
        if gesture.startswith("["):
            label, old = gesture[1 : gesture.rindex("]")], "(old)" in gesture
            pressed = [
                self._press(user, place, label, old=old)
                for _time in range(2 if "(twice)" in gesture else 1)
            ]
            return group if group and all(pressed) else name
        if gesture.startswith("<"):
            kind, *what = re.split(r"[ :]+", gesture[1:-1], maxsplit=1)
            if kind in GROUP_GESTURES:
                self._group_gesture(user, place, gesture[1:-1])
            else:
                self._gesture(user, place, kind, *what)
        else:
            self._say(user, place, gesture)
        return group or name

    def entries(self, place: int) -> list[Entry]:
        """The messages that stand on a phone or in a group, oldest first."""
        chat = self.village.sandbox.world.chats[place]
        return [e for e in chat.entries.values() if not e.deleted]

    def _say(self, user: int, place: int, text: str) -> None:
        reply = _REPLY.fullmatch(text)
        control = self.village.sandbox.control
        to = None if reply is None else self._message(place, reply[1], from_bot=True)
        words = reply[2] if reply else text
        photo = _PHOTO.fullmatch(words)
        if photo:
            control.photo(user, caption=photo[1] or "", reply_to=to)
        else:
            assert not words.startswith("<"), "only words and photos can be a reply here"
            control.text(user, words, to, None if place == user else place)

    def _message(self, place: int, part: str, *, from_bot: bool) -> int:
        """The newest message with these words, of the bot or of a person."""
        for entry in reversed(self.entries(place)):
            if entry.from_bot == from_bot and part in entry.message.get("text", ""):
                return int(entry.message["message_id"])
        raise AssertionError(f"There is no message with {part!r}.")

    def _press(self, user: int, place: int, label: str, *, old: bool) -> str:
        """Press the newest button with this label, or the oldest one; what it asked of the bot is
        empty for a link.
        """
        entries, chat_id = self.entries(place), None if place == user else place
        for entry in entries if old else reversed(entries):
            for number, name in enumerate(_labels(entry.message)):
                if name == label or (label[-1] == "…" and name.startswith(label[:-1])):
                    message_id = int(entry.message["message_id"])
                    control = self.village.sandbox.control
                    return control.press(user, message_id, number, chat_id=chat_id)
        raise AssertionError(f"There is no button {label!r}.")

    def _group_gesture(self, user: int, place: int, gesture: str) -> None:
        control, (what, _, payload) = self.village.sandbox.control, gesture.partition(": ")
        match what:
            case "add bot":
                control.add_bot(place, user, payload)
            case "remove bot":
                control.remove_bot(place, user)
            case "join":
                control.join_group(place, user)
            case "leave":
                control.leave_group(place, user)
            case "upgrade":
                self._upgrade(user, place)
            case _:
                raise AssertionError(f"Nobody knows the gesture {gesture!r}.")

    def _upgrade(self, user: int, place: int) -> None:
        """The group goes on as a supergroup with another id, and the same name."""
        number = FIRST_SUPERGROUP + place
        title = next(name for name, known in self.users.items() if known == place)
        self.users[title], self.news[number] = number, self.news[place]
        self.village.sandbox.control.upgrade_group(place, number, user)

    def _gesture(self, user: int, place: int, kind: str, what: str = "") -> None:
        control, chat_id = self.village.sandbox.control, None if place == user else place
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
                last = self.entries(place)[-1].message["message_id"]
                control.press(user, last, data=what, chat_id=chat_id)
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
        self.code = next(iter(_GIVEN.findall(message.get("text") or "")), self.code)
        text = message.get("text") or _file(message) or f"<{_media(message)}>"
        # A press changes nothing on the screen, but announces the message.
        buttons = _labels(message)
        self.news[user].append(Shown("edits" if view["edited"] else "bot", text, buttons))


def _labels(message: Json) -> tuple[str, ...]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(button["text"] for row in rows for button in row)


def _file(message: Json) -> str:
    """The caption, after the name of the file if there is one."""
    name = message.get("document", {}).get("file_name")
    caption = str(message.get("caption", ""))
    return f"<document {name}> {caption}".strip() if name else caption


def _media(message: Json) -> str:
    return next((k for k in ("photo", "voice", "location", "document") if k in message), "?")
