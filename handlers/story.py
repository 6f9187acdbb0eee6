"""The story of each item for who watches the demo: who holds it, why, what happened, what is next.

The asks of neighbours are told beside them (`helping.story`). It tells what stands in lists and
nothing that somebody wrote.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.core.checkins import CheckIn, schedule
from bot.core.items import Event, Item
from bot.core.names import Titled
from bot.core.people import Person
from bot.core.ports import Records
from bot.core.routing import Because, Chosen, reason
from bot.core.words import Line, line
from bot.core.worktime import Rules
from handlers.blanking import subject
from handlers.contents import topic_and_village
from handlers.helping.story import asks_told
from handlers.speech import Speaker, speaker
from handlers.states import NEXT, happened, partner, state

MOST = 50
"""Items that the panel offers."""


class Library(Protocol):
    """What lends records to read."""

    def reading(self) -> AbstractAsyncContextManager[Records]:
        """Records at one moment."""
        ...


async def story(
    library: Library,
    rules: Rules,
    now: datetime,
    language: str = "nl",
    players: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """The newest items first, open ones and those that ended lately; of asks that ended those of
    the `players` (person keys). Texts are without markup.
    """
    voice = speaker(language, rules.covenant.hours.zone)
    async with library.reading() as records:
        items = [*await records.open_items(MOST), *await records.ended_items(MOST)]
        items.sort(key=lambda item: item.created, reverse=True)
        told = [
            (item.created, await _whole(item, records, rules, now, voice)) for item in items[:MOST]
        ]
        told += await asks_told(records, rules, players, voice)
        return [one for _since, one in sorted(told, key=lambda pair: pair[0], reverse=True)]


async def _whole(
    item: Item, records: Records, rules: Rules, now: datetime, voice: Speaker
) -> dict[str, Any]:
    told = _told(item, await records.history(item.key), rules, now, voice)
    hides = await _hides(item, records, rules, now)
    return {**told, "hides": hides.isoformat() if hides else None}


async def _hides(item: Item, records: Records, rules: Rules, now: datetime) -> datetime | None:
    """When the first of the cards that are open now goes off its screen."""
    earliest = now - timedelta(minutes=rules.covenant.times.blank_after_minutes)
    readers = {a.person for a in await records.accesses(item.key) if a.at >= earliest}
    people = [p for reader in readers if (p := await records.get(Person, reader))]
    planned = [c.due for p in people for c in await records.scheduled(subject(p, item))]
    return min(planned, default=None)


def _told(
    item: Item, history: Sequence[Event], rules: Rules, now: datetime, voice: Speaker
) -> dict[str, Any]:
    covenant = rules.covenant
    return {
        "kind": "item",
        "code": item.code,
        "title": voice.plain(topic_and_village(item, covenant)),
        "state": voice.plain(state(item, rules, now)),
        "holder": voice.plain(partner(item.assignment.partner, covenant)),
        "because": voice.plain(_because(item, rules)),
        "history": [_moment(e.at, happened(e, covenant), voice) for e in reversed(history)],
        "next": [_moment(c.due, _coming(c, item, rules), voice) for c in schedule(item, rules)],
    }


def _because(item: Item, rules: Rules) -> Line | Titled:
    a, covenant = item.assignment, rules.covenant
    route = a.route if a.route is not None and a.route < len(covenant.routes) else None
    if partner(a.partner, covenant) == a.partner:
        return line("{partner}", partner=a.partner)
    why = reason(Chosen(a.partner, a.involved, Because(a.because), route), covenant)
    return Titled(id="because", title=why) if isinstance(why, Mapping) else why


def _coming(checkin: CheckIn, item: Item, rules: Rules) -> Line:
    looks = partner(item.assignment.partner, rules.covenant)
    return line(NEXT[checkin.what], looks=looks)


def _moment(at: datetime, text: Line, voice: Speaker) -> dict[str, str]:
    return {"at": at.isoformat(), "text": voice.plain(text)}
