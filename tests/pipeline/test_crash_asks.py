"""Neighbours find each other, each ask once, when the plug is pulled again and again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import EXAMPLE
from bot.core.helping.asks import AskStage
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Belonging, CircleRole, Group, Neighbour
from bot.core.people import Person
from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.pipeline import leaks
from tests.pipeline.bot_process import BotProcess
from tests.pipeline.neighbours import CODE, GLAD, GROCERIES, INVITED, MEAL, ON_BOARD, WALK
from tests.pipeline.plug import join, pull_the_plug, until
from tests.pipeline.street import CIRCLE, GROUP, IN_CIRCLE, MEMBERS, TITLE, Street
from tests.pipeline.talking import Steps, Talker
from tests.pipeline.witness import Seen, asks_of, store_of

COORDINATOR = 7_304_000_001
KINDS = {GROCERIES: "groceries", WALK: "company", MEAL: "meal"}
ALWAYS = 2**21 - 1
"""Each part of each day of the week."""
PATIENCE = 60
"""Seconds until the last message has arrived."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the bot leaves everything."""
    made = tmp_path / "bot"
    made.mkdir()
    return made


@pytest.fixture
async def bot(tmp_path: Path, folder: Path, sandbox: Sandbox) -> AsyncIterator[BotProcess]:
    """The real bot with a circle, started; its quiet hours are never now."""
    away = datetime.now(UTC) + timedelta(hours=10)
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("quiet_from = 21:00:00", f"quiet_from = {away:%H}:00:00")
    text = text.replace("quiet_until = 08:00:00", f"quiet_until = {away:%H}:30:00")
    covenant = tmp_path / "covenant.toml"
    covenant.write_text(text, encoding="utf-8")
    process = BotProcess(folder, sandbox.url, covenant=covenant)
    await process.command("db", "upgrade")
    await _circle(folder)
    await process.again()
    yield process
    await process.kill()


async def _circle(folder: Path) -> None:
    """A circle with its members and its group, as if they had been there for long."""
    now = datetime.now(UTC)
    async with store_of(folder) as store, store.writing() as records:
        for user in IN_CIRCLE:
            key = store.lookup("person", user)
            role = CircleRole.VOLUNTEER if user == IN_CIRCLE[-1] else CircleRole.MEMBER
            place = Belonging(circle=CIRCLE, role=role, since=now)
            records.put(Person(key=key, address=user, language="nl", first_name="Aldegonda"))
            records.put(Neighbour(key=key, circles=(place,)))
        lane = store.lookup("chat", str(GROUP))
        records.put(Group(key=CIRCLE, chat=GROUP, lane=lane, linked_by=key, since=now))


async def test_every_ask_is_answered_once_over_ten_kills(sandbox: Sandbox, bot: BotProcess) -> None:
    """Asks, offers and claims come all at once while the bot is killed: each counts once."""
    coordinator = await join(bot, sandbox, COORDINATOR, "coordinator", "GEM")
    street = Street(sandbox)
    offers = asyncio.gather(*(one.offer() for one in street.helpers))
    await pull_the_plug(bot, sandbox, 2, seed=3, apart=40)
    await offers
    asks = asyncio.create_task(street.ask())
    await pull_the_plug(bot, sandbox, 8, seed=9, apart=120)
    await asks

    users = street.by_user()
    seen = await asks_of(bot.folder, [CIRCLE], users)
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await until(sandbox, lambda: not untold(street, seen, coordinator))
    assert not untold(street, seen, coordinator)
    # Pulled once more, so that the write-ahead log is there to look through, as is a backup.
    await bot.command("db", "backup", str(bot.folder / "copy.sqlite3"))
    await bot.kill()

    each_once(street, seen)
    as_it_was_said(street, seen)
    one_helper_each(street, seen)
    read_in_order(street)
    sealed(bot.folder, street)


def untold(street: Street, seen: Seen, coordinator: Phone) -> set[object]:
    """Whom an invitation, the board, an agreement or an alert has not reached (yet)."""
    far_away = {one.code for one in street.far_away}
    alerted = {code for bubble in coordinator.messages for code in CODE.findall(bubble.text)}
    return {
        *(invited(seen) - street.told(INVITED)),
        *(on_board(street) - street.told(ON_BOARD)),
        *(helping(seen) - street.told(GLAD)),
        *(far_away - alerted),
        *range(len(street.in_group()), MEMBERS),
    }


