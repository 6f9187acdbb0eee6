"""Buttons: every act on an ask, with what it says and the verb that it carries."""

from bot.core.helping.asks import Ask
from bot.core.words import _, line
from handlers.acts import Act, rows
from handlers.keyboards import Button, Press, Rows

# An invitation, and the board.
HELP_YES = Act(_("I can help"), "help_yes")
"""Its id is the ask's key and a slot: see `slots.token`; without a slot the choices are shown."""
HELP_DAY = "help_day"
HELP_ANYWAY = Act(_("Do it anyway"), "help_anyway")
"""As HELP_YES, after the warning that the person helps somebody then already."""
HELP_NO = Act(_("I can't"), "help_no")
HELP_NOT = Act(_("No"), "help_not")
"""After that warning: leaves the invitation as it was."""

# The asker, on a proposal.
AGREE = Act(_("Yes, please"), "help_agree")
RATHER = Act(_("Rather someone else"), "help_rather")

# Both, once it is agreed.
MY_ASK = Act(_("Look"), "my_ask")
"""The card of an ask for who is part of it."""
ADDRESS = Act(_("See the address"), "help_address")
ABOUT = Act(_("What should I know?"), "help_about")
"""Who is proposed reads what the asker wrote, unless a volunteer stands between."""
WRITE = Act(_("Send a message"), "help_write")
CANT = Act(_("I can't make it"), "help_cant")
HAND_OVER = Act(_("Hand over"), "help_hand_over")
CALL_OFF = Act(_("Call it off"), "help_off")
CALL_OFF_YES = Act(_("Yes, call it off"), "help_off_yes")
LEAVE_IT = Act(_("No, leave it"), "help_leave")
SEEN = Act(_("Seen"), "help_seen")

# Afterwards.
WENT = "help_went"
"""Its id is the ask's key and how it went (`How`)."""
DONE = Act(_("Done"), WENT)
PARTLY = Act(_("Partly"), WENT)
NO = Act(_("No"), WENT)
MORE = Act(_("More is needed"), WENT)
THANK = Act(_("Say thanks"), "help_thank")
GLADLY = Act(_("Gladly again"), "help_gladly")
NOT_GLADLY = Act(_("Rather not"), "help_not_again")
AGAIN = Act(_("Look once more"), "help_again")
"""The asker, or who coordinates, lets it be looked for once more."""
OTHER_TIME = Act(_("Yes, at another time"), AGAIN.verb)
"""As AGAIN, once the wanted time has passed: the new time is asked."""
SOLVED = Act(_("It is solved"), "help_solved")

# Who coordinates.
ASK_CARD = Act(_("Look"), "ask_card")
ASK_READ = Act(_("Read what it is about"), "ask_read")
PROPOSE = Act(_("Propose someone"), "ask_propose")
PROPOSE_WHO = "ask_who"
"""Its id is the ask's key and the token of a member: see `tokens.token`."""
PROPOSE_SLOT = "ask_slot"
"""As PROPOSE_WHO, and a slot."""
PROPOSE_ANYWAY = Act(_("Do it anyway"), "ask_slot_anyway")
"""As PROPOSE_SLOT, after the warning that it is much for that member."""
PROPOSE_BACK = Act(_("Someone else"), PROPOSE.verb)
END = Act(_("End with a reason"), "ask_end")
PASS = Act(_("Pass on"), "ask_pass")
WRITE_ASKER = Act(_("Write to the asker"), "ask_write")
WRITE_HELPER = Act(_("Write to the helper"), "ask_write_helper")
ANSWER = Act(_("Answer"), "help_answer")
"""One of these two answers who coordinates; its id is the ask's key and the token of who wrote."""

# Safety: on every screen with another person in it.
BLOCK = Act(_("Block"), "block")
"""Its id is the ask's key and the token of the other person: see `tokens.token`."""
BLOCK_YES = Act(_("Yes, block"), "block_yes")
STOP = Act(_("End this help"), "halt")
STOP_YES = Act(_("Yes, stop"), "halt_yes")
COACH = Act(_("Coach"), "coach")
COACH_SAYS = Act(_("Answer"), "coach_says")
"""Its id is the ask's key and the token of who wrote."""
STAY = Act(_("No, leave it"), "stay")
"""Nothing changes."""
PAUSE = Act(_("Pause a while"), "offer_pause")


def of(ask: Ask, *acts: Act) -> Rows:
    """The buttons for an ask, two to a row."""
    return rows(acts, ask.key, ask.revision)


def button(act: Act, ask: Ask, more: str = "") -> Button:
    """One button for an ask; `more` stands behind its key."""
    id_ = f"{ask.key}.{more}" if more else ask.key
    return Button(line(act.label), Press(act.verb, id_, ask.revision))
