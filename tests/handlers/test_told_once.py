"""Nobody hears the same thing twice, in whichever roles and circles they are."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.helping.change import AskChange, News, To
from bot.core.helping.events import AskEventKind
from bot.core.people import Role
from handlers.helping import notices
from tests.handlers.near import near


@pytest.mark.parametrize("seen", ["2023-04-01", "2023-03-25", "2023-01-01"])
async def test_a_vog_to_renew_is_said_once_to_who_is_in_two_circles(
    seen: str, tmp_path: Path
) -> None:
    """A month before its end; later where no evening's message went out that day."""
    async with near(tmp_path) as scene:
        await scene.hood.place("molenstraat", f"nina (vog {seen})")
        await scene.hood.place("de-hoeve", f"nina (vog {seen})")
        assert len((await scene.neighbour("nina")).places) == len(("molenstraat", "de-hoeve"))
        await scene.village.advance(timedelta(hours=34))
        said = [s.text for s in scene.news("nina") if "Your VOG was seen" in s.text]
        assert len(said) == 1


async def test_a_coach_who_stands_in_hears_once_who_carries_too_much(tmp_path: Path) -> None:
    """The circle's volunteer is not there, so the notice for both is the coach's."""
    async with near(tmp_path) as scene:
        await scene.join("cor", Role.COACH, "BC-COACH")
        await scene.act("vera", "<block>")
        scene.clear()
        async with scene.village.store.writing() as records:
            turn = scene.turn(records)
            change = AskChange(ask=await scene.ask()).record(AskEventKind.SAID, turn.now)
            for to in (To.VOLUNTEER, To.COACH):
                change = change.tell(to, News.HEAVY, person=scene.key("wil"))
            await notices.tell(turn, change)
        await scene.village.settle()
        said = [s.text for s in scene.news("cor") if "helps very often" in s.text]
        assert len(said) == 1
