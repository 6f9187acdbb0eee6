"""States: where an item stands and what happened to it, in words for partners. No contents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.checkins import Due
from bot.core.covenant import Covenant
from bot.core.helping.asks import AskEnd
from bot.core.helping.lines import Side
from bot.core.items import ENDS, Event, EventKind, Item, Refusal, Stage, Step, Told
from bot.core.routing import partner_or_none
from bot.core.words import Line, _, line
from bot.core.worktime import Rules
from handlers.notice_texts import ANSWERS

STATES: Mapping[Stage, str] = {
    Stage.WAITING: _("It waits for {looks}, before {by}."),
    Stage.HELD: _("{Looks} picked it up on {since}."),
    Stage.CLOSED: _("{Looks} closed it. The reporter has not confirmed that yet."),
    Stage.CONFIRMED: _("It has ended. The reporter says that it is solved."),
    Stage.NOT_CONFIRMED: _("It has ended. The reporter did not confirm it."),
    Stage.WITHDRAWN: _("It has ended. The reporter withdrew it."),
}
LATE = _("Late! {Looks} should have responded before {by}.")

STEPS: Mapping[Step, str] = {
    Step.SPOKEN: _("Spoken."),
    Step.NOBODY_HOME: _("Nobody home."),
    Step.LATER_TODAY: _("Later today."),
}
REFUSALS: Mapping[Refusal, str] = {
    Refusal.NOT_OURS: _("this is not for us"),
    Refusal.NO_CAPACITY: _("we have no time for it now"),
    Refusal.CONFLICT: _("we are too close to it"),
    Refusal.OTHER: _("another reason"),
}
TOLD: Mapping[Told, str] = {
    Told.YES: _("The person was told of the report."),
    Told.NOT_YET: _("The person was not told of the report yet."),
    Told.EXEMPT: _("The person need not be told of the report."),
}

EVENTS: Mapping[EventKind, str] = {
    EventKind.REPORTED: _("The report came in."),
    EventKind.ASSIGNED: _("It went to {looks}."),
    EventKind.REMINDED: _("A reminder was sent."),
    EventKind.DEPUTY_CALLED: _("{Looks} was asked to stand in."),
    EventKind.TERM_MISSED: _("Nobody responded in time."),
    EventKind.ACCEPTED: _("{Looks} picked it up."),
    EventKind.COVERED: _("Someone else at {looks} took it over."),
    EventKind.DECLINED: _("{Looks} can't take it: {refusal}."),
    EventKind.STEP: "{step}",
    EventKind.NOTE: _("{Looks} wrote a note."),
    EventKind.QUESTION: _("{Looks} asked the reporter something."),
    EventKind.ANSWER: _("The reporter answered."),
    EventKind.ADDED: _("The reporter added something."),
    EventKind.ASKED_REPORTER: _("The reporter was asked how it is."),
    EventKind.REPORTER_SAID: "{answer}",
    EventKind.REPORTER_CHOSE: _("The reporter chose when to be asked again."),
    EventKind.ASKED_PROGRESS: _("We asked how far it is."),
    EventKind.ASKED_TOLD: _("We asked whether the person was told."),
    EventKind.TOLD: "{told}",
    EventKind.CLOSED: _("{Looks} closed it."),
    EventKind.CONFIRMED: _("The reporter says that it is solved."),
    EventKind.NOT_CONFIRMED: _("It ended without the reporter's confirmation."),
    EventKind.WITHDRAWN: _("The reporter withdrew it."),
    EventKind.REOPENED: _("It was opened again."),
    EventKind.AFTERCARE: _("The reporter was asked whether it is still well."),
    EventKind.UNREACHABLE: _("The reporter can't be reached any more."),
    EventKind.REACHABLE: _("The reporter can be reached again."),
    EventKind.POSTPONED: _("A question was moved to a better hour."),
    EventKind.UNLINKED: _("The link to the reporter was erased."),
    EventKind.PASSED_ON: _("A volunteer passed it on. {agreed}"),
    EventKind.HANDED_BACK: _("{Looks} asked a circle to help."),
    EventKind.BACK_OVER: _("What the circle was asked for has ended. {how}"),
    EventKind.BACK_AGAIN: _("What the circle was asked for is looked for again."),
    EventKind.TALK: _("{Side} wrote to those who talk along."),
    EventKind.LEFT_TALK: _("Someone who talked along left."),
}

_BACK_ENDS: Mapping[str, str] = {
    AskEnd.DONE: _("The help was given."),
    AskEnd.CANCELLED: _("It is not needed any more."),
    AskEnd.PASSED_ON: _("A partner goes on with it."),
    AskEnd.LEFT: _("The volunteer ended it."),
}
AGREED = _("The person said yes to that.")
NOT_AGREED = _("The person did not say yes to that.")
SIDES: Mapping[Side, str] = {
    Side.RESIDENT: _("The resident"),
    Side.VOLUNTEER: _("The volunteer"),
    Side.PARTNER: "{looks}",
}
"""Who writes to the others who talk along after a hand-over."""

NEXT: Mapping[Due, str] = {
    Due.RESPOND: _("We look whether {looks} responds."),
    Due.PROGRESS: _("We ask {looks} how far it is."),
    Due.REPORTER: _("We ask the reporter how it is."),
    Due.TOLD: _("We ask {looks} whether the person was told."),
    Due.AFTERCARE: _("We ask the reporter whether it is still well."),
}


def state(item: Item, rules: Rules, now: datetime) -> Line:
    """Where the item stands; late in so many words."""
    a = item.assignment
    looks = partner(a.partner, rules.covenant)
    return line(
        LATE if late(item, now) else STATES[item.stage],
        looks=looks,
        by=a.respond_by,
        since=(a.accepted or a.since),
    )


def late(item: Item, now: datetime) -> bool:
    """Whether a response is overdue."""
    return item.stage is Stage.WAITING and item.assignment.respond_by < now


def stuck(item: Item) -> bool:
    """Whether the holder left more than one question about progress unanswered."""
    return item.stage is Stage.HELD and item.progress_unanswered > 1


def ended(item: Item) -> bool:
    """Whether nobody has to do anything with it any more."""
    return item.stage in ENDS


def happened(event: Event, covenant: Covenant) -> Line:
    """What happened, without the words that somebody wrote."""
    looks = partner(event.partner, covenant)
    return line(EVENTS[event.kind], looks=looks, **_details(event), **_handed(event, looks))


def partner(id_: str | None, covenant: Covenant) -> Any:
    """The partner with its name, or the id of one that the covenant no longer has."""
    return partner_or_none(id_, covenant) or id_ or "Omzien"


def _details(event: Event) -> dict[str, Line]:
    data = event.data
    return {
        "step": line(STEPS.get(data.get("step", ""), _("A step was recorded."))),
        "refusal": line(REFUSALS.get(data.get("why", ""), _("another reason"))),
        "answer": line(ANSWERS.get(data.get("answer", ""), _("The reporter answered."))),
        "told": line(TOLD.get(data.get("told", ""), _("It was recorded what the person knows."))),
    }


def _handed(event: Event, looks: Any) -> dict[str, Line]:
    data = event.data
    side = SIDES.get(data.get("side", ""), "{looks}")
    return {
        "how": line(_BACK_ENDS.get(data.get("how", ""), "")),
        "agreed": line(AGREED if data.get("agreed") else NOT_AGREED),
        "side": line(side, looks=looks),
    }
