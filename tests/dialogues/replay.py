"""Replays a dialogue: a conversation as plain text, with what the bot must answer.

A line is `name: what they do`, `bot: what they see`, or one of these:
`clock: +3 days` · `clock: 2026-03-02 16:00` (as the very first line: when it begins) ·
`covenant: helping.asks_per_day = 1` · `covenant: partners.BC.phone = nothing` (instead of what the
example says, from the beginning) ·
`speak: en` (phones of who comes next) · `join: name, professional, GGD` (with an invitation) ·
`circle: molenstraat, vera (volunteer), wil` · `offers: wil, groceries` · `helped: wil, 3` ·
`blocked: wil, anna` ·
`asks: anna, groceries, +1 morning` · `meetings: molenstraat, 9, today` (what other dialogues tell
of neighbours; what more can be said of them is in `neighbourhood.py`) ·
`group: Molenstraat, name, name` (a Telegram group of these people, without the bot) ·
`reported: name, noise` (a whole report that another dialogue tells) · `aside: name` (what the
phones of these people show is told in other dialogues).
A person does: a text, `[Button]`, `[Button] (old)` for the oldest one, `[Button] (twice)`,
`(to "words") text` for a reply (a photo can be one too), or `<voice>`, `<photo: caption>`,
`<album 3>`, `<location Gemert>`, `<edit: old → new>`, `<forged: data>`, `<block>`. The bot answers
`bot:`, `edits:`, `deletes:` (how many) or `toast:`, on the phone of who acted last; `bot → name:`
for another one. A file is shown as `<document name>` and its caption. `…` stands for anything. In
what people do, `{code}` is the last code that the bot gave for a circle.

In a group a person does the same: `name in Molenstraat: /koppel ABC`; also `<add bot>`,
`<add bot: payload>` (as a `startgroup` link does), `<remove bot>`, `<join>`, `<leave>` and
`<upgrade>` (to a supergroup, with another id). The bot reads there what Telegram lets it read:
commands, replies to it, who comes and goes. What it answers in the group is `bot:`, or
`bot → Molenstraat:` elsewhere. A button with a link to the bot, `name in Molenstraat: [Ik kan
helpen]`, opens that person's own chat: what follows is there.

Everything that the phone of who acted shows must be in the dialogue, in order. On the other
phones a dialogue names what matters.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.people import Role
from tests.dialogues.neighbourhood import Neighbourhood
from tests.dialogues.phones import Phones, Shown
from tests.dialogues.village import MONDAY, village

ZONE = ZoneInfo("Europe/Amsterdam")
ANSWERS = ("bot", "edits", "deletes", "toast")
REPORTS = {
    "noise": (
        *("/start", "[Verder]", "[Ik maak me zorgen]", "[Nee]", "[Iemand anders]"),
        *("Elke nacht harde muziek bij de buren", "[Geluidsoverlast]"),
        *("Kerkstraat 1, 5421 AB Gemert", "[Weet ik niet]", "[Nee, alleen via deze chat]"),
        "[Versturen]",
    ),
    "garden": (
        *("De tuin hiernaast ligt vol vuilnis", "[Verder]", "[Nee]", "[De buurt]"),
        *("[Vervuilde woning of tuin]", "Kerkstraat 1, 5421 AB Gemert", "[Eigen huis]", "[Ja]"),
        "[Versturen]",
    ),
}
"""What someone does for a whole report: noise of unknown neighbours, and a neglected garden."""
SECOND = timedelta(seconds=1)
_ANSWER = re.compile(rf"({'|'.join(ANSWERS)})(?: → (\w[\w -]*))?")
_BUTTONS = re.compile(r"(?:\s*\[[^\[\]]+\])+\s*$")


class Spoken(NamedTuple):
    """One line of a dialogue."""

    number: int
    who: str
    what: str


def lines(text: str) -> Iterator[Spoken]:
    """The lines of a dialogue; one that begins with a space goes on with the line before."""
    joined: list[Spoken] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        if raw[0].isspace():
            last = joined.pop()
            joined.append(last._replace(what=f"{last.what} {raw.strip()}"))
        else:
            who, _, what = raw.partition(":")
            joined.append(Spoken(number, who.strip(), what.strip()))
    yield from joined


def start_of(spoken: list[Spoken]) -> datetime:
    """When a dialogue begins: as its first line says, else on a working morning."""
    begins = bool(spoken) and spoken[0].who == "clock"
    return _moment(spoken[0].what) if begins else MONDAY


def changes_of(spoken: list[Spoken]) -> list[str]:
    """What its covenant says other than the example."""
    return [line.what for line in spoken if line.who == "covenant"]


def as_answer(who: str) -> re.Match[str] | None:
    """What the bot does, and on whose phone; None for what people do."""
    return _ANSWER.fullmatch(who)


async def replay(path: Path, folder: Path) -> None:
    """Replay the dialogue of a file, with the database in `folder`."""
    spoken = list(lines(path.read_text()))
    async with village(folder, start_of(spoken), changes_of(spoken)) as scene:
        telling = Telling(Phones(scene))
        for line in spoken:
            try:
                await telling.go(line)
            except AssertionError as error:
                raise AssertionError(f"{path.name}:{line.number}: {error}") from None
        telling.check_nothing_left()


class Telling:
    """A dialogue on its way."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self._village = phones.village
        near = Neighbourhood(phones)
        self._arranging: dict[str, Callable[..., Awaitable[None]]] = {
            "reported": self._reported,
            "join": self._join,
            "circle": near.place,
            "offers": near.offer,
            "helped": near.helped,
            "blocked": near.blocked,
            "asks": near.ask,
            "meetings": near.meet,
        }
        """What other dialogues tell, done at once; each with its words."""
        self.actor = ""
        self.aside: set[str] = set()

    async def go(self, line: Spoken) -> None:
        """Do or check one line."""
        answer = as_answer(line.who)
        if answer:
            self._expect(answer[1], answer[2] or self.actor, line.what)
            return
        self.check_nothing_left()
        arrange = self._arranging.get(line.who)
        if arrange is not None:
            await arrange(*re.split(r",\s*", line.what))
            return
        match line.who:
            case "clock":
                await self._move(line.what)
            case "covenant":
                assert not self.actor, "the covenant is there from the beginning"
            case "speak":
                self._phones.language = line.what
            case "aside":
                self.aside.update(re.split(r",\s*", line.what))
            case "group":
                title, *members = re.split(r",\s*", line.what)
                self._phones.make_group(title, members)
            case who:
                self.actor = await self._act(who, line.what)

    def check_nothing_left(self) -> None:
        """Whatever the phone of who acted last shows has been said in the dialogue."""
        if self.actor in self.aside:
            self._phones.news[self._phones.user(self.actor)].clear()
        left = self._phones.news.get(self._phones.users.get(self.actor, 0), ())
        assert not left, "the phone also shows\n" + "\n".join(str(shown) for shown in left)

    async def _act(self, who: str, what: str) -> str:
        """Let someone do something; returns on whose phone, or in which group, that is seen."""
        # Turns of one second never share a moment.
        self._village.clock.advance(SECOND)
        name, _, group = who.partition(" in ")
        place = self._phones.act(name, what, group)
        await self._village.settle()
        return place

    async def _move(self, what: str) -> None:
        by = _duration(what) or _moment(what) - self._village.clock.now()
        if by:
            await self._village.advance(by)

    async def _join(self, name: str, role: str, partner: str) -> None:
        invitation = await self._village.invite(Role(role), partner)
        await self._act(name, f"/start {invitation}")
        self._phones.news[self._phones.user(name)].clear()

    async def _reported(self, name: str, about: str) -> None:
        for gesture in REPORTS[about]:
            await self._act(name, gesture)
        self._phones.news[self._phones.user(name)].clear()

    def _expect(self, what: str, name: str, wanted: str) -> None:
        news = self._phones.news[self._phones.user(name)]
        seen: list[Shown] = []
        while news:
            shown = news.popleft()
            if _fits(shown, what, wanted):
                return
            seen.append(shown)
            assert name != self.actor, f"wanted\n{what}: {wanted}\nthe phone shows\n{shown}"
        on_it = "\n".join(str(shown) for shown in seen) or "nothing new"
        raise AssertionError(f"wanted\n{what}: {wanted}\nthe phone of {name} shows\n{on_it}")


