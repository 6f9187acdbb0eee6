"""Telegram's limits, by a clock that the test moves."""

from bot.pipeline.limits import Limits, Rates


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    """Three at once pass, the fourth waits its second."""
    time = Seconds()
    limits = Limits(Rates(total=1000, chat=1, burst=3), time)
    time.now = 1.0
    for _ in range(3):
        assert limits.chat_wait("a", group=False) == 0
        limits.take("a", group=False)
    assert limits.chat_wait("a", group=False) == 1.0
    assert limits.chat_wait("b", group=False) == 0, "another chat does not wait"
    time.now = 2.0
    assert limits.chat_wait("a", group=False) == 0


def test_all_chats_together_stay_below_thirty_a_second() -> None:
    """In ten seconds at most 30 a second go out, besides what was saved up for one second."""
    time = Seconds()
    limits = Limits(Rates(total=30, chat=1000), time)
    gone = 0
    for step in range(1, 1001):
        time.now = step / 100
        if not limits.total_wait():
            limits.take(f"chat {step}", group=False)
            gone += 1
    assert 295 <= gone <= 330


def test_a_group_gets_twenty_a_minute() -> None:
    """After the burst a group waits three seconds for each message."""
    time = Seconds()
    limits = Limits(Rates(total=1000, burst=1), time)
    time.now = 5.0
    limits.take("group", group=True)
    assert limits.chat_wait("group", group=True) == 3.0


def test_quiet_chats_are_forgotten() -> None:
    """Memory is for who got a message just now."""
    time = Seconds()
    limits = Limits(Rates(total=1000), time)
    time.now = 1.0
    limits.take("a", group=False)
    limits.forget_idle()
    assert limits.remembered == 1
    time.now = 10.0
    limits.forget_idle()
    assert limits.remembered == 0
