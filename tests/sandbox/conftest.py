"""A sandbox on a free port, a person on it, and a client that speaks the raw Bot API."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.sandbox import MovableClock, Sandbox, create_sandbox
from bot.sandbox.phone import Phone

TOKEN = "4711:secret"
ANNA = 1001

Json = dict[str, Any]
CallApi = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = create_sandbox(clock=MovableClock(), cast=(), token=TOKEN, data=None)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def anna(sandbox: Sandbox) -> Phone:
    """A person who has opened the chat with the bot."""
    phone = Phone(sandbox, ANNA, "Anna")
    sandbox.control.open_chat(ANNA)
    return phone


@pytest.fixture
def raw(sandbox: Sandbox, http: aiohttp.ClientSession) -> CallApi:
    """Call a method and return the whole answer, also of a refusal."""

    async def call(method: str, **params: Any) -> Json:
        address = f"{sandbox.url}/bot{TOKEN}/{method}"
        async with http.post(address, json=params) as answer:
            body: Json = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    return call


@pytest.fixture
def api(raw: CallApi) -> CallApi:
    """Call a method that must succeed, and return its result."""

    async def call(method: str, **params: Any) -> Any:
        body = await raw(method, **params)
        assert body["ok"], body
        return body["result"]

    return call


@pytest.fixture
def refusal(raw: CallApi) -> CallApi:
    """Call a method that must be refused, and return the description."""

    async def call(method: str, **params: Any) -> Any:
        body = await raw(method, **params)
        assert not body["ok"], body
        return body["description"]

    return call
