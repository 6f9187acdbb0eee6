"""How fast messages may go out: token buckets, in all and per chat, by the loop's own time."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """Holds at most `burst` tokens and gains `rate` of them a second."""

    rate: float
    burst: float
    filled: float
    """When `tokens` was counted, in seconds."""
    tokens: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 when there is one."""
        self._fill(now)
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate

    def take(self) -> None:
        """Take a token that is there."""
        self.tokens -= 1

    def full(self, now: float) -> bool:
        """Whether it holds all it can, so that it need not be remembered."""
        self._fill(now)
        return self.tokens >= self.burst

    def _fill(self, now: float) -> None:
        self.tokens = min(self.burst, self.tokens + (now - self.filled) * self.rate)
        self.filled = now


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages per second. The defaults are Telegram's: 30 in all, 1 per chat, 20 a minute per
    group (Bot API FAQ, "My bot is hitting limits")."""

    total: float = 30
    chat: float = 1
    group: float = 20 / 60
    burst: int = 3
    """Messages in one chat that may follow each other at once."""


@dataclass(slots=True)
class Limits:
    """Who may send now: asks the bucket of all and that of the chat."""

    rates: Rates
    time: Callable[[], float]
    _total: Bucket = field(init=False)
    _chats: dict[str, Bucket] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._total = Bucket(self.rates.total, max(1.0, self.rates.total), self.time(), 1.0)

    def chat_wait(self, chat: str, *, group: bool) -> float:
        """Seconds until this chat may have a message."""
        return self._chat(chat, group=group).wait(self.time())

    def total_wait(self) -> float:
        """Seconds until any message may go."""
        return self._total.wait(self.time())

    def take(self, chat: str, *, group: bool) -> None:
        """Count one message to this chat."""
        self._total.take()
        self._chat(chat, group=group).take()

    @property
    def remembered(self) -> int:
        """How many chats have a bucket now."""
        return len(self._chats)

    def forget_idle(self) -> None:
        """Forget the chats that have been quiet, so that memory stays small."""
        now = self.time()
        for chat in [chat for chat, bucket in self._chats.items() if bucket.full(now)]:
            del self._chats[chat]

    def _chat(self, chat: str, *, group: bool) -> Bucket:
        if chat not in self._chats:
            rate = self.rates.group if group else self.rates.chat
            burst = float(self.rates.burst)
            self._chats[chat] = Bucket(rate, burst, self.time(), burst)
        return self._chats[chat]
