"""The Bot API over aiohttp: raw updates in, raw calls out.

Parameters are JSON, also of a file: `{"document": {"name": "bijeenkomst.ics", "content": "…"}}` is
a small text file, which goes out as an upload with that name.

Nothing here keeps the address of a call in an exception or a log: the token stands in it.
"""

import asyncio
import json
import mimetypes
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import aiohttp
from yarl import URL

from bot.core.errors import OmzienError

OFFICIAL = "https://api.telegram.org"


class Refused(OmzienError):
    """Telegram refused a call; its code and description say why."""

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        """Seconds to wait, when Telegram says so (429)."""


class Unanswered(OmzienError):
    """Telegram did not answer; try again later."""


class Attachment(NamedTuple):
    """A small text file that goes out with a call."""

    name: str
    content: bytes
    mime: str


def attachment(params: Mapping[str, Any]) -> Attachment | None:
    """The text file that `params` carry as their document; None when there is none to upload."""
    given = params.get("document")
    if not isinstance(given, Mapping):
        return None
    name = str(given["name"])
    mime = mimetypes.guess_type(name)[0] or "text/plain"
    return Attachment(name, str(given["content"]).encode("utf-8", "replace"), mime)


class Telegram:
    """One bot's line to Telegram: calls methods by name with parameters as JSON."""

    def __init__(self, token: str, api_url: str = OFFICIAL) -> None:
        self._base = URL(f"{api_url.rstrip('/')}/bot{token}")
        # The sender decides how much goes out at once; this only keeps connections alive.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=60),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def call(self, method: str, params: Mapping[str, Any], *, wait: float = 30) -> Any:
        """Call `method` and return its result; `wait` is in seconds.

        Raises:
            Refused: Telegram answered with an error.
            Unanswered: no answer, or one that is not Telegram's (a gateway's error page).
        """
        body, kind = _body(params)
        try:
            async with self._session.post(
                self._base / method,
                data=body,
                headers=kind,
                timeout=_timeout(wait),
                allow_redirects=False,
            ) as response:
                answer = _from_json(await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(f"{method}: {type(error).__name__}") from None
        return _result(method, answer)

    async def updates(self, offset: int | None, *, wait: int) -> list[dict[str, Any]]:
        """New updates, waiting at most `wait` seconds; `offset` confirms all below it."""
        params: dict[str, Any] = {
            "timeout": wait,
            "limit": 100,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if offset is not None:
            params["offset"] = offset
        return list(await self.call("getUpdates", params, wait=wait + 10))

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()
        # aiohttp closes its sockets on the next turn of the loop.
        await asyncio.sleep(0)


# Telegram leaves out what is not asked for. Groups and channels come in to be refused in words.
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "callback_query",
    "my_chat_member",
]


@lru_cache(maxsize=8)
def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=10)


_JSON = {"Content-Type": "application/json"}


def _body(params: Mapping[str, Any]) -> tuple[bytes | aiohttp.MultipartWriter, Mapping[str, str]]:
    """What is posted, with its content type: JSON, or a form when there is a file to upload."""
    file = attachment(params)
    if file is None:
        return _to_json(params), _JSON
    form = aiohttp.MultipartWriter("form-data")
    for name, value in params.items():
        if name != "document":
            text = value if isinstance(value, str) else _to_json(value).decode()
            form.append(text).set_content_disposition("form-data", name=name)
    part = form.append(file.content, {"Content-Type": file.mime})
    part.set_content_disposition("form-data", name="document", filename=file.name)
    return form, {"Content-Type": form.content_type}


def _to_json(value: object) -> bytes:
    whole = dict(value) if isinstance(value, Mapping) else value
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _from_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _result(method: str, answer: Any) -> Any:
    whole = isinstance(answer, dict) and ("result" if answer.get("ok") else "error_code") in answer
    if whole and answer.get("ok"):
        return answer["result"]
    code = answer["error_code"] if whole else None
    if not isinstance(code, int):
        # Whatever it is, it may quote the address of the call, so nothing of it is repeated.
        raise Unanswered(f"{method}: not an answer of Telegram")
    if code >= 500:  # noqa: PLR2004 (Telegram's own trouble: HTTP's class of server errors)
        raise Unanswered(f"{method}: {code}")
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    patience = wait if isinstance(wait, int | float) else None
    raise Refused(code, str(answer.get("description", "")), patience)
