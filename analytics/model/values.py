"""The long table that every export becomes: one row a value. Its columns, its closed words and its contract.

    platform, account, object_kind, object, placement, payment      what was counted
    metric, definition, currency                                     in which meaning
    grain, start, end                                                over which period, [start, end), UTC
    age, gender, place, place_kind                                   among whom (see model/cells.py)
    basis, state, low, high                                          how it is known, between which numbers
    snapshot_at, import_id, line                                     from which download, which line of it

`object` is "" for the account as a whole. A lifetime value has no start and no end: it is what had gathered by
`snapshot_at`. An unstated period has none either, and is used for shares only. `low` = `high` for an exact
value; both are NaN where the state is "unavailable".
"""

from __future__ import annotations

import re
from typing import Final, Literal, cast, get_args

import pandas as pd
import pandera.pandas as pa

from .metrics import METRICS, PLATFORMS

ObjectKind = Literal["post", "ad", "campaign", "account"]
Grain = Literal["hour", "day", "period", "lifetime", "unstated"]
Basis = Literal["delivered", "targeted", "follower", "engaged"]
State = Literal["observed", "zero", "suppressed", "unavailable", "modelled"]

# What makes two values the same value, seen at two times. The account counts for its own rows only (`object` ""), and
# where the platform is "other": a post is one thing whoever an export says it belongs to.
KEY: Final = (
    "platform", "account", "object_kind", "object", "placement", "payment", "metric", "definition", "currency",
    "grain", "start", "end", "age", "gender", "place", "place_kind", "basis",
)  # fmt: skip
COLUMNS: Final = (*KEY, "state", "low", "high", "snapshot_at", "import_id", "line")
DEFAULTS: Final[dict[str, object]] = {
    "account": "", "object_kind": "post", "object": "", "placement": "", "payment": "unknown", "definition": "first",
    "currency": "", "grain": "unstated", "start": pd.NaT, "end": pd.NaT, "age": "all", "gender": "all",
    "place": "all", "place_kind": "all", "basis": "delivered", "state": "observed", "import_id": "", "line": 0,
}  # fmt: skip
TIMES: Final = ("start", "end", "snapshot_at")
_UTC = "datetime64[us, UTC]"
_AGE: Final = re.compile(r"all|unknown|\d+-\d+|\d+\+", re.ASCII)


def _ages(column: pd.Series) -> list[str]:
    return [text for text in column.unique() if _AGE.fullmatch(text)]


def _words(*allowed: str) -> pa.Column:
    return pa.Column(str, pa.Check.isin(allowed))


SCHEMA: Final = pa.DataFrameSchema(
    {
        "platform": _words(*PLATFORMS),
        "account": pa.Column(str),
        "object_kind": _words(*get_args(ObjectKind)),
        "object": pa.Column(str),
        "placement": pa.Column(str),
        "payment": _words("organic", "paid", "all", "unknown"),
        "metric": _words(*METRICS),
        "definition": pa.Column(str),
        "currency": pa.Column(str),
        "grain": _words(*get_args(Grain)),
        "start": pa.Column(_UTC, nullable=True),
        "end": pa.Column(_UTC, nullable=True),
        "age": pa.Column(str, pa.Check(lambda column: column.isin(_ages(column)), error="no age label")),
        "gender": _words("all", "female", "male", "other", "unknown"),
        "place": pa.Column(str),
        "place_kind": _words("all", "country", "nation", "region", "seat", "city", "unknown"),
        "basis": _words(*get_args(Basis)),
        "state": _words(*get_args(State)),
        "low": pa.Column(float, pa.Check.ge(0), nullable=True),
        "high": pa.Column(float, pa.Check.ge(0), nullable=True),
        "snapshot_at": pa.Column(_UTC),
        "import_id": pa.Column(str),
        "line": pa.Column("int64"),
    },
    checks=[
        pa.Check(lambda frame: (frame["low"] <= frame["high"]) | frame["low"].isna(), error="low above high"),
        pa.Check(
            lambda frame: frame["low"].isna() == (frame["state"] == "unavailable"),
            error="a number without a state, or a state without its number",
        ),
        pa.Check(lambda frame: (frame["state"] != "zero") | (frame["high"] == 0), error="zero, and more than that"),
        pa.Check(lambda frame: (frame["state"] != "observed") | (frame["high"] != 0), error="zero, and not said"),
        pa.Check(
            lambda frame: frame["start"].isna() == frame["grain"].isin(["lifetime", "unstated"]),
            error="a period without its grain",
        ),
    ],
    strict=True,
    ordered=True,
)
# No value is below 0. A net column (YouTube Studio's subscribers: gained less lost) with a number below it is left out
# whole and the notes say so (sources/wide.py), for its other days alone would add up to too much. Where gains and
# losses stand apart they are kept as follows and unfollows.

OBJECT_COLUMNS: Final = (
    "platform", "account", "object_kind", "object", "title", "text", "url", "published_at", "duration_s",
    "parent", "account_name", "funder", "started_at", "stopped_at", "snapshot_at", "import_id",
)  # fmt: skip
OBJECT_TIMES: Final = ("published_at", "started_at", "stopped_at", "snapshot_at")


def as_values(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with every missing column at its default, in order and typed; checked against the contract.

    What was observed to be 0 has the state "zero", however it was written ("0-0", 0e0).

    Raises:
        pandera.errors.SchemaError: a value that the contract does not allow. That is our mistake, not the file's.
    """
    filled = frame.assign(**{name: value for name, value in DEFAULTS.items() if name not in frame})
    typed = filled.assign(
        **{name: pd.to_datetime(filled[name], utc=True).astype(_UTC) for name in TIMES},
        **{name: filled[name].astype(float) for name in ("low", "high")},
        line=filled["line"].astype("int64"),
        state=filled["state"].mask((filled["state"] == "observed") & (filled["high"] == 0), "zero"),
    )
    words = [name for name in COLUMNS if name not in (*TIMES, "low", "high", "line")]
    whole = typed.astype(dict.fromkeys(words, "str"))[list(COLUMNS)]
    return cast(pd.DataFrame, SCHEMA.validate(whole, inplace=True))  # a frame of ours: no copy of it is wanted


def as_objects(frame: pd.DataFrame) -> pd.DataFrame:
    """What a post, an ad or a campaign is: one row each, every column of OBJECT_COLUMNS, typed."""
    words = [name for name in OBJECT_COLUMNS if name not in (*OBJECT_TIMES, "duration_s")]
    filled = frame.assign(
        **{name: "" for name in words if name not in frame},
        **{name: pd.NaT for name in OBJECT_TIMES if name not in frame},
        **({} if "duration_s" in frame else {"duration_s": float("nan")}),
    )
    typed = filled.assign(**{name: pd.to_datetime(filled[name], utc=True).astype(_UTC) for name in OBJECT_TIMES})
    return typed.astype({**dict.fromkeys(words, "str"), "duration_s": float})[list(OBJECT_COLUMNS)]
