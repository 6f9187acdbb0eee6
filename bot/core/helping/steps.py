"""What several acts on an ask share: looking on, calling somebody, and letting people go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.core.checkins import SOON
from bot.core.helping import moments
from bot.core.helping.asks import Ask, AskStage, Helper, Pending, Search, SearchStep
from bot.core.helping.change import AskChange, MarkKind, News, To
from bot.core.helping.events import AskEventKind
from bot.core.helping.times import first_slot, last_slot
from bot.core.worktime import Rules

_CALLS = {
    SearchStep.VOLUNTEER: (AskEventKind.VOLUNTEER_CALLED, To.VOLUNTEER),
    SearchStep.COACH: (AskEventKind.COACH_CALLED, To.COACH),
    SearchStep.COORDINATOR: (AskEventKind.COORDINATOR_CALLED, To.COORDINATOR),
}
LADDER = tuple(_CALLS)
"""Who is called when nobody answers, one after the other; the last one again and again."""


def seek(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """Look for neighbours now, or as soon as people may be disturbed.

    What is planned holds as well if nobody looks now.
    """
    ask = change.ask
    at = moments.calm(ask, now, rules)
    waits = at > now or moments.is_over(ask, rules, now)
    next_at = (
        max(at, now + SOON) if waits else moments.next_wave(ask, waits_left(ask, rules), rules, now)
    )
    search = ask.search.model_copy(update={"step": SearchStep.INVITING, "next_at": next_at})
    return change.also(search=search).model_copy(update={"seek": not waits})


def waits_left(ask: Ask, rules: Rules) -> int:
    """How often is still waited for an answer before the volunteer is asked."""
    groups = max(rules.covenant.helping.waves - ask.search.round, 1)
    return groups + (ask.wish.circle is not None)


def go_on(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """The next neighbours while there are groups to invite, else the next step."""
    search = change.ask.search
    if search.over:
        return still_needed(change, rules, now)
    inviting = search.step is SearchStep.INVITING
    if inviting and search.round < rules.covenant.helping.waves:
        return change.model_copy(update={"seek": True})
    return advance(change, rules, now)


def advance(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """The next step of the search: the board, the volunteer, the coach, the coordinator."""
    ask = change.ask
    step = _next_step(ask, rules)
    search = ask.search.model_copy(update={"step": step})
    if step is SearchStep.BOARD:
        search = search.model_copy(
            update={"on_board": True, "next_at": moments.next_wave(ask, 1, rules, now)}
        )
        change = change.record(AskEventKind.ON_BOARD, now, search=search)
        return to_board(change, News.BOARD)
    next_at = moments.next_call(ask, step, rules, now)
    search = search.model_copy(update={"next_at": next_at})
    news, details = nobody(ask)
    change = call(change, step, news, now, details=details, search=search)
    tells = step is SearchStep.VOLUNTEER and news is News.NOBODY
    return change.tell(To.ASKER, News.NOBODY) if tells else change


def nobody(ask: Ask) -> tuple[News, dict[str, Any]]:
    """What who is called hears when nobody was found: while a helper still comes, that this one
    looks for somebody to take over. The asker needs no word of that."""
    if ask.handing_over and ask.helper:
        return News.NO_SUCCESSOR, {"who": ask.helper.person, "slot": ask.helper.slot}
    return News.NOBODY, {}


def call(
    change: AskChange,
    step: SearchStep,
    news: News,
    now: datetime,
    *,
    details: dict[str, Any] | None = None,
    **state: Any,
) -> AskChange:
    """Call in the volunteer, coach or coordinator for what `news` says."""
    kind, to = _CALLS[step]
    change = change.record(kind, now, data={"news": news.value}, **state)
    return change.tell(to, news, **(details or {}))


def stand_in(ask: Ask, step: SearchStep, rules: Rules, now: datetime) -> AskChange:
    """Who was called is gone: `step` is called at once for the same, and it goes on from there."""
    new, said = ask.successor or ask.helper, ask.after.asker
    news, details = (News.PASSED, {}) if ask.search.over else nobody(ask)
    if ask.stage is AskStage.AFTER:
        news, details = (News.SAID, {"how": said}) if said else (News.SILENT_AFTER, {})
    elif ask.confirm_at and new:
        news, details = News.NO_ANSWER, {"who": new.person, "slot": new.slot}
    over = moments.next_after(step, rules, now) if ask.search.over else None
    next_at = ask.search.next_at and (over or moments.next_call(ask, step, rules, now))
    search = ask.search.model_copy(update={"step": step, "next_at": next_at})
    return call(AskChange(ask=ask), step, news, now, details=details, search=search)


def passed(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """The wanted time is over and no help was agreed: asker and volunteer (or who was called last)
    hear it.

    It stays open until somebody asks again or ends it; weekly help goes on to its next time.
    """
    ask = change.ask
    step = ask.search.step if ask.search.step in LADDER else SearchStep.VOLUNTEER
    if not ask.wish.when.weekly:
        return tell_invited(_after_its_time(change, step, rules, now), News.TOO_LATE, ask)
    change = next_time(change, rules, now)
    change = change.tell(To.VOLUNTEER, News.PASSED, slot=last_slot(ask.wish.when))
    change = tell_invited(change, News.TOO_LATE, ask).tell(To.ASKER, News.OVER)
    return change.tell(To.ASKER, News.NEXT_TIME, slot=first_slot(change.ask.wish.when))


def still_needed(change: AskChange, rules: Rules, now: datetime) -> AskChange:
    """Long after the wanted time: the asker is asked again whether it is still needed, and the
    next one of the ladder is asked to look; the last one again and again, with days between."""
    return _after_its_time(change, _next_step(change.ask, rules), rules, now)


def _after_its_time(change: AskChange, step: SearchStep, rules: Rules, now: datetime) -> AskChange:
    next_at = moments.next_after(step, rules, now)
    search = change.ask.search.model_copy(update={"step": step, "over": True, "next_at": next_at})
    change = call(change, step, News.PASSED, now, search=search)
    return change.tell(To.ASKER, News.STILL_NEEDED)


def next_time(
    change: AskChange, rules: Rules, now: datetime, *, by: str | None = None, **state: Any
) -> AskChange:
    """Weekly help moves to its next time that is still to come; the search starts some days
    before it."""
    ask, when = change.ask, change.ask.wish.when.next_week()
    while first_slot(when).begins(rules.calendar) <= now:
        when = when.next_week()
    start = moments.weekly_search(first_slot(when), rules, now)
    return change.record(
        AskEventKind.NEXT_TIME,
        now,
        by=by,
        data={"first": when.first.isoformat()},
        stage=AskStage.LOOKING,
        wish=ask.wish.model_copy(update={"when": when}),
        search=Search(next_at=start),
        pending=None,
        **state,
    )


def turn_taken(ask: Ask) -> dict[str, Any]:
    """The fields of weekly help that was given once more: who gave it is the last in the rota."""
    helped = (ask.helper.person,) if ask.helper else ()
    others = (person for person in ask.rota if person not in helped)
    return {"rota": (*others, *helped), "times_done": ask.times_done + 1}


def fresh_search(ask: Ask, *declined: str) -> Search:
    """A new search; who said no before is still not asked again."""
    return Search(declined=tuple(dict.fromkeys((*ask.search.declined, *declined))))


def search_goes_on(ask: Ask, gone: Helper, rules: Rules, now: datetime) -> Search:
    """Of who helped and handed over nobody took over: who was asked for that still is, and it stays
    on the board; for another time than the asker wanted, it is looked for anew."""
    if ask.handing_over is None or gone.slot not in ask.wish.when.slots(rules.calendar, now):
        return fresh_search(ask, gone.person)
    return with_declined(ask.search.model_copy(update={"round": 0}), gone.person)


def with_declined(search: Search, person: str) -> Search:
    """This person is not asked again."""
    declined = tuple(dict.fromkeys((*search.declined, person)))
    return search.model_copy(update={"declined": declined})


def at_rest(search: Search) -> Search:
    """Nobody has to be called any more, since somebody promised to help."""
    step = SearchStep.BOARD if search.on_board else SearchStep.INVITING
    return search.model_copy(update={"next_at": None, "step": step})


def urgent(change: AskChange, person: str, ask: Ask, rules: Rules, now: datetime) -> AskChange:
    """What this person is told now must be seen soon. `ask` is as it was before.

    Only one is waited for: who was let go before and did not say so yet is phoned now.
    """
    if gone := waits_outside(ask):
        change = change.tell(To.VOLUNTEER, News.PHONE, person=gone.person)
    return change.also(pending=moments.must_see(person, ask, rules, now))


def helper_must_see(change: AskChange, ask: Ask, rules: Rules, now: datetime) -> AskChange:
    """Shortly before the help that was agreed, who was to give it must see that they are free.
    `ask` is as it was before."""
    if ask.stage is not AskStage.AGREED or ask.helper is None:
        return change
    if not moments.is_near(ask.helper.slot, rules, now):
        return change
    return urgent(change, ask.helper.person, ask, rules, now)


def waits_outside(ask: Ask) -> Pending | None:
    """The message that somebody who is no part of it any more must still see."""
    waits = ask.pending
    return waits if waits and not waits.called and waits.person not in ask.parties else None


def free(change: AskChange, *helpers: Helper | None) -> AskChange:
    """The promises of these helpers are over."""
    for helper in helpers:
        if helper:
            change = change.mark(helper.person, MarkKind.FREED, slot=helper.slot)
    return change


def tell_invited(change: AskChange, news: News, ask: Ask, besides: Iterable[str] = ()) -> AskChange:
    """Tell everyone who was invited and did not say no, who may have been asked as standby, and
    the board if it was there.

    `ask` is as it was when they were invited.
    """
    without = {*ask.search.declined, *ask.refused, *besides}
    for invited in ask.search.invited:
        if invited.person not in without:
            change = change.tell(To.PERSON, news, person=invited.person)
    return to_board(change, news) if ask.search.on_board else change.tell(To.STANDBY, news)


def to_board(change: AskChange, news: News) -> AskChange:
    """Tell the circle; its group too, unless the asker does not want the own street to see it."""
    change = change.tell(To.CIRCLE, news)
    return change if change.ask.wish.street else change.tell(To.GROUP, news)


def _next_step(ask: Ask, rules: Rules) -> SearchStep:
    step, circles = ask.search.step, {circle.id for circle in rules.covenant.circles}
    if step is SearchStep.INVITING and ask.wish.circle in circles and not ask.search.on_board:
        return SearchStep.BOARD
    if step in {SearchStep.INVITING, SearchStep.BOARD}:
        return SearchStep.VOLUNTEER
    return LADDER[min(LADDER.index(step) + 1, len(LADDER) - 1)]
