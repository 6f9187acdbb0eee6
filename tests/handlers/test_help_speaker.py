"""Who asks for somebody else can go: an open ask never loses the person who answers for it."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.core.helping import circles, searching
from bot.core.helping.asks import Ask, Consent, Wish
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import CircleRole
from bot.core.helping.times import Daypart, When
from bot.core.people import Role
from handlers.helping import asks
from tests.handlers.near import Near, near

TOOS = "ask9"
DAY = date(2026, 3, 4)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Near]:
    """A circle with one volunteer, Vera."""
    async with near(tmp_path) as scene:
        yield scene


async def asked_for_toos(scene: Near, by: str) -> None:
    """Somebody asks for Toos, who has no phone."""
    async with scene.village.store.writing() as records:
        turn, key = scene.turn(records), scene.key(by)
        wish = Wish(
            kind="groceries",
            when=When(first=DAY, last=DAY, parts=(Daypart.MORNING,)),
            area="gemert",
            circle="molenstraat",
            for_other="Toos",
            consent=Consent(to=key, at=turn.now),
        )
        change = searching.start(
            wish, key=TOOS, code="GB-9RTX", asker=None, by=key, rules=turn.rules, now=turn.now
        )
        await asks.keep(turn, change)
    await scene.village.settle()
    scene.clear()


async def put(scene: Near) -> Ask:
    """The ask for Toos, as it is now."""
    return await scene.ask(TOOS)


def told(scene: Near, name: str) -> bool:
    """Whether somebody hears that they speak for the asker now."""
    return any("You speak for the asker from now on" in one.text for one in scene.news(name))


@pytest.mark.parametrize("left", ["volunteer", "coach", "coordinator"])
async def test_who_blocks_the_bot_is_followed_up(scene: Near, left: str) -> None:
    """By another volunteer, else who stands behind, at last a coordinator: who hears that."""
    await scene.join("carla", Role.COORDINATOR, "GEM")
    if left != "coordinator":
        await scene.join("cor", Role.COACH, "BC-COACH")
    if left == "volunteer":
        await scene.hood.place("molenstraat", "vic (volunteer)")
    await asked_for_toos(scene, "vera")
    await scene.act("vera", "<block>")
    heir = {"volunteer": "vic", "coach": "cor", "coordinator": "carla"}[left]
    assert (await put(scene)).by == scene.key(heir)
    assert told(scene, heir)
    last = (await scene.history(TOOS))[-1]
    assert last.kind is AskEventKind.NEW_SPEAKER
    assert last.data == {"person": scene.key("vera"), "to": scene.key(heir)}


async def test_without_anybody_else_it_is_kept(scene: Near) -> None:
    """It still is hers, and goes on asking."""
    await asked_for_toos(scene, "vera")
    await scene.act("vera", "<block>")
    assert (await put(scene)).by == scene.key("vera")


async def test_who_leaves_the_partner_is_followed_up(scene: Near) -> None:
    """What the coach asked is the volunteer's from then on."""
    await scene.join("cor", Role.COACH, "BC-COACH")
    await asked_for_toos(scene, "cor")
    await scene.act("wil", "[Yes, …]")
    for gesture in ("/uitloggen", "[Yes, leave]"):
        await scene.act("cor", gesture)
    ask = await put(scene)
    assert (ask.by, ask.helping) == (scene.key("vera"), (scene.key("wil"),))
    assert told(scene, "vera")
    await scene.act("cor", f"<forged: help_agree:{TOOS}:{ask.revision}>")
    assert await put(scene) == ask


async def test_who_lost_the_role_unseen_decides_nothing(scene: Near) -> None:
    """And at its next step it gets somebody who may."""
    await scene.act("mo", "/help")
    await asked_for_toos(scene, "mo")
    before = await put(scene)
    for press in ("help_off_yes", "help_agree", "halt_yes"):
        await scene.act("mo", f"<forged: {press}:{TOOS}:{before.revision}>")
    assert await put(scene) == before
    assert before.search.next_at
    await scene.village.advance(before.search.next_at - scene.village.clock.now())
    assert (await put(scene)).by == scene.key("vera")


async def wil_helps_toos(scene: Near) -> None:
    """Vera asked and agreed; then her role goes without anybody seeing to what she asked."""
    await scene.hood.place("molenstraat", "vic (volunteer)")
    await asked_for_toos(scene, "vera")
    await scene.act("wil", "[Yes, …]")
    await scene.act("vera", "[Yes, please]")
    await scene.act("vera", "[No address needed]")
    await scene.act("wil", "[Send a message]")
    await scene.act("wil", "I come at ten.")
    async with scene.village.store.writing() as records:
        turn = scene.turn(records)
        vera = await turn.neighbour(scene.key("vera"))
        member = circles.placed(vera, "molenstraat", CircleRole.MEMBER, turn.now)
        asks.keep_neighbour(turn, member)
    scene.clear()


@pytest.mark.parametrize(
    "gesture",
    ["/mijn", "GB-9RTX", '(to "I come at ten") Fine', f"<forged: help_write:{TOOS}:1>"],
)
async def test_who_lost_the_role_unseen_sees_and_writes_nothing(scene: Near, gesture: str) -> None:
    """Neither in the list, nor by the code, nor to who helps."""
    await wil_helps_toos(scene)
    before = await put(scene)
    shown = await scene.act("vera", gesture)
    assert not any(word in one.text for one in shown for word in ("Toos", "Wil", "to write"))
    assert not scene.news("wil")
    assert await put(scene) == before


async def test_words_of_the_helper_go_to_who_speaks_now(scene: Near) -> None:
    """Also where nobody saw yet that the former one may not."""
    await wil_helps_toos(scene)
    await scene.act("wil", "[Send a message]")
    await scene.act("wil", "Or at eleven.")
    heard = [one.text for one in scene.news("vic")]
    assert [text for text in heard if "You speak for the asker from now on" in text]
    assert [text for text in heard if "Or at eleven." in text]
    assert not any("Or at eleven." in one.text for one in scene.news("vera"))
