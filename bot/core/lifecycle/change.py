"""A change: the item as it is now, what happened to it, and whom to tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from bot.core.items import Event, EventKind, Item, Quiet
from bot.core.notices import Audience, Notice, NoticeKind
from bot.core.people import Frozen

DEAF = frozenset({Quiet.WITHDRAWN, Quiet.UNREACHABLE, Quiet.ERASED})
"""With these a reporter is sent nothing any more, not even news."""


class Change(Frozen):
    """What an act did. Without events nothing changed."""

    item: Item
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()

    def record(
        self,
        kind: EventKind,
        now: datetime,
        *,
        by: str | None = None,
        partner: str | None = None,
        data: Mapping[str, Any] | None = None,
        **state: Any,
    ) -> Self:
        """Add an event, with the fields of the item (`state`) that it changes."""
        revision = self.item.revision + 1
        event = Event(
            item=self.item.key,
            revision=revision,
            at=now,
            kind=kind,
            by=by,
            partner=partner,
            data=dict(data or {}),
        )
        changed = {**state, "revision": revision, "last_step": kind.value}
        item = self.item.model_copy(update=changed)
        return self.model_copy(update={"item": item, "events": (*self.events, event)})

    def tell(self, to: Audience, kind: NoticeKind, **details: Any) -> Self:
        """Tell `to`, unless that is a reporter who can't or may not be told anything."""
        if to is Audience.REPORTER and not hears(self.item):
            return self
        item = self.item
        whom = {**_meant(to, item), **details}
        notice = Notice(
            to=to, kind=kind, item=item.key, code=item.code, revision=item.revision, **whom
        )
        return self.model_copy(update={"notices": (*self.notices, notice)})

    def tell_partners(self, kind: NoticeKind, **details: Any) -> Self:
        """Tell every partner with access: the holder, its deputy, those involved."""
        told = self.tell(Audience.HOLDER, kind, **details)
        assignment = self.item.assignment
        for partner in self.item.holders[1:]:
            deputy = partner == assignment.deputy
            to = Audience.DEPUTY if deputy else Audience.INVOLVED
            told = told.tell(to, kind, partner=partner, **details)
        return told

    def tell_others(self, kind: NoticeKind, *, besides: str | None, **details: Any) -> Self:
        """Tell everyone with access besides one person: their cards change."""
        told = self
        for partner in self.item.holders:
            told = told.tell(Audience.OTHERS, kind, partner=partner, person=besides, **details)
        return told

    def tell_talk(self, kind: NoticeKind, *, besides: str | None = None, **details: Any) -> Self:
        """Tell everyone who talks along after a hand-over, besides one person."""
        told = self
        for person in self.item.talk:
            if person == besides:
                continue
            own = person == self.item.reporter
            if not own or (kind is NoticeKind.TALK and hears(self.item)):
                told = told.tell(Audience.TALK, kind, person=person, **details)
        return told


def hears(item: Item) -> bool:
    """Whether the reporter may be sent anything about this item."""
    return item.reporter is not None and item.line.quiet not in DEAF


def _meant(to: Audience, item: Item) -> dict[str, str | None]:
    if to is Audience.REPORTER:
        return {"person": item.reporter}
    if to is Audience.HOLDER:
        return {"person": item.assignment.by, "partner": item.assignment.partner}
    return {}
