"""Trouble on purpose: what the network and Telegram may do to a bot, switched on by a test."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong with a call."""

    TOO_MANY_REQUESTS = "too_many_requests"
    BAD_GATEWAY = "bad_gateway"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"


@dataclass(slots=True)
class Fault:
    """One kind of trouble, for the next `calls` calls or for a share of all calls."""

    kind: Kind
    calls: int = 0
    probability: float = 0.0
    retry_after: int = 1
    methods: frozenset[str] = frozenset()
    chat_id: int | None = None


class Faults:
    """Decides per call whether it fails; the same seed gives the same run of luck."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.hits: dict[str, int] = {}
        self._random = random.Random(0)  # noqa: S311 - luck that can be repeated, not a secret

    def add(self, fault: Fault, seed: int = 0) -> None:
        """Switch a fault on."""
        if not fault.calls and not 0 < fault.probability <= 1:
            raise ValueError("Say for how many calls, or with which probability up to 1.")
        self._random.seed(seed)
        self.rules.append(fault)

    def clear(self) -> None:
        """Everything works again."""
        self.rules.clear()

    def strike(self, method: str, chat_id: object) -> Fault | None:
        """The fault that hits this call, if any."""
        for rule in self.rules:
            if rule.methods and method not in rule.methods:
                continue
            if rule.chat_id is not None and str(rule.chat_id) != str(chat_id):
                continue
            if not rule.calls:
                if self._random.random() >= rule.probability:
                    continue
            elif rule.calls == 1:
                self.rules.remove(rule)
            else:
                rule.calls -= 1
            self.hits[rule.kind] = self.hits.get(rule.kind, 0) + 1
            return rule
        return None
