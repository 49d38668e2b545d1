"""What every table of Meta's needs: its days, its times, and what was left out of it, said in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from analytics.model.extract import Ask
from analytics.reading import Dates
from analytics.reading.dates import DateOrder, parse_dates

_DAY_FIRST = r"\s*(?:1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-]\d{2,4}\b.*"
_SHOWN = 12


def dates(column: pd.Series, language: str, ask: Ask) -> Dates:
    """Dates as Meta writes them: month first in English whatever the country, unless the column shows otherwise.

    Raises:
        ExportUnclear: day and month, or the year, are not certain.
    """
    is_english = language in ("", "en") and not ask.locale
    order: DateOrder = (
        "mdy" if is_english and not any(re.fullmatch(_DAY_FIRST, cell) for cell in column.unique()) else ""
    )
    locale = ask.locale or language
    return parse_dates(column, locale, zone=ask.zone, order=order, first=ask.first, last=ask.last)


def days_after(start: pd.Series, zone: str, days: int = 1) -> pd.Series:
    """Local midnight that many days on, in UTC: a day of the October change has 25 hours."""
    return (start.dt.tz_convert(zone) + pd.DateOffset(days=days)).dt.tz_convert("UTC")


def is_like(patterns: Iterable[str], header: str) -> bool:
    return any(re.fullmatch(pattern, header) for pattern in patterns)


def left_out(columns: Sequence[str], why: str) -> list[str]:
    """One note on columns that are not imported, numbered ones as one; none if there are none."""
    if not columns:
        return []
    kinds = Counter(re.sub(r"\d+$", "…", column) for column in columns)
    named = [f"{kind} ({count})" if count > 1 else kind for kind, count in kinds.items()]
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return [f"left out, {why}: {', '.join(named[:_SHOWN])}{more}"]
