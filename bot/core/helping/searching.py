"""Looking for a neighbour: an ask begins, neighbours are invited, and it is looked for again."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.errors import NotAllowed, NotFound, Stale
from bot.core.helping import moments, neighbourly, steps
from bot.core.helping.asks import (
    Afterwards,
    Ask,
    AskEnd,
    AskStage,
    Invited,
    Search,
    SearchStep,
    Wish,
    still_coming,
)
from bot.core.helping.change import AskChange, MarkKind, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.neighbours import Neighbour
from bot.core.helping.times import When
from bot.core.worktime import Rules

_TURNS = 2
"""From so many neighbours on who helped with weekly help, they take turns."""


def start(
    wish: Wish,
    *,
    key: str,
    code: str,
    asker: str | None,
    by: str | None = None,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """Start an ask. In quiet hours the search begins in the morning, unless it is for today.

    Raises `NotFound` for a kind of help that the covenant doesn't have, `NotAllowed` for somebody
    else without that person's consent, or when nobody asks.
    """
    if all(kind.id != wish.kind for kind in rules.covenant.kinds):
        raise NotFound
    if (wish.for_other and wish.consent is None) or not (asker or by):
        raise NotAllowed
    ask = Ask(key=key, code=code, asker=asker, by=by, wish=wish, created=now)
    change = AskChange(ask=ask).record(AskEventKind.ASKED, now, by=by or asker)
    return steps.seek(change, rules, now)


def invite(ask: Ask, chosen: Sequence[str], rules: Rules, now: datetime) -> AskChange:
    """Invite these neighbours, who passed `matching.gate`, best first; without any, the next step.

    Weekly help takes turns: once two neighbours have helped, the one of them who helped longest
    ago is asked alone first; after that everyone as usual.

    Raises `Stale` when nobody is looked for any more.
    """
    _must_look(ask)
    search = ask.search
    known = {i.person for i in search.invited} | {*search.declined, *ask.refused, *ask.parties}
    new = [person for person in dict.fromkeys(chosen) if person not in known]
    new = _in_turn(ask, new) or new[: rules.covenant.helping.invited_at_once]
    if not new:
        return steps.advance(AskChange(ask=ask), rules, now)
    number = search.round + 1
    invited = tuple(Invited(person=person, at=now, round=number) for person in new)
    search = search.model_copy(
        update={
            "step": SearchStep.INVITING,
            "round": number,
            "invited": (*search.invited, *invited),
            "next_at": moments.next_wave(ask, steps.waits_left(ask, rules), rules, now),
        }
    )
    data = {"round": number, "persons": new}
    change = AskChange(ask=ask).record(AskEventKind.INVITED, now, data=data, search=search)
    for person in new:
        change = change.tell(To.PERSON, News.INVITE, person=person)
        change = change.mark(person, MarkKind.INVITED)
    return change


def decline(ask: Ask, by: str, rules: Rules, now: datetime) -> AskChange:
    """Somebody of whom it was asked can't. When nobody of a group is left, it goes on at once.

    Raises `NotAllowed` for the asker, `Stale` when it has ended, or for who said no before or
    promised to help.
    """
    search = ask.search
    if by in {ask.asker, ask.by}:
        raise NotAllowed
    if not ask.open or by in (*search.declined, *ask.helping):
        raise Stale
    search = search.model_copy(update={"declined": (*search.declined, by)})
    change = AskChange(ask=ask).record(AskEventKind.DECLINED, now, by=by, search=search)
    return nobody_left(change, rules, now)


def nobody_left(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """Go on at once when everyone of the last group said no; in the morning in quiet hours."""
    ask, search = change.ask, change.ask.search
    if not looks(ask) or search.step is not SearchStep.INVITING or search.next_at is None:
        return change
    last = {invited.person for invited in search.invited if invited.round == search.round}
    if not last or not last <= {*search.declined, *ask.refused}:
        return change
    at = moments.calm(ask, now, rules)
    if at > now:
        return change.also(search=search.model_copy(update={"next_at": at}))
    return steps.go_on(change, rules, now)


def again(
    ask: Ask,
    *,
    by: str,
    when: When | None,
    helper: Neighbour | None,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """Look once more, perhaps for another time; the asker's wish, or a volunteer's for them. What
    the helper said of the time before counts when the asker said nothing.

    Raises `Stale` while somebody has promised to help or after it was passed on, `NotAllowed`
    when the time that was wanted is over and there is no new one.
    """
    promised = ask.stage in {AskStage.PROPOSED, AskStage.AGREED}
    if promised or ask.end is AskEnd.PASSED_ON:
        raise Stale
    wanted = when or _next_when(ask, rules, now)
    if not wanted.slots(rules.calendar, now):
        raise NotAllowed
    helped = ask.after.helped or (ask.open and neighbourly.own_word(ask))
    change = AskChange(ask=ask).record(
        AskEventKind.AGAIN,
        now,
        by=by,
        data={"first": wanted.first.isoformat(), "last": wanted.last.isoformat()},
        stage=AskStage.LOOKING,
        wish=ask.wish.model_copy(update={"when": wanted}),
        search=_search_again(ask, wanted),
        helper=None,
        after=Afterwards(),
        end=None,
        reason="",
        ended=None,
        **(steps.turn_taken(ask) if helped and ask.wish.when.weekly else {}),
        **({"pending": steps.waits_outside(ask)} if wanted != ask.wish.when else {}),
    )
    if ask.open:
        change = steps.free(change, ask.helper)
        change = neighbourly.by_own_word(change, ask, helper, rules, now)
    if ask.stage is AskStage.LOOKING and wanted != ask.wish.when:
        change = steps.tell_invited(change, News.GONE, ask)
    return steps.seek(change, rules, now)


def end(
    ask: Ask,
    *,
    by: str,
    reason: str,
    helper: Neighbour | None,
    rules: Rules,
    now: datetime,
) -> AskChange:
    """A volunteer ends it, with a written reason; who helped already hears nothing of it, and what
    they said counts when the asker did not say how it went.

    Raises `Stale` when it has ended, `NotAllowed` without a reason.
    """
    if not reason.strip():
        raise NotAllowed
    change = ended(AskChange(ask=ask), AskEnd.LEFT, AskEventKind.LEFT, now, by=by, reason=reason)
    change = neighbourly.by_own_word(change, ask, helper, rules, now)
    change = steps.tell_invited(change, News.GONE, ask, besides=ask.helping)
    for coming in still_coming(ask, rules.calendar, now):
        change = change.tell(To.PERSON, News.LEFT, person=coming.person, slot=coming.slot)
    return steps.helper_must_see(change.tell(To.ASKER, News.LEFT), ask, rules, now)


def ended(
    change: AskChange, how: AskEnd, kind: AskEventKind, now: datetime, *, by: str, reason: str = ""
) -> AskChange:
    """It ends: nothing is planned any more, and all promises are over. `Stale` when it has."""
    ask = change.ask
    if not ask.open:
        raise Stale
    change = change.record(
        kind,
        now,
        by=by,
        data={"reason": reason} if reason else {},
        stage=AskStage.ENDED,
        end=how,
        reason=reason,
        ended=now,
        search=ask.search.model_copy(update={"next_at": None}),
        after=ask.after.model_copy(update={"next_at": None}),
        successor=None,
        handing_over=None,
        confirm_at=None,
        remind_at=None,
        pending=steps.waits_outside(ask),
    )
    return steps.free(change, ask.helper, ask.successor)


def looks(ask: Ask) -> bool:
    """Whether somebody is looked for: nobody promised yet, or the helper hands over."""
    over = ask.stage is AskStage.AGREED and ask.handing_over is not None
    return ask.stage is AskStage.LOOKING or (over and ask.successor is None)


def unsure(ask: Ask) -> bool:
    """Whether somebody wants to come and the asker did not agree yet: it may still fall through."""
    return ask.stage is AskStage.PROPOSED or ask.successor is not None


def still_asked(ask: Ask, person: str) -> bool:
    """Whether this person was invited and may still say yes, now or when it falls through."""
    invited = any(one.person == person for one in ask.search.invited)
    return invited and person not in ask.search.declined and (unsure(ask) or looks(ask))


def may_decline(ask: Ask, person: str) -> bool:
    """Whether this neighbour can still say no, so that nobody asks them for this again."""
    known = {*ask.search.declined, *ask.helping, ask.asker, ask.by}
    return ask.open and person not in known


def _must_look(ask: Ask) -> None:
    if not looks(ask):
        raise Stale


def _in_turn(ask: Ask, chosen: Sequence[str]) -> list[str]:
    if not ask.wish.when.weekly or ask.search.round or len(ask.rota) < _TURNS:
        return []
    return [person for person in ask.rota if person in chosen][:1]


def _next_when(ask: Ask, rules: Rules, now: datetime) -> When:
    when = ask.wish.when
    while when.weekly and not when.slots(rules.calendar, now):
        when = when.next_week()
    return when


def _search_again(ask: Ask, wanted: When) -> Search:
    """For another time everyone can be asked again; for the same, who was invited still is."""
    if wanted != ask.wish.when:
        return Search()
    if ask.stage is AskStage.LOOKING:
        return ask.search.model_copy(update={"round": 0, "over": False})
    return steps.fresh_search(ask)
