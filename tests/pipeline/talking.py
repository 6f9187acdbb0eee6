"""One person with a phone, who goes on where the conversation stands."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.sandbox import Sandbox
from bot.sandbox.phone import Bubble, Phone

PATIENCE = 240.0
"""Seconds to wait for one question, over crashes and restarts."""
PRESS, SAY, TELL = "press", "say", "tell"
"""How a question is answered: with a button, a text, or what this person came to tell."""
Steps = Sequence[tuple[str, str, str]]
"""Words of each question in order, how it is answered, and with what; the last one is only read."""


class Talker:
    """Reads, then answers, as a person would."""

    def __init__(self, sandbox: Sandbox, user_id: int, name: str) -> None:
        self.phone = Phone(sandbox, user_id, name)
        self._entries = sandbox.world.chats[user_id].entries

    async def hold(self, steps: Steps) -> Bubble:
        """Answer these questions; returns the message that the last one is."""
        for words, how, answer in steps:
            asked = await self.question(words)
            if how == PRESS:
                await self.phone.press(answer, within=PATIENCE)
            elif how == TELL:
                await self.tell(answer)
            elif how:
                await self.phone.send(answer)
        return asked

    async def tell(self, words: str) -> None:
        """Say what this person came for."""
        await self.phone.send(words)

    async def question(self, words: str) -> Bubble:
        """The message with these words, which may have come before a crash, or twice."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for bubble in self.phone.messages:
                        if bubble.from_bot and words in bubble.text:
                            return bubble
                    await self.phone.changed()
        except TimeoutError:
            shown = [bubble.text for bubble in self.phone.messages[-4:]]
            raise AssertionError(
                f"{words!r} did not come to {self.phone.user_id}, who has {shown}"
            ) from None

    def told(self) -> list[str]:
        """What the bot's messages said when they came and later, the oldest message first."""
        texts: list[str] = []
        for entry in self._entries.values():
            if entry.from_bot:
                texts += [*entry.earlier, str(entry.message.get("text", ""))]
        return texts

    def read_in_order(self, words: Iterable[str]) -> bool:
        """Whether these came, each for the first time in this order."""
        told = self.told()
        firsts = [next((i for i, text in enumerate(told) if w in text), -1) for w in words]
        return -1 not in firsts and firsts == sorted(firsts)
