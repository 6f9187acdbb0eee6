"""Floods of messages that go out: one chat must not keep the others waiting, least in danger."""

from bot.core.ports import Priority
from bot.pipeline.sender import AT_ONCE
from bot.sandbox import MovableClock, Sandbox
from bot.telegram import Telegram
from storage import Store
from tests.pipeline.conftest import clock, sandbox, store, telegram
from tests.pipeline.test_sender import phone, put, sending, text

__all__ = ["clock", "sandbox", "store", "telegram"]


async def test_alarms_that_one_chat_can_not_get_hold_up_nobody(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """Who sends danger words by the hundred is told to wait by Telegram; others are helped."""
    phone(sandbox, 1)
    other = phone(sandbox, 2)
    sandbox.control.fail("too_many_requests", probability=1.0, retry_after=600, chat_id=1)
    alarms = [text(1, "Bel nu 112", priority=Priority.DANGER) for _n in range(2 * AT_ONCE)]
    await put(store, [*alarms, text(2, "Bel 113", priority=Priority.DANGER), text(2, "hallo")])
    async with sending(telegram, store, clock):
        await other.expect("113")
        await other.expect("hallo")


async def test_a_chat_that_had_to_wait_gets_its_alarm_after_all(
    store: Store, sandbox: Sandbox, telegram: Telegram, clock: MovableClock
) -> None:
    """The numbers are tried again as soon as Telegram allows it, each once."""
    person = phone(sandbox, 1)
    sandbox.control.fail("too_many_requests", calls=2, retry_after=1, chat_id=1)
    await put(store, [text(1, f"Bel 112 ({n})", priority=Priority.DANGER) for n in range(3)])
    async with sending(telegram, store, clock):
        await person.expect("(2)", within=20)
    assert [b.text for b in person.messages] == [f"Bel 112 ({n})" for n in range(3)]
