"""Rates: so many of so many, over a window, from a source. Paid and organic are never in one rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.errors import NothingToReport
from analytics.model.interval import Interval
from analytics.model.scope import Window

COUNTS: Final = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Rate:
    """`metrics`: what is divided by what, "views_3s / reach". ZeroDivisionError from `share` where nobody was asked."""

    numerator: Interval
    denominator: Interval
    metrics: str
    window: Window
    source: str

    @property
    def share(self) -> Interval:
        return self.numerator.over(self.denominator)


def gather(frame: pd.DataFrame, by: Sequence[str], replicate: str) -> pd.DataFrame:
    """One row for each of `by` and `replicate`: numerator and denominator summed, rows without anybody left out.

    `replicate` names what is done again and again (object, day, clip): how far its rates lie apart within a group
    is what chance is measured by. Both counts must be of additive metrics, or each row a group of its own.

    Raises:
        NothingToReport: no row is left, or paid and organic are in one group.
        ValueError: a numerator below 0 or above its denominator.
    """
    columns = list(dict.fromkeys((*by, replicate)))
    if "payment" in frame and "payment" not in by and frame["payment"].nunique() > 1:
        mixed = ", ".join(sorted(frame["payment"].unique()))
        raise NothingToReport(f"Rates of {mixed} posts are not comparable", "Compare paid and organic apart")
    whole = frame[frame["denominator"] > 0]
    if whole.empty:
        raise NothingToReport("No rate can be formed: nothing has a denominator", "Import what covers this window")
    if ((whole["numerator"] < 0) | (whole["numerator"] > whole["denominator"])).any():
        raise ValueError("a numerator must lie between 0 and its denominator")
    return whole.groupby(columns, observed=True, sort=True)[list(COUNTS)].sum().reset_index()
