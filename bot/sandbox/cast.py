"""Who plays in the sandbox: the people on the phones, and places to share."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """A person on one of the phones.

    `slot` is the phone: resident, volunteer, professional or coordinator in the scene of a worry;
    asker, helper, second (helper) or guide (the circle's volunteer) in that of neighbours. Several
    personas may share one; one without a slot is not on the page. `labels` say whom this person
    stands for, by language of the page; colleagues have the same ones. `opening` is sent once, at
    the first start, such as `/start` with an invite.
    """

    user_id: int
    first_name: str
    language: str
    slot: str
    labels: Mapping[str, str]
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """A Telegram group on the page, with the bot in it from the start."""

    chat_id: int
    title: str
    members: tuple[int, ...]


# Village centres to share as a location, roughly: latitude, longitude.
PLACES: dict[str, tuple[float, float]] = {
    "Gemert": (51.5561, 5.6903),
    "Bakel": (51.5031, 5.7398),
    "Handel": (51.5839, 5.7136),
    "De Mortel": (51.5367, 5.7106),
    "Milheeze": (51.5017, 5.7789),
    "Elsendorp": (51.5761, 5.7697),
    "De Rips": (51.5497, 5.8089),
}
