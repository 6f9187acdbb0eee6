"""A change of an ask: as it is now, what happened, whom to tell, and what neighbours keep of it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.core.helping.asks import Ask
from bot.core.helping.events import AskEvent, AskEventKind
from bot.core.helping.times import Slot
from bot.core.people import Frozen


class To(StrEnum):
    """Whom a notice is for."""

    ASKER = "asker"
    HELPER = "helper"
    PERSON = "person"
    """The person named in the notice: who was invited, released or takes over."""
    STANDBY = "standby"
    """The members on standby who may help with this."""
    CIRCLE = "circle"
    """All members who may help with this: it is on the board."""
    GROUP = "group"
    """The circle's Telegram group."""
    VOLUNTEER = "volunteer"
    """The circle's volunteers; without any, its coach; without any, the coordinators."""
    COACH = "coach"
    """The circle's coach; without any, the coordinators."""
    COORDINATOR = "coordinator"


class News(StrEnum):
    """What there is to tell about an ask. Who is told what is in `To`."""

    INVITE = "invite"
    """Can you help? The reason comes along; no name, no address, no text."""
    TAKEN = "taken"
    """To who was invited or saw it on the board: somebody else does it."""
    GONE = "gone"
    """To the same: it is not needed any more."""
    TOO_LATE = "too_late"
    """To the same: the time for it has passed."""
    BOARD = "board"
    PROPOSED = "proposed"
    """To the asker: this neighbour wants to help. Do you agree?"""
    PROPOSED_BUSY = "proposed_busy"
    """To who a volunteer proposed, and who helps somebody then already."""
    PROPOSED_PAUSED = "proposed_paused"
    """To who a volunteer proposed, and who has a pause."""
    PROPOSED_FULL = "proposed_full"
    """To who a volunteer proposed, and who helps as often as they offered already."""
    PROPOSED_AGAIN = "proposed_again"
    """To the asker: a reminder of the same."""
    AGREED = "agreed"
    """To the helper: the asker agreed; contact through the bot, the address with a tap."""
    REFUSED = "refused"
    """To who was proposed: the asker chose otherwise. Thanks."""
    WAIT = "wait"
    """To who was proposed: the asker does not answer. Do not go before you hear more."""
    UNANSWERED = "unanswered"
    """To the same: the time has passed without the asker's word. Thanks."""
    FELL_THROUGH = "fell_through"
    """To the asker: the helper can't make it; we look further."""
    LOOKS_ON = "looks_on"
    """To the asker, who let the helper go: we look further."""
    STANDBY = "standby"
    """To standby: somebody fell away; can you?"""
    CANCELLED = "cancelled"
    """To the helper: the asker does not need it any more. Thanks."""
    HAND_OVER = "hand_over"
    """To the asker: the helper looks for somebody to take over."""
    TAKES_OVER = "takes_over"
    """To the asker: this neighbour would take over. Do you agree?"""
    INSTEAD = "instead"
    """To the asker: the helper can't make it, and this neighbour wants to come. Do you agree?"""
    RELEASED = "released"
    """To the former helper: somebody else does it now. Thanks."""
    REMIND = "remind"
    """To asker and helper: the help is soon."""
    HOW_WAS_IT = "how_was_it"
    """To asker and helper: done, partly, no, more is needed?"""
    HOW_AGAIN = "how_again"
    """The same, as a reminder."""
    THANKS = "thanks"
    """To the helper, in private: the asker says thanks."""
    SAID = "said"
    """To the volunteer: it went otherwise than agreed (`how`, by `who`)."""
    NEXT_TIME = "next_time"
    """To the asker of weekly help: when it is next."""
    MESSAGE = "message"
    """To the other parties: somebody wrote; the text is in the event `revision`."""
    OVER = "over"
    """To the asker of weekly help: the wanted time has passed and no help was agreed."""
    STILL_NEEDED = "still_needed"
    """To the asker: the wanted time has passed and no help was agreed. Is it still needed?"""
    SPEAKS = "speaks"
    """To who answers for the asker's side from now on, since who put it can't any more."""
    LEFT = "left"
    """To asker and helper: a volunteer ended it; the reason is in the event `revision`."""
    # What a volunteer, coach or coordinator is asked to look at:
    NOBODY = "nobody"
    """Nobody was found. To the asker too, once: the volunteer looks along now."""
    PASSED = "passed"
    """The wanted time has passed and no help was agreed: please ask the asker how it goes."""
    NO_SUCCESSOR = "no_successor"
    """The helper still comes, and nobody was found to take over."""
    FOUND = "found"
    """Somebody helps an asker who gave no name: please bring the two together."""
    NO_ANSWER = "no_answer"
    """The asker does not answer whether a proposal is right."""
    FELL = "fell"
    """Somebody fell away, and so far nobody stepped in."""
    PHONE = "phone"
    """An urgent message was not seen: please phone `person`."""
    RING = "ring"
    """The asker called off help that was agreed several times: please ring."""
    SILENT_AFTER = "silent_after"
    """The asker does not say how it went."""
    NO_SHOW = "no_show"
    """A private note: this neighbour did not come, for the second time."""
    HEAVY = "heavy"
    """This neighbour carries too much: please ask how it goes. To that one: is it too much?"""
    LOST = "lost"
    """The asker can't be reached any more."""
    HANDED_BACK = "handed_back"
    """A professional asks the circle for something."""


