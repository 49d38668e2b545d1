"""Excel workbooks (.xlsx) → tables of text, cell by cell as Excel keeps them, never as a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from analytics.errors import ExportRefused

from .layout import Layout, Row
from .locales import written
from .packed import opened
from .table import Table
from .tabular import tables_of_rows

_CELLS_MOST: Final = 20_000_000
_EXACT_DIGITS: Final = 15  # Excel keeps no more of a number
_RESAVE: Final = "Open it in Excel, save it as .xlsx or CSV again, and import that."


def tables_of_workbook(data: bytes, name: str, locale: str = "") -> tuple[Table, ...]:
    """Every table of every visible sheet that is not empty; the first one's notes name those that are hidden.

    Numbers are in no locale within a workbook: they come out as `locale` writes them, as its cells of text are.
    XML is parsed by defusedxml, which openpyxl takes where it is installed.

    Raises:
        ExportRefused: broken, too large, or XML with entities of its own.
    """
    opened(data, name).close()  # its bounds
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        sheets = [(sheet.title, _rows(sheet, name, locale)) for sheet in book.worksheets if sheet.title not in hidden]
    except ExportRefused:
        raise
    except Exception as error:  # openpyxl lets through whatever its parts raise: KeyError, ValueError, XML errors
        cause = error.__cause__ or error
        raise ExportRefused(f"{name} is a broken workbook ({type(cause).__name__})", _RESAVE) from error
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise ExportRefused(f"{name} is empty", _RESAVE)
    many = len(filled) > 1
    first, *others = (
        table
        for title, rows in filled
        for table in tables_of_rows(rows, Layout(""), f"{name}/{title}" if many else name)
    )
    notes = (f"{name}: hidden sheets were not read: {', '.join(hidden)}",) if hidden else ()
    return replace(first, notes=notes), *others


def _rows(sheet: object, name: str, locale: str) -> list[Row]:
    found: list[Row] = []
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):  # type: ignore[attr-defined]
        seen += len(cells)
        if seen > _CELLS_MOST:
            raise ExportRefused(f"{name} has more than {_CELLS_MOST:,} cells", "Export it as CSV.", line=number)
        texts = [_text(cell, locale) for cell in cells]
        found.append((number, texts if any(texts) else []))
    return found if any(texts for _, texts in found) else []


def _text(cell: Cell, locale: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "", locale)
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return str(value)


def _number(value: int | float, shown: str, locale: str) -> str:
    """As text that loses nothing, and pretends to nothing: beyond 15 digits Excel has already rounded."""
    number = float(value)
    if abs(number) >= 10**_EXACT_DIGITS:
        return f"{number:.{_EXACT_DIGITS - 1}E}"
    if "%" in shown:
        return f"{written(round(number * 100, 10), locale)}%"
    return str(int(number)) if number.is_integer() else written(number, locale)
