"""The scene of neighbours on the page: a switch to it, a group as a phone, links and files."""

import json
import shutil
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Gathering, MovableClock, Persona, Sandbox, create_sandbox
from bot.sandbox.calls import Call, Upload
from tests.sandbox.conftest import ANNA, TOKEN, CallApi

MO, STREET = 1002, -1001
CAST = (
    Persona(ANNA, "Anna", "nl", "asker", {"nl": "Anna"}, "/start"),
    Persona(MO, "Mo", "nl", "helper", {"nl": "Mo"}, "/start"),
    Persona(1003, "Gerrit", "nl", "", {}, "/start"),
)
GROUPS = (Gathering(STREET, "Molenstraat", (ANNA, MO, 1003)),)
LINK = {"text": "Ik kan helpen", "url": "https://t.me/OmzienOefenBot?start=ask_7"}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = create_sandbox(clock=MovableClock(), cast=CAST, groups=GROUPS, token=TOKEN, data=None)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


async def test_the_stream_tells_of_groups_but_not_of_who_has_no_phone(
    sandbox: Sandbox, http: aiohttp.ClientSession, api: CallApi
) -> None:
    async with http.get(f"{sandbox.url}/sandbox/stream") as stream:
        snapshot = json.loads((await stream.content.readuntil(b"\n\n"))[6:])
        assert [phone["id"] for phone in snapshot["cast"]] == [ANNA, MO]
        (group,) = snapshot["groups"]
        assert (group["title"], group["members"]) == ("Molenstraat", [ANNA, MO, 1003])
        await api("sendMessage", chat_id=1003, text="hallo Gerrit")
        await api("sendMessage", chat_id=STREET, text="hallo buren")
        change = json.loads((await stream.content.readuntil(b"\n\n"))[6:])
        assert (change["chat_id"], change["what"]["message"]["text"]) == (STREET, "hallo buren")


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium on this machine")
async def test_a_press_in_the_group_opens_the_phone_of_who_pressed(
    sandbox: Sandbox, api: CallApi
) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    await api(
        "sendMessage", chat_id=STREET, text="Wie?", reply_markup={"inline_keyboard": [[LINK]]}
    )
    file = Upload("bijeenkomst.ics", b"BEGIN:VCALENDAR", "text/calendar")
    await sandbox.api._answer(
        "sendDocument", Call(sandbox.world, {"chat_id": MO}, {"document": file})
    )
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
        await page.get_by_role("button", name="Buren helpen elkaar").click()
        await _press_and_download(page)
        await _talk_in_the_group(page)
        await browser.close()
    assert failures == []
    *_, link, left, _note = await api("getUpdates")
    assert (link["message"]["chat"]["id"], link["message"]["text"]) == (MO, "/start ask_7")
    assert left["message"]["left_chat_member"]["is_bot"]


async def _press_and_download(page: Any) -> None:
    await page.locator(".phone.group .inline", has_text="Ik kan helpen").click()
    await page.locator(".phone.helper.opened .mine").nth(1).wait_for()
    async with page.expect_download() as downloading:
        await page.locator(".phone.helper .download").click()
    assert (await downloading.value).suggested_filename == "bijeenkomst.ics"


async def _talk_in_the_group(page: Any) -> None:
    group = page.locator(".phone.group")
    await group.get_by_role("textbox").fill("Goedemorgen")
    await group.get_by_role("textbox").press("Enter")
    await group.locator(".mine", has_text="Goedemorgen").wait_for()
    await group.get_by_label("Wie dit doet in de groep").select_option("als Anna")
    await group.locator(".theirs .by", has_text="Mo").wait_for()
    await page.reload()  # the scene stands in the address
    await group.get_by_role("button", name="De groep").click()
    await group.get_by_role("menuitem", name="Omzien weghalen").click()
    await group.locator(".service", has_text="Mo heeft Omzien weggehaald.").wait_for()
