"""Reading: no contents on any partner's screen without protection and a row in the access log."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.people import Role
from bot.sandbox.state import Json
from tests.handlers.partners import Partners, partners
from tests.hostile.looking import NEGLECT, SECRETS, leaks, verbs

PARTNERS = ("carla", "chris", "gina", "bart")
"""The coordinators, who is involved, and somebody without a mandate."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Partners]:
    """A report that the municipality leads, with public health involved."""
    async with partners(tmp_path) as scene:
        await scene.join("gina", Role.PROFESSIONAL, "GGD")
        await scene.join("chris", Role.COORDINATOR, "GEM")
        await scene.report(NEGLECT)
        yield scene


async def test_whatever_shows_contents_is_logged_in_the_same_turn(scene: Partners) -> None:
    """Every verb by everyone at a partner: secrets on the screen mean one more row in the log."""
    logged = 0
    for gesture in ("accept:item-1:2", "note:item-1:3"):
        await scene.act("carla", f"<forged: {gesture}>")
    await scene.act("carla", "Geheime notitie")
    for verb in verbs():
        for name in PARTNERS:
            revision = (await scene.item()).revision
            shown = await scene.act(name, f"<forged: {verb}:item-1:{revision}>")
            rows = len(await scene.accesses())
            if leaks(shown):
                assert rows == logged + 1, f"{verb} shows {name} contents and logs nothing"
                assert (await scene.accesses())[-1].person == (await scene.person(name)).key
            logged = rows
            scene.village.clock.advance(timedelta(seconds=5))
    assert logged, "somebody opened it"


async def test_a_life_long_only_openings_show_contents(scene: Partners) -> None:
    """Alerts, lists, digests, reminders, answers, additions: none has a word of the report."""
    seen: list[tuple[int, Json]] = []

    def note(change: Json) -> None:
        if change["kind"] == "message" and change["what"]["from_bot"]:
            seen.append((change["chat_id"], change["what"]["message"]))

    scene.village.sandbox.world.listeners.append(note)
    await scene.act("sanne", "<forged: add:item-1:2>")
    for gesture in ("Fles in de sloot", "<photo: Achterdoor>", "[Ready]"):
        await scene.act("sanne", gesture)
    await scene.village.advance(timedelta(days=20))
    await scene.act("carla", "<forged: accept:item-1:2>")
    await scene.act("carla", "<forged: ask_reporter:item-1:2>")
    await scene.act("carla", "Waar is de Achterdoor?")
    await scene.act("sanne", "<forged: question:item-1:2>")
    await scene.act("sanne", "Achterdoor in de Kerkstraat")
    for name in PARTNERS:
        for command in ("/werk", "/regie", "GB-7K2F", "<forged: pile:open:0>"):
            await scene.act(name, command)
    await scene.village.advance(timedelta(days=40))
    users = {scene.phones.user(name) for name in PARTNERS}
    told = [m.get("text", "") + m.get("caption", "") for user, m in seen if user in users]
    assert not [words for words in told if any(secret in words for secret in SECRETS)]
    assert not await scene.accesses()
