"""What each notice says, to whom, and which buttons fit: references and dates, never contents."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.core.items import Answer, Outcome
from bot.core.notices import NoticeKind, Why
from bot.core.words import _
from handlers import acts
from handlers.acts import Act


class Saying(NamedTuple):
    """A text with its buttons; `{code}`, `{by}`, `{looks}`, `{why}`, `{answer}` are filled in."""

    text: str
    acts: tuple[Act, ...] = ()


_RESPOND = (acts.OPEN, acts.CANNOT)
_STEPS = (acts.SPOKEN, acts.NOBODY_HOME, acts.LATER_TODAY, acts.CLOSE, acts.OPEN)

PARTNER: Mapping[NoticeKind, Saying] = {
    NoticeKind.ALERT: Saying(_("Omzien <b>{code}</b>. Respond before {by}."), _RESPOND),
    NoticeKind.REMIND: Saying(
        _("Omzien <b>{code}</b>. There is no response yet. Respond before {by}."), _RESPOND
    ),
    NoticeKind.DEPUTY_ALERT: Saying(
        _("Omzien <b>{code}</b>. {Looks} did not respond. You stand in. Respond before {by}."),
        _RESPOND,
    ),
    NoticeKind.REOPENED: Saying(
        _("Omzien <b>{code}</b> is open again. {answer} Respond before {by}."), _RESPOND
    ),
    NoticeKind.PROGRESS: Saying(_("Omzien <b>{code}</b>. How far is it?"), _STEPS),
    NoticeKind.COVERED: Saying(
        _("Omzien <b>{code}</b>. A colleague took it over from you."), (acts.OPEN,)
    ),
    NoticeKind.TOLD: Saying(
        _("Omzien <b>{code}</b>. Does the person know of the report? Record it before {by}."),
        (acts.TOLD,),
    ),
    NoticeKind.ANSWER: Saying(_("Omzien <b>{code}</b>. The reporter answered."), (acts.OPEN,)),
    NoticeKind.ADDED: Saying(
        _("Omzien <b>{code}</b>. The reporter added something."), (acts.OPEN,)
    ),
    NoticeKind.SAID: Saying(_("Omzien <b>{code}</b>. {answer}"), (acts.OPEN,)),
    NoticeKind.CONFIRMED: Saying(
        _("Omzien <b>{code}</b>. The reporter says that it is solved. It has ended.")
    ),
    NoticeKind.NOT_CONFIRMED: Saying(
        _("Omzien <b>{code}</b>. It has ended. The reporter did not confirm it.")
    ),
    NoticeKind.WITHDRAWN: Saying(
        _("Omzien <b>{code}</b>. The reporter withdrew and gets no more questions. You go on."),
        (acts.OPEN,),
    ),
    NoticeKind.TALK: Saying(_("Omzien <b>{code}</b>. There is a message for you."), (acts.LINE,)),
    NoticeKind.BACK_OVER: Saying(
        _("Omzien <b>{code}</b>. What the circle was asked for has ended."), (acts.OPEN,)
    ),
    NoticeKind.UNREACHABLE: Saying(
        _("Omzien <b>{code}</b>. We can't reach the reporter any more. You go on."), (acts.OPEN,)
    ),
}
"""To the members of a partner: who holds it, stands in or is involved."""

TALK_BEFORE = Saying(PARTNER[NoticeKind.TALK].text, (acts.OPEN,))
"""The same before somebody accepted it: what was written stands on the card."""

INVOLVED = Saying(
    _("Omzien <b>{code}</b>. You look along. {Looks} responds before {by}."), (acts.OPEN,)
)
"""The alert to who is involved and need not respond."""

CARDS: Mapping[NoticeKind, Saying] = {
    NoticeKind.TAKEN: Saying(_("Omzien <b>{code}</b>. Picked up by {looks}."), (acts.OPEN,)),
    NoticeKind.REASSIGNED: Saying(_("Omzien <b>{code}</b>. It is with {looks} now.")),
    NoticeKind.CLOSED: Saying(_("Omzien <b>{code}</b>. Closed by {looks}."), (acts.OPEN,)),
    NoticeKind.WITHDRAWN: Saying(
        _("Omzien <b>{code}</b>. The reporter withdrew it. You need to do nothing.")
    ),
}
"""What stands on the cards of the others from then on."""

REPORTER: Mapping[NoticeKind, Saying] = {
    NoticeKind.ACCEPTED: Saying(
        _("{Looks} picked up your report <b>{code}</b>. You hear from us how it goes on."),
        (acts.MINE,),
    ),
    NoticeKind.TERM_MISSED: Saying(
        _(
            "Nobody responded in time to <b>{code}</b>. We are sorry. "
            "Now {looks} looks at it, by {by} at the latest."
        ),
        (acts.MINE,),
    ),
    NoticeKind.REASSIGNED: Saying(
        _("{Looks} now looks at your report <b>{code}</b>, and responds by {by}."), (acts.MINE,)
    ),
    NoticeKind.HOW_IS_IT: Saying(_("A question about <b>{code}</b>."), (acts.HOW, acts.LATER)),
    NoticeKind.AFTERCARE: Saying(_("A question about <b>{code}</b>."), (acts.HOW,)),
    NoticeKind.QUESTION: Saying(_("{Looks} has a question about <b>{code}</b>."), (acts.QUESTION,)),
    NoticeKind.CONFIRMED: Saying(
        _("Thank you. <b>{code}</b> has ended. In some weeks we ask once more how it is."),
        (acts.MINE,),
    ),
    NoticeKind.NOT_CONFIRMED: Saying(
        _("<b>{code}</b> has ended as <i>not confirmed</i>. Is it not solved? Tell us."),
        (acts.NOT_WELL,),
    ),
    NoticeKind.REOPENED: Saying(
        _("<b>{code}</b> is open again. {Looks} responds by {by}."), (acts.MINE,)
    ),
}
"""To the reporter."""

AGAIN = Saying(_("Once more a question about <b>{code}</b>."), (acts.HOW, acts.LATER))
"""The second question to the reporter, when the first was not answered."""

TALK: Mapping[NoticeKind, Saying] = {
    NoticeKind.TALK: Saying(_("There is a message for you about <b>{code}</b>."), (acts.LINE,)),
    NoticeKind.ACCEPTED: Saying(_("<b>{code}</b>. {Looks} picked it up."), (acts.LINE,)),
    NoticeKind.CLOSED: Saying(_("<b>{code}</b>. {Looks} closed it."), (acts.LINE,)),
    NoticeKind.CONFIRMED: Saying(_("<b>{code}</b> has ended, and so has your talk. Thank you.")),
    NoticeKind.NOT_CONFIRMED: Saying(
        _("<b>{code}</b> has ended, and so has your talk. Thank you.")
    ),
}
"""To who talks along after a warm hand-over: how it stands, and that somebody wrote."""

NEWS = Saying(_("There is news about <b>{code}</b>."), (acts.NEWS,))
WITHOUT_CONTENTS: Mapping[NoticeKind, Saying] = {
    NoticeKind.HOW_IS_IT: REPORTER[NoticeKind.HOW_IS_IT],
    NoticeKind.AFTERCARE: REPORTER[NoticeKind.AFTERCARE],
    NoticeKind.QUESTION: Saying(_("A question about <b>{code}</b>."), (acts.QUESTION,)),
}
"""To a reporter who is not safe, since others may read the phone; for all else there is news."""

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.AGREED: _("{Looks} closed <b>{code}</b>. Agreements were made."),
    Outcome.HELPED: _("{Looks} closed <b>{code}</b>. Something was done about it."),
    Outcome.HELP_STARTED: _("{Looks} closed <b>{code}</b>. The right people go on with it."),
    Outcome.NOTHING_FOUND: _("{Looks} closed <b>{code}</b>. They looked and found nothing to do."),
    Outcome.ELSEWHERE: _("{Looks} closed <b>{code}</b>. It is with another organisation now."),
}
"""The standard texts for the reporter. They tell nothing of someone's care."""
OUTCOME_ACTS = (acts.MINE, acts.NOT_WELL)

