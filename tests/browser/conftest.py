"""A demo of its own for each test, and a browser on its page."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from tests.browser.demo_process import DemoProcess

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1440, "height": 900}
MILLISECONDS = 20_000


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[DemoProcess]:
    """The command, not started yet; it ends with the test."""
    process = DemoProcess(tmp_path / "game")
    yield process
    if process.started:
        await process.interrupt()


@pytest.fixture
def chromium() -> str:
    """Where the system's Chromium is."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("There is no Chromium here; install the package `chromium` to play on the page")
    return found


@pytest.fixture
async def page(chromium: str, demo: DemoProcess) -> AsyncIterator[Page]:
    """The demo's page in a browser; an error in its scripts fails the test."""
    address = await demo.start()
    async with async_playwright() as started:
        browser = await started.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": WIDE["width"], "height": WIDE["height"]})
        page.set_default_timeout(MILLISECONDS)
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        await page.goto(address)
        yield page
        await browser.close()
    assert failures == []
