"""Two hundred neighbours who report at once, each as a person would: read, then answer."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox import Sandbox
from bot.sandbox.phone import Bubble, Phone

FIRST_USER = 7_100_000_000
PATIENCE = 240.0
"""Seconds to wait for one question, over crashes and restarts."""
SPEAKERS = 20
"""One in so many sends a voice message."""
CODE = re.compile(r"GB-[0-9A-Z]{4,5}")


@dataclass(frozen=True)
class Marker:
    """What one neighbour writes: found nowhere else, so that a trace of it proves a leak."""

    number: int

    @property
    def text(self) -> str:
        """The report."""
        return f"Elke nacht harde muziek, kenmerk zwaluwnest{self.number:04d}."

    @property
    def address(self) -> str:
        """The street."""
        return f"Ganzerikhof {self.number + 1}, 5761 AB Bakel"

    @property
    def name(self) -> str:
        """The first name."""
        return f"Wilhelmijntje{self.number:04d}"


# What the question says, and what this neighbour answers: a press, or a text.
def conversation(marker: Marker) -> Sequence[tuple[str, str, str]]:
    """The questions in order, each with how it is answered: `press`, `say`, or `tell`."""
    return (
        ("vertrouwelijk, niet anoniem", "press", "Verder"),
        ("Waarmee", "press", "Ik maak me zorgen"),
        ("in gevaar", "press", "Nee"),
        ("Over wie gaat het", "press", "Iemand anders"),
        ("Wat is er aan de hand", "tell", marker.text),
        ("Wat past het best", "say", "Geluidsoverlast"),
        ("Op welk adres", "say", marker.address),
        ("Van wie is die woning", "press", "Weet ik niet"),
        ("weten wie u bent", "press", "Ja"),
        ("krijgt dit", "press", "Versturen"),
        ("Wij hebben uw melding", "", ""),
    )


class Neighbour:
    """One person with a phone, who goes on where the conversation stands."""

    def __init__(self, sandbox: Sandbox, number: int) -> None:
        self.marker = Marker(number)
        self.phone = Phone(sandbox, FIRST_USER + number, self.marker.name)
        self.voice: str | None = None
        """The file id of the voice message, for the one in twenty who speaks."""
        self._sandbox = sandbox

    async def report(self) -> str:
        """Hold the whole conversation; returns the code of the report."""
        await self.phone.send("/start")
        for question, how, answer in conversation(self.marker):
            asked = await self._question(question)
            if how == "press":
                await self.phone.press(answer, within=PATIENCE)
            elif how == "tell" and self.marker.number % SPEAKERS == 0:
                sent = self._sandbox.control.voice(self.phone.user_id)
                self.voice = sent["voice"]["file_id"]
            elif how:
                await self.phone.send(answer)
        found = CODE.search(asked.text)
        assert found, asked.text
        return found[0]

    async def _question(self, words: str) -> Bubble:
        """The message with these words, which may have come before a crash, or twice."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for bubble in self.phone.messages:
                        if bubble.from_bot and words in bubble.text:
                            return bubble
                    await self.phone.changed()
        except TimeoutError:
            raise AssertionError(f"{words!r} did not come to {self.marker.number}") from None

    @property
    def told(self) -> tuple[str, str | None]:
        """What the report must say: its text and its voice message."""
        return ("", self.voice) if self.voice else (self.marker.text, None)

    def asked_in_order(self) -> bool:
        """Whether the questions came in their order, a repeated one left out."""
        told = [bubble.text for bubble in self.phone.messages if bubble.from_bot]
        words = [question for question, _, _ in conversation(self.marker)]
        firsts = [next((i for i, text in enumerate(told) if w in text), -1) for w in words]
        return -1 not in firsts and firsts == sorted(firsts)