ANSWERS: Mapping[Answer, str] = {
    Answer.GOOD: _("The reporter says that it is well now."),
    Answer.BETTER: _("The reporter says that it is a bit better."),
    Answer.SAME: _("The reporter says that it is the same."),
    Answer.WORSE: _("The reporter says that it is worse."),
    Answer.STOP: _("The reporter wants no more questions."),
}

WHY: Mapping[Why, str] = {
    Why.ROUTE: _("You are asked to respond."),
    Why.NO_ROUTE: _("No partner agreed to respond to this."),
    Why.NO_PARTNER: _("The rule for this names no partner."),
    Why.NO_MANDATE: _("The partner of the rule has no mandate for this."),
    Why.NO_AREA: _("We don't know in which village this is."),
    Why.UNKNOWN_TOPIC: _("The covenant doesn't know this topic."),
    Why.UNSAFE: _("It is not safe for the reporter. Call first, pass nothing on."),
    Why.DECLINED: _("{Looks} can't take it."),
    Why.SILENT: _("{Looks} did not respond."),
    Why.ASSIGNED: _("It was assigned to you."),
    Why.REOPENED: _("It is open again."),
    Why.WORSE: _("The reporter says that it is worse."),
    Why.STUCK: _("It is stuck. {Looks} did not answer two questions about progress."),
    Why.NOT_TOLD: _("The person concerned was not told within the month."),
    Why.UNREACHABLE: _("Nobody can be reached at {looks}."),
    Why.UNSENT: _("A message could not be sent."),
    Why.PARKED: _("A message could not be handled. Its text is kept."),
}
"""Why the coordinators are alerted."""

COORDINATOR = Saying(_("Omzien <b>{code}</b>. {why}"), (acts.OPEN, acts.ASSIGN))
COORDINATOR_BY = Saying(
    _("Omzien <b>{code}</b>. {why} Respond before {by}."), (acts.OPEN, acts.ASSIGN)
)
COORDINATOR_NEWS: Mapping[NoticeKind, Saying] = {
    NoticeKind.TAKEN: Saying(_("Omzien <b>{code}</b>. {Looks} picked it up after all.")),
}
