"""The page's view of the sandbox: one snapshot, then every change, as server-sent events."""

import asyncio
import json
from collections.abc import Sequence

from aiohttp import web

from bot.sandbox.cast import PLACES, Gathering, Persona
from bot.sandbox.state import Json, World

# How often an idle stream says that it is alive, and notices that nobody listens any more.
_HEARTBEAT_SECONDS = 15.0
_HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}


class Stream:
    """Feeds any number of open pages with what happens to the cast."""

    def __init__(
        self, world: World, cast: Sequence[Persona], groups: Sequence[Gathering] = ()
    ) -> None:
        self._world = world
        self._cast = [persona for persona in cast if persona.slot]
        self._groups = groups
        self._ids = {p.user_id for p in self._cast} | {group.chat_id for group in groups}
        self._pages: set[asyncio.Queue[Json | None]] = set()
        world.clock.on_move(lambda: world.announce("clock", 0, self._time()))

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Send the snapshot and then the changes, until the page or the sandbox goes."""
        response = web.StreamResponse(headers=_HEADERS)
        await response.prepare(request)
        changes: asyncio.Queue[Json | None] = asyncio.Queue()
        self._add(changes)
        try:
            await _send(response, self.snapshot())
            while (change := await _next(changes)) is not None:
                await _send(response, change)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._remove(changes)
        return response

    def close(self) -> None:
        """Let every page go."""
        for page in self._pages:
            page.put_nowait(None)

    def _add(self, page: asyncio.Queue[Json | None]) -> None:
        self._pages.add(page)
        if self._hear not in self._world.listeners:
            self._world.listeners.append(self._hear)

    def _remove(self, page: asyncio.Queue[Json | None]) -> None:
        self._pages.discard(page)
        if not self._pages and self._hear in self._world.listeners:
            self._world.listeners.remove(self._hear)

    def _hear(self, change: Json) -> None:
        if change["chat_id"] in self._ids or change["chat_id"] == 0:
            if change["kind"] == "commands":
                change = {**change, "what": self._commands()}
            for page in self._pages:
                page.put_nowait(change)

    def _time(self) -> Json:
        return {"now": self._world.clock.now().isoformat()}

    def _commands(self) -> Json:
        prefix = "default:::"
        kept = self._world.commands.items()
        return {key.removeprefix(prefix): value for key, value in kept if key.startswith(prefix)}

    def snapshot(self) -> Json:
        """All that the page needs to draw itself."""
        return {
            "kind": "snapshot",
            **self._time(),
            "commands": self._commands(),
            "bot": self._world.bot["username"],
            "places": PLACES,
            "cast": [self._phone(persona) for persona in self._cast],
            "groups": [self._group(group) for group in self._groups],
        }

    def _group(self, group: Gathering) -> Json:
        chat = self._world.chats[group.chat_id]
        return {
            "id": group.chat_id,
            "title": group.title,
            "members": chat.members,
            "has_bot": chat.has_bot,
            "messages": [entry.view() for entry in chat.entries.values()],
        }

    def _phone(self, persona: Persona) -> Json:
        person, chat = self._world.people[persona.user_id], self._world.chats[persona.user_id]
        return {
            "id": persona.user_id,
            "slot": persona.slot,
            "labels": dict(persona.labels),
            "name": persona.first_name,
            "language": person.profile["language_code"],
            "started": person.started,
            "keyboard": chat.keyboard,
            "messages": [entry.view() for entry in chat.entries.values()],
        }


async def _next(changes: asyncio.Queue[Json | None]) -> Json | None:
    try:
        return await asyncio.wait_for(changes.get(), _HEARTBEAT_SECONDS)
    except TimeoutError:
        return {"kind": "alive", "chat_id": 0, "what": None}


async def _send(response: web.StreamResponse, change: Json) -> None:
    await response.write(b"data: " + json.dumps(change).encode() + b"\n\n")
