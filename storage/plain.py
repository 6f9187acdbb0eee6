"""Which columns are not sealed, and why each has to be readable without the key.

Whoever adds a column says here why it may be plain; a test compares this list with the tables.
Topic, area and text stay sealed: with a village and a time they could point at a person.
"""

from collections.abc import Mapping

_HASH = "a keyed hash: tells nothing without the look-up key"
_ORDER = "orders a queue; a number that counts rows"
_WHEN = "a moment without a name; needed to find what is due or has passed its term"
_NAME = "one of a few words of the program; needed to choose rows"

PLAIN: Mapping[str, str] = {
    "people.key": _HASH,
    "people.unreachable": "counts who can't be reached; says nothing about whom",
    "members.partner": "an organisation of the covenant, which is public",
    "members.person": _HASH,
    "invites.key": _HASH,
    "invites.expires": _WHEN,
    "drafts.key": _HASH,
    "drafts.touched": _WHEN,
    "items.key": "a random id",
    "items.code": "the reference that people say aloud; random, and unique by this column",
    "items.stage": _NAME,
    "items.reporter": _HASH,
    "items.created": _WHEN,
    "items.due": _WHEN,
    "items.ended": _WHEN,
    "items.revision": "how many events there are; guards against two writers",
    "holdings.partner": "an organisation of the covenant, which is public",
    "holdings.due": _WHEN,
    "holdings.item": "a random id",
    "events.item": "a random id",
    "events.revision": "the number of the event; with the item it is the lock between workers",
    "events.kind": _NAME,
    "events.at": _WHEN,
    "checkins.due": _WHEN,
    "checkins.key": "a random id or keyed hash, with the name and number of the question",
    "checkins.subject": "a random id or keyed hash",
    "access_log.seq": _ORDER,
    "access_log.item": "a random id",
    "access_log.at": _WHEN,
    "inbox.seq": _ORDER,
    "inbox.key": "the bot's public id and Telegram's number of the update, or the name of a signal",
    "inbox.lane": _HASH,
    "inbox.kind": _NAME,
    "inbox.at": _WHEN,
    "inbox.state": _NAME,
    "inbox.attempts": "a count",
    "outbox.seq": _ORDER,
    "outbox.lane": _HASH,
    "outbox.priority": "a number from 0 to 3; orders the chats",
    "outbox.method": "the name of a method of the Bot API",
    "outbox.card": "the program's name for a message, with at most a random id in it",
    "outbox.item": "a random id",
    "outbox.unordered": "whether the call keeps the order of its chat",
    "outbox.state": _NAME,
    "outbox.at": _WHEN,
    "messages.chat": _HASH,
    "messages.message_id": "Telegram's number of a message, which counts from 1 in every chat",
    "messages.card": "the program's name for a message, with at most a random id in it",
    "messages.item": "a random id",
    "messages.ours": "who wrote it: the bot or the person",
    "messages.at": _WHEN,
    "erasures.item": "a random id",
    "erasures.what": _NAME,
    "erasures.at": _WHEN,
    "meta.name": _NAME,
    "meta.value": "marks of the program: a clean stop, and a fingerprint of the look-up key",
}
