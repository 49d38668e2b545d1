"""Times as people write them, and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from archive.errors import TimeOutside

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,9})?)")
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_MEND = "Write 00:12:03.400, seconds, or a wall clock with its zone such as 2026-11-20T22:14:03Z"


def parse_time(text: str) -> Fraction | datetime:
    """`HH:MM:SS.mmm`, `MM:SS` or seconds → Fraction seconds; ISO 8601 with a zone → UTC datetime.

    Raises TimeOutside (exit 2) for anything else, and for a wall clock without a zone.
    """
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return Fraction(text)
    clock = _CLOCK.fullmatch(text)
    if clock:
        return _clock_to_seconds(text, *clock.groups())
    return _wall(text)


def _clock_to_seconds(text: str, hours: str | None, minutes: str, seconds: str) -> Fraction:
    whole, part = int(minutes), Fraction(seconds.replace(",", "."))
    if part >= 60 or (hours is not None and whole >= 60):
        raise TimeOutside(f"{text} is not a time: minutes and seconds stay under 60", _MEND)
    return int(hours or 0) * 3600 + whole * 60 + part


def _wall(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise TimeOutside(f"{text[:60]!r} is not a time", _MEND) from error
    if moment.tzinfo is None:
        raise TimeOutside(f"{text} does not say its time zone", _MEND)
    return moment.astimezone(UTC)


def format_time(seconds: Fraction) -> str:
    """`HH:MM:SS.mmm`, to the nearest millisecond; a minus sign before a negative time."""
    milliseconds = round(abs(seconds) * 1000)
    sign = "-" if seconds < 0 and milliseconds else ""
    whole, thousandths = divmod(milliseconds, 1000)
    return f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def microseconds(span: timedelta) -> int:
    return (span.days * 86400 + span.seconds) * 1_000_000 + span.microseconds
