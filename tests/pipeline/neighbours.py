"""Neighbours who ask for help and who give it, all at once, each as a person would."""

import re
from collections.abc import Iterator
from contextlib import suppress

from bot.core.helping.times import Daypart
from bot.sandbox import Sandbox
from bot.sandbox.errors import SandboxError
from bot.sandbox.phone import Bubble
from tests.pipeline import leaks
from tests.pipeline.talking import PRESS, SAY, Steps, Talker

CODE = re.compile(r"GB-[0-9A-Z]{4,5}")
PARTS = {
    Daypart.MORNING: "ochtend",
    Daypart.AFTERNOON: "middag",
    Daypart.EVENING: "avond",
}
GROCERIES, WALK, MEAL = "Boodschappen", "Samen wandelen of koffie", "Een maaltijd"
INVITED = "Kunt u een buur helpen"
ON_BOARD = "Op het bord van uw cirkel"
GLAD = "is blij met uw hulp"
CLAIMS = ("Ja, ", "Toch doen")
"""How the buttons begin with which somebody promises to help."""
_START = (("vertrouwelijk, niet anoniem", PRESS, "Verder"),)


class Neighbour(Talker):
    """Somebody whose words are found nowhere else, so that a trace of them proves a leak."""

    def __init__(self, sandbox: Sandbox, user_id: int) -> None:
        self.number = user_id % 1_000
        self.name = f"Aldegonda{self.number:03d}"
        self.street = f"Kwartelpad{self.number:03d}"
        super().__init__(sandbox, user_id, self.name)
        self._sandbox = sandbox
        self._pressed: set[tuple[int, str]] = set()

    def markers(self) -> Iterator[leaks.Marker]:
        """What may be found nowhere: texts, names, streets, and who this is on Telegram."""
        yield "street", b"Kwartelpad"
        yield "text", b"ooievaarsbek"
        yield "name", b"Aldegonda"
        yield from leaks.number(self.phone.user_id)

    def codes(self, words: str) -> set[str]:
        """The codes in everything with these words that the bot ever said to this person."""
        return {code for text in self.told() if words in text for code in CODE.findall(text)}

    def claim(self) -> None:
        """Say yes to everything that is asked, as soon as it is there, and only once."""
        for bubble in self.phone.messages:
            for at, label in enumerate(bubble.buttons):
                if label.startswith(CLAIMS) and (bubble.message_id, label) not in self._pressed:
                    self._pressed.add((bubble.message_id, label))
                    with suppress(SandboxError):  # it went just now
                        self._sandbox.control.press(self.phone.user_id, bubble.message_id, at)

    async def help(self) -> None:
        """Say yes to everything that is asked, for ever."""
        while True:
            self.claim()
            await self.phone.changed()


class Helper(Neighbour):
    """One who offers help."""

    @property
    def steps(self) -> Steps:
        """The questions of an offer, each with how it is answered."""
        both, day = f"Gekozen: {GROCERIES}, {WALK}.", tuple(PARTS.values())
        return (
            *_START,
            ("Waarmee wilt u helpen", SAY, GROCERIES),
            (f"Gekozen: {GROCERIES}.", SAY, WALK),
            (both, PRESS, "Klaar"),
            ("Op welke dagen", PRESS, "Alle dagen"),
            ("Gekozen: maandag", PRESS, "Klaar"),
            ("Op welk deel van de dag", PRESS, f"☐ {day[0]}"),
            (f"Gekozen: {day[0]}.", PRESS, f"☐ {day[1]}"),
            (f"Gekozen: {day[0]}, {day[1]}.", PRESS, f"☐ {day[2]}"),
            (f"Gekozen: {day[0]}, {day[1]}, {day[2]}.", PRESS, "Klaar"),
            ("In welk dorp woont u", PRESS, "Gemert"),
            ("Waar wilt u helpen", PRESS, "Alleen in mijn dorp"),
            ("Hoe vaak per maand", PRESS, "Acht keer"),
            ("In welke straat woont u", SAY, self.street),
            ("Wij vragen u persoonlijk", PRESS, "Bewaren"),
            ("Dank u wel! Wij vragen u", "", ""),
        )

    async def offer(self) -> None:
        """Fill in the whole form."""
        await self.phone.send("/help_bieden")
        await self.hold(self.steps)


class Asker(Neighbour):
    """One who asks for help tomorrow, and agrees to who wants to help."""

    def __init__(
        self, sandbox: Sandbox, user_id: int, kind: str = GROCERIES, village: str = "Gemert"
    ) -> None:
        super().__init__(sandbox, user_id)
        self.kind, self.village = kind, village
        self.part = list(PARTS)[user_id % len(PARTS)]
        self.text = f"Graag voorzichtig, kenmerk ooievaarsbek{self.number:03d}."
        self.address = f"{self.street} {self.number + 1}"
        self.code = ""

    @property
    def steps(self) -> Steps:
        """The questions of an ask, each with how it is answered."""
        part = PARTS[self.part]
        own: Steps = (
            ("Mag iemand uit uw eigen straat", PRESS, "Nee"),
            ("Welke straat is dat", SAY, self.street),
        )
        return (
            *_START,
            ("Voor wie is de hulp", PRESS, "Mijzelf"),
            ("Welke hulp is nodig", SAY, self.text),
            ("Welke hulp past het best", SAY, self.kind),
            ("Wanneer is het nodig", PRESS, "Morgen"),
            ("Op welk deel van de dag", PRESS, f"☐ {part}"),
            (f"Gekozen: {part}.", PRESS, "Klaar"),
            ("In welk dorp is het", PRESS, self.village),
            *(own if self.kind == WALK else ()),
            ("uw voornaam weten", PRESS, "Ja"),
            ("Uw adres gaat alleen naar", PRESS, "Versturen"),
            ("Wij zoeken een buur. Code", "", ""),
        )

    @property
    def agreeing(self) -> Steps:
        """What follows when somebody wants to help."""
        return (
            ("Is dat goed?", PRESS, "Ja, graag"),
            ("Op welk adres is het", SAY, self.address),
            ("kan het adres nu zien", "", ""),
        )

    async def ask(self) -> None:
        """Fill in the whole form."""
        await self.phone.send("/hulp")
        self.code = _code(await self.hold(self.steps))

    async def ask_and_agree(self) -> None:
        """The same, until somebody comes."""
        await self.ask()
        await self.hold(self.agreeing)


def _code(bubble: Bubble) -> str:
    found = CODE.search(bubble.text)
    assert found, bubble.text
    return found[0]
