"""Leaving: a member ends the own role at a partner; access ends with it, at once."""

from telegram import Update

from bot.core.words import _, line
from handlers import menu
from handlers.absence import fell_away
from handlers.commands import on_command
from handlers.helping.asks import without_coach, without_speaker
from handlers.keyboards import Button, Press, on_press
from handlers.states import partner
from handlers.turn import Turn

_WHICH = _("Do you want to stop working for {looks}? You then see none of its items any more.")
_NONE = _("You work for no partner here.")
_LEFT = _("You have left {looks}. Open items stay with your colleagues and the coordinator.")
_STAYED = _("Nothing changed.")


async def asked(_update: Update, turn: Turn) -> None:
    """Ask for each role whether it should end."""
    if not turn.person.memberships:
        turn.say(line(_NONE))
    for member in turn.person.memberships:
        looks = partner(member.partner, turn.rules.covenant)
        buttons = [
            Button(line(_("Yes, leave")), Press("leave", member.partner)),
            Button(line(_("No")), Press("stay")),
        ]
        turn.say(line(_WHICH, looks=looks), [buttons])


async def left(_update: Update, turn: Turn) -> None:
    """End the role."""
    assert turn.press is not None
    gone = turn.press.id
    kept = tuple(m for m in turn.person.memberships if m.partner != gone)
    if kept == turn.person.memberships:
        turn.toast(line(_NONE))
        return
    turn.keep_person(turn.person.model_copy(update={"memberships": kept}))
    turn.say(line(_LEFT, looks=partner(gone, turn.rules.covenant)))
    turn.set_commands(menu.own_commands(turn.person, turn.rules.covenant))
    await fell_away(turn, turn.person, [gone])
    await without_speaker(turn, turn.person)
    await without_coach(turn)


async def stayed(_update: Update, turn: Turn) -> None:
    """Leave everything as it is."""
    turn.toast(line(_STAYED))


HANDLERS = [on_command("uitloggen", asked), on_press("leave", left), on_press("stay", stayed)]