class Notice(Frozen):
    """Tell `to` about an ask. What it says in words is for the handlers."""

    to: To
    news: News
    ask: str
    """The ask's key."""
    code: str
    revision: int
    """The event that this tells of; also what the message's buttons carry."""
    person: str | None = None
    """Whom it is for (ASKER, HELPER, PERSON), or about (PHONE, RING, HEAVY, NO_SHOW, LOST)."""
    who: str | None = None
    """The other person: who wants to help, fell away or takes over."""
    how: str | None = None
    slot: Slot | None = None


class MarkKind(StrEnum):
    """What an ask changes in the neighbours themselves."""

    INVITED = "invited"
    """Was invited: asked last of all from now on."""
    PROMISED = "promised"
    """Has promised help in `slot`."""
    FREED = "freed"
    """That promise is over."""
    HELPED = "helped"
    CANCELLED = "cancelled"
    MISSED = "missed"
    CAME = "came"
    """The asker said first that this one did not come, and takes that back."""
    GLADLY = "gladly"
    """Would gladly have `other` again."""
    NOT_GLADLY = "not_gladly"
    """Takes that back."""
    HEAVY_ASKED = "heavy_asked"
    """The volunteer and the coach were asked to ask how it goes."""


class Mark(Frozen):
    """One change in a neighbour, made together with the ask."""

    person: str
    kind: MarkKind
    other: str | None = None
    slot: Slot | None = None


class AskChange(Frozen):
    """What an act did. Without events nothing changed."""

    ask: Ask
    events: tuple[AskEvent, ...] = ()
    notices: tuple[Notice, ...] = ()
    marks: tuple[Mark, ...] = ()
    seek: bool = False
    """Look for neighbours now, and go on with `searching.invite`; also when nothing changed yet."""

    def record(
        self,
        kind: AskEventKind,
        now: datetime,
        *,
        by: str | None = None,
        data: Mapping[str, Any] | None = None,
        **state: Any,
    ) -> Self:
        """Add an event, with the fields of the ask (`state`) that it changes.

        Whoever does something has seen the message that waited for a sign of them.
        """
        pending = self.ask.pending
        if pending and by == pending.person:
            state.setdefault("pending", None)
        revision = self.ask.revision + 1
        event = AskEvent(
            ask=self.ask.key, revision=revision, at=now, kind=kind, by=by, data=dict(data or {})
        )
        ask = self.ask.model_copy(update={**state, "revision": revision})
        return self.model_copy(update={"ask": ask, "events": (*self.events, event)})

    def also(self, **state: Any) -> Self:
        """Change more fields of the ask, as part of the event that was just recorded."""
        return self.model_copy(update={"ask": self.ask.model_copy(update=state)})

    def tell(self, to: To, news: News, **details: Any) -> Self:
        """Tell `to`. Of an asker without a chat, it goes to who put the ask."""
        ask = self.ask
        whom = {**_meant(to, ask), **details}
        notice = Notice(to=to, news=news, ask=ask.key, code=ask.code, revision=ask.revision, **whom)
        return self.model_copy(update={"notices": (*self.notices, notice)})

    def mark(self, person: str, kind: MarkKind, **details: Any) -> Self:
        """Change something in a neighbour."""
        mark = Mark(person=person, kind=kind, **details)
        return self.model_copy(update={"marks": (*self.marks, mark)})


def _meant(to: To, ask: Ask) -> dict[str, str | None]:
    if to is To.ASKER:
        return {"person": ask.speaker}
    if to is To.HELPER and ask.helper:
        return {"person": ask.helper.person}
    return {}