def invited(seen: Seen) -> set[tuple[int, str]]:
    """Who was invited for which ask, by its history."""
    return {
        (seen.users[person], ask.code)
        for ask in seen.asks
        for event in seen.all_of(AskEventKind.INVITED, ask)
        for person in event.data["persons"]
    }


def on_board(street: Street) -> set[tuple[int, str]]:
    """Who reads what on the circle's board."""
    return {(one.phone.user_id, asker.code) for one in street.near for asker in street.members}


def helping(seen: Seen) -> set[tuple[int, str]]:
    """Who helps with which ask."""
    return {(seen.users[ask.helper.person], ask.code) for ask in seen.asks if ask.helper}


def each_once(street: Street, seen: Seen) -> None:
    """Every ask is there, once, and somebody will look at it again."""
    assert Counter(ask.wish.text for ask in seen.asks) == Counter(a.text for a in street.asking)
    assert Counter(ask.code for ask in seen.asks) == Counter(a.code for a in street.asking)
    now = datetime.now(UTC)
    for ask in seen.asks:
        assert seen.planned[ask.key], ask.stage
        assert all(checkin.due > now for checkin in seen.planned[ask.key])
    assert street.told(INVITED) == invited(seen)


def as_it_was_said(street: Street, seen: Seen) -> None:
    """No form lost an answer."""
    asks = {ask.code: ask for ask in seen.asks}
    for one in street.asking:
        ask = asks[one.code]
        wish, came = ask.wish, one not in street.far_away
        assert seen.users[ask.asker or ""] == one.phone.user_id
        assert (wish.text, wish.kind, wish.when.parts) == (one.text, KINDS[one.kind], (one.part,))
        assert wish.area == one.village.lower()
        assert wish.circle == (CIRCLE if came else None)
        assert wish.street == (one.street if one.kind == WALK else "")
        assert wish.address == (one.address if came else "")
    for helper in street.helpers:
        offer = seen.neighbours[helper.phone.user_id].offer
        assert offer is not None
        assert set(offer.kinds) == {KINDS[GROCERIES], KINDS[WALK]}
        assert (offer.times, offer.area, offer.most) == (ALWAYS, "gemert", 8)
        assert offer.street == helper.street


def one_helper_each(street: Street, seen: Seen) -> None:
    """The first claim won, the others were told so, and nobody else hears that they may come."""
    by_user = street.by_user()
    for ask in seen.asks:
        claims = len(seen.all_of(AskEventKind.CLAIMED, ask))
        if ask.stage is AskStage.LOOKING:
            assert (claims, ask.wish.area) == (0, "handel")
            continue
        assert (ask.stage, claims) == (AskStage.AGREED, 1)
        assert len(seen.all_of(AskEventKind.AGREED, ask)) == 1
        assert ask.helper
        user = seen.users[ask.helper.person]
        assert ask.helper.slot in seen.neighbours[user].busy
        asker = by_user[seen.users[ask.asker or ""]]
        assert any(f"{by_user[user].name} komt" in text for text in asker.told())
    assert street.told(GLAD) == helping(seen)
    assert street.second(), "nobody claimed what somebody else had"


def read_in_order(street: Street) -> None:
    """No chat saw its messages out of order."""
    agreeing = [*street.askers, *street.members]
    talks: list[tuple[Talker, Steps]] = [(one, one.steps) for one in street.helpers]
    talks += [(one, one.steps) for one in street.far_away]
    talks += [(one, (*one.steps, *one.agreeing)) for one in agreeing]
    for one, steps in talks:
        assert one.read_in_order(words for words, _, _ in steps), one.told()


def sealed(folder: Path, street: Street) -> None:
    """Nothing that is left tells who asks what where, nor did the group hear it."""
    markers = [marker for one in street.everyone for marker in one.markers()]
    kinds = [("kind", word.encode()) for word in (GROCERIES, KINDS[GROCERIES], WALK)]
    group = [("group", TITLE.encode()), *leaks.number(GROUP)]
    assert leaks.leaks(folder, [*markers, *kinds, *group]) == []
    assert not any(marker in text.encode() for _, marker in markers for text in street.in_group())
    database = folder / "data" / "omzien.sqlite3"
    # Circles are public, but who or what belongs to one is not.
    assert leaks.in_plain(database, CIRCLE) == {"groups.key"}
    assert not leaks.in_plain(database, "gemert")
