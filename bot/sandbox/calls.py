"""One call of the Bot API: its parameters, read from JSON, a form, multipart or the address."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import bad_request
from bot.sandbox.state import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime: str


@dataclass(slots=True)
class Call:
    """What a method works with."""

    world: World
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)


async def read_call(world: World, request: web.BaseRequest, query: str) -> Call:
    """Read the parameters in whichever way they came."""
    params: Json = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    if request.method != "POST":
        return Call(world, params)
    if request.headers.get("Content-Type", "").startswith("application/json"):
        body = await request.read()
        if body:
            params.update(_object(body))
        return Call(world, params)
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
    return Call(world, params, uploads)


def _object(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise bad_request("object expected as request")
    return {name: value for name, value in given.items() if value is not None}
