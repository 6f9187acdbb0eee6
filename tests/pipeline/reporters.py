"""Two hundred neighbours who report at once, each as a person would: read, then answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox import Sandbox
from tests.pipeline import leaks
from tests.pipeline.talking import PRESS, SAY, TELL, Steps, Talker

FIRST_USER = 7_100_000_000
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


def conversation(marker: Marker) -> Steps:
    """The questions in order, each with how it is answered."""
    return (
        ("vertrouwelijk, niet anoniem", PRESS, "Verder"),
        ("Waarmee", PRESS, "Ik maak me zorgen"),
        ("in gevaar", PRESS, "Nee"),
        ("Over wie gaat het", PRESS, "Iemand anders"),
        ("Wat is er aan de hand", TELL, marker.text),
        ("Wat past het best", SAY, "Geluidsoverlast"),
        ("Op welk adres", SAY, marker.address),
        ("Van wie is die woning", PRESS, "Weet ik niet"),
        ("weten wie u bent", PRESS, "Ja"),
        ("krijgt dit", PRESS, "Versturen"),
        ("Wij hebben uw melding", "", ""),
    )


class Neighbour(Talker):
    """One who reports something."""

    def __init__(self, sandbox: Sandbox, number: int) -> None:
        self.marker = Marker(number)
        super().__init__(sandbox, FIRST_USER + number, self.marker.name)
        self.voice: str | None = None
        """The file id of the voice message, for the one in twenty who speaks."""
        self._sandbox = sandbox

    async def report(self) -> str:
        """Hold the whole conversation; returns the code of the report."""
        await self.phone.send("/start")
        thanks = await self.hold(conversation(self.marker))
        found = CODE.search(thanks.text)
        assert found, thanks.text
        return found[0]

    async def tell(self, words: str) -> None:
        """Type it, or say it."""
        if self.marker.number % SPEAKERS:
            await super().tell(words)
            return
        sent = self._sandbox.control.voice(self.phone.user_id)
        self.voice = sent["voice"]["file_id"]

    @property
    def report_told(self) -> tuple[str, str | None]:
        """What the report must say: its text and its voice message."""
        return ("", self.voice) if self.voice else (self.marker.text, None)

    def asked_in_order(self) -> bool:
        """Whether the questions came in their order, a repeated one left out."""
        return self.read_in_order(words for words, _, _ in conversation(self.marker))

    def markers(self) -> Iterator[leaks.Marker]:
        """What may be found nowhere: texts, names, streets, and who this is on Telegram."""
        yield "street", b"Ganzerikhof"
        yield "text", b"zwaluwnest"
        yield "name", b"Wilhelmijntje"
        if self.voice:
            yield "file id", self.voice.encode()
        yield from leaks.number(self.phone.user_id)
