"""What happens to neighbours themselves: who was asked, promised, helped, or carries too much."""

from datetime import date, datetime, time, timedelta

from bot.core.checkins import CheckIn, Due
from bot.core.helping.asks import DID_HELP, Ask, AskStage
from bot.core.helping.change import AskChange, Mark, MarkKind, News, To
from bot.core.helping.neighbours import Help, Neighbour
from bot.core.helping.times import Slot
from bot.core.matching import Gate, full
from bot.core.worktime import Rules

REMEMBERED = timedelta(days=365)
"""How long it is kept that somebody called off, or did not come."""


def marked(neighbour: Neighbour, mark: Mark, ask: Ask, rules: Rules, now: datetime) -> Neighbour:
    """The neighbour with what `ask` changes in them, and without what has grown old."""
    before = fresh(neighbour, rules, now)
    return before.model_copy(update=_changes(before, mark, ask, now))


def fresh(neighbour: Neighbour, rules: Rules, now: datetime) -> Neighbour:
    """Without helps older than the count, promises in the past, and a pause that is over."""
    today, calendar = rules.calendar.local(now).date(), rules.calendar
    counted = timedelta(days=rules.covenant.helping.count_days)
    offer = neighbour.offer
    if offer and not offer.paused(today):
        offer = offer.model_copy(update={"paused_until": None})
    return neighbour.model_copy(
        update={
            "offer": offer,
            "helps": tuple(h for h in neighbour.helps if h.at + counted > now),
            "busy": tuple(slot for slot in neighbour.busy if slot.ends(calendar) > now),
            "cancelled": tuple(at for at in neighbour.cancelled if at + REMEMBERED > now),
            "missed": tuple(at for at in neighbour.missed if at + REMEMBERED > now),
        }
    )


def heavy(neighbour: Neighbour, rules: Rules) -> bool:
    """Whether this neighbour helped so often that somebody should ask how it goes."""
    return len(neighbour.helps) >= rules.covenant.helping.heavy_helps


def spared(neighbour: Neighbour, today: date) -> Gate | None:
    """Why nobody asks this neighbour now: PAUSED or FULL. Who wants to help all the same still may;
    who offers nothing has promised themselves no rest."""
    if neighbour.offer is None:
        return None
    if neighbour.offer.paused(today):
        return Gate.PAUSED
    return Gate.FULL if full(neighbour) else None


def strains(neighbour: Neighbour, slot: Slot, today: date) -> Gate | None:
    """Why one more promise for `slot` is much: TIME, it is promised to somebody already; PAUSED,
    nothing would be asked now; or FULL, it is more than was offered. Whoever proposes it or is
    proposed hears that; it forbids nothing."""
    return Gate.TIME if slot in neighbour.busy else spared(neighbour, today)


def ask_how_it_goes(neighbour: Neighbour, rules: Rules, now: datetime) -> bool:
    """Whether somebody is asked to do so after one more help: once in the time of the count."""
    counted = timedelta(days=rules.covenant.helping.count_days)
    asked = neighbour.heavy_asked
    helps = len(fresh(neighbour, rules, now).helps) + 1
    lately = asked is not None and asked + counted > now
    return helps >= rules.covenant.helping.heavy_helps and not lately


def helped(
    change: AskChange, person: str, helper: Neighbour | None, rules: Rules, now: datetime
) -> AskChange:
    """One more help of this person; who helps very often is asked in private whether it is too
    much. `helper` is that neighbour, as before this help."""
    change = change.mark(person, MarkKind.HELPED)
    if helper and ask_how_it_goes(helper, rules, now):
        change = change.mark(person, MarkKind.HEAVY_ASKED)
        for to in (To.PERSON, To.VOLUNTEER, To.COACH):
            change = change.tell(to, News.HEAVY, person=person)
    if change.ask.stage is not AskStage.AFTER:
        return change
    return change.also(after=change.ask.after.model_copy(update={"helped": True}))


