"""Erased: what a reporter finds when the covenant's terms have passed."""

from datetime import timedelta
from pathlib import Path

from bot.core.people import Role
from tests.dialogues.replay import REPORTS
from tests.handlers.partners import Partners, partners


async def _closed(scene: Partners) -> str:
    """A report that a professional closed and the reporter confirmed; its code."""
    await scene.join("gerda", Role.PROFESSIONAL, "GEM", language="nl")
    scene.phones.user("anna", "nl")
    for gesture in REPORTS["noise"]:
        await scene.act("anna", gesture)
    for press in ("[Openen]", "[Ik pak dit op]", "[Klaar]", "[Het is opgelost]", "[Geen notitie]"):
        await scene.act("gerda", press)
    await scene.act("anna", "[Het is niet opgelost]")
    await scene.act("anna", "[Goed]")
    (list_,) = await scene.act("anna", "/mijn")
    return list_.buttons[0]


async def _later(scene: Partners, days: int) -> None:
    """So many days pass, and the night erases what has passed its term."""
    await scene.village.advance(timedelta(days=days))
    await scene.village.store.retain(scene.village.rules.covenant.retention)
    scene.news("anna")


async def test_what_ended_long_ago_is_no_longer_the_reporters(tmp_path: Path) -> None:
    """The list and the code say so in words; an old button changes nothing."""
    async with partners(tmp_path) as scene:
        code = await _closed(scene)
        await _later(scene, 31)
        for asked in ("/mijn", code):
            (answer,) = await scene.act("anna", asked)
            assert "Wat langer dan 30 dagen geleden is afgesloten" in answer.text
            assert code not in answer.text
        (toast,) = await scene.act("anna", f"[{code}]")
        assert (toast.what, toast.text) == ("toast", "Dit is er niet meer.")


async def test_aftercare_comes_before_the_link_is_erased(tmp_path: Path) -> None:
    """Four weeks after the end it is asked once more, and the answer can open it again."""
    async with partners(tmp_path) as scene:
        code = await _closed(scene)
        await scene.village.advance(timedelta(days=28, hours=1))
        await scene.village.store.retain(scene.village.rules.covenant.retention)
        assert [one.text for one in scene.news("anna")][-1] == f"Een vraag over {code}."
        await scene.act("anna", "[Openen]")
        shown = await scene.act("anna", "[Erger]")
        assert any("is weer open" in one.text for one in shown)
