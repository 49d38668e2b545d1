"""Days and times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.model.scope import Window

from .errors import TimeUnclear


def day_of(text: str) -> date:
    """A day: 2026-11-20. Raises TimeUnclear."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise TimeUnclear(f"'{text}' is no day", "Write 2026-11-20.") from error


def time_of(text: str, zone: str) -> datetime:
    """A moment in UTC: 2026-11-20 22:00, in `zone` unless it has its own. Raises TimeUnclear."""
    try:
        written = datetime.fromisoformat(text)
    except ValueError as error:
        raise TimeUnclear(f"'{text}' is no date and time", "Write 2026-11-20 22:00, or with a zone.") from error
    return (written if written.tzinfo else written.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def window_of(first: str, last: str, days: int, zone: str) -> Window:
    """The days asked for; up to yesterday in `zone`, and `days` of them, where nothing is said. Raises TimeUnclear."""
    yesterday = datetime.now(UTC).astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    end = day_of(last) if last else yesterday
    begin = day_of(first) if first else end - timedelta(days=days - 1)
    if begin > end:
        raise TimeUnclear(f"The window from {begin} to {end} ends before it begins", "Swap the two days.")
    return Window(begin, end)
