"""Recused: who knows the people has nothing to do with it, whoever gets it then."""

from pathlib import Path

from bot.core.items import Stage
from tests.handlers.partners import MARKERS, Partners, partners


async def _handed_back(scene: Partners) -> None:
    """Bart knows the people; the coordinator gives it to a colleague of his."""
    await scene.report()
    for gesture in ("[I can't now]", "[We can't, because…]", "[I know the people]", "[No note]"):
        await scene.act("bart", gesture)
    scene.news("bart"), scene.news("bea")
    for gesture in ("[Assign]", "[Neighbourhood mediation]", "Bea does not know them"):
        await scene.act("carla", gesture)


async def test_who_knows_the_people_hears_and_reads_nothing_more(tmp_path: Path) -> None:
    """The colleague is alerted and takes it on; a forged button of the other shows nothing."""
    async with partners(tmp_path) as scene:
        await _handed_back(scene)
        assert not scene.news("bart")
        item = await scene.item()
        for verb in ("open", "accept", "note", "cover"):
            shown = await scene.act("bart", f"<forged: {verb}:item-1:{item.revision}>")
            assert not any(marker in one.text for one in shown for marker in MARKERS)
        assert await scene.item() == item
        await scene.act("bea", "[Openen]")
        await scene.act("bea", "[Ik pak dit op]")
        assert (await scene.item()).stage is Stage.HELD
        shown = await scene.act("bart", "/werk")
        assert not any("GB-7K2F" in one.text for one in shown)


async def test_whoever_declines_sees_on_the_old_card_who_has_it_now(tmp_path: Path) -> None:
    """Its buttons are gone with the access."""
    async with partners(tmp_path) as scene:
        await scene.report()
        for gesture in ("[I can't now]", "[We can't, because…]", "[It is not for us]"):
            await scene.act("bart", gesture)
        shown = await scene.act("bart", "[No note]")
        edited = [one for one in shown if one.what == "edits"]
        assert [(one.text, one.buttons) for one in edited] == [
            ("Omzien GB-7K2F. It is with the municipality now.", ())
        ]
