"""The sender on a real outbox and a pretend Telegram that misbehaves."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.core.ports import Call, Priority
from bot.pipeline.limits import Limits, Rates
from bot.pipeline.loops import Stopping, Wake
from bot.pipeline.sender import Sender
from bot.sandbox import MovableClock, Sandbox
from bot.sandbox.phone import Phone
from bot.telegram import Telegram
from storage import Store

FAST = Rates(total=10_000, chat=10_000, burst=100)


def text(user: int, words: str, **more: object) -> Call:
    """A message to a user, whose key is the number in words here."""
    return Call.model_validate(
        {
            "chat": str(user),
            "method": "sendMessage",
            "params": {"chat_id": user, "text": words},
            **more,
        }
    )


async def put(store: Store, calls: Sequence[Call]) -> None:
    """Queue calls in one transaction."""
    async with store.writing() as records:
        for call in calls:
            records.append(call)


def phone(sandbox: Sandbox, user: int) -> Phone:
    """A phone that the bot may write to."""
    made = Phone(sandbox, user)
    sandbox.control.open_chat(user)
    return made


@asynccontextmanager
async def sending(
    telegram: Telegram, store: Store, clock: MovableClock, rates: Rates = FAST
) -> AsyncIterator[Wake]:
    """A sender at work."""
    stopping, decided = Stopping(), Wake()
    limits = Limits(rates, asyncio.get_running_loop().time)
    sender = Sender(telegram, store, limits, clock=clock.now, decided=decided)
    task = asyncio.create_task(sender.run(stopping))
    yield decided
    stopping.stop()
    decided.ring()
    await task


async def test_messages_of_a_chat_keep_their_order(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """Thirty messages to each of ten chats arrive in the order in which they were decided."""
    phones = [phone(sandbox, user) for user in range(1, 11)]
    await put(store, [text(u, f"{n}") for n in range(30) for u in range(1, 11)])
    async with sending(telegram, store, clock):
        for each in phones:
            await each.expect("29")
    for each in phones:
        assert [b.text for b in each.messages] == [str(n) for n in range(30)]


async def test_one_chat_that_must_wait_does_not_stall_the_others(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """While Telegram asks patience for one chat, another gets all of its messages."""
    slow, quick = phone(sandbox, 1), phone(sandbox, 2)
    sandbox.control.fail("too_many_requests", probability=1.0, retry_after=600, chat_id=1)
    await put(store, [text(1, "later")] + [text(2, f"{n}") for n in range(20)])
    async with sending(telegram, store, clock):
        await quick.expect("19")
        assert slow.messages == []


async def test_danger_passes_everything(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """Help numbers go out at once to a chat that has used up its messages for now."""
    person = phone(sandbox, 1)
    await put(store, [text(1, f"{n}") for n in range(5)])
    async with sending(telegram, store, clock, Rates(total=10_000, chat=0.001, burst=1)) as bell:
        await person.expect("0")
        await put(store, [text(1, "Bel nu 112", priority=Priority.DANGER)])
        bell.ring()
        await person.expect("112")
        assert [b.text for b in person.messages] == ["0", "Bel nu 112"]


async def test_an_edit_finds_its_card_and_an_edit_of_nothing_is_done(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """An edit names a card; the sender finds the message, and goes on when there is none."""
    person = phone(sandbox, 1)

    def edit(card: str, words: str) -> Call:
        return text(1, words, method="editMessageText", card=card)

    await put(
        store,
        [
            text(1, "old", card="c"),
            edit("gone", "nothing"),
            edit("c", "new"),
            edit("c", "new"),
            text(1, "last"),
        ],
    )
    async with sending(telegram, store, clock):
        await person.expect("last")
    assert [b.text for b in person.messages] == ["new", "last"]


async def test_a_person_who_blocked_us_becomes_a_signal(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """After 403 nothing waits for this person any more, and the worker hears of it."""
    phone(sandbox, 1)
    sandbox.control.block(1)
    await put(store, [text(1, "a"), text(1, "b")])
    async with sending(telegram, store, clock) as bell:
        await until(lambda: waiting(store, "Unreachable"), bell)
    assert await store.to_send(10, ()) == []


async def test_a_call_that_is_our_own_fault_is_put_aside(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """A message that Telegram refuses for good does not hold up its chat."""
    person = phone(sandbox, 1)
    await put(store, [text(1, "<b>", params={"chat_id": 1, "text": "x" * 5000}), text(1, "next")])
    async with sending(telegram, store, clock):
        await person.expect("next")
    assert await waiting(store, "Unsent")


async def test_trouble_on_the_way_delays_and_loses_nothing(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """A gateway's error page and dropped connections only cost time."""
    person = phone(sandbox, 1)
    for trouble in ("bad_gateway", "drop_before"):
        sandbox.control.fail(trouble, calls=2)
    await put(store, [text(1, f"{n}") for n in range(5)])
    async with sending(telegram, store, clock):
        await person.expect("4", within=30)
    assert [b.text for b in person.messages] == [str(n) for n in range(5)]


async def waiting(store: Store, kind: str) -> bool:
    """Whether a signal of this kind waits for the worker."""
    return any(i.kind == kind for i in await store.pending(10))


async def until(condition: object, bell: Wake) -> None:
    """Wait until a condition in the database holds."""
    assert callable(condition)
    async with asyncio.timeout(10):
        while not await condition():
            bell.ring()
            await asyncio.sleep(0)
