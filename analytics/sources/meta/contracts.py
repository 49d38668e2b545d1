"""What must hold of the wide table of each of Meta's exports, once its text has been understood.

A row that breaks its contract is refused, with the reason that the check states. Column names are our fields.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
import pandera.pandas as pa

from analytics.model.extract import RefusedRow

_UTC: Final = "datetime64[us, UTC]"
_PRESENT: Final = pa.Check(lambda column: column.str.strip() != "", error="has no id")
_HAPPENED: Final = pa.Check(lambda column: column.notna(), error="has no date", ignore_na=False)


def _id(*, is_needed: bool = False) -> pa.Column:
    return pa.Column(str, [_PRESENT] if is_needed else [], required=is_needed)


def _time(*, is_needed: bool = False) -> pa.Column:
    return pa.Column(_UTC, [_HAPPENED] if is_needed else [], nullable=True, required=is_needed)


def _seconds() -> pa.Column:
    return pa.Column(float, pa.Check.le(604_800, error="is longer than a week"), nullable=True, required=False)


# A post or a video of Meta Business Suite: one row for its lifetime, or one a day.
CONTENT: Final = pa.DataFrameSchema(
    {
        "object": _id(is_needed=True),
        "account": _id(),
        "published_at": _time(),
        "duration_s": _seconds(),
        "seen_at": _time(is_needed=True),  # the day it is of, or the snapshot for a lifetime
    }
)
# An ad, a set, a campaign or an account over a period, or a cell of it.
ADS: Final = pa.DataFrameSchema(
    {
        "object": _id(),
        "account": _id(),
        "start": _time(is_needed=True),
        "end": _time(is_needed=True),
        "days": pa.Column(float, pa.Check.gt(0, error="ends before it starts"), nullable=True),
    }
)
# An ad of the Ad Library API.
LIBRARY_AD: Final = pa.DataFrameSchema(
    {
        "object": _id(is_needed=True),
        "account": _id(),
        "started_at": _time(),
        "stopped_at": _time(),
        "currency": pa.Column(str, pa.Check.str_matches(r"^([A-Z]{3})?$", error="is no currency")),
    }
)
# A share of an ad in one cell.
SHARE: Final = pa.DataFrameSchema(
    {
        "share": pa.Column(
            float,
            pa.Check(lambda share: share.between(0, 1.001), error="is no share between 0 and 1", ignore_na=False),
            nullable=True,
        )
    }
)
# A page and a disclaimer, or a place, of the Ad Library report.
LIBRARY_REPORT: Final = pa.DataFrameSchema({"account": _id(), "object": pa.Column(str)})
# A day of an account.
CARD: Final = pa.DataFrameSchema({"start": _time(is_needed=True)})
# A part of an account's audience.
AUDIENCE: Final = pa.DataFrameSchema(
    {"share": pa.Column(float, pa.Check.le(1, error="is more than everybody"), nullable=True)}
)
# A post on one day, lifetime figures as they stood then.
PAGE_POST: Final = pa.DataFrameSchema(
    {"object": _id(is_needed=True), "snapshot_at": _time(is_needed=True), "duration_s": _seconds()}
)


def breaches(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> tuple[RefusedRow, ...]:
    """The rows of `frame` (index = line) that break the contract, with why.

    Raises:
        pandera.errors.SchemaErrors: a column is missing or of another type. That is our mistake, not the file's.
    """
    try:
        schema.validate(frame, lazy=True, inplace=True)  # nothing is coerced, so nothing changes
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].isna().any():
            raise
        once = cases.drop_duplicates("index").sort_values("index")
        return tuple(
            RefusedRow(int(line), str(column), "" if pd.isna(value) else str(value)[:80], str(why))
            for line, column, value, why in zip(
                once["index"], once["column"], once["failure_case"], once["check"], strict=True
            )
        )
    return ()
