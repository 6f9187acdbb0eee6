"""What each news of an ask says, to whom, and which buttons fit."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.core.helping.asks import How
from bot.core.helping.change import News, To
from bot.core.words import _
from handlers.acts import Act
from handlers.helping import buttons as b


class Saying(NamedTuple):
    """A text with its buttons; what it names is filled in by `notices`."""

    text: str
    acts: tuple[Act, ...] = ()
    other: bool = True
    """Another person is on the screen: block, stop and coach are one tap away."""


ASKER: Mapping[News, Saying] = {
    News.PROPOSED: Saying(
        _("<b>{code}</b> {Who} wants to help: {task}, {slot}. Is that right?"), (b.AGREE, b.RATHER)
    ),
    News.PROPOSED_AGAIN: Saying(
        _("<b>{code}</b> {Who} still waits for your answer: {task}, {slot}. Is that right?"),
        (b.AGREE, b.RATHER),
    ),
    News.TAKES_OVER: Saying(
        _("<b>{code}</b> {Who} would take over: {task}, {slot}. Is that right?"),
        (b.AGREE, b.RATHER),
    ),
    News.INSTEAD: Saying(
        _(
            "<b>{code}</b> Your helper can't make it. {Who} wants to come instead: {task}, {slot}. "
            "Is that right?"
        ),
        (b.AGREE, b.RATHER),
    ),
    News.FELL_THROUGH: Saying(
        _("<b>{code}</b> Sorry: the help of {slot} can't go on. We look for someone else at once."),
        (b.CALL_OFF,),
        other=False,
    ),
    News.LOOKS_ON: Saying(
        _("<b>{code}</b> We look for someone else: {task}, {when}."), (b.CALL_OFF,), other=False
    ),
    News.HAND_OVER: Saying(
        _("<b>{code}</b> {Who} looks for someone to take over. Until then {who} still comes."),
        (b.MY_ASK,),
    ),
    News.REMIND: Saying(
        _("<b>{code}</b> {Who} comes to help you: {task}, {slot}."), (b.WRITE, b.CALL_OFF)
    ),
    News.HOW_WAS_IT: Saying(
        _("<b>{code}</b> How did it go? It was about: {task}, {slot}."),
        (b.DONE, b.PARTLY, b.NO, b.MORE),
    ),
    News.HOW_AGAIN: Saying(
        _("<b>{code}</b> We ask once more how it went: {task}, {slot}."),
        (b.DONE, b.PARTLY, b.NO, b.MORE),
    ),
    News.NEXT_TIME: Saying(
        _("<b>{code}</b> The next time is {slot}. We look for a neighbour in time."),
        (b.MY_ASK, b.CALL_OFF),
        other=False,
    ),
    News.NOBODY: Saying(
        _("<b>{code}</b> We found nobody yet. The volunteer looks along."),
        (b.MY_ASK, b.CALL_OFF),
        other=False,
    ),
    News.SPEAKS: Saying(
        _("<b>{code}</b> You speak for the asker from now on: {task}, {when}. {state}"),
        (b.MY_ASK, b.CALL_OFF),
        other=False,
    ),
    News.LEFT: Saying(_("<b>{code}</b> {state} {reason}"), (b.AGAIN,), other=False),
    News.OVER: Saying(
        _("<b>{code}</b> The time has passed. We are sorry that it did not work out."), other=False
    ),
    News.STILL_NEEDED: Saying(
        _("<b>{code}</b> It did not work out for {when}. We are sorry. Is it still needed?"),
        (b.OTHER_TIME, b.SOLVED, b.CALL_OFF),
        other=False,
    ),
    News.MESSAGE: Saying(_("Message about <b>{code}</b>, from {who}:\n{words}"), (b.WRITE,)),
}
"""To the asker."""

HELPER: Mapping[News, Saying] = {
    News.AGREED: Saying(
        _("<b>{code}</b> {Who} is glad with your help: {task}, {slot}."),
        (b.ADDRESS, b.WRITE, b.CANT, b.HAND_OVER),
    ),
    News.REFUSED: Saying(
        _("<b>{code}</b> The asker found another way. Thank you for wanting to help!"), other=False
    ),
    News.WAIT: Saying(
        _("<b>{code}</b> The asker has not said yes yet: {task}, {slot}. Go only after a yes."),
        (b.CANT,),
    ),
    News.UNANSWERED: Saying(
        _("<b>{code}</b> The asker did not answer in time for {slot}. Thank you for your offer!"),
        other=False,
    ),
    News.CANCELLED: Saying(
        _("<b>{code}</b> The help of {slot} is not needed any more. You are free. Thank you!"),
        other=False,
    ),
    News.LEFT: Saying(
        _("<b>{code}</b> The help of {slot} is not needed any more. You are free. Thank you!"),
        other=False,
    ),
    News.MESSAGE: ASKER[News.MESSAGE],
    News.RELEASED: Saying(
        _("<b>{code}</b> It is arranged in another way now. You are free. Thank you!"), other=False
    ),
    News.REMIND: Saying(
        _("<b>{code}</b> You help {who}: {task}, {slot}."),
        (b.ADDRESS, b.WRITE, b.CANT, b.HAND_OVER),
    ),
    News.HOW_WAS_IT: ASKER[News.HOW_WAS_IT],
    News.HOW_AGAIN: ASKER[News.HOW_AGAIN],
    News.HEAVY: Saying(
        _("In private: you help very often. Thank you! Is it too much? You may take a pause."),
        (b.PAUSE, b.COACH),
        other=False,
    ),
    News.THANKS: Saying(_("<b>{code}</b> Your neighbour thanks you for your help!")),
    News.PROPOSED: Saying(
        _("<b>{code}</b> The volunteer proposed you: {task}, {slot}. The asker was asked."),
        (b.CANT,),
    ),
    News.PROPOSED_BUSY: Saying(
        _(
            "<b>{code}</b> The volunteer proposed you: {task}, {slot}. "
            "You help somebody then already. The asker was asked."
        ),
        (b.CANT,),
    ),
    News.PROPOSED_PAUSED: Saying(
        _(
            "<b>{code}</b> The volunteer proposed you: {task}, {slot}. "
            "You have a pause now, so you may say no. The asker was asked."
        ),
        (b.CANT,),
    ),
    News.PROPOSED_FULL: Saying(
        _(
            "<b>{code}</b> The volunteer proposed you: {task}, {slot}. "
            "That is more than you offered. The asker was asked."
        ),
        (b.CANT,),
    ),
}
"""To the helper, to who was one, and to who takes over."""

INVITED: Mapping[News, Saying] = {
    News.INVITE: Saying(_("<b>{code}</b> Can you help a neighbour? {task}, {when}. {Place}.")),
    News.STANDBY: Saying(
        _("<b>{code}</b> Somebody fell away. Can you help? {task}, {when}. {Place}.")
    ),
    News.BOARD: Saying(
        _("<b>{code}</b> On the board of your circle: {task}, {when}. Can you help?")
    ),
    News.TAKEN: Saying(
        _("<b>{code}</b> Somebody else helps already. Thank you for being there."), other=False
    ),
    News.GONE: Saying(_("<b>{code}</b> It is not needed any more. Thank you."), other=False),
    News.TOO_LATE: Saying(_("<b>{code}</b> The time for this has passed. Thank you."), other=False),
}
"""To who is invited, is on standby or sees the board; the last three change what stood there."""
EDITS = frozenset({News.TAKEN, News.GONE, News.TOO_LATE})
"""Shown on the invitation, and not as a new message."""

_LOOK = (b.ASK_CARD,)
COORDINATES: Mapping[News, Saying] = {
    News.NOBODY: Saying(
        _("<b>{code}</b> Nobody was found yet: {task}, {when}."), _LOOK, other=False
    ),
    News.PASSED: Saying(
        _("<b>{code}</b> The time passed and nothing was agreed: {task}, {slot}. Ask how it goes."),
        (b.WRITE_ASKER, b.END, b.ASK_CARD),
        other=False,
    ),
    News.NO_SUCCESSOR: Saying(
        _("<b>{code}</b> {Who} looks for someone to take over, and still comes: {task}, {slot}."),
        _LOOK,
    ),
    News.FOUND: Saying(
        _(
            "<b>{code}</b> {Who} helps: {task}, {slot}. The asker gave no name. "
            "Please bring the two together."
        ),
        (b.WRITE_ASKER, b.ASK_CARD),
    ),
    News.NO_ANSWER: Saying(
        _("<b>{code}</b> {Who} wants to help, and the asker does not answer. Please ask."), _LOOK
    ),
    News.FELL: Saying(
        _("<b>{code}</b> Somebody fell away: {task}, {slot}. Please look."), _LOOK, other=False
    ),
    News.PHONE: Saying(
        _("<b>{code}</b> {Whom} has not seen an urgent message. Please phone."), _LOOK
    ),
    News.RING: Saying(
        _("<b>{code}</b> {Whom} called off help several times. Please ring how it goes."), _LOOK
    ),
    News.SILENT_AFTER: Saying(
        _("<b>{code}</b> The asker does not say how it went: {task}, {slot}. Please ask."),
        _LOOK,
        other=False,
    ),
    News.SAID: Saying(
        _("<b>{code}</b> It went otherwise than agreed. {how} Please look."), _LOOK, other=False
    ),
    News.NO_SHOW: Saying(
        _("<b>{code}</b> In private: {whom} did not come again. Perhaps ask how it goes."), _LOOK
    ),
    News.HEAVY: Saying(_("In private: {whom} helps very often. Please ask how it goes.")),
    News.LOST: Saying(
        _("<b>{code}</b> We can't reach the asker any more. Please look."), _LOOK, other=False
    ),
    News.HANDED_BACK: Saying(
        _("<b>{code}</b> A professional asks the circle for: {task}, {when}."), _LOOK, other=False
    ),
}
"""To volunteers, coach and coordinators."""

COORDINATING = frozenset({To.VOLUNTEER, To.COACH, To.COORDINATOR})

SAID: Mapping[How, str] = {
    How.PARTLY: _("It was done in part."),
    How.NO: _("It was not done."),
    How.MORE: _("More is needed."),
}


def saying_of(to: To, news: News) -> Saying | None:
    """The text and buttons for this audience; None when it needs no words."""
    if to is To.ASKER:
        return ASKER.get(news)
    if to is To.HELPER:
        return HELPER.get(news)
    if to in COORDINATING:
        return COORDINATES.get(news)
    return INVITED.get(news) or HELPER.get(news)