def by_own_word(
    change: AskChange, ask: Ask, helper: Neighbour | None, rules: Rules, now: datetime
) -> AskChange:
    """The help of `ask`, as it stood, is closed without the asker's word: then the helper's own
    counts."""
    if ask.helper and own_word(ask):
        return helped(change, ask.helper.person, helper, rules, now)
    return change


def own_word(ask: Ask) -> bool:
    """Whether there was help by the helper's own word alone: the asker said nothing."""
    return ask.after.asker is None and ask.after.helper in DID_HELP


def rings(asker: Neighbour, rules: Rules, now: datetime) -> bool:
    """Whether calling off once more is a reason to ring the asker: each time after so many."""
    count = len(fresh(asker, rules, now).cancelled) + 1
    return count % rules.covenant.helping.cancels_before_call == 0


def noted(helper: Neighbour, rules: Rules, now: datetime) -> bool:
    """Whether not coming once more is a reason for a private note to the volunteer."""
    count = len(fresh(helper, rules, now).missed) + 1
    return count >= rules.covenant.helping.no_shows_before_note


def block(one: Neighbour, other: Neighbour) -> tuple[Neighbour, Neighbour]:
    """These two never meet again; it is kept on both sides, and told to neither."""
    return _blocking(one, other.key), _blocking(other, one.key)


def schedule(neighbour: Neighbour, rules: Rules) -> tuple[CheckIn, ...]:
    """When the oldest of what is remembered falls out of the count, and when a pause is over.

    Outside quiet hours, since the end of a pause is told.
    """
    subject, calendar = f"neighbour:{neighbour.key}", rules.calendar
    counted = timedelta(days=rules.covenant.helping.count_days)
    moments = [help_.at + counted for help_ in neighbour.helps[:1]]
    moments += [at + REMEMBERED for at in (*neighbour.cancelled[:1], *neighbour.missed[:1])]
    if neighbour.offer and neighbour.offer.paused_until:
        moments.append(calendar.moment(neighbour.offer.paused_until, time.min))
    outside = sorted({calendar.outside_quiet(at) for at in moments})
    return tuple(CheckIn.at(subject, Due.FRESH, at) for at in outside)


def _changes(neighbour: Neighbour, mark: Mark, ask: Ask, now: datetime) -> dict[str, object]:
    help_ = Help(at=now, ask=ask.key)
    changes: dict[MarkKind, dict[str, object]] = {
        MarkKind.INVITED: {"asked": now},
        MarkKind.PROMISED: {"busy": _busy(neighbour, mark)},
        MarkKind.FREED: {"busy": _busy(neighbour, mark)},
        MarkKind.HELPED: {"helps": (*neighbour.helps, help_)},
        MarkKind.CANCELLED: {"cancelled": (*neighbour.cancelled, now)},
        MarkKind.MISSED: {"missed": (*neighbour.missed, now)},
        MarkKind.CAME: {"missed": neighbour.missed[:-1]},
        MarkKind.GLADLY: {"gladly": _gladly(neighbour, mark)},
        MarkKind.NOT_GLADLY: {"gladly": _gladly(neighbour, mark)},
        MarkKind.HEAVY_ASKED: {"heavy_asked": now},
    }
    return changes[mark.kind]


def _busy(neighbour: Neighbour, mark: Mark) -> tuple[object, ...]:
    """One promise more or less: the same time can be promised to two askers."""
    slots = list(neighbour.busy)
    if mark.kind is MarkKind.PROMISED and mark.slot:
        slots.append(mark.slot)
    elif mark.slot in slots:
        slots.remove(mark.slot)
    return tuple(slots)


def _gladly(neighbour: Neighbour, mark: Mark) -> tuple[str, ...]:
    others = tuple(p for p in neighbour.gladly if p != mark.other)
    return (*others, mark.other) if mark.kind is MarkKind.GLADLY and mark.other else others


def _blocking(neighbour: Neighbour, other: str) -> Neighbour:
    blocked = tuple(dict.fromkeys((*neighbour.blocked, other)))
    gladly = tuple(p for p in neighbour.gladly if p != other)
    return neighbour.model_copy(update={"blocked": blocked, "gladly": gladly})
