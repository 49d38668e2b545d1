"""From a wide table that has been read to long values: one row a line and measure, without a loop over rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analytics.model.definitions import FIRST, changes_of
from analytics.model.extract import RefusedRow, Repair
from analytics.reading import Dates, Numbers

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Measured:
    """One column of numbers, what it counts, and what else is true of it.

    `says` names further columns of the long table (definition, currency, age, gender, placement, basis, …), each one
    word for the whole column; it wins over what the row says.
    """

    metric: str
    numbers: Numbers
    says: Mapping[str, str] = field(default_factory=dict)


def melt(keys: pd.DataFrame, measured: Sequence[Measured]) -> pd.DataFrame:
    """Long values of `keys` (index = line; columns of the long table, `snapshot_at` among them) × `measured`.

    Only lines in `keys` come out, so rows refused are left out by leaving them out there. Without a `definition` the
    one in force is taken: on the first and last day of the period, or from `counted_from` (a post's birth, an optional
    column of `keys`) to the snapshot for a lifetime; "undated" where those differ.
    """
    if not measured:
        return pd.DataFrame()
    return pd.concat([_long(keys, one) for one in measured], ignore_index=True)


def _long(keys: pd.DataFrame, one: Measured) -> pd.DataFrame:
    numbers = one.numbers
    long = keys.drop(columns="counted_from", errors="ignore").assign(
        metric=one.metric,
        low=numbers.low.reindex(keys.index),
        high=numbers.high.reindex(keys.index),
        state=numbers.state.reindex(keys.index),
        line=keys.index,
        **one.says,
    )
    return long if "definition" in long else long.assign(definition=definitions(keys, one.metric))


def definitions(keys: pd.DataFrame, metric: str) -> pd.Series:
    """The definition in force for each row of `keys` (with platform, snapshot_at, perhaps start, end, counted_from)."""
    found = pd.Series(FIRST, keys.index)
    changed = {name: changes for name in keys["platform"].unique() if (changes := changes_of(name, metric))}
    if not changed:
        return found
    first, last = _ends(keys)
    for platform, changes in changed.items():
        rows = keys["platform"] == platform
        found[rows] = _in_force([c.version for c in changes], [c.since for c in changes], first[rows], last[rows])
    return found


def _ends(keys: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The first and the last moment that each row counts; NaT where the first is not known."""
    nothing = pd.Series(pd.NaT, keys.index, dtype="datetime64[us, UTC]")
    start = pd.to_datetime(keys.get("start", nothing), utc=True)
    end = pd.to_datetime(keys.get("end", nothing), utc=True) - pd.Timedelta(1, "us")
    born = pd.to_datetime(keys.get("counted_from", nothing), utc=True)
    return start.fillna(born), end.fillna(pd.to_datetime(keys["snapshot_at"], utc=True))


def _in_force(versions: list[str], since: list[object], first: pd.Series, last: pd.Series) -> np.ndarray:
    # Without the zone these are numpy's own times: as objects, one NaT would lead the row after it astray.
    starts = pd.to_datetime(pd.Series(since), utc=True).dt.tz_localize(None).to_numpy()
    first, last = first.dt.tz_localize(None), last.dt.tz_localize(None)
    names = np.array([FIRST, *versions], dtype=object)
    at_first = np.searchsorted(starts, first.to_numpy(), side="right")
    at_last = np.searchsorted(starts, last.to_numpy(), side="right")
    is_certain = first.notna().to_numpy() & (at_first == at_last)
    return np.where(is_certain, names[at_first], UNDATED)


def problems_of(*read: Numbers | Dates) -> tuple[RefusedRow, ...]:
    """The first problem of each line, in line order."""
    first: dict[int, RefusedRow] = {}
    for problem in sorted((p for one in read for p in one.problems), key=lambda p: p.line):
        first.setdefault(problem.line, problem)
    return tuple(first.values())


def repairs_of(*read: Numbers | Dates) -> tuple[Repair, ...]:
    return tuple(repair for one in read for repair in one.repairs)


def without_lines(frame: pd.DataFrame, refused: Iterable[RefusedRow]) -> pd.DataFrame:
    """`frame` (index = line) less the rows that were refused."""
    lines = {row.line for row in refused}
    return frame[~frame.index.isin(lines)] if lines else frame
