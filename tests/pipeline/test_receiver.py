"""The receiver on a real inbox: kept first, confirmed afterwards, whatever comes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.core.ports import Call, Priority
from bot.pipeline.loops import Stopping, Wake
from bot.pipeline.receiver import Receiver
from bot.sandbox import MovableClock, Sandbox
from bot.telegram import Telegram
from storage import StorageUnavailable, Store


class Doorkeeper:
    """A door that takes fright at one text, and calls another one danger."""

    def lane(self, update: Mapping[str, Any]) -> str:
        """All in one lane."""
        del update
        return "lane"

    async def alarm(self, update: Mapping[str, Any]) -> tuple[Call, ...]:
        """Fails, answers, or has nothing to say."""
        text = update["message"]["text"]
        if text == "odd":
            raise ValueError
        params = {"chat_id": 1, "text": "112"}
        call = Call(chat="1", method="sendMessage", params=params, priority=Priority.DANGER)
        return (call,) if text == "danger" else ()


class Forgetful(Store):
    """A store that is away the first time."""

    troubles = 1

    async def receive(self, arrivals: Any) -> int:
        """Fails once."""
        if self.troubles:
            self.troubles -= 1
            raise StorageUnavailable
        return await super().receive(arrivals)


@asynccontextmanager
async def receiving(telegram: Telegram, store: Store, clock: MovableClock) -> AsyncIterator[Wake]:
    """A receiver at work."""
    stopping, received = Stopping(), Wake()
    receiver = Receiver(
        telegram,
        store,
        Doorkeeper(),
        bot_id=1,
        clock=clock.now,
        received=received,
        danger=received,
    )
    task = asyncio.create_task(receiver.run(stopping))
    yield received
    stopping.stop()
    await task


async def texts(store: Store, count: int, bell: Wake) -> list[str]:
    """The texts that wait, once there are `count`."""
    async with asyncio.timeout(10):
        while len(waiting := await store.pending(100)) < count:
            await bell.wait(1)
    return [input_.payload["message"]["text"] for input_ in waiting]


def write(sandbox: Sandbox, *words: str) -> None:
    """Send texts to the bot."""
    if 1 not in sandbox.world.people:
        sandbox.control.add_user(1, "Anna")
    for text in words:
        sandbox.control.text(1, text)


async def test_an_update_that_can_not_be_looked_at_is_kept_all_the_same(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """What frightens the door is stored, and so is what comes after it."""
    write(sandbox, "before", "odd", "after")
    async with receiving(telegram, store, clock) as bell:
        assert await texts(store, 3, bell) == ["before", "odd", "after"]


async def test_nothing_is_confirmed_before_it_is_kept(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """When the database is away, Telegram keeps the update and gives it again."""
    write(sandbox, "hello")
    forgetful = Forgetful(store.engines, store.sealer, clock.now)
    async with receiving(telegram, forgetful, clock) as bell:
        assert await texts(store, 1, bell) == ["hello"]
    assert forgetful.troubles == 0


async def test_the_same_update_twice_is_one(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """A restart without an offset gets the last updates again; they are no news."""
    write(sandbox, "danger")
    async with receiving(telegram, store, clock) as bell:
        await texts(store, 1, bell)
    again = [
        {"update_id": int(i.key.rsplit(":", 1)[1]), **dict(i.payload)}
        for i in await store.pending(1)
    ]
    receiver = Receiver(
        telegram, store, Doorkeeper(), bot_id=1, clock=clock.now, received=Wake(), danger=Wake()
    )
    await receiver.keep(again)
    assert len(await store.pending(10)) == 1
    assert len(await store.to_send(10, ())) == 1, "the help numbers go out once"


async def test_stopping_does_not_wait_for_telegram(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """A long poll is given up when it is time to stop."""
    async with asyncio.timeout(5):
        async with receiving(telegram, store, clock):
            await sandbox.world.updates.polled.wait()
