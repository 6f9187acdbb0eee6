"""Silence: what goes wrong is logged by kind, place and number; never with anybody's words."""

import io
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.core.items import Event, EventKind
from bot.core.ports import Call, Records
from bot.core.queue import Arrival, Input
from bot.logs import Fields, set_up_logging
from bot.pipeline.loops import Wake
from bot.pipeline.worker import Worker
from bot.telegram import Refused, Telegram, Unanswered
from handlers.dispatch import Dispatch
from tests.handlers.conftest import Stranger
from tests.handlers.partners import NOISE, Partners, partners
from tests.handlers.updates import message, text

SECRET = "Ganzerikhof zwaluwnest"
TOKEN = "123456:AAH-geheim_geheim_geheim_geheim_geh"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that a running bot logs, from our own rooms down to the smallest remark."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up_logging(verbose=True)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Fields())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """Two mediators and a coordinator."""
    async with partners(tmp_path) as scene:
        yield scene


def check(log: io.StringIO, scene: Partners) -> str:
    """What was logged, which says nothing of anybody."""
    said = log.getvalue()
    ids = [str(user) for user in scene.phones.users.values()]
    for secret in (*SECRET.split(), "Kerkstraat", "Sanne", *ids, TOKEN):
        assert secret not in said, secret
    return said


async def test_a_whole_case_is_logged_without_a_word_of_it(
    scene: Partners, log: io.StringIO
) -> None:
    """Reporting, opening, asking, answering, and the check-ins after it."""
    key = await scene.report(NOISE.model_copy(update={"text": SECRET}))
    for gesture in ("[Open]", "[Accept]", f"<forged: ask_reporter:{key}:3>", SECRET):
        await scene.act("bart", gesture)
    await scene.act("sanne", f"<forged: question:{key}:1>")
    await scene.act("sanne", SECRET)
    await scene.act("sanne", "<block>")
    await scene.act("bea", f"<forged: open:{key}:{SECRET}>")
    check(log, scene)


POISON: dict[str, Any] = {
    "without a date": {"message_id": 7, "text": SECRET},
    "with a wrong type": {"message_id": 7, "date": "x", "text": {"a": SECRET}},
    "entities out of shape": {"message_id": 7, "date": 1, "text": SECRET, "entities": [1]},
}


@pytest.mark.parametrize("name", POISON)
async def test_poison_is_put_aside_and_the_chat_goes_on(
    scene: Partners, log: io.StringIO, name: str
) -> None:
    """The text is kept, the person and each coordinator hear it once, the next message works."""
    user = scene.phones.user("sanne", "en")
    await scene.act("sanne", "/start")
    scene.news("carla"), scene.news("sanne")
    stranger = Stranger(scene.village, user)
    who = message(user, 7, {})
    whole = {"from": who["from"], "chat": who["chat"], **POISON[name]}
    stranger.hand_over({"message": whole})
    stranger.hand_over({"message": message(user, 8, text("/mijn"))})
    await scene.village.settle(at_once=100)
    said = [one.text for one in scene.news("sanne")]
    assert len([one for one in said if "112" in one]) == 1
    assert any("nothing of yours" in one or "nog niets van u" in one for one in said)
    assert len(scene.news("carla")) == 1
    async with scene.village.store.reading() as records:
        (aside,) = await records.put_aside(10)
    assert aside.came_in
    assert "input parked" in check(log, scene)


Handle = Callable[[Input, Records, datetime], Awaitable[None]]


async def quoting(input_: Input, _records: Records, _now: datetime) -> None:
    """Fails with words in its mouth."""
    raise ValueError(f"{SECRET} {input_.payload} {TOKEN}")


async def twice(_input: Input, records: Records, now: datetime) -> None:
    """Writes what the database refuses."""
    for _time in range(2):
        data = {"text": SECRET}
        records.append(Event(item="x", revision=1, at=now, kind=EventKind.NOTE, data=data))


async def unsayable(input_: Input, records: Records, _now: datetime) -> None:
    """Decides on a call that can't be written down."""
    records.append(Call(chat=input_.lane, method="sendMessage", params={SECRET: object()}))


