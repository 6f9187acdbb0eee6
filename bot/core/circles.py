"""Circles and kinds of help: what the covenant says of neighbours who look after one another."""

from collections.abc import Mapping
from datetime import time
from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import Field

from bot.core.names import Id, Language, Titled
from bot.core.terms import Agreed


class CircleKind(StrEnum):
    """What sort of circle it is."""

    BUURTCIRKEL = "buurtcirkel"
    """Nine to twelve people living near each other, with a volunteer and a coach."""
    MIXED = "mixed"
    """A complex in which some tenants carry and some ask, with staff on site."""
    COURTYARD = "courtyard"
    """Residents around a courtyard, with an office on site."""


class Level(IntEnum):
    """How careful a kind of help must be (safeguarding)."""

    NO_CONTACT = 0
    IN_PUBLIC = 1
    """At the door, or where others are."""
    ALONE = 2
    """Alone indoors, transport, money or keys: with a VOG seen and an introduction."""


class HelpKind(Titled):
    """A kind of help that neighbours give each other."""

    level: Level
    company: bool = False
    """Contact and company: the asker says whether someone of their own street may see it."""
    words: Mapping[Language, tuple[str, ...]] = {}
    """Words in somebody's own sentence that suggest this kind."""


class Circle(Titled):
    """People who live near each other and look after one another."""

    kind: CircleKind
    area: Id
    partner: Id
    """The partner that the circle belongs to; its mandate holds for the volunteers."""
    coach: Id
    """The partner whose professionals coach: they stand behind the volunteers."""
    most: Annotated[int, Field(ge=2, le=500)] = 12
    """Members at most."""


class Helping(Agreed):
    """The periods and numbers of asking and offering."""

    invited_at_once: Annotated[int, Field(ge=1, le=10)] = 3
    waves: Annotated[int, Field(ge=1, le=5)] = 2
    """Groups that are invited in private before the circle's board."""
    next_wave_minutes_today: Annotated[int, Field(ge=5)] = 60
    next_wave_hours: Annotated[int, Field(ge=1)] = 24
    """On the day of the help itself, from the morning on, the minutes count instead."""
    confirm_minutes_today: Annotated[int, Field(ge=5)] = 60
    """How long an asker may take to agree, before the volunteer looks; for help today."""
    confirm_hours: Annotated[int, Field(ge=1)] = 24
    remind_hours: tuple[Annotated[int, Field(ge=1)], ...] = (24, 3)
    """Hours before the help that both are reminded."""
    seen_minutes: Annotated[int, Field(ge=5)] = 30
    """Without a "seen" for so long, the volunteer is asked to phone."""
    after_hours: Annotated[int, Field(ge=1)] = 2
    """Hours after the help that both are asked how it went."""
    silence_hours: Annotated[int, Field(ge=1)] = 24
    """Between a question and its reminder, and between that and the volunteer, and the coach."""
    vog_years: Annotated[int, Field(ge=1, le=10)] = 3
    small_circle: Annotated[int, Field(ge=2)] = 8
    """In a circle with fewer members a task tells who asks, so the group only sees a question."""
    count_days: Annotated[int, Field(ge=7)] = 30
    """Over so many days helps are counted."""
    heavy_helps: Annotated[int, Field(ge=2)] = 8
    """Who helped so often in that time is asked how it goes."""
    cancels_before_call: Annotated[int, Field(ge=1)] = 2
    no_shows_before_note: Annotated[int, Field(ge=1)] = 2
    asks_per_day: Annotated[int, Field(ge=1)] = 5
    open_asks: Annotated[int, Field(ge=1, le=50)] = 10
    """Asks of one person at the same time, weekly help too; as many again for others."""
    code_days: Annotated[int, Field(ge=1)] = 14
    """How long the code to join a circle can be used."""
    evening: time = time(19)
    """When volunteers hear how their circle stands, or after the quiet hours if it is in them."""
    weekly_ahead_days: Annotated[int, Field(ge=1, le=6)] = 5
    """Days before the next time that someone is looked for, when help is weekly."""
