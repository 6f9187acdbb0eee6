"""Notices: whom to tell what about an item. They carry references and dates, never contents."""

from datetime import datetime
from enum import StrEnum

from bot.core.items import Answer, Item, Outcome
from bot.core.people import Frozen


class Audience(StrEnum):
    """Who is told; `Notice.partner` and `Notice.person` say which partner or person that is."""

    REPORTER = "reporter"
    """`person`."""
    HOLDER = "holder"
    """`person`, the professional who accepted; without one, all members of `partner`."""
    COLLEAGUE = "colleague"
    """`person`, from whom a colleague took it over."""
    OTHERS = "others"
    """All members of `partner` besides `person`: their cards change."""
    DEPUTY = "deputy"
    """All members of `partner`, which stands in."""
    INVOLVED = "involved"
    """All members of `partner`, which has access besides the holder."""
    FORMER = "former"
    """All members of `partner`, which has just lost access: their cards change."""
    COORDINATOR = "coordinator"
    """All coordinators."""
    TALK = "talk"
    """`person`, who talks along after a warm hand-over."""


class NoticeKind(StrEnum):
    """What there is to tell."""

    ALERT = "alert"
    """An item for you (or your partner is involved): `by` when to respond."""
    REMIND = "remind"
    """Half of the term has passed: respond `by`."""
    DEPUTY_ALERT = "deputy_alert"
    """The partner `looks` stayed silent, you stand in: respond `by`."""
    COORDINATOR_ALERT = "coordinator_alert"
    """An item needs a coordinator: `why`, and `by` when something is due."""
    ACCEPTED = "accepted"
    """To the reporter: the partner `looks` took it on."""
    TAKEN = "taken"
    """To the others: someone of the partner `looks` took it on."""
    COVERED = "covered"
    """To who had accepted it: a colleague took it over."""
    TERM_MISSED = "term_missed"
    """To the reporter: the term was missed; now `looks` looks at it, until `by`."""
    REASSIGNED = "reassigned"
    """To who lost it, and to the reporter: now `looks` has it, and responds `by`."""
    HOW_IS_IT = "how_is_it"
    """To the reporter, first without contents; `round` 2 is the reminder."""
    CLOSED = "closed"
    """The partner closed it with `outcome`."""
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    WITHDRAWN = "withdrawn"
    """The reporter withdrew; `stays`: a partner that opened it goes on."""
    REOPENED = "reopened"
    """`answer` says why, when the reporter did it; respond `by`."""
    QUESTION = "question"
    """To the reporter: the partner asks something; the text is in the event `revision`."""
    ANSWER = "answer"
    """To the holder: the reporter answered; the text is in the event `revision`."""
    ADDED = "added"
    """To the holder: the reporter added something."""
    SAID = "said"
    """To the holder: how it is now, by the reporter (`answer`)."""
    PROGRESS = "progress"
    """To the holder: how far is it? `round` counts the questions since the last sign."""
    TOLD = "told"
    """To the holder: was the person concerned told? Before `by` (GDPR art. 14)."""
    AFTERCARE = "aftercare"
    """To the reporter, first without contents: is it still well?"""
    TALK = "talk"
    """To who talks along, and the holder: there is a message; it is in the event `revision`."""
    UNREACHABLE = "unreachable"
    """To the holder: the reporter can't be reached through Telegram any more."""
    BACK_OVER = "back_over"
    """To the holder: what a circle was asked for has ended; why, is in the event `revision`."""


class Why(StrEnum):
    """Why a coordinator is alerted; the reasons to have an item are those of `Because`."""

    ROUTE = "route"
    NO_ROUTE = "no_route"
    NO_PARTNER = "no_partner"
    NO_MANDATE = "no_mandate"
    NO_AREA = "no_area"
    UNKNOWN_TOPIC = "unknown_topic"
    UNSAFE = "unsafe"
    DECLINED = "declined"
    SILENT = "silent"
    ASSIGNED = "assigned"
    REOPENED = "reopened"
    WORSE = "worse"
    STUCK = "stuck"
    """Two questions about progress were not answered."""
    NOT_TOLD = "not_told"
    """The month to tell the person concerned is over."""
    UNREACHABLE = "unreachable"
    """A professional can't be reached."""
    UNSENT = "unsent"
    PARKED = "parked"


class Notice(Frozen):
    """Tell `to` about an item. What it says in words is for the handlers."""

    to: Audience
    kind: NoticeKind
    item: str
    """The item's key."""
    code: str
    revision: int
    """The event that this tells of; also what the message's buttons carry."""
    partner: str | None = None
    """The partner whose members are told; None for a reporter or the coordinators."""
    person: str | None = None
    """The person (key) that `to` means."""
    by: datetime | None = None
    looks: str | None = None
    """The partner that this is about: who now looks at it, or who was silent."""
    why: Why | None = None
    answer: Answer | None = None
    outcome: Outcome | None = None
    round: int = 0
    stays: bool = False


def alarm(item: Item, why: Why) -> Notice:
    """Alert the coordinators to what happened outside the life cycle, such as an unsent message."""
    return Notice(
        to=Audience.COORDINATOR,
        kind=NoticeKind.COORDINATOR_ALERT,
        item=item.key,
        code=item.code,
        revision=item.revision,
        why=why,
    )
