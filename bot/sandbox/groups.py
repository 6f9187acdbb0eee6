"""Groups and channels: who is in them, and what the bot hears of that."""

from collections.abc import Iterable

from bot.sandbox.errors import SandboxError
from bot.sandbox.gestures import Gestures
from bot.sandbox.state import Chat, Json


class Groups(Gestures):
    """What people do where others read along."""

    def add_group(
        self,
        chat_id: int,
        title: str,
        kind: str = "supergroup",
        members: Iterable[int] = (),
        *,
        with_bot: bool = True,
    ) -> Json:
        """Make a group or channel (`kind`: group, supergroup, channel). A bot that is in it from
        the start heard nothing of that.
        """
        status = "member" if with_bot else "left"
        chat = Chat({"id": chat_id, "type": kind, "title": title}, bot=status)
        chat.members = [self._person(user_id).profile["id"] for user_id in members]
        self.world.chats[chat_id] = chat
        self._announce(chat)
        return chat.info

    def join_group(self, chat_id: int, user_id: int) -> Json:
        """Come into a group."""
        chat, profile = self._group(chat_id), self._person(user_id).profile
        if user_id not in chat.members:
            chat.members.append(user_id)
        self._announce(chat)
        return self.post(chat, {"from": profile}, {"new_chat_members": [profile]})

    def leave_group(self, chat_id: int, user_id: int) -> Json:
        """Go out of a group."""
        chat, profile = self._place(user_id, chat_id), self._person(user_id).profile
        chat.members.remove(user_id)
        self._announce(chat)
        return self.post(chat, {"from": profile}, {"left_chat_member": profile})

    def add_bot(self, chat_id: int, user_id: int, payload: str = "") -> None:
        """Put the bot in a group; with a `payload` as a link with `startgroup` does, which also
        sends the start command with it.
        """
        chat = self._place(user_id, chat_id)
        if not chat.has_bot:
            self._change_bot(chat, user_id, "member")
            self._note(chat, user_id, {"new_chat_members": [self._bot()]})
        if payload:
            self.text(user_id, f"/start@{self.world.bot['username']} {payload}", chat_id=chat_id)

    def remove_bot(self, chat_id: int, user_id: int) -> None:
        """Put the bot out of a group."""
        chat = self._place(user_id, chat_id)
        if not chat.has_bot:
            raise SandboxError("The bot is not in this group.")
        self._note(chat, user_id, {"left_chat_member": self._bot()})
        self._change_bot(chat, user_id, "kicked" if chat.info["type"] == "supergroup" else "left")

    def upgrade_group(self, chat_id: int, new_id: int, user_id: int) -> Json:
        """Make a group a supergroup, as Telegram does when it gets an administrator or a name: it
        goes on under another id, and both ends say so.
        """
        old = self._place(user_id, chat_id)
        if old.info["type"] != "group":
            raise SandboxError("Only a group of the small kind can be upgraded.")
        info = {**old.info, "id": new_id, "type": "supergroup"}
        new = Chat(info, bot=old.bot, members=list(old.members))
        self.world.chats[new_id] = new
        self._note(old, user_id, {"migrate_to_chat_id": new_id})
        self._note(new, user_id, {"migrate_from_chat_id": chat_id})
        old.moved_to = new_id
        self._announce(new)
        return info

    def group_text(
        self, chat_id: int, user_id: int, text: str, reply_to: int | None = None
    ) -> Json:
        """Say something in a group; the bot reads it only if it is for the bot."""
        return self.text(user_id, text, reply_to, chat_id)

    def channel_post(self, chat_id: int, text: str) -> Json:
        """Post in a channel."""
        chat = self.world.chats[chat_id]
        return self.post(chat, {"sender_chat": chat.info}, {"text": text}, kind="channel_post")

    def _group(self, chat_id: int) -> Chat:
        chat = self.world.chats.get(chat_id)
        if chat is None or not chat.is_group:
            raise SandboxError("There is no such group.")
        return chat

    def _note(self, chat: Chat, user_id: int, content: Json) -> None:
        """A line that nobody wrote, about what this member did."""
        self.post(chat, {"from": self._person(user_id).profile}, content)

    def _change_bot(self, chat: Chat, user_id: int, status: str) -> None:
        before, chat.bot = chat.bot, status
        change = {
            "chat": chat.info,
            "from": self._person(user_id).profile,
            "date": self.world.timestamp(),
            "old_chat_member": self._membership(before),
            "new_chat_member": self._membership(status),
        }
        self.world.updates.put("my_chat_member", change)
        self._announce(chat)

    def _bot(self) -> Json:
        """The bot as a User of the Bot API."""
        return dict(self.world.bot)

    def _membership(self, status: str) -> Json:
        kept: Json = {"status": status, "user": self._bot()}
        return {**kept, "until_date": 0} if status == "kicked" else kept

    def _announce(self, chat: Chat) -> None:
        what = {"members": chat.members, "has_bot": chat.has_bot}
        self.world.announce("group", chat.info["id"], what)
