"""The turn: the context that every handler gets. It reads, decides what is said, and records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.access import require
from bot.core.checkins import CheckIn, schedule
from bot.core.covenant import Right
from bot.core.errors import NotFound
from bot.core.helping.asks import Ask
from bot.core.helping.neighbours import Neighbour
from bot.core.items import Access, Item
from bot.core.lifecycle import Change
from bot.core.people import Person
from bot.core.ports import Call, Heard, Priority, Records
from bot.core.words import Line, line
from bot.core.worktime import Rules
from handlers.keyboards import Press, Rows, markup
from handlers.speech import Speaker, speaker

LookUp = Callable[[str, str | int], str]
"""The keyed hash of a value: of what sort it is, and the value."""


@dataclass(frozen=True)
class House:
    """What all turns share: the rules, the hashes, randomness, and the bot's name for links."""

    rules: Rules
    lookup: LookUp
    random: Callable[[int], int]
    """A random whole number below the given one, fit for secrets."""
    bot_name: str

    def person_key(self, telegram_id: int) -> str:
        """The key of the person with this Telegram id."""
        return self.lookup("person", telegram_id)

    def language(self, code: object) -> str:
        """The language of the covenant that a phone's `code` asks for, else the first one."""
        languages = self.rules.covenant.languages
        spoken = code[:2].lower() if isinstance(code, str) else ""
        return spoken if spoken in languages else languages[0]

    def speaker(self, language: str) -> Speaker:
        """Who speaks `language`."""
        return speaker(language, self.rules.covenant.hours.zone)