def _fits(shown: Shown, what: str, wanted: str) -> bool:
    found = _BUTTONS.search(wanted)
    buttons = re.findall(r"\[([^\[\]]+)\]", found[0]) if found else []
    text = wanted[: found.start()] if found else wanted
    return (
        shown.what == what
        and _like(text, " ".join(shown.text.split()))
        and (text.strip() == "…" or _same_buttons(buttons, shown.buttons))
    )


def _same_buttons(wanted: list[str], shown: tuple[str, ...]) -> bool:
    """All buttons in order; a last `[…]` stands for the others."""
    if wanted[-1:] == ["…"]:
        return wanted[:-1] == list(shown[: len(wanted) - 1])
    pairs = zip(wanted, shown, strict=False)
    return len(wanted) == len(shown) and all(_like(label, seen) for label, seen in pairs)


def _like(wanted: str, text: str) -> bool:
    pattern = ".*".join(re.escape(" ".join(part.split())) for part in wanted.split("…"))
    return re.fullmatch(re.sub(r"(\\ )?\.\*(\\ )?", r".*", pattern), text) is not None


def _duration(what: str) -> timedelta | None:
    found = re.fullmatch(r"\+(\d+) (minute|hour|day|week)s?", what)
    return timedelta(**{f"{found[2]}s": int(found[1])}) if found else None


def _moment(what: str) -> datetime:
    return datetime.fromisoformat(what).replace(tzinfo=ZONE)
