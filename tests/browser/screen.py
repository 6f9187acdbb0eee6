"""What a person does with the page: reads a phone, presses, types, moves the clock."""

import re

from playwright.async_api import Locator, Page, expect


class Phone:
    """One of the phones on the page."""

    def __init__(self, page: Page, slot: str) -> None:
        self.node = page.locator(f".phone.{slot}")

    def heard(self, text: str) -> Locator:
        """The newest message of the bot with this in it."""
        return self.node.locator(".bubble.theirs", has_text=text).last

    async def hears(self, text: str) -> None:
        """Wait for a message of the bot with this in it."""
        await self.heard(text).wait_for()

    async def never_heard(self, text: str) -> None:
        """Nothing that the bot wrote here has this in it."""
        await expect(self.node.locator(".bubble.theirs", has_text=text)).to_have_count(0)

    async def press(self, label: str) -> None:
        """Press the newest of the bot's buttons with this label, when it is there."""
        buttons = self.node.locator("button.inline, button.start")
        await buttons.filter(has_text=re.compile(f"^{re.escape(label)}$")).last.click()

    async def ticks(self, label: str) -> None:
        """Tick one of several choices; it comes back ticked."""
        button = self.node.locator("button.inline")
        await button.filter(has_text=re.compile(f"☐ {re.escape(label)}$", re.IGNORECASE)).click()
        await button.filter(has_text=re.compile(f"☑ {re.escape(label)}$", re.IGNORECASE)).wait_for()

    async def chooses(self, start: str) -> None:
        """Press the newest of the bot's buttons that begins so, when it is there."""
        buttons = self.node.locator("button.inline")
        await buttons.filter(has_text=re.compile(f"^{re.escape(start)}")).last.click()

    async def says(self, text: str) -> None:
        """Type a message and send it with Enter."""
        box = self.node.get_by_role("textbox")
        await box.fill(text)
        await box.press("Enter")

    async def answers(self, question: str, button: str) -> None:
        """Wait for a question and press an answer."""
        await self.hears(question)
        await self.press(button)

    async def tells(self, question: str, text: str) -> None:
        """Wait for a question and type an answer."""
        await self.hears(question)
        await self.says(text)


async def open_scene(page: Page, name: str) -> None:
    """Choose which story the page plays."""
    await page.get_by_role("group", name="Welk verhaal").get_by_role("button", name=name).click()


class Story:
    """The panel beside the phones."""

    def __init__(self, page: Page) -> None:
        self._node = page.locator(".story")

    async def says(self, *texts: str) -> None:
        """Wait until all of this stands there."""
        for text in texts:
            await expect(self._node).to_contain_text(text)

    async def code(self) -> str:
        """The reference of the item on the screen."""
        return await self._node.locator(".code").inner_text()


class Clock:
    """The buttons that move the time, and what is said about each move."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def next(self) -> str:
        """Go to what is planned next; returns what that brought."""
        return await self._move("volgend moment")

    async def day(self) -> str:
        """Go on by a day; returns what that brought."""
        return await self._move("+1 dag")

    async def _move(self, label: str) -> str:
        await self._page.get_by_role("button", name=label, exact=True).click()
        await self._page.locator("body:not(.moving)").wait_for()
        return await self._page.locator("#notice").inner_text()
