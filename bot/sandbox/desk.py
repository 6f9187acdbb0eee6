"""The control API over HTTP, and the page itself; everything below `/` that is not the Bot API."""

import base64
import binascii
import inspect
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.control import Control
from bot.sandbox.errors import ApiError, SandboxError
from bot.sandbox.state import Json
from bot.sandbox.stream import Stream

Story = Callable[[str], Awaitable[list[dict[str, Any]]]]
"""Tells the story of each item in a language."""
_LANGUAGE = "nl"

PAGE = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
# Nothing is fetched from elsewhere, and a text that slipped through could not run.
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
ACTIONS = frozenset(
    [
        "add_user",
        "open_chat",
        "set_language",
        "block",
        "unblock",
        "deactivate",
        "add_group",
        "join_group",
        "leave_group",
        "add_bot",
        "remove_bot",
        "upgrade_group",
        "group_text",
        "channel_post",
        "inline_query",
        "push",
        "read",
        "toasts",
        "advance",
        "advance_to_next",
        "fail",
        "recover",
        "text",
        "press",
        "follow",
        "photo",
        "album",
        "voice",
        "document",
        "location",
        "contact",
        "sticker",
        "forward",
        "edit",
        "message",
    ]
)


class Desk:
    """Answers the page and tests outside this process."""

    def __init__(self, control: Control, stream: Stream, story: Story | None) -> None:
        self._control = control
        self._stream = stream
        self._story = story

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        path = request.path
        try:
            if request.method == "POST":
                return await self._post(request, path)
            if path == "/sandbox/stream":
                return await self._stream.serve(request)
            if path == "/sandbox/story":
                language = request.query.get("language", _LANGUAGE)
                return _answer(await self._story(language) if self._story else [])
            if path.startswith("/sandbox/files/"):
                return self._file(path.removeprefix("/sandbox/files/"))
        except (SandboxError, ApiError, ValueError, TypeError, KeyError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return _page(path)

    async def _post(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        # A page of another site can't send this content type without asking the browser first.
        if request.content_type != "application/json":
            return web.json_response({"error": "Send JSON."}, status=415)
        given = json.loads(await request.read() or b"{}")
        if path == "/sandbox/batch":
            return _answer([await self._do(step.pop("do"), step) for step in given])
        return _answer(await self._do(path.removeprefix("/sandbox/"), given))

    async def _do(self, action: str, given: Json) -> Any:
        if action not in ACTIONS:
            raise SandboxError("There is no such action.")
        if isinstance(given.get("content"), str):
            try:
                given["content"] = base64.b64decode(given["content"], validate=True)
            except binascii.Error:
                raise SandboxError("Send the content in base64.") from None
        outcome = getattr(self._control, action)(**given)
        return await outcome if inspect.isawaitable(outcome) else outcome

    def _file(self, file_id: str) -> web.Response:
        files = self._control.world.files
        stored = files.get(file_id)
        headers = {**_HEADERS, "Cache-Control": "private, max-age=86400"}
        return web.Response(body=files.read(stored), content_type=stored.mime, headers=headers)


def _dumps(outcome: Any) -> str:
    return json.dumps(outcome, default=lambda moment: moment.isoformat())


def _answer(outcome: Any) -> web.Response:
    return web.json_response({"result": outcome}, dumps=_dumps)


def _page(path: str) -> web.Response:
    name = "index.html" if path == "/" else path.removeprefix("/page/")
    file = PAGE / name
    if file.parent != PAGE or file.suffix not in _TYPES or not file.is_file():
        return web.json_response({"error": "There is nothing here."}, status=404)
    kind = _TYPES[file.suffix]
    return web.Response(
        body=file.read_bytes(), content_type=kind, charset="utf-8", headers=_HEADERS
    )
