"""The inbox: what came in, in order per chat, until it is handled or parked."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.ports import SIGNALS, Parked
from bot.core.queue import Arrival, Input
from storage import schema
from storage import statements as sql
from storage.columns import clean
from storage.rows import Row, call_row, read_checkin, to_json
from storage.signals import checkin_signal, signal_row

NUL_IN_JSON = b"\\u0000"

_attempt = (
    update(schema.inbox)
    .where(schema.inbox.c.seq == bindparam("b_seq"))
    .values(attempts=schema.inbox.c.attempts + 1)
)
_park = _attempt.values(state=schema.PARKED)


async def keep(connection: AsyncConnection, arrivals: Sequence[Arrival]) -> int:
    """Insert what is new, with the calls that belong to it; returns how many were new."""
    by_key: dict[str, Arrival] = {}
    for arrival in arrivals:
        by_key.setdefault(clean(arrival.key), arrival)
    rows = [_arrival_row(key, arrival) for key, arrival in by_key.items()]
    if not rows:
        return 0
    statement = sql.insert_new(schema.inbox, connection.dialect.name)
    result = await connection.execute(statement.returning(schema.inbox.c.key), rows)
    new = [by_key[row.key] for row in result]
    calls = [call_row(call, arrival.at) for arrival in new for call in arrival.calls]
    if calls:
        await connection.execute(sql.insert_into(schema.outbox), calls)
    return len(new)


async def pending(connection: AsyncConnection, limit: int) -> list[Input]:
    """The oldest inputs; behind one that failed before, its lane waits, and the others go on."""
    inputs: list[Input] = []
    # No lane is empty; an empty list would become a query of its own inside this one.
    failed, after = {""}, 0
    while (room := limit - len(inputs)) > 0:
        values = {"after": after, "failed": sorted(failed), "limit": room}
        rows = (await connection.execute(sql.pending, values)).all()
        for row in rows:
            if row.lane not in failed:
                inputs.append(_read_input(row))
            if row.attempts:
                failed.add(row.lane)
        if len(rows) < room:
            break
        after = rows[-1].seq
    return inputs


async def count_attempt(connection: AsyncConnection, input_: Input) -> None:
    """Count a failure."""
    await connection.execute(_attempt, {"b_seq": input_.seq})


async def park(connection: AsyncConnection, input_: Input, now: datetime) -> None:
    """Put aside with the payload kept, and say so; who says so and fails says nothing more."""
    await connection.execute(_park, {"b_seq": input_.seq})
    if input_.kind == Parked.__name__:
        return
    # A signal that fails is the coordinators' business only.
    chat = "" if input_.kind in SIGNALS else input_.lane
    signal = Parked(chat=chat, reference=str(input_.seq))
    # What is handled again and fails again is reported again.
    key = f"parked:{input_.seq}@{now.timestamp():.6f}"
    row = signal_row(signal, key=key, lane=input_.lane, at=now)
    await add_signals(connection, [row])


async def add_signals(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    """Queue signals; the same key again is no news."""
    if rows:
        await connection.execute(sql.insert_new(schema.inbox, connection.dialect.name), rows)


async def claim_due(connection: AsyncConnection, now: datetime, limit: int) -> int:
    """Move due check-ins to the inbox; returns how many."""
    due = (await connection.execute(sql.due_checkins, {"now": now, "limit": limit})).all()
    if due:
        await add_signals(connection, [checkin_signal(read_checkin(row), now) for row in due])
        keys = [{"b_due": row.due, "b_key": row.key} for row in due]
        await connection.execute(sql.claimed, keys)
    return len(due)


def _arrival_row(key: str, arrival: Arrival) -> Row:
    return {
        "key": key,
        "lane": arrival.lane,
        "kind": arrival.kind,
        "at": arrival.at,
        "payload": _payload(arrival.payload),
    }


def _payload(data: Mapping[str, Any]) -> bytes:
    """JSON without NUL characters, which people can send and databases refuse."""
    encoded = to_json(data)
    return to_json(_cleaned(data)) if NUL_IN_JSON in encoded else encoded


def _cleaned(data: Any) -> Any:
    match data:
        case str():
            return clean(data)
        case Mapping():
            return {_cleaned(name): _cleaned(value) for name, value in data.items()}
        case Iterable():
            return [_cleaned(value) for value in data]
    return data


def _read_input(row: Any) -> Input:
    return Input(
        seq=row.seq,
        key=row.key,
        lane=row.lane,
        kind=row.kind,
        payload=json.loads(row.payload.decode()),
        at=row.at,
        attempts=row.attempts,
    )
