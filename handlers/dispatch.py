"""One input becomes one turn: parse it, find its person, let the first handler that fits act."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from telegram import Bot, Update, User
from telegram.ext import BaseHandler, CommandHandler
from telegram.request import BaseRequest

from bot.core.errors import NotAllowed, NotFound, OmzienError, Stale
from bot.core.given import clean
from bot.core.people import Person
from bot.core.ports import SIGNALS, Heard, Records, Signal
from bot.core.queue import Input
from bot.core.words import _
from handlers.keyboards import OnPress, Press
from handlers.turn import House, Turn

REFUSALS = {
    NotAllowed: _("You can't do this (any more)."),
    NotFound: _("This is not there any more."),
    Stale: _("Someone was before you. Look at the newest message."),
}
LONGEST_NAME = 64
"""Characters of a first name (Telegram's own limit)."""
Handlers = Sequence["BaseHandler[Any, Any, Any]"]


class Unhandled(OmzienError):
    """No handler fits this input."""


class Miswired(OmzienError):
    """A handler runs outside the turn; leave `block` as it is."""


class NoNetwork(OmzienError):
    """A handler may not call Telegram; say it through the turn."""


class _Refusing(BaseRequest):
    """A transport that goes nowhere: what a handler wants to send belongs in the outbox."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_args: Any, **_kwargs: Any) -> tuple[int, bytes]:
        raise NoNetwork


class SilentBot(Bot):
    """The bot that handlers see: it knows its name and refuses the network."""

    def __init__(self, bot_id: int, name: str) -> None:
        # PTB wants the form of a token; this one opens nothing.
        super().__init__(f"{bot_id}:-", request=_Refusing(), get_updates_request=_Refusing())
        self._bot_user = User(bot_id, name, is_bot=True, username=name)


class Dispatch:
    """Walks one ordered list of handlers; what no handler takes is a failure, not silence."""

    def __init__(self, house: House, handlers: Handlers, bot: SilentBot) -> None:
        for handler in handlers:
            if not handler.block:
                raise Miswired
        self._house = house
        self._handlers = handlers
        self._without_buttons = [h for h in handlers if not isinstance(h, OnPress)]
        self._without_commands = [
            h for h in self._without_buttons if not isinstance(h, CommandHandler)
        ]
        self._bot = bot

    async def __call__(self, input_: Input, records: Records, now: datetime) -> None:
        """Handle one input: every exception is the turn's failure."""
        thing = self._parse(input_)
        turn = Turn(self._house, records, now)
        if isinstance(thing, Update):
            await self._introduce(turn, thing)
        for handler in self._fitting(thing):
            check = handler.check_update(thing)
            if check is not None and check is not False:
                await _act(handler, thing, check, turn)
                return
        raise Unhandled

    def _fitting(self, thing: Update | Signal) -> Handlers:
        """Buttons and commands have most of the handlers; what is neither passes them by."""
        if not isinstance(thing, Update):
            return self._without_commands
        if thing.callback_query is not None:
            return self._handlers
        message = thing.effective_message
        commanded = message is not None and (message.text or "").startswith("/")
        return self._without_buttons if commanded else self._without_commands

    def _parse(self, input_: Input) -> Update | Signal:
        if input_.kind in SIGNALS:
            return SIGNALS[input_.kind].model_validate(input_.payload)
        return Update.de_json(dict(input_.payload), self._bot)

    async def _introduce(self, turn: Turn, update: Update) -> None:
        """Find out whose turn this is, and remember that we know them."""
        chat, user = update.effective_chat, update.effective_user
        if user is None or user.is_bot or chat is None or chat.type != chat.PRIVATE:
            return
        turn.sender = await self._person(turn, user)
        if update.callback_query:
            turn.query = update.callback_query.id
            turn.press = Press.read(update.callback_query.data)
            message = update.callback_query.message
            turn.pressed = message.message_id if message else None
        elif update.message:
            turn.records.append(
                Heard(chat=turn.sender.key, message_id=update.message.message_id, at=turn.now)
            )

    async def _person(self, turn: Turn, user: User) -> Person:
        key = self._house.person_key(user.id)
        known = await turn.records.get(Person, key)
        language = self._house.language(user.language_code)
        person = known or Person(key=key, address=user.id, language=language)
        news: dict[str, Any] = {"first_name": _name(user.first_name), "unreachable": None}
        if not person.language_chosen:
            news["language"] = language
        if known and all(getattr(known, name) == value for name, value in news.items()):
            return known
        person = person.model_copy(update=news)
        turn.records.put(person)
        return person


def _name(first_name: str) -> str:
    """A first name in one line, without characters that hide or turn around other words."""
    return " ".join(clean(first_name).split())[:LONGEST_NAME]


async def _act(
    handler: "BaseHandler[Any, Any, Any]", thing: Update | Signal, check: object, turn: Turn
) -> None:
    """Let `handler` act; what the person may not do, or comes too late, is said and not done."""
    try:
        # PTB's application is no part of a turn: handlers get all they need from the turn.
        await handler.handle_update(thing, None, check, turn)  # type: ignore[arg-type]
    except (NotAllowed, NotFound, Stale) as refusal:
        turn.refuse(REFUSALS[type(refusal)])
    turn.answer_press()
