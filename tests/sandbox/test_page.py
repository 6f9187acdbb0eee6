"""The page of phones: works offline, shows what happens, and lets no text become code."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox import MovableClock, Persona, Sandbox, create_sandbox
from bot.sandbox.desk import PAGE
from tests.sandbox.conftest import ANNA, TOKEN, CallApi

CAST = (
    Persona(ANNA, "Anna", "nl", "resident", {"nl": "Anna de Wit"}, "/start"),
    Persona(1002, "Wilma", "nl", "professional", {"nl": "Wilma"}),
    Persona(1003, "Gijs", "nl", "professional", {"nl": "Gijs"}),
)
ITEM = {
    "code": "GB-7K2F",
    "title": "Geluidsoverlast",
    "state": "open",
    "holder": "Wonen",
    "because": "huurder",
    "history": [{"at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC), "text": "ontvangen"}],
    "next": [],
}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    clock = MovableClock()
    due = clock.now() + timedelta(days=2)

    async def story(_language: str) -> list[dict[str, Any]]:
        return [ITEM]

    async def next_due() -> datetime:
        return due

    sandbox = create_sandbox(
        clock=clock, cast=CAST, token=TOKEN, data=None, story=story, next_due=next_due
    )
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def test_the_page_names_no_other_site() -> None:
    for file in PAGE.iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""["'(](https?:)?//[\w.]""", text), file.name
        assert ".innerHTML" not in text


def test_every_text_of_the_page_is_there_in_dutch_and_in_english() -> None:
    text = (PAGE / "words.js").read_text(encoding="utf-8")
    dutch, english = re.findall(r"^  (?:nl|en): \{\n(.*?)^  \},", text, re.DOTALL | re.MULTILINE)
    names = [re.findall(r"^ +(\w+):", part, re.MULTILINE) for part in (dutch, english)]
    assert names[0] == names[1]
    used = "".join(file.read_text(encoding="utf-8") for file in PAGE.iterdir())
    for name in re.findall(r'\bword\("(\w+)"|data-(?:word|label)="(\w+)"', used):
        assert (name[0] or name[1]) in names[0]


async def test_only_the_page_folder_is_served(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    async with http.get(sandbox.url) as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "Omzien" in await answer.text()
    for path in ("/page/../app.py", "/page/%2e%2e/app.py", "/page/none.js", "/page/"):
        async with http.get(sandbox.url + path) as answer:
            assert answer.status == 404


async def test_the_stream_starts_with_everything_and_goes_on_with_changes(
    sandbox: Sandbox, http: aiohttp.ClientSession, api: CallApi
) -> None:
    async with http.get(f"{sandbox.url}/sandbox/stream") as stream:
        snapshot = json.loads((await stream.content.readuntil(b"\n\n"))[6:])
        assert [phone["labels"]["nl"] for phone in snapshot["cast"]] == [
            "Anna de Wit",
            "Wilma",
            "Gijs",
        ]
        assert snapshot["cast"][0]["messages"][0]["message"]["text"] == "/start"
        await api("sendMessage", chat_id=ANNA, text="hallo")
        change = json.loads((await stream.content.readuntil(b"\n\n"))[6:])
        assert (change["kind"], change["what"]["message"]["text"]) == ("message", "hallo")


async def test_the_story_and_the_next_moment_come_from_the_application(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{sandbox.url}/sandbox/story") as answer:
        (item,) = (await answer.json())["result"]
        assert item["history"][0]["at"] == "2026-03-02T09:00:00+00:00"
    before = sandbox.clock.offset
    for _ in range(2):  # what is due is reached once, and never passed
        async with http.post(f"{sandbox.url}/sandbox/advance_to_next", json={}) as answer:
            assert (await answer.json())["result"]
    moved = sandbox.clock.offset - before
    assert timedelta(days=1, hours=23) < moved <= timedelta(days=2)


async def test_a_move_of_the_clock_jumps_over_no_moment_on_its_way(sandbox: Sandbox) -> None:
    clock, seen = sandbox.clock, list[timedelta]()
    start = clock.now()
    moments = [start + timedelta(hours=hours) for hours in (1, 5, 9)]

    async def next_stop() -> datetime | None:
        return next((moment for moment in moments if moment > clock.now()), None)

    async def settled() -> None:
        seen.append(clock.now() - start)

    sandbox.control.live_through(next_stop, settled)
    await sandbox.control.advance(7 * 3600)
    assert [round(after / timedelta(hours=1), 2) for after in seen] == [1, 5, 7]


async def test_a_voice_message_that_the_bot_passes_on_is_as_long_as_it_was(
    sandbox: Sandbox, api: CallApi
) -> None:
    spoken = sandbox.control.voice(ANNA, seconds=9)["voice"]
    passed_on = await api("sendVoice", chat_id=ANNA, voice=spoken["file_id"])
    assert passed_on["voice"]["duration"] == 9


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium on this machine")
async def test_a_browser_shows_texts_as_texts_and_presses_buttons(
    sandbox: Sandbox, api: CallApi
) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    buttons = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
    await api("sendMessage", chat_id=ANNA, text="<b>&lt;i&gt;</b>", parse_mode="HTML")
    await api("sendMessage", chat_id=ANNA, text="Gaat het?", reply_markup=buttons)
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = await browser.new_page()
        page.set_default_timeout(20_000)
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        await page.goto(sandbox.url)
        phone = page.locator(".phone.resident")
        await phone.locator("strong", has_text="<i>").wait_for()
        evil = "<img src=x onerror=\"document.title='broken'\">"
        await phone.locator("textarea").fill(evil)
        await phone.locator("textarea").press("Enter")
        await phone.locator(".mine", has_text=evil).wait_for()
        await phone.locator(".inline", has_text="Ja").click()
        await page.locator("#one-day").click()
        await page.locator(".story .title", has_text="Geluidsoverlast").wait_for()
        await browser.close()
    updates = await api("getUpdates")
    assert failures == []
    assert updates[-2]["message"]["text"] == evil
    assert updates[-1]["callback_query"]["data"] == "yes"
