"""A backup is whole and private; putting it back forgets again what was erased since."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.core.helping.asks import Ask, AskStage
from bot.core.helping.neighbours import Group, Neighbour
from bot.core.items import Item, Stage
from bot.core.people import Person
from storage import Keys, SealBroken, Store, WrongKeys, backup, open_store, restore
from storage.errors import BackupExists, NoBackup, NotSqlite
from tests.storage.conftest import StandingClock
from tests.storage.samples import (
    NOW,
    arrival,
    ask,
    ask_event,
    drafts,
    event,
    group,
    invite,
    item,
    neighbour,
    person,
)
from tests.storage.test_retention import TERMS
from tests.storage.turns import append, keep

ENDED = item(stage=Stage.CONFIRMED, ended=NOW)


@pytest.fixture
def address(tmp_path: Path) -> str:
    """An SQLite database: others have tools of their own."""
    return f"sqlite:///{tmp_path / 'omzien.db'}"


@pytest.fixture
async def running(address: str, keys: Keys, clock: StandingClock) -> AsyncIterator[Store]:
    """A store in use."""
    store = await open_store(address, keys, clock=clock)
    yield store
    await store.close()


async def test_a_backup_is_made_while_the_bot_runs_and_put_back(
    running: Store, address: str, keys: Keys, clock: StandingClock, tmp_path: Path
) -> None:
    await keep(running, person(), item())
    file = tmp_path / "copy.db"
    async with running.batch():
        await backup(address, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
    await keep(running, person("later"))
    await running.close()
    await restore(address, keys, file)
    store = await open_store(address, keys, clock=clock)
    async with store.reading() as records:
        assert await records.get(Item, "i1") == item()
        assert await records.get(Person, "later") is None
    await store.close()


async def test_a_restored_backup_forgets_what_was_erased_since(
    running: Store, address: str, keys: Keys, clock: StandingClock, tmp_path: Path
) -> None:
    await keep(running, ENDED, item("i2"), ask(stage=AskStage.ENDED, ended=NOW), ask("a2"))
    await append(running, event(), ask_event())
    await backup(address, tmp_path / "copy.db")
    clock.pass_(days=91)
    await running.retain(TERMS)
    await running.close()
    await restore(address, keys, tmp_path / "copy.db")
    store = await open_store(address, keys, clock=clock)
    async with store.reading() as records:
        assert await records.get(Item, "i1") is None
        assert [dict(e.data) for e in await records.history("i1")] == [{}]
        assert await records.get(Item, "i2") == item("i2")
        assert await records.get(Ask, "a1") is None
        assert [dict(e.data) for e in await records.ask_history("a1")] == [{}]
        assert await records.asks_in("molenstraat") == [ask("a2")]
    await store.close()


async def test_a_backup_can_be_put_back_where_nothing_is(
    running: Store, address: str, keys: Keys, clock: StandingClock, tmp_path: Path
) -> None:
    await keep(running, person())
    await backup(address, tmp_path / "copy.db")
    elsewhere = f"sqlite:///{tmp_path / 'new.db'}"
    await restore(elsewhere, keys, tmp_path / "copy.db")
    store = await open_store(elsewhere, keys, clock=clock)
    async with store.reading() as records:
        assert await records.get(Person, "anna") == person()
    await store.close()


async def test_a_backup_overwrites_nothing(running: Store, address: str, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(BackupExists):
        await backup(address, tmp_path / "copy.db")
    assert await running.next_due() is None


async def test_what_is_no_backup_of_ours_is_refused(
    running: Store, address: str, keys: Keys, tmp_path: Path
) -> None:
    await keep(running, person())
    (tmp_path / "text").write_text("hello" * 1000)
    await backup(address, tmp_path / "copy.db")
    with pytest.raises(NoBackup):
        await restore(address, keys, tmp_path / "text")
    with pytest.raises(NoBackup):
        await restore(address, keys, tmp_path / "missing")
    with pytest.raises(WrongKeys):
        await restore(address, Keys.generate(), tmp_path / "copy.db")
    async with running.reading() as records:
        assert await records.get(Person, "anna") == person()


async def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(NotSqlite):
        await backup("postgresql://localhost/omzien", tmp_path / "copy.db")


async def test_after_rotation_the_old_key_can_go(
    url: str, store: Store, keys: Keys, clock: StandingClock
) -> None:
    things = [person(f"p{n:04}") for n in range(1100)]
    await keep(store, *things, item(), drafts(), invite())
    await keep(store, ask(), neighbour(), group())
    await append(store, event(), ask_event())
    await store.receive([arrival(1)])
    await store.close()
    both = keys.rotated()
    rotating = await open_store(url, both, clock=clock)
    assert await rotating.rotate() == 1109
    assert await rotating.rotate() == 0
    await rotating.close()
    only_new = Keys(both.sealing[:1], both.lookup)
    rotated = await open_store(url, only_new, clock=clock)
    async with rotated.reading() as records:
        assert await records.get(Person, "p1099") == things[-1]
        assert await records.get(Item, "i1") == item()
        assert await records.history("i1") == [event()]
        assert await records.ask_history("a1") == [ask_event()]
        assert await records.asks_in("molenstraat") == [ask()]
        assert await records.get(Neighbour, "ria") == neighbour()
        assert await records.get(Group, "molenstraat") == group()
    assert [i.payload for i in await rotated.pending(10)] == [arrival(1).payload]
    await rotated.close()


async def test_without_its_key_a_value_does_not_open(
    url: str, store: Store, keys: Keys, clock: StandingClock
) -> None:
    await keep(store, person())
    await store.close()
    other = await open_store(url, Keys(Keys.generate().sealing, keys.lookup), clock=clock)
    async with other.reading() as records:
        with pytest.raises(SealBroken):
            await records.get(Person, "anna")
    async with other.engines.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM people")) == 1
    await other.close()
