"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox import answering, editing, fetching, sending
from bot.sandbox.calls import Call, read_call
from bot.sandbox.errors import (
    NOT_FOUND,
    UNAUTHORIZED,
    ApiError,
    bad_request,
    too_many_requests,
)
from bot.sandbox.faults import Fault, Faults, Kind
from bot.sandbox.parameters import METHODS
from bot.sandbox.state import World

Handler = Callable[[Call], Any]

HANDLERS: dict[str, Handler] = {
    "getMe": answering.get_me,
    "setWebhook": fetching.set_webhook,
    "deleteWebhook": fetching.delete_webhook,
    "getWebhookInfo": fetching.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendVoice": sending.send_voice,
    "sendDocument": sending.send_document,
    "sendLocation": sending.send_location,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": answering.answer_callback_query,
    "setMyCommands": answering.set_my_commands,
    "getMyCommands": answering.get_my_commands,
    "deleteMyCommands": answering.delete_my_commands,
    "getFile": answering.get_file,
    "getChat": answering.get_chat,
}
# Method names are not case-sensitive.
_NAMES = {name.lower(): name for name in METHODS}
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_JSON_TYPE = {"Content-Type": "application/json"}
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class BotApi:
    """Answers a bot's calls. `strict` refuses parameters that Telegram does not document."""

    def __init__(self, world: World, token: str, faults: Faults, *, strict: bool) -> None:
        self.prefix = f"/bot{token}/"
        self.file_prefix = f"/file/bot{token}/"
        self.counts: dict[str, int] = {}
        self._world = world
        self._faults = faults
        self._strict = strict

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one call."""
        path, _, query = request.raw_path.partition("?")
        if not path.startswith(self.prefix):
            return _refused(ApiError(401, UNAUTHORIZED))
        given = path[len(self.prefix) :]
        name = given if given in METHODS else _NAMES.get(given.lower())
        if name is None:
            return _refused(ApiError(404, NOT_FOUND))
        try:
            call = await read_call(self._world, request, query)
            if self._faults.rules:
                fault = self._faults.strike(name, call.params.get("chat_id"))
                if fault:
                    return await self._failing(request, name, call, fault)
            return web.Response(body=await self._answer(name, call), headers=_JSON_TYPE)
        except ApiError as error:
            return _refused(error)

    async def _answer(self, name: str, call: Call) -> bytes:
        self.counts[name] = self.counts.get(name, 0) + 1
        self._check(name, call)
        if name == "getUpdates":
            return b'{"ok":true,"result":' + await fetching.get_updates(call) + b"}"
        return b'{"ok":true,"result":' + _encode(HANDLERS[name](call)).encode() + b"}"

    def _check(self, name: str, call: Call) -> None:
        method, given = METHODS[name], call.params.keys()
        if not method.required <= given:
            self._refuse_missing(method.required - given - call.uploads.keys())
        if self._strict and not given <= method.known:
            unknown = ", ".join(sorted(given - method.known))
            raise bad_request(f"{name} has no parameter {unknown}")

    @staticmethod
    def _refuse_missing(missing: frozenset[str]) -> None:
        if missing:
            raise bad_request(_MISSING.get(min(missing), f'parameter "{min(missing)}" is required'))

    async def _failing(
        self, request: web.BaseRequest, name: str, call: Call, fault: Fault
    ) -> web.StreamResponse:
        if fault.kind is Kind.TOO_MANY_REQUESTS:
            return _refused(too_many_requests(fault.retry_after))
        if fault.kind is Kind.BAD_GATEWAY:
            return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
        if fault.kind is Kind.DROP_AFTER:
            await self._answer(name, call)
        if request.transport:
            request.transport.abort()
        return web.Response()

    async def download(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer with the bytes of a file."""
        if not request.path.startswith(self.file_prefix):
            return _refused(ApiError(401, UNAUTHORIZED))
        stored = self._world.files.by_path(request.path[len(self.file_prefix) :])
        if stored is None:
            return _refused(ApiError(404, NOT_FOUND))
        return web.Response(body=self._world.files.read(stored), content_type=stored.mime)


_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}


def _refused(error: ApiError) -> web.Response:
    return web.json_response(error.body(), status=error.code)
