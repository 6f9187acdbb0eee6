"""What a person does on a phone; each gesture becomes the update that Telegram would send."""

import re
import secrets
from typing import Any

from bot.sandbox.entities import found_entities
from bot.sandbox.errors import SandboxError
from bot.sandbox.formats import MAX_TEXT
from bot.sandbox.privacy import may_read
from bot.sandbox.sending import photo_sizes
from bot.sandbox.state import Chat, Entry, Json, Person, Query, World

# One grey pixel: stands for a picture where a test or a click brings none.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63a8aeae060002f401795d3a8d8f0000000049454e44ae426082"
)
_DEEP_LINK = re.compile(r"https?://t\.me/(?P<bot>\w+)(?:\?start=(?P<payload>[\w-]{1,64}))?")
_SILENCE = b"OggS" + bytes(60)


class Gestures:
    """Every method returns the message it made, as the Bot API shows it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def text(
        self, user_id: int, text: str, reply_to: int | None = None, chat_id: int | None = None
    ) -> Json:
        """Send a text to the bot, or to the group `chat_id`.

        A long one becomes several messages, as phones do. Returns the first.
        """
        parts = [text[i : i + MAX_TEXT] for i in range(0, len(text), MAX_TEXT)] or [""]
        sent = [
            self.message(user_id, reply_to=reply_to, chat_id=chat_id, **_worded(part))
            for part in parts
        ]
        return sent[0]

    def press(
        self,
        user_id: int,
        message_id: int,
        button: int | None = None,
        data: str | None = None,
        chat_id: int | None = None,
    ) -> str:
        """Press the inline button with this number (from 0, row by row), or send `data` as it is;
        in the chat with the bot, or in the group `chat_id`.

        Returns the id of the callback query; it is empty when the button is a link to the bot,
        which opens the person's own chat. Raises SandboxError if there is no such button.
        """
        entry = _entry(self._place(user_id, chat_id), message_id)
        if data is None:
            pressed = _button(entry, button or 0)
            if "callback_data" not in pressed:
                self.follow(user_id, str(pressed.get("url", "")))
                return ""
            data = str(pressed["callback_data"])
        return self._query(user_id, entry, data)

    def _query(self, user_id: int, entry: Entry, data: str) -> str:
        world, chat_id = self.world, entry.message["chat"]["id"]
        query_id = str(secrets.randbelow(10**18))
        world.queries[query_id] = Query(chat_id, user_id, world.clock.now().timestamp())
        payload = {
            "id": query_id,
            "from": self._person(user_id).profile,
            "message": entry.message,
            "chat_instance": str(chat_id * 7919),
            "data": data,
        }
        world.updates.put("callback_query", payload)
        return query_id

    def follow(self, user_id: int, url: str) -> Json:
        """Tap a link to the bot: opens the own chat and presses Start there, with what the link
        carries. Raises SandboxError for any other link: it tells the bot nothing.
        """
        found = _DEEP_LINK.fullmatch(url)
        if found is None or found["bot"].lower() != str(self.world.bot["username"]).lower():
            raise SandboxError("This link does not lead to the bot.")
        return self.text(user_id, f"/start {found['payload'] or ''}".strip())

    def photo(
        self,
        user_id: int,
        content: bytes = PIXEL,
        caption: str = "",
        reply_to: int | None = None,
    ) -> Json:
        """Send a photo."""
        picture = self._picture(content)
        return self.message(user_id, reply_to=reply_to, photo=picture, **_captioned(caption))

    def album(self, user_id: int, count: int = 2, caption: str = "") -> list[Json]:
        """Send several photos at once; only the first has the caption."""
        group = str(secrets.randbelow(10**16))
        return [
            self.message(
                user_id,
                photo=self._picture(PIXEL),
                media_group_id=group,
                **_captioned(caption if number == 0 else ""),
            )
            for number in range(count)
        ]

    def voice(self, user_id: int, seconds: int = 4, content: bytes = _SILENCE) -> Json:
        """Send a voice message."""
        stored = self.world.files.add(content, "voice", ".oga", "audio/ogg", seconds)
        voice = {**stored.reference(), "duration": seconds, "mime_type": "audio/ogg"}
        return self.message(user_id, voice=voice)

    def document(self, user_id: int, name: str = "brief.pdf", content: bytes = b"%PDF-1.4") -> Json:
        """Send a document."""
        stored = self.world.files.add(content, "documents", "", "application/octet-stream")
        document = {**stored.reference(), "file_name": name, "mime_type": stored.mime}
        return self.message(user_id, document=document)

    def location(self, user_id: int, latitude: float, longitude: float) -> Json:
        """Share a place."""
        return self.message(user_id, location={"latitude": latitude, "longitude": longitude})

    def contact(self, user_id: int, phone_number: str = "+31600000000") -> Json:
        """Share one's own contact."""
        profile = self._person(user_id).profile
        contact = {
            "phone_number": phone_number,
            "first_name": profile["first_name"],
            "user_id": user_id,
        }
        return self.message(user_id, contact=contact)

    def sticker(self, user_id: int, emoji: str = "👍") -> Json:
        """Send a sticker."""
        stored = self.world.files.add(PIXEL, "stickers", ".webp", "image/webp")
        sticker = {
            **stored.reference(),
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self.message(user_id, sticker=sticker)

    def forward(self, user_id: int, text: str, sender_name: str = "Iemand") -> Json:
        """Forward a text from someone who hides their account."""
        origin = {"type": "hidden_user", "sender_user_name": sender_name, "date": self._date()}
        return self.message(user_id, forward_origin=origin, **_worded(text))

    def edit(self, user_id: int, message_id: int, text: str) -> Json:
        """Change a text that this person sent earlier."""
        chat = self.world.chats[user_id]
        entry = _entry(chat, message_id)
        if entry.from_bot or "text" not in entry.message:
            raise SandboxError("Only a text of one's own can be edited.")
        entry.earlier.append(entry.message["text"])
        kept = {name: value for name, value in entry.message.items() if name != "entities"}
        entry.message = {**kept, **_worded(text), "edit_date": self._date()}
        self.world.changed(chat, entry)
        self.world.updates.put("edited_message", entry.message)
        return entry.message

    def message(
        self,
        user_id: int,
        *,
        reply_to: int | None = None,
        chat_id: int | None = None,
        **content: Any,
    ) -> Json:
        """Send a message with any content, such as `poll=…` or `dice=…`; to the bot, or to the
        group `chat_id`.
        """
        chat, person = self._place(user_id, chat_id), self._person(user_id)
        if not chat.is_group:
            if person.blocked:
                raise SandboxError("This person blocked the bot; unblock it first.")
            person.started = True
        if reply_to is not None:
            content["reply_to_message"] = _entry(chat, reply_to).message
        return self.post(chat, {"from": person.profile}, content)

    def post(self, chat: Chat, sender: Json, content: Json, kind: str = "message") -> Json:
        """Put a message from `sender` in a chat, and hand it to the bot if it may read it."""
        message = {
            "message_id": self.world.counters.next_message(),
            **sender,
            "chat": chat.info,
            "date": self._date(),
            **content,
        }
        self.world.add_message(chat, message)
        if may_read(chat, message, self.world.bot):
            self.world.updates.put(kind, message)
        return message

    def _place(self, user_id: int, chat_id: int | None) -> Chat:
        """The person's own chat with the bot, or a group that they are in."""
        self._person(user_id)
        chat = self.world.chats.get(user_id if chat_id is None else chat_id)
        if chat is None:
            raise SandboxError("There is no such chat.")
        if chat.is_group and user_id not in chat.members:
            raise SandboxError("This person is not in the group.")
        return chat

    def _date(self) -> int:
        return self.world.timestamp()

    def _person(self, user_id: int) -> Person:
        person = self.world.people.get(user_id)
        if person is None:
            raise SandboxError("Nobody has this id; add the person first.")
        return person

    def _picture(self, content: bytes) -> list[Json]:
        stored = self.world.files.add(content, "photos", ".jpg", _image_type(content))
        return photo_sizes(self.world.files, stored)


def _image_type(content: bytes) -> str:
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


def _worded(text: str) -> Json:
    entities = found_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _captioned(caption: str) -> Json:
    return {"caption": caption} if caption else {}


def _entry(chat: Chat, message_id: int) -> Entry:
    entry = chat.entries.get(message_id)
    if entry is None:
        raise SandboxError("There is no message with this id in the chat.")
    return entry


def _button(entry: Entry, number: int) -> Json:
    rows = entry.message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons: list[Json] = [button for row in rows for button in row]
    if not 0 <= number < len(buttons):
        raise SandboxError("The message has no such button.")
    return buttons[number]
