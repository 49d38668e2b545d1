"""A table as it is published: cells, totals of rows and columns, and which of them are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

TOTAL = "all"


@dataclass(frozen=True, eq=False)
class Edition:
    """`counts`, shape (rows, columns), whole people, with a last row and column of totals unless there is one row or
    column only; `shown` of the same shape. The counts are exact: an edition is kept where no reader of reports is."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: np.ndarray
    shown: np.ndarray

    @property
    def row_signs(self) -> np.ndarray:
        """1 for a row of cells, −1 for the row of totals: down every column, signs · counts is 0."""
        return np.array([-1 if name == TOTAL else 1 for name in self.rows])

    @property
    def column_signs(self) -> np.ndarray:
        return np.array([-1 if name == TOTAL else 1 for name in self.columns])

    def inner(self) -> Iterator[tuple[int, int]]:
        """Places of the cells that are no totals."""
        for i, row in enumerate(self.rows):
            for j, column in enumerate(self.columns):
                if TOTAL not in (row, column):
                    yield i, j

    def place(self, row: str, column: str) -> tuple[int, int] | None:
        if row not in self.rows or column not in self.columns:
            return None
        return self.rows.index(row), self.columns.index(column)


def edition_of(table: pd.DataFrame) -> Edition:
    """From the columns row, column, count: each cell once, whole people, no totals. Nothing is hidden yet.

    Raises:
        ValueError: a cell is missing, there twice, below 0 or not whole, or a name is that of the totals.
    """
    if table.duplicated(["row", "column"]).any():
        raise ValueError("a cell is there twice")
    wide = table.pivot(index="row", columns="column", values="count")
    cells = wide.to_numpy(float)
    if wide.isna().to_numpy().any() or (cells < 0).any() or (cells != np.round(cells)).any():
        raise ValueError("a table is complete, of whole people")
    rows, columns = tuple(map(str, wide.index)), tuple(map(str, wide.columns))
    if TOTAL in (*rows, *columns):
        raise ValueError(f"totals are added here, and named {TOTAL!r}")
    return with_totals(rows, columns, cells.astype(int))


def with_totals(rows: tuple[str, ...], columns: tuple[str, ...], cells: np.ndarray) -> Edition:
    if len(rows) > 1:
        cells, rows = np.vstack([cells, cells.sum(axis=0)]), (*rows, TOTAL)
    if len(columns) > 1:
        cells, columns = np.hstack([cells, cells.sum(axis=1, keepdims=True)]), (*columns, TOTAL)
    return Edition(rows, columns, cells, np.ones(cells.shape, bool))
