"""Every handler of circles, and what is done with their forms."""

from handlers.circles import (
    board,
    coaching,
    evening,
    group,
    home,
    joining,
    leaving,
    meetings,
    members,
    rooms,
)

FINISH = {**joining.FINISH, **coaching.FINISH, **meetings.FINISH}
HANDLERS = [
    *home.HANDLERS,
    *rooms.HANDLERS,
    *joining.HANDLERS,
    *leaving.HANDLERS,
    *board.HANDLERS,
    *members.HANDLERS,
    *coaching.HANDLERS,
    *meetings.HANDLERS,
    *group.HANDLERS,
    *evening.HANDLERS,
]
