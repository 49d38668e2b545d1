"""The platforms' own cells that lie inside a group of people, and those that only touch it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.model.cells import ALL, UNKNOWN, AgeBand, Cell
from analytics.model.interval import Interval
from analytics.model.metrics import METRICS
from analytics.people.places import find_place, seats_in
from analytics.questions.facts import Facts

_CUTS: Final = ("age", "gender")


@dataclass(frozen=True, slots=True)
class Inside:
    """One platform: at least the cells inside the group, at most those that touch it too. `is_told` where the
    platform splits it so; otherwise from nothing to all of it."""

    platform: str
    amount: Interval
    is_told: bool


def inside(facts: Facts, cell: Cell, metric: str, *, is_anywhere: bool = False) -> list[Inside]:
    """How much of `metric` fell into `cell`, platform by platform; people of several posts as bounds.

    `is_anywhere`: the facts are narrowed to places already, and all of them count.
    """
    rows = _cells(facts, metric)
    return [_of(str(name), group, cell, is_anywhere) for name, group in rows.groupby("platform")]


def _cells(facts: Facts, metric: str) -> pd.DataFrame:
    low = "sum(low)" if METRICS[metric].is_additive else "max(low)"
    return facts.frame(
        f"""
        SELECT platform, age, gender, place, place_kind, {low} AS low, sum(high) AS high FROM facts
        WHERE metric = $metric AND basis = 'delivered' AND is_ours AND object_kind <> 'account' GROUP BY ALL
        """,  # noqa: S608  # one of two words of ours
        {"metric": metric},
    )


def _of(platform: str, rows: pd.DataFrame, cell: Cell, is_anywhere: bool) -> Inside:
    whole = rows[(rows["age"] == ALL) & (rows["gender"] == ALL) & (rows["place_kind"] == "all")]
    there = rows if is_anywhere else _placed(rows, cell)
    for cut, wanted in zip(_CUTS, (cell.age, cell.gender), strict=True):
        has_whole = (there[cut] == ALL).any()
        if wanted != ALL:
            there = there[there[cut] != ALL]
        elif has_whole:
            there = there[there[cut] == ALL]
    if there.empty:
        return Inside(platform, Interval(0.0, float(whole["high"].sum())), False)
    band = AgeBand.from_label(cell.age)
    is_in = [_lies_in(row.age, row.gender, band, cell) for row in there.itertuples()]
    touches = [_touches(row.age, row.gender, band, cell) for row in there.itertuples()]
    return Inside(platform, Interval(float(there[is_in]["low"].sum()), float(there[touches]["high"].sum())), True)


def _placed(rows: pd.DataFrame, cell: Cell) -> pd.DataFrame:
    """The rows of the place itself; else of the seats in it, which are at least a part of it."""
    if cell.place == ALL:
        return rows[rows["place_kind"] == "all"]
    exact = rows[rows["place"] == cell.place]
    if not exact.empty or cell.place_kind in ("seat", "city") or find_place(cell.place) is None:
        return exact
    return rows[rows["place"].isin([seat.code for seat in seats_in(cell.place)])]


def _lies_in(age: str, gender: str, band: AgeBand | None, cell: Cell) -> bool:
    if cell.gender not in (ALL, gender):
        return False
    native = None if age in (ALL, UNKNOWN) else AgeBand.from_label(age)
    return band is None or (native is not None and band.contains(native))


def _touches(age: str, gender: str, band: AgeBand | None, cell: Cell) -> bool:
    if cell.gender != ALL and gender not in (cell.gender, UNKNOWN):
        return False
    native = None if age in (ALL, UNKNOWN) else AgeBand.from_label(age)
    return band is None or native is None or (native.low <= band.high and band.low <= native.high)
