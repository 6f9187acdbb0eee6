"""Every handler of neighbours who help each other, and what their forms do."""

from handlers.helping import (
    afterwards,
    agreed,
    asking,
    claims,
    handing_back,
    invites,
    line,
    line_safety,
    offering,
    passing,
    proposing,
    protecting,
    relay,
    steering,
    volunteer,
)

FINISH = {
    **asking.FINISH,
    **offering.FINISH,
    **claims.FINISH,
    **relay.FINISH,
    **protecting.FINISH,
    **volunteer.FINISH,
    **proposing.FINISH,
    **passing.FINISH,
    **handing_back.FINISH,
    **line.FINISH,
}
HANDLERS = [
    *asking.HANDLERS,
    *offering.HANDLERS,
    *invites.HANDLERS,
    *claims.HANDLERS,
    *agreed.HANDLERS,
    *afterwards.HANDLERS,
    *relay.HANDLERS,
    *protecting.HANDLERS,
    *volunteer.HANDLERS,
    *steering.HANDLERS,
    *proposing.HANDLERS,
    *passing.HANDLERS,
    *handing_back.HANDLERS,
    *line.HANDLERS,
    *line_safety.HANDLERS,
]
