"""How long the rows of a table by date are: Studio shows days, weeks, months or years under the same header."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.sources.wide import days

_UTC: Final = "datetime64[us, UTC]"


def spans(start: pd.Series, zone: str) -> tuple[str, pd.Series]:
    """The grain ("day" or "period") and the end of each row that begins at `start` (UTC, local midnights of `zone`).

    Studio lists every day, so a steady step of seven days is weeks, and firsts of months or of Januaries are months
    or years. A single date is a day.
    """
    local = start.dropna().dt.tz_convert(zone).dt.tz_localize(None).drop_duplicates().sort_values()
    steps = local.diff().dropna().dt.days
    if len(steps) and (steps == 7).all():
        return "period", days(start, zone, 7)
    if len(steps) and (steps >= 28).all() and (local.dt.day == 1).all():
        months = 12 if (local.dt.month == 1).all() else 1
        ends = (start.dt.tz_convert(zone) + pd.DateOffset(months=months)).dt.tz_convert("UTC")
        return "period", ends.astype(_UTC)
    return "day", days(start, zone)
