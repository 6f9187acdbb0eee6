"""The hands of a test or of the page: people, chats, gestures, trouble and the clock."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from bot.sandbox.errors import SandboxError
from bot.sandbox.faults import Fault, Faults, Kind
from bot.sandbox.groups import Groups
from bot.sandbox.state import Chat, Json, Person, World

NextDue = Callable[[], Awaitable[datetime | None]]
Settled = Callable[[], Awaitable[None]]


class Control(Groups):
    """Everything that happens on the pretend Telegram without the bot asking for it."""

    def __init__(self, world: World, faults: Faults, next_due: NextDue | None = None) -> None:
        super().__init__(world)
        self.faults = faults
        self._next_due = next_due
        self._stops: tuple[NextDue, Settled] | None = None

    def add_user(
        self,
        user_id: int,
        first_name: str,
        language_code: str = "nl",
        username: str | None = None,
    ) -> Json:
        """Make an account; the bot can't write to it before its first message or `open_chat`."""
        profile: Json = {
            "id": user_id,
            "is_bot": False,
            "first_name": first_name,
            "language_code": language_code,
        }
        info: Json = {"id": user_id, "type": "private", "first_name": first_name}
        if username:
            profile["username"] = info["username"] = username
        self.world.people[user_id] = Person(profile)
        self.world.chats[user_id] = Chat(info)
        self.world.announce("person", user_id, profile)
        return profile

    def open_chat(self, user_id: int) -> None:
        """Let the bot write to this person, as if they had started it before."""
        self._person(user_id).started = True

    def set_language(self, user_id: int, language_code: str) -> None:
        """Switch the language of a phone."""
        person = self._person(user_id)
        person.profile = {**person.profile, "language_code": language_code}
        self.world.announce("person", user_id, person.profile)

    def block(self, user_id: int) -> None:
        """Block the bot; it gets a my_chat_member update."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Take the block away."""
        self._set_blocked(user_id, blocked=False)

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        person = self._person(user_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        bot = self.world.bot
        gone = {"user": bot, "status": "kicked", "until_date": 0}
        here = {"user": bot, "status": "member"}
        change = {
            "chat": self.world.chats[user_id].info,
            "from": person.profile,
            "date": self.world.timestamp(),
            "old_chat_member": here if blocked else gone,
            "new_chat_member": gone if blocked else here,
        }
        self.world.updates.put("my_chat_member", change)
        self.world.announce("person", user_id, person.profile)

    def deactivate(self, user_id: int) -> None:
        """Delete the account: the bot gets 403 from now on."""
        self._person(user_id).deactivated = True

    def inline_query(self, user_id: int, query: str) -> None:
        """Type the bot's name and a query in some other chat."""
        payload = {
            "id": str(self.world.counters.next_update()),
            "from": self._person(user_id).profile,
            "query": query,
            "offset": "",
        }
        self.world.updates.put("inline_query", payload)

    def push(self, update: Json) -> None:
        """Hand the bot this update exactly as it is: a duplicate, poison, out of order."""
        self.world.updates.push(update)

    def read(self, chat_id: int, since: int = 0) -> list[Json]:
        """The messages of a chat in order, each as a phone shows it; only those changed after the
        change numbered `since`.
        """
        chat = self.world.chats.get(chat_id)
        if chat is None:
            raise SandboxError("There is no such chat.")
        return [entry.view() for entry in chat.entries.values() if entry.seq > since]

    def toasts(self, chat_id: int) -> list[Json]:
        """The answers to button presses in a chat, oldest first."""
        return self.world.chats[chat_id].toasts

    def live_through(self, next_stop: NextDue, settled: Settled) -> None:
        """Let each move of the clock stop at the moments on its way until `settled` returns, so
        that a morning's message does not come in the afternoon.
        """
        self._stops = (next_stop, settled)

    async def advance(self, seconds: float) -> str:
        """Move the clock forward; returns the new time."""
        if seconds < 0:
            raise SandboxError("The clock only moves forward.")
        return await self._move(self.world.clock.now() + timedelta(seconds=seconds))

    async def advance_to_next(self) -> str | None:
        """Move the clock to what is due next and no further; None if nothing is planned."""
        due = await self._next_due() if self._next_due else None
        if due is None:
            return None
        return await self._move(due)

    async def _move(self, until: datetime) -> str:
        clock = self.world.clock
        if self._stops is None:
            clock.advance_to(until)
            return clock.now().isoformat()
        next_stop, settled = self._stops
        passed = clock.now()
        while (stop := await next_stop()) and passed < stop < until:
            clock.advance_to(stop)
            await settled()
            passed = stop
        clock.advance_to(until)
        await settled()
        return clock.now().isoformat()

    def fail(
        self,
        kind: str,
        *,
        calls: int = 0,
        probability: float = 0.0,
        seed: int = 0,
        retry_after: int = 1,
        methods: Iterable[str] = (),
        chat_id: int | None = None,
    ) -> None:
        """Let the next `calls` calls fail, or each with a `probability`; see `faults.Kind`."""
        fault = Fault(Kind(kind), calls, probability, retry_after, frozenset(methods), chat_id)
        self.faults.add(fault, seed)

    def recover(self) -> None:
        """Let every call succeed again."""
        self.faults.clear()