@dataclass
class Turn:
    """One input on its way through: what it may read, and what it has decided.

    Signals have no person: then `person` is None and texts go to people by name.
    """

    house: House
    records: Records
    now: datetime
    sender: Person | None = None
    press: Press | None = None
    query: str | None = None
    """The id of the button press to answer; None when there is none or it is answered."""
    pressed: int | None = None
    """The id of the message whose button was pressed."""
    args: list[str] | None = None
    """The words after a command (set by PTB)."""
    matches: Any = None
    """What a pattern found (set by PTB)."""
    answered: tuple[int, ...] = ()
    """The messages that the answers of a form came from that is finished in this turn."""

    @property
    def person(self) -> Person:
        """Who sent this; `NotFound` for a signal, which nobody sent."""
        if self.sender is None:
            raise NotFound
        return self.sender

    @property
    def rules(self) -> Rules:
        """The covenant and its calendar."""
        return self.house.rules

    def today(self, moments: Iterable[datetime]) -> tuple[datetime, ...]:
        """Those of the moments that are today."""
        return self.rules.calendar.on_day_of(self.now, moments)

    # Saying

    def say(
        self,
        text: Line,
        rows: Rows = (),
        *,
        to: Person | None = None,
        card: str | None = None,
        item: str | None = None,
        protect: bool = False,
        silent: bool = False,
        priority: Priority = Priority.ANSWER,
    ) -> None:
        """Send `text` with buttons, to who is talking or to someone else, in their language.

        `card` names the message for later edits; `item` makes replies to it belong to that item;
        `protect` forbids forwarding and copying; `silent` makes the phone keep quiet.
        """
        reader = to or self.person
        params = self._text(reader, text, rows)
        params |= {"protect_content": True} if protect else {}
        params |= {"disable_notification": True} if silent else {}
        self.records.append(
            Call(
                chat=reader.key,
                method="sendMessage",
                params=params,
                priority=priority,
                card=card,
                item=item,
            )
        )

    def edit(self, card: str, line: Line, rows: Rows = (), *, to: Person | None = None) -> None:
        """Replace what stands in a chat under the name `card`."""
        reader = to or self.person
        params = self._text(reader, line, rows)
        self.records.append(
            Call(
                chat=reader.key,
                method="editMessageText",
                params=params,
                card=card,
                priority=Priority.CHECKIN if to else Priority.ANSWER,
            )
        )

    def change(
        self,
        message_id: int,
        text: Line,
        rows: Rows = (),
        *,
        to: Person | None = None,
        card: str | None = None,
    ) -> None:
        """Replace one message of who is talking, or of someone else; `card` is its new name."""
        params = {**self._text(to or self.person, text, rows), "message_id": message_id}
        priority = Priority.CHECKIN if to else Priority.ANSWER
        self.call("editMessageText", params, to=to, card=card, priority=priority)

    def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        to: Person | None = None,
        card: str | None = None,
        item: str | None = None,
        priority: Priority = Priority.ANSWER,
    ) -> None:
        """Call any other method for a chat; `chat_id` is filled in."""
        reader = to or self.person
        self.records.append(
            Call(
                chat=reader.key,
                method=method,
                params={"chat_id": reader.address, **params},
                card=card,
                item=item,
                priority=priority,
            )
        )

    def set_commands(self, params: Mapping[str, Any]) -> None:
        """Set the list of commands of the person's chat; it may fail, nothing depends on it."""
        self.records.append(
            Call(chat=self.person.key, method="setMyCommands", params=params, unordered=True)
        )

    def toast(self, line: Line, *, alert: bool = False) -> None:
        """Answer the button press with a short text at the top of the screen, once."""
        self._answer_press({"text": self.speaker.plain(line)[:200], "show_alert": alert})

    def refuse(self, why: str) -> None:
        """Undo what this turn decided so far and say why; a signal is refused in silence."""
        self.records.discard()
        if self.sender is None:
            return
        self.records.put(self.sender)
        if self.query is not None:
            self.toast(line(why), alert=True)
        else:
            self.say(line(why))

    def answer_press(self) -> None:
        """Answer the button press without a word, unless that was done already."""
        self._answer_press({})

    def _answer_press(self, params: Mapping[str, Any]) -> None:
        if self.query is not None:
            self.records.append(
                Call(
                    chat=self.person.key,
                    method="answerCallbackQuery",
                    unordered=True,
                    params={"callback_query_id": self.query, **params},
                )
            )
            self.query = None

    @property
    def speaker(self) -> Speaker:
        """Who speaks the language of the person."""
        return self.house.speaker(self.person.language)

    def _text(self, reader: Person, line: Line, rows: Rows) -> dict[str, Any]:
        voice = self.house.speaker(reader.language)
        params: dict[str, Any] = {
            "chat_id": reader.address,
            "text": voice.html(line),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if rows:
            params["reply_markup"] = markup(rows, voice)
        return params

    # Reading

    async def item(self, key: str) -> Item:
        """The item with this key, without its contents being read by anyone; `NotFound`."""
        found = await self.records.get(Item, key)
        if found is None:
            raise NotFound
        return found

    async def own(self, key: str) -> Item:
        """An item that the person raised; `NotFound` for anyone else."""
        found = await self.item(key)
        if found.reporter != self.person.key:
            raise NotFound
        return found

    async def may(self, key: str, right: Right) -> tuple[Item, str]:
        """The item and the partner for which the person may do this with it; else `NotAllowed`."""
        found = await self.item(key)
        return found, require(self.person, right, found, self.rules, self.now)

    async def read(self, key: str, what: str, right: Right = Right.SEE) -> tuple[Item, str]:
        """As `may`, and the contents are read: that goes into the access log."""
        found, partner = await self.may(key, right)
        self.records.append(
            Access(item=key, person=self.person.key, partner=partner, at=self.now, what=what)
        )
        return found, partner

    async def ask(self, key: str) -> Ask:
        """The ask with this key; whoever asks for it checks who may see it. `NotFound`."""
        found = await self.records.get(Ask, key)
        if found is None:
            raise NotFound
        return found

    async def neighbour(self, key: str | None = None) -> Neighbour:
        """What a person, or who is talking, is among neighbours; nothing yet when new there."""
        key = key or self.person.key
        return await self.records.get(Neighbour, key) or Neighbour(key=key)

    # Recording

    def keep(self, change: Change) -> None:
        """Record what happened to an item, and when it is asked after next."""
        self.records.put(change.item)
        for event in change.events:
            self.records.append(event)
        self.records.schedule(change.item.key, schedule(change.item, self.rules))

    def keep_person(self, person: Person) -> None:
        """Keep what changed about who is talking."""
        self.sender = person
        self.records.put(person)

    def belong(self, message_ids: Iterable[int], item: str) -> None:
        """Remember that messages of the person are about an item, for when they are edited."""
        for message_id in message_ids:
            self.records.append(
                Heard(chat=self.person.key, message_id=message_id, at=self.now, item=item)
            )

    def plan(self, subject: str, *checkins: CheckIn) -> None:
        """Plan check-ins of something other than an item, in place of what was planned."""
        self.records.schedule(subject, checkins)
