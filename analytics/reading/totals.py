"""Rows that sum the others: platforms put them first or last, and counting them would double everything."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.model.extract import Repair

from .table import Table

_WORDS: Final = (
    "total", "totals", "grand total", "sum", "overall total", "gesamt", "gesamtsumme", "summe", "insgesamt", "ergebnis",
    "total général", "total general", "totale", "totaal", "eindtotaal", "totaux", "totales", "totais", "suma",
    "suma końcowa", "razem", "łącznie", "celkem", "spolu", "összesen", "общо", "всичко", "итого", "всего", "усього",
    "σύνολο", "toplam", "genel toplam", "totalt", "i alt", "yhteensä", "合計", "总计", "합계", "المجموع",
    "average", "averages", "mean", "durchschnitt", "mittelwert", "moyenne", "promedio", "gemiddelde", "średnia",
    "средно", "среднее",
)  # fmt: skip
_COUNTS_AGAIN: Final = "a total row: left out, for it counts the others again"
_TOTAL: Final = re.compile(rf"[\W_]*(?:{'|'.join(_WORDS)})[\W_]*(?:\(\d[\d\s.,]*\))?", re.IGNORECASE)


def total_lines(table: Table, column: str = "", *, anywhere: bool = False) -> tuple[int, ...]:
    """Lines of rows that call themselves a total in `column` (the first one without), and of notes under the last.

    `anywhere` for a column of identifiers, which no total is. In others a thing may be called "Total": there only
    the first row counts and what stands last, several one after the other ("Total", then "Average").
    """
    cells = table.frame[column] if column else table.frame.iloc[:, 0]
    is_said = cells.isin([cell for cell in cells.unique() if is_total(cell)])
    if not is_said.any():
        return ()
    is_note = _notes_below(table, is_said)
    ends = _ends(is_said[~is_note])
    return tuple(
        int(line)
        for line in cells.index[
            (is_said if anywhere else is_said & ends.reindex(cells.index, fill_value=False)) | is_note
        ]
    )


def _notes_below(table: Table, is_said: pd.Series) -> pd.Series:
    """Rows of one cell ("Generated on 3 May") with nothing but their like below, and a total right above them."""
    filled = (table.frame.apply(lambda column: column.str.strip()) != "").sum(axis=1)
    is_note = (filled.eq(1) & ~is_said)[::-1].cummin()[::-1] if len(table.columns) > 1 else is_said & False
    above = is_said[~is_note]
    return is_note & bool(len(above) and above.iloc[-1])


def _ends(is_said: pd.Series) -> pd.Series:
    """The first row, and those from the end that say it without a break."""
    return is_said[::-1].cummin()[::-1] | (is_said.index == is_said.index[0])


def is_total(cell: str) -> bool:
    """Whether a cell says "total" in a language that we know."""
    return _TOTAL.fullmatch(cell) is not None


def drop_totals(table: Table, column: str = "", *, anywhere: bool = False) -> Table:
    """`table` without its total rows and the notes below them (see `total_lines`), each said in the repairs."""
    lines = total_lines(table, column, anywhere=anywhere)
    if not lines:
        return table
    cells = (table.frame[column] if column else table.frame.iloc[:, 0])[list(lines)]
    said = tuple(
        Repair(int(line), f"“{cell[:80]}”: " + (_COUNTS_AGAIN if is_total(cell) else "a note below the rows, left out"))
        for line, cell in cells.items()
    )
    return replace(table, frame=table.frame.drop(index=pd.Index(lines)), repairs=(*table.repairs, *said))
