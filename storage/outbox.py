"""The outbox: what is decided and not yet sent, and the messages that stand in the chats."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.ports import Call, Priority, Unreachable, Unsent
from bot.core.queue import Outgoing, Sent
from storage import inbox
from storage import statements as sql
from storage.rows import Row
from storage.schema import APART, DONE, PARKED, WAITING, messages, outbox
from storage.signals import signal_row

_seq = outbox.c.seq == bindparam("b_seq")

_apart = (
    select(outbox)
    .where(outbox.c.state == APART)
    .where(or_(outbox.c.unordered, outbox.c.lane.not_in(bindparam("alarmed", expanding=True))))
    .order_by(outbox.c.seq)
    .limit(bindparam("limit"))
)


def _first_of_chats() -> Select[Any]:
    """The first call of each of the most pressing chats.

    A chat presses as much as the most pressing of its calls; its first call goes all the same.
    """
    window = (
        select(outbox.c.lane, outbox.c.priority)
        .where(outbox.c.state == WAITING)
        .where(outbox.c.lane.not_in(bindparam("busy", expanding=True)))
        .order_by(outbox.c.priority, outbox.c.seq)
        .limit(bindparam("limit"))
        .subquery()
    )
    chats = (
        select(window.c.lane, func.min(window.c.priority).label("rank"))
        .group_by(window.c.lane)
        .subquery()
    )
    earlier = outbox.alias()
    first = (
        select(func.min(earlier.c.seq))
        .where(earlier.c.state == WAITING, earlier.c.lane == chats.c.lane)
        .scalar_subquery()
    )
    return select(outbox).join(chats, outbox.c.seq == first).order_by(chats.c.rank, outbox.c.seq)


_first = _first_of_chats()

_refuse = update(outbox).where(_seq).values(state=PARKED, why=bindparam("reason"))
# Two statements, each by the index of its state.
_drop_chat = [
    update(outbox)
    .where(outbox.c.state == state, outbox.c.lane == bindparam("chat"))
    .values(state=DONE, params=None)
    .returning(outbox.c.seq)
    for state in (WAITING, APART)
]
_forget_card = delete(messages).where(
    messages.c.chat == bindparam("b_chat"),
    messages.c.card == bindparam("b_card"),
    messages.c.card.is_not(None),
)


async def to_send(
    connection: AsyncConnection, limit: int, busy: Iterable[str], alarmed: Iterable[str]
) -> list[Outgoing]:
    """Calls that may go now, those outside the order first, then the first of each chat."""
    # No chat has an empty key; an empty list would become a query of its own inside this one.
    apart = {"alarmed": ["", *sorted(alarmed)], "limit": limit}
    rows = list(await connection.execute(_apart, apart))
    if len(rows) < limit:
        values = {"busy": sorted(busy), "limit": limit - len(rows)}
        rows += await connection.execute(_first, values)
    return [_outgoing(row) for row in rows]


async def sent(connection: AsyncConnection, results: Sequence[Sent]) -> None:
    """Mark as sent, erase the parameters, and bring the messages up to date."""
    if not results:
        return
    await connection.execute(sql.sent, [{"b_seq": result.seq} for result in results])
    deletions = [r for r in results if r.call.method in {"deleteMessage", "deleteMessages"}]
    await _forget(connection, deletions)
    rows = [
        _message_row(result, message_id)
        for result in results
        if result not in deletions
        for message_id in result.message_ids
    ]
    if rows:
        await connection.execute(sql.remember(connection.dialect.name), rows)


async def _forget(connection: AsyncConnection, deletions: Sequence[Sent]) -> None:
    gone = [
        {"b_chat": result.call.chat, "b_id": message_id}
        for result in deletions
        for message_id in (*result.message_ids, *_named_ids(result.call))
    ]
    cards = [{"b_chat": r.call.chat, "b_card": r.call.card} for r in deletions if r.call.card]
    if gone:
        await connection.execute(sql.forget_message, gone)
    if cards:
        await connection.execute(_forget_card, cards)


def _named_ids(call: Call) -> list[int]:
    one = [call.params["message_id"]] if "message_id" in call.params else []
    return [int(message_id) for message_id in (*one, *call.params.get("message_ids", ()))]


async def drop(connection: AsyncConnection, seqs: Sequence[int]) -> None:
    """Forget calls that no longer matter."""
    if seqs:
        await connection.execute(sql.sent, [{"b_seq": seq} for seq in seqs])


async def refuse(connection: AsyncConnection, outgoing: Outgoing, why: str, now: datetime) -> None:
    """Put a call aside, with the reason sealed, and say so."""
    await connection.execute(_refuse, {"b_seq": outgoing.seq, "reason": why})
    chat = outgoing.call.chat
    signal = Unsent(chat=chat, reference=str(outgoing.seq))
    # What is sent again and refused again is reported again.
    key = f"unsent:{outgoing.seq}@{now.timestamp():.6f}"
    row = signal_row(signal, key=key, lane=chat, at=now)
    await inbox.add_signals(connection, [row])


async def unreachable(connection: AsyncConnection, chat: str, now: datetime) -> None:
    """Drop what waits for this chat, and say so once."""
    dropped: list[int] = []
    for statement in _drop_chat:
        dropped += (await connection.execute(statement, {"chat": chat})).scalars()
    if dropped:
        key = f"unreachable:{chat}:{max(dropped)}"
        row = signal_row(Unreachable(chat=chat), key=key, lane=chat, at=now)
        await inbox.add_signals(connection, [row])


def _outgoing(row: Any) -> Outgoing:
    call = Call(
        chat=row.lane,
        method=row.method,
        params=json.loads(row.params.decode()),
        priority=Priority(row.priority),
        card=row.card,
        item=row.item,
        unordered=row.unordered,
    )
    return Outgoing(seq=row.seq, call=call)


def _message_row(result: Sent, message_id: int) -> Row:
    return {
        "chat": result.call.chat,
        "message_id": message_id,
        "card": result.call.card,
        "item": result.call.item,
        "ours": True,
        "at": result.at,
    }
