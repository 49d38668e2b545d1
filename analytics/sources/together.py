"""Tables of one file beside each other: what one says of the others, and where they contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd

from analytics.model.extract import Extract, RefusedRow

_HAS_DAYS = ("hour", "day", "period")


def is_undated(extract: Extract) -> bool:
    """Whether some of its values say nothing of their days."""
    return bool((extract.values["grain"] == "unstated").any())


def days_told(extracts: Sequence[Extract], zone: str) -> tuple[date, date] | None:
    """The first and the last day of the tables by day; None where there is none."""
    told = pd.concat([extract.values[["grain", "start", "end"]].astype({"grain": "str"}) for extract in extracts])
    told = told[told["grain"].isin(_HAS_DAYS)].dropna()
    if told.empty:
        return None
    last = told["end"].max() - pd.Timedelta(1, "us")
    return told["start"].min().tz_convert(zone).date(), last.tz_convert(zone).date()


def without_days_to_come(extract: Extract, zone: str) -> Extract:
    """`extract` less the rows of days after the one on which it was downloaded: date or download time is wrong.

    A file's own time proves little against its rows, for copying changes it: there only days after today are.
    """
    known = extract.snapshot_at if extract.snapshot_from != "file time" else max(extract.snapshot_at, datetime.now(UTC))
    values, day = extract.values, pd.Timestamp(known).tz_convert(zone).normalize()
    is_late = values["grain"].isin(("hour", "day")) & (values["start"] >= day + pd.DateOffset(days=1))
    if not is_late.any():
        return extract
    late = values[is_late].drop_duplicates("line")
    why = f"is after {day:%Y-%m-%d}, the day of the download: is the date right? Else set --as-of"
    refused = tuple(
        RefusedRow(int(line), "", f"{start.tz_convert(zone):%Y-%m-%d}", why)
        for line, start in zip(late["line"], late["start"], strict=True)
    )
    kept = values[~values["line"].isin(late["line"])]
    rows = extract.rows - late["line"].nunique()
    return replace(extract, values=kept.reset_index(drop=True), rows=rows, refused=(*extract.refused, *refused))
