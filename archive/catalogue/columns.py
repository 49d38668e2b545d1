"""Column types that keep times exactly on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator


class ExactTime(TypeDecorator[Fraction]):
    """Seconds of media time as text "num/den".

    Text, since the numbers outgrow 64 bits once sums of time bases meet, and one column reads better
    than two. SQL never orders by it: rows carry a position, or are sorted after reading.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.numerator}/{value.denominator}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        if value is None:
            return None
        numerator, _, denominator = value.partition("/")
        return Fraction(int(numerator), int(denominator or 1))


class UtcTime(TypeDecorator[datetime]):
    """A wall time: aware in, aware UTC out. SQLite keeps it without a zone, so the zone is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a wall time without a time zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
