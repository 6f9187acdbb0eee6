"""Parting: two people never meet again through the bot, and what stood between them goes on."""

from bot.core.helping import neighbourly, steps
from bot.core.helping.asks import Ask, SearchStep
from handlers.helping import asks
from handlers.helping.audience import coaches, volunteers
from handlers.turn import Turn

_CALLED = {SearchStep.VOLUNTEER: volunteers, SearchStep.COACH: coaches}
_NEXT = {SearchStep.VOLUNTEER: SearchStep.VOLUNTEER, SearchStep.COACH: SearchStep.COORDINATOR}
"""Who is called then; without volunteers of their own, a circle has others."""


async def part(turn: Turn, one: str, other: str) -> None:
    """Block on both sides. Who helped the other does so no more, and what waited for an answer of
    the other as a volunteer or coach goes to whoever stands behind, at once."""
    waiting = [*await _waiting(turn, one, other), *await _waiting(turn, other, one)]
    for neighbour in neighbourly.block(await turn.neighbour(one), await turn.neighbour(other)):
        asks.keep_neighbour(turn, neighbour)
    for helper, asker in ((one, other), (other, one)):
        for between in await turn.records.helped_by(helper):
            if between.speaker == asker and helper in between.helping:
                await asks.release(turn, between, helper, by=turn.person.key)
    for key in waiting:
        await _stand_in(turn, await turn.ask(key))


async def _waiting(turn: Turn, asker: str, called: str) -> list[str]:
    """The asks of one that wait for nobody but the other."""
    every = [*await turn.records.asked_by(asker), *await turn.records.put_by(asker)]
    mine = [ask for ask in every if ask.open and ask.speaker == asker]
    return [ask.key for ask in mine if await _called(turn, ask) == [called]]


async def _called(turn: Turn, ask: Ask) -> list[str]:
    find = _CALLED.get(ask.search.step)
    return [person.key for person in await find(turn, ask)] if find else []


async def _stand_in(turn: Turn, ask: Ask) -> None:
    if step := _NEXT.get(ask.search.step):
        await asks.keep(turn, steps.stand_in(ask, step, turn.rules, turn.now))
