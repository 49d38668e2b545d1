"""The same row twice: word for word it counts once; with other numbers nobody knows which holds, so neither counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analytics.model.extract import Extract, RefusedRow
from analytics.model.values import KEY

_SAME = [*KEY, "snapshot_at"]  # seen at another time it is another reading of the same value, no contradiction
_SAID = ["state", "low", "high"]


def settled(extract: Extract) -> Extract:
    """`extract` with each value once. Rows that contradict another one are refused, with all that is on their line."""
    values = extract.values
    key = [name for name in _SAME if _varies(values[name])] or _SAME
    if len(values) < 2 or not (twice := values.duplicated(key, keep=False)).any():
        return extract
    in_conflict = _in_conflict(values[twice], key)
    refused = _contradictions(values.loc[in_conflict])
    lines = {row.line for row in refused} - {0}
    kept = values[~values["line"].isin(lines) & ~values.index.isin(in_conflict)]
    once = kept.drop_duplicates(key)
    gone = kept["line"].nunique() - once["line"].nunique()
    note = (f"rows that are there twice with the same numbers, counted once: {gone}",) if gone else ()
    return replace(
        extract,
        values=once.reset_index(drop=True),
        rows=extract.rows - values["line"].nunique() + once["line"].nunique(),
        refused=(*extract.refused, *refused),
        notes=(*extract.notes, *note),
    )


def settled_together(extracts: Sequence[Extract]) -> tuple[Extract, ...]:
    """The tables of one file, each settled, less the rows that contradict a row of another table.

    Across tables a rounded number beside the exact one is no contradiction, nor is one beside none.
    """
    alone = tuple(settled(extract) for extract in extracts)
    if len(alone) < 2:
        return alone
    columns = [*_SAME, "low", "high", "line", "object"]
    tables = [one.values[list(dict.fromkeys(columns))].assign(table=place) for place, one in enumerate(alone)]
    stated = pd.concat(tables, ignore_index=True).dropna(subset=["low", "high"])
    key = [name for name in _SAME if _varies(stated[name])] or _SAME
    twice = stated[stated.duplicated(key, keep=False)]
    same = twice.groupby(key, dropna=False, sort=False, observed=True)
    wrong = twice[same["low"].transform("max") > same["high"].transform("min")]
    return tuple(_without(one, wrong[wrong["table"] == place]) for place, one in enumerate(alone))


def _without(extract: Extract, wrong: pd.DataFrame) -> Extract:
    if wrong.empty:
        return extract
    refused = _contradictions(wrong)
    return replace(
        extract,
        values=extract.values[~extract.values["line"].isin(wrong["line"])].reset_index(drop=True),
        rows=extract.rows - len(refused),
        refused=(*extract.refused, *refused),
    )


def _varies(column: pd.Series) -> bool:
    """Cheap where a column has one value in a million rows, as most of the key's have."""
    if column.empty:
        return False
    first = column.iloc[0]
    return not bool((column.isna() if pd.isna(first) else column == first).all())


def _in_conflict(twice: pd.DataFrame, key: list[str]) -> pd.Index:
    first = twice.groupby(key, dropna=False, sort=False)[_SAID].transform("first")
    said, expected = twice[_SAID].fillna({"low": -1.0, "high": -1.0}), first.fillna({"low": -1.0, "high": -1.0})
    differs = (said != expected).any(axis=1)
    return twice.index[differs.groupby([twice[name] for name in key], dropna=False, sort=False).transform("any")]


def _contradictions(values: pd.DataFrame) -> tuple[RefusedRow, ...]:
    rows = values.drop_duplicates("line")
    return tuple(
        RefusedRow(int(line), metric, f"{low:g}", f"{thing or 'the account'} is there again with another number")
        for line, metric, low, thing in zip(rows["line"], rows["metric"], rows["low"], rows["object"], strict=True)
    )
