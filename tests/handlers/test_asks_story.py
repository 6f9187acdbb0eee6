"""The story of an ask beside the phones: who was asked and why, who helps, who knows who asks."""

import json
from pathlib import Path
from typing import Any

from bot.core.helping.neighbours import Neighbour
from bot.demo.circle import FIRST_HELPER, GUIDE, circle_cast
from handlers.story import story
from tests.dialogues.phones import Phones
from tests.dialogues.replay import Telling, lines
from tests.dialogues.village import village

WRITTEN, ADDRESS = "De hond is lief.", "Molenstraat 12, Gemert"
BEGIN = """
circle: molenstraat, vera (volunteer), wil, bo, jan
offers: wil, groceries
offers: bo, groceries
asks: anna, groceries, +1 morning
aside: anna, wil, bo, vera
"""


async def _play(telling: Telling, text: str) -> None:
    for spoken in lines(text):
        await telling.go(spoken)


async def _told(phones: Phones, language: str = "nl") -> dict[str, Any]:
    """The one ask; nothing that somebody wrote is in it."""
    scene = phones.village
    players = [scene.house.person_key(user) for user in phones.users.values()]
    items = await story(scene.store, scene.rules, scene.clock.now(), language, players)
    (ask,) = (item for item in items if item["kind"] == "ask")
    assert WRITTEN not in json.dumps(ask)
    assert ADDRESS not in json.dumps(ask)
    return ask


def _facts(ask: dict[str, Any]) -> list[str]:
    return [fact["text"] for fact in ask["facts"]]


def _happened(ask: dict[str, Any]) -> list[str]:
    return [moment["text"] for moment in ask["history"]]


async def test_it_says_who_was_asked_and_why_and_who_knows_who_asks(tmp_path: Path) -> None:
    async with village(tmp_path) as scene:
        phones = Phones(scene)
        telling = Telling(phones)
        await _play(telling, BEGIN)
        ask = await _told(phones)
        helps, asked, known = _facts(ask)
        assert helps == "Nog niemand"
        assert sorted(line.partition(":")[0] for line in asked.splitlines()) == ["Bo", "Wil"]
        assert "zelfde cirkel" in asked
        assert "In zo'n kleine cirkel" in known
        assert _happened(ask)[-1] == "Er kwam een vraag binnen."
        assert [moment["text"] for moment in ask["next"]] == [
            "Antwoordt niemand? Dan vragen we de volgenden."
        ]

        await _play(telling, "wil: [Ik kan niet]\nbo: [Ja, …]")
        helps, asked, _known = _facts(await _told(phones, "en"))
        assert helps.startswith("Bo, ")
        assert any(told.startswith("Wil: ") and "Said no." in told for told in asked.splitlines())


async def test_what_comes_once_the_time_is_over_asks_no_neighbours(tmp_path: Path) -> None:
    """Up to the end of the wanted time others are asked; then the asker is."""
    async with village(tmp_path) as scene:
        phones = Phones(scene)
        telling = Telling(phones)
        await _play(telling, BEGIN)
        said = []
        for _hour in range(60):
            (then,) = (await _told(phones, "en"))["next"]
            said += [then["text"]] if then["text"] not in said else []
            await _play(telling, "clock: +1 hours")
        assert said == [
            "Does nobody answer? Then the next ones are asked.",
            "Does nobody help in time? Then the asker hears it.",
            "The time is over. The asker is asked once more whether it is still needed.",
        ]


async def test_who_is_cleared_in_the_demo_was_so_by_the_volunteer(tmp_path: Path) -> None:
    """Nobody sees their own certificate of conduct."""
    async with village(tmp_path) as scene:
        await circle_cast(scene.rules, scene.store, scene.clock.now(), fresh=True)
        async with scene.store.reading() as records:
            els = await records.get(Neighbour, scene.store.lookup("person", FIRST_HELPER + 1))
    assert els is not None
    assert els.vog is not None
    assert els.vog.by == scene.store.lookup("person", GUIDE)


async def test_what_was_opened_has_its_end_and_an_ask_that_ended_stays(tmp_path: Path) -> None:
    async with village(tmp_path) as scene:
        phones = Phones(scene)
        telling = Telling(phones)
        await _play(telling, f"{BEGIN}\nbo: [Ja, …]\nanna: [Ja, graag]\nanna: {ADDRESS}")
        assert (await _told(phones))["hides"] is None
        await _play(telling, "bo: [Adres bekijken]")
        ask = await _told(phones)
        assert ask["hides"] is not None
        assert _happened(ask)[:2] == [
            "Bo heeft het adres gezien.",
            "De vrager zei ja. Bo mag nu het adres zien.",
        ]
        assert _facts(ask)[2] == "Alleen de helper: beide zeiden ja. Ze praten via Omzien."
        await _play(telling, "anna: [Afzeggen]")
        await _play(telling, "anna: [Ja, …]")
        ask = await _told(phones)
        assert _facts(ask)[2] == "Niemand meer: het is afgelopen."
        assert _happened(ask)[0] == "De vrager heeft het niet meer nodig."
