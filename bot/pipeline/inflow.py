"""How much one sender may put in: whoever sends faster is told so, and is not read for a while."""

from dataclasses import dataclass, field

from bot.pipeline.limits import Bucket

BURST = 120
"""Messages and presses in a row that are read; a whole report takes about fifteen."""
RATE = 1.0
"""Of them a second after that: as fast as Telegram lets us answer (Bot API FAQ)."""
ALARM_RATE = 0.1
"""Help numbers a second to who goes on beyond that: they stand on the screen already."""
TELL_RATE = 1 / 60
"""How often a second a sender is told to go slower."""
MOST = 10_000
"""Senders that are remembered before those who went quiet are forgotten."""


@dataclass(slots=True)
class Sender:
    """What one sender may still do."""

    messages: Bucket
    alarms: Bucket
    tellings: Bucket

    @classmethod
    def at(cls, now: float) -> "Sender":
        """Somebody new, at `now` in seconds."""
        return cls(
            messages=Bucket(RATE, BURST, now, BURST),
            alarms=Bucket(ALARM_RATE, 1, now, 1),
            tellings=Bucket(TELL_RATE, 1, now, 1),
        )


@dataclass(slots=True)
class Inflow:
    """Who may send how much more; kept in memory, since a restart may forget a flood."""

    _senders: dict[str, Sender] = field(default_factory=dict)

    def reads(self, lane: str, now: float) -> bool:
        """Whether one more input of this lane is read, which counts it."""
        return _taken(self._sender(lane, now).messages, now)

    def alarms(self, lane: str, now: float) -> bool:
        """Whether words of danger beyond the limit are answered once more."""
        return _taken(self._sender(lane, now).alarms, now)

    def tells(self, lane: str, now: float) -> bool:
        """Whether it is time to say that not everything is read."""
        return _taken(self._sender(lane, now).tellings, now)

    def _sender(self, lane: str, now: float) -> Sender:
        if lane not in self._senders:
            if len(self._senders) >= MOST:
                self._forget(now)
            self._senders[lane] = Sender.at(now)
        return self._senders[lane]

    def _forget(self, now: float) -> None:
        self._senders = {
            lane: sender for lane, sender in self._senders.items() if not sender.messages.full(now)
        }


def _taken(bucket: Bucket, now: float) -> bool:
    if bucket.wait(now) > 0:
        return False
    bucket.take()
    return True
