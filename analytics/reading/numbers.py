"""Numbers as people and platforms write them → intervals with a state. Nothing is guessed in silence."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.model.extract import RefusedRow, Repair


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of text, read. All three series have the column's index (lines of the file).

    `low` = `high` where exact; both NaN where `state` is "unavailable". A line in `problems` held something that no
    number can be: its row must be refused (its state is "unavailable").
    """

    low: pd.Series
    high: pd.Series
    state: pd.Series
    problems: tuple[RefusedRow, ...] = ()
    repairs: tuple[Repair, ...] = ()