@pytest.mark.parametrize("handle", [quoting, twice, unsayable], ids=lambda f: f.__name__)
async def test_failures_of_turns_quote_nothing(
    scene: Partners, log: io.StringIO, handle: Handle
) -> None:
    """Whatever a turn raises, and whatever the database says, is logged by kind and place."""
    village = scene.village
    worker = Worker(
        village.store,
        handle,
        clock=village.clock.now,
        received=Wake(),
        decided=Wake(),
        outside=(),
    )
    now = village.clock.now()
    await village.store.receive([Arrival("tg:1:9", "lane", "Update", {"text": SECRET}, now)])
    for _time in range(3):
        await worker._together(await village.store.pending(10))
    said = check(log, scene)
    assert "input parked" in said


async def test_a_refused_call_is_logged_by_its_number(scene: Partners, log: io.StringIO) -> None:
    """Telegram's own words about a call of ours may quote it, so they are not logged."""
    person = await scene.person("bart")
    params = {"chat_id": person.address, "text": SECRET, "parse_mode": SECRET}
    async with scene.village.store.writing() as records:
        records.append(Call(chat=person.key, method="sendMessage", params=params))
    await scene.village.settle()
    assert "refused" in check(log, scene)


async def test_the_dispatch_names_nothing_in_its_exceptions(scene: Partners) -> None:
    """Also what is raised before it reaches the log."""
    assert isinstance(scene.village.dispatch, Dispatch)
    update = Input(1, "k", "lane", "Update", {"message": {"text": SECRET}}, NOW, 0)
    async with scene.village.store.reading() as records:
        with pytest.raises(Exception) as raised:  # noqa: PT011 (whatever PTB raises of it)
            await scene.village.dispatch(update, records, NOW)
    assert SECRET not in str(raised.value)


NOW = datetime.fromisoformat("2026-03-02T10:00+01:00")


async def answering(request: web.Request) -> web.StreamResponse:
    """Telegram's place, taken by something else."""
    match request.match_info["method"]:
        case "page":
            return web.Response(text=f"<html>{request.path}</html>", status=502)
        case "denied":
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"})
        case "strange":
            return web.json_response({"ok": False, "error_code": request.path})
        case "list":
            return web.json_response([request.path])
        case "away":
            raise web.HTTPTemporaryRedirect(f"{request.url.origin()}/elsewhere{request.path}")
        case "cut":
            assert request.transport is not None
            request.transport.close()
    return web.Response(text="{", content_type="application/json")


@pytest.fixture
async def impostor() -> AsyncIterator[str]:
    """A server that is not Telegram; its address."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answering)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.mark.parametrize("method", ["page", "denied", "strange", "list", "away", "cut", "half"])
async def test_the_token_is_in_no_exception(impostor: str, method: str) -> None:
    """Whatever answers in Telegram's place: an exception, all of it, has no token in it."""
    telegram = Telegram(TOKEN, impostor)
    with pytest.raises((Refused, Unanswered)) as raised:
        await telegram.call(method, {"text": SECRET})
    await telegram.close()
    said = "".join(traceback.format_exception(raised.value))
    assert TOKEN not in said
    assert SECRET not in said


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1",
        "http://nowhere.invalid",
        "http://127.0.0.1:1/%zz",
        "https://127.0.0.1:1",
    ],
)
async def test_no_connection_names_no_token(address: str) -> None:
    """Nobody listens, or the name is unknown."""
    telegram = Telegram(TOKEN, address)
    with pytest.raises(Unanswered) as raised:
        await telegram.call("getMe", {}, wait=5)
    await telegram.close()
    assert TOKEN not in "".join(traceback.format_exception(raised.value))


async def test_a_check_in_that_fails_is_no_secret(scene: Partners, log: io.StringIO) -> None:
    """No rule switches itself off silently: coordinators hear of it, and can try it again."""
    key = await scene.report(NOISE)
    village = scene.village
    broken = Worker(
        village.store,
        quoting,
        clock=village.clock.now,
        received=Wake(),
        decided=Wake(),
        outside=(),
    )
    due = await village.store.next_due()
    assert due is not None
    village.clock.advance(due - village.clock.now())
    assert await village.store.claim_due(village.clock.now(), 1)
    for _time in range(3):
        await broken._together(await village.store.pending(10))
    scene.news("carla"), scene.news("sanne")
    await village.settle()
    assert len(scene.news("carla")) == 1
    assert not scene.news("sanne"), "the reporter can do nothing about it"
    await scene.act("carla", "<forged: failed::0>")
    await scene.act("carla", "[Again: …]")
    assert (await scene.item(key)).revision > 2, "the check-in did its work after all"
    check(log, scene)
