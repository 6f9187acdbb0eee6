"""Column types: sealed values, moments in time, and text that every database takes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, ColumnElement, Dialect, LargeBinary, String
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from storage.errors import NotComparable
from storage.sealing import Sealer

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
PRESENCE = frozenset({operators.is_, operators.is_not})

_sealers: WeakKeyDictionary[Dialect, Sealer] = WeakKeyDictionary()


def seal_with(dialect: Dialect, sealer: Sealer) -> None:
    """Let `sealer` seal and open for the engine that has this dialect object."""
    _sealers[dialect] = sealer


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC."""
    return (moment - EPOCH) // MICROSECOND


def clean(text: str) -> str:
    """Without what databases refuse: NUL bytes and lone surrogates."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 so that it sorts and stays exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Into the database."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Out of the database."""
        return None if value is None else EPOCH + value * MICROSECOND


class Text(TypeDecorator[str]):
    """Plain text, cleaned at the door: a NUL byte would abort a PostgreSQL transaction."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Into the database."""
        return None if value is None else clean(value)


class Sealed(TypeDecorator[bytes]):
    """Bytes or text that only the sealer of this engine can open; comparing it raises."""

    impl = LargeBinary
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[bytes]):
        """Allows only asking whether there is a value."""

        def operate(
            self, op: operators.OperatorType, *other: Any, **kwargs: Any
        ) -> ColumnElement[Any]:
            """Refuse, unless it is `is` or `is not`."""
            if op not in PRESENCE:
                raise NotComparable
            return super().operate(op, *other, **kwargs)

        def reverse_operate(
            self,
            op: operators.OperatorType,  # noqa: ARG002 (SQLAlchemy's signature)
            other: Any,  # noqa: ARG002 (the same)
            **kwargs: Any,  # noqa: ARG002 (the same)
        ) -> ColumnElement[Any]:
            """Refuse."""
            raise NotComparable

    comparator_factory = Comparator

    def __init__(self, place: str) -> None:
        """`place` is table.column."""
        super().__init__()
        self.place = place

    def process_bind_param(self, value: bytes | str | None, dialect: Dialect) -> bytes | None:
        """Into the database, sealed."""
        return None if value is None else _sealers[dialect].seal(self.place, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Out of the database, opened. Raises `SealBroken`."""
        return None if value is None else _sealers[dialect].open_(self.place, value)
