"""Acts of several people on one ask in one batch, or by two workers: the first one wins."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.errors import Stale
from bot.core.helping import agreed, claiming, neighbourly, plan
from bot.core.helping.asks import Ask, AskStage
from bot.core.helping.change import AskChange
from bot.core.helping.neighbours import Neighbour
from bot.core.ports import Records
from storage import Store
from tests.core.helping_lives import ADDRESS, MONDAY, MORNING, RULES, invited, neighbour, proposed
from tests.storage.turns import keep

Act = Callable[[Ask], AskChange]
ASKER = Neighbour(key="asker")


def claims(person: str) -> Act:
    """This neighbour wants to help."""
    return lambda ask: claiming.claim(ask, by=person, slot=MORNING, rules=RULES, now=MONDAY)


def calls_off(ask: Ask) -> AskChange:
    """The asker does not need it any more."""
    return agreed.cancel(ask, by="asker", asker=ASKER, helper=None, rules=RULES, now=MONDAY)


def agrees(ask: Ask) -> AskChange:
    """The asker says yes, and where."""
    return claiming.agree(ask, by="asker", address=ADDRESS, rules=RULES, now=MONDAY)


def cant(ask: Ask) -> AskChange:
    """The helper can't make it."""
    return agreed.cant(ask, by="ann", rules=RULES, now=MONDAY)


async def take(records: Records, act: Act) -> None:
    """Do it, and keep it as the handlers do."""
    ask = await records.get(Ask, "k")
    assert ask is not None
    change = act(ask)
    records.put(change.ask)
    for event in change.events:
        records.append(event)
    for mark in change.marks:
        one = await records.get(Neighbour, mark.person) or Neighbour(key=mark.person)
        records.put(neighbourly.marked(one, mark, change.ask, RULES, MONDAY))
    records.schedule("ask:k", plan.schedule(change.ask))


async def at_once(store: Store, ask: Ask, *acts: Act) -> list[bool]:
    """All in one batch; returns which succeeded."""
    await keep(store, ask, neighbour("ann"), neighbour("bob"), ASKER)
    done: list[bool] = []
    async with store.batch() as batch:
        for act in acts:
            turn = batch.turn()
            try:
                await take(turn, act)
            except Stale:
                done.append(False)
            else:
                batch.merge(turn)
                done.append(True)
    return done


async def claimed_blindly(store: Store, seen: Ask) -> None:
    """Bob claims what another worker saw before somebody was first."""
    async with store.writing() as records:
        records.put(seen)
        await take(records, claims("bob"))


async def stands(store: Store) -> tuple[AskStage, tuple[str, ...], dict[str, int], int]:
    """The stage, who helps, how many promises each has, and how many check-ins are to come."""
    async with store.reading() as records:
        ask = await records.get(Ask, "k")
        assert ask is not None
        busy = {n: await records.get(Neighbour, n) for n in ("ann", "bob")}
        promised = {name: len(one.busy) for name, one in busy.items() if one and one.busy}
        assert [e.revision for e in await records.ask_history("k")][-1] == ask.revision
        for person in ("ann", "bob"):
            helps = [a.key for a in await records.helped_by(person)]
            assert helps == (["k"] if ask.open and person in ask.helping else [])
        return ask.stage, ask.helping, promised, len(await records.scheduled("ask:k"))


async def test_of_two_claims_in_one_batch_the_first_wins(store: Store) -> None:
    done = await at_once(store, invited("ann", "bob"), claims("bob"), claims("ann"))
    assert done == [True, False]
    assert await stands(store) == (AskStage.PROPOSED, ("bob",), {"bob": 1}, 1)


async def test_a_claim_and_the_end_in_one_batch_leave_nobody_promised(store: Store) -> None:
    done = await at_once(store, invited("ann"), claims("ann"), calls_off)
    stage, _helping, promised, planned = await stands(store)
    assert (done, stage, promised, planned) == ([True, True], AskStage.ENDED, {}, 0)


async def test_a_claim_after_the_end_in_one_batch_is_too_late(store: Store) -> None:
    done = await at_once(store, invited("ann"), calls_off, claims("ann"))
    assert done == [True, False]
    assert await stands(store) == (AskStage.ENDED, (), {}, 0)


@pytest.mark.parametrize(
    ("acts", "done"), [((agrees, cant), [True, True]), ((cant, agrees), [True, False])]
)
async def test_agreeing_to_who_can_t_leaves_it_looked_for(
    store: Store, acts: tuple[Act, ...], done: list[bool]
) -> None:
    assert await at_once(store, proposed(), *acts) == done
    stage, helping, promised, planned = await stands(store)
    assert (stage, helping, promised) == (AskStage.LOOKING, (), {})
    assert planned == 1


async def test_of_two_workers_who_saw_the_same_the_second_is_refused_whole(store: Store) -> None:
    """Its batch is taken again, and then sees that somebody was first."""
    await keep(store, ask := invited("ann", "bob"), neighbour("ann"), neighbour("bob"))
    async with store.writing() as records:
        await take(records, claims("ann"))
    with pytest.raises(IntegrityError):
        await claimed_blindly(store, ask)
    assert await stands(store) == (AskStage.PROPOSED, ("ann",), {"ann": 1}, 1)
    async with store.writing() as records:
        with pytest.raises(Stale):
            await take(records, claims("bob"))
