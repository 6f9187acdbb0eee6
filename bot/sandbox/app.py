"""Puts the sandbox together: one server for the Bot API, the control API and the page."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from bot.sandbox import snapshot
from bot.sandbox.cast import Gathering, Persona
from bot.sandbox.clock import MovableClock
from bot.sandbox.control import Control, NextDue
from bot.sandbox.counters import Counters
from bot.sandbox.desk import Desk, Story
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.server import BotApi
from bot.sandbox.state import Json, World
from bot.sandbox.stream import Stream
from bot.sandbox.webhook import WebhookDelivery

# How long changes may wait before they are written to the data folder.
_SAVE_AFTER_SECONDS = 0.5
_MAX_UPLOAD_BYTES = 64 * 1024 * 1024


class Sandbox:
    """A running pretend Telegram; made by `create_sandbox`."""

    def __init__(
        self,
        *,
        world: World,
        cast: Sequence[Persona],
        groups: Sequence[Gathering],
        api: BotApi,
        control: Control,
        desk: Desk,
        stream: Stream,
        data: Path | None,
    ) -> None:
        self.world = world
        self.control = control
        self.api = api
        self.url = ""
        self._cast = cast
        self._groups = groups
        self._desk = desk
        self._stream = stream
        self._data = data
        self._runner: web.ServerRunner | None = None
        self._delivery: asyncio.Task[None] | None = None
        self._saving: asyncio.TimerHandle | None = None

    @property
    def clock(self) -> MovableClock:
        """The clock that the phones and the bot share."""
        return self.world.clock

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes any free one. `url` is set afterwards."""
        for persona in self._cast:
            self._enter(persona)
        for group in self._groups:
            if group.chat_id not in self.world.chats:
                self.control.add_group(group.chat_id, group.title, members=group.members)
        # No access log: the token stands in every address.
        server = web.Server(self._handle, request_factory=_request, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port, backlog=1024).start()
        address = self._runner.addresses[0]
        self.url = f"http://{address[0]}:{address[1]}"
        self._delivery = asyncio.create_task(WebhookDelivery(self.world).run())
        if self._data:
            self.world.listeners.append(self._save_soon)

    async def stop(self) -> None:
        """Let everyone go, save, and free the port."""
        if self._delivery:
            self._delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivery
        self._stream.close()
        self.world.updates.close()
        if self._runner:
            await self._runner.cleanup()
        if self._saving:
            self._saving.cancel()
        self._save()

    def _enter(self, persona: Persona) -> None:
        if persona.user_id not in self.world.people:
            self.control.add_user(persona.user_id, persona.first_name, persona.language)
        if persona.opening and persona.user_id not in self.world.opened:
            self.world.opened.add(persona.user_id)
            self.control.text(persona.user_id, persona.opening)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path
        if path.startswith("/bot"):
            return await self.api.handle(request)
        if path.startswith("/file/bot"):
            return await self.api.download(request)
        return await self._desk.handle(request)

    def _save_soon(self, _change: Json) -> None:
        if self._saving is None:
            loop = asyncio.get_running_loop()
            self._saving = loop.call_later(_SAVE_AFTER_SECONDS, self._save)

    def _save(self) -> None:
        self._saving = None
        if self._data:
            snapshot.save(self.world, self._data)


def create_sandbox(
    *,
    clock: MovableClock,
    cast: Sequence[Persona],
    token: str,
    data: Path | None,
    groups: Sequence[Gathering] = (),
    story: Story | None = None,
    next_due: NextDue | None = None,
    strict: bool = True,
) -> Sandbox:
    """Build a sandbox for one bot.

    With a `data` folder everything survives a restart, also how far `clock` was ahead. `story`
    tells the newest item first, in the language of the page; `next_due` says when the next
    check-in is. `strict` refuses parameters that Telegram does not document.
    """
    if data:
        data.mkdir(parents=True, exist_ok=True)
    world = World(clock, Counters(data), Files(data), _bot(token))
    if data:
        snapshot.load(world, data)
    faults = Faults()
    control = Control(world, faults, next_due)
    stream = Stream(world, cast, groups)
    desk = Desk(control, stream, story)
    api = BotApi(world, token, faults, strict=strict)
    return Sandbox(
        world=world,
        cast=cast,
        groups=groups,
        api=api,
        control=control,
        desk=desk,
        stream=stream,
        data=data,
    )


def _bot(token: str) -> Json:
    """The bot's own account; its id is the part of the token before the colon."""
    number = token.partition(":")[0]
    return {
        "id": int(number) if number.isdigit() else 1,
        "is_bot": True,
        "first_name": "Omzien",
        "username": "OmzienOefenBot",
    }


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=_MAX_UPLOAD_BYTES
    )
