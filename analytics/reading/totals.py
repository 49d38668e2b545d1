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
)  # fmt: skip
_TOTAL: Final = re.compile(rf"[\W_]*(?:{'|'.join(_WORDS)})[\W_]*(?:\(\d[\d\s.,]*\))?", re.IGNORECASE)


def total_lines(table: Table, column: str = "") -> tuple[int, ...]:
    """Lines of the first or last row that call themselves a total in `column` (the first one without).

    Only at the ends: a video may be called "Total" anywhere.
    """
    cells = table.frame[column] if column else table.frame.iloc[:, 0]
    ends = cells.iloc[[0, -1]] if len(cells) > 1 else cells
    return tuple(int(line) for line, cell in ends.items() if _TOTAL.fullmatch(cell))


def is_total(cell: str) -> bool:
    """Whether a cell says "total" in a language that we know."""
    return _TOTAL.fullmatch(cell) is not None


def drop_totals(table: Table, column: str = "") -> Table:
    """`table` without its total rows, each said in the repairs."""
    lines = total_lines(table, column)
    if not lines:
        return table
    said = tuple(Repair(line, "a total row: left out, for it counts the others again") for line in lines)
    return replace(table, frame=table.frame.drop(index=pd.Index(lines)), repairs=(*table.repairs, *said))
