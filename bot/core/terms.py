"""The covenant's numbers: working hours, periods, how long things are kept, and limits."""

from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

Weekday = Annotated[int, Field(ge=1, le=7)]
"""ISO weekdays: 1 is Monday."""


class Agreed(BaseModel):
    """A part of the covenant: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Hours(Agreed):
    """When partners work, and when residents are left in peace. Local times."""

    zone: str
    workdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    start: time
    end: time
    same_day_until: time
    """A same-day term that starts later counts as the next working day."""
    quiet_from: time
    quiet_until: time
    holidays: str = "NL"
    """Country whose public holidays are no working days (ISO 3166)."""

    @property
    def timezone(self) -> ZoneInfo:
        """The zone that people live in."""
        return ZoneInfo(self.zone)


class Times(Agreed):
    """The covenant's other periods."""

    told_within_days: Annotated[int, Field(ge=1, le=31)] = 28
    """Calendar days to tell the person concerned (GDPR art. 14(3): within a month)."""
    confirm_after_days: Annotated[int, Field(ge=0)] = 3
    """Calendar days after closing before the reporter is asked to confirm."""
    remind_after_days: Annotated[int, Field(ge=1)] = 4
    """Calendar days before an unanswered question to a reporter is asked again."""
    unsafe_working_days: Annotated[int, Field(ge=0)] = 0
    """Working days within which the coordinator calls a reporter who is not safe; 0: the same."""
    aftercare_days: Annotated[int, Field(ge=1)] = 28
    blank_after_minutes: Annotated[int, Field(ge=1)] = 15
    draft_hours: Annotated[int, Field(ge=1)] = 24
    invite_hours: Annotated[int, Field(ge=1)] = 72


class Retention(Agreed):
    """How long things are kept, in days, from the moment that the name tells."""

    handled_ids: Annotated[int, Field(ge=1)] = 7
    withdrawn: Annotated[int, Field(ge=1)] = 30
    reporter_link: Annotated[int, Field(ge=1)] = 30
    contents: Annotated[int, Field(ge=1, le=365)] = 90
    help_done: Annotated[int, Field(ge=1, le=365)] = 30
    """Of an ask, after its end."""
    bare_row: Annotated[int, Field(ge=1)] = 730
    access_log: Annotated[int, Field(ge=1)] = 730
    backups: Annotated[int, Field(ge=1)] = 30


class Limits(Agreed):
    """What one person may cause."""

    reports_per_day: Annotated[int, Field(ge=1)] = 5
    additions_per_item: Annotated[int, Field(ge=1)] = 20
    photos_per_item: Annotated[int, Field(ge=0)] = 5
    acts_per_day: Annotated[int, Field(ge=5)] = 30
    """What one person may do in a day with one report or ask: answer, add, choose, write, open."""
