"""The same numbers as a workbook: a front sheet with every answer, then a sheet for each section's table.

Nothing in it is alive: text is written as text, whatever it begins with, and there are no formulas and no addresses.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from . import words
from .html import Heading
from .page import Page, Section
from .tables import Kind, Value, header, kind_of, rows_of

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MOST_ROWS: Final = 1_048_000  # of a sheet, less what stands over the table
_MOST_TEXT: Final = 32_000  # letters of a cell
_FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "number": "#,##0.###",
    "share": "0.0%",
    "pounds": "£#,##0.00",
    "day": "d mmm yyyy",
}
_COLUMNS: Final = (("Question", 34), ("Answer", 80), ("Compared", 44), ("Missing", 44), ("Sheets", 24))
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def workbook(pages: Sequence[Page], heading: Heading) -> bytes:
    """An .xlsx file. The front sheet says what stands in which sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    style = _Style(book)
    tables = [
        (page, section, section.table) for page in pages for section in page.sections if section.table is not None
    ]
    names = _names([page.slug for page, _, _ in tables])
    front = book.add_worksheet("Answers")
    places = {id(section): name for (_, section, _), name in zip(tables, names, strict=True)}
    _front(front, pages, heading, places, style)
    _contents(front, [(name, section) for (_, section, _), name in zip(tables, names, strict=True)], len(pages), style)
    for (page, section, frame), name in zip(tables, names, strict=True):
        _sheet(book.add_worksheet(name), page, section, frame, style)
    book.close()
    return out.getvalue()


class _Style:
    """The workbook's formats."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.answer: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.quiet: Format = book.add_format({"font_color": "#6B7280", "text_wrap": False})
        self.cells: dict[Kind, Format] = {
            kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()
        }


def _names(slugs: Sequence[str]) -> list[str]:
    """Sheet names: at most 31 letters, unique, none that Excel forbids."""
    counted: dict[str, int] = {}
    names = []
    for slug in slugs:
        base = _FORBIDDEN.sub("", slug)[:27]
        counted[base] = counted.get(base, 0) + 1
        names.append(f"{base} {counted[base]}")
    return names


def _front(sheet: Worksheet, pages: Sequence[Page], heading: Heading, places: dict[int, str], style: _Style) -> None:
    sheet.write_string(0, 0, heading.title, style.title)
    sheet.write_string(1, 0, f"{heading.period}. Made {heading.made}.", style.quiet)
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, name, style.head)
    for row, page in enumerate(pages, 4):
        sheets = ", ".join(places[id(section)] for section in page.sections if id(section) in places)
        for column, text in enumerate((page.question, page.answer, page.compared, "\n".join(page.missing), sheets)):
            sheet.write_string(row, column, text[:_MOST_TEXT], style.answer)
    sheet.freeze_panes(4, 0)


def _contents(front: Worksheet, named: Sequence[tuple[str, Section]], pages: int, style: _Style) -> None:
    """Beneath the answers: every sheet with its finding."""
    top = 4 + pages + 1
    front.write_string(top, 0, "Sheet", style.head)
    front.write_string(top, 1, "What it says", style.head)
    for row, (name, section) in enumerate(named, top + 1):
        front.write_string(row, 0, name, style.answer)
        front.write_string(row, 1, section.finding[:_MOST_TEXT], style.answer)


def _sheet(sheet: Worksheet, page: Page, section: Section, frame: pd.DataFrame, style: _Style) -> None:
    as_of = f" Newest download: {words.day(section.as_of)}." if section.as_of else ""
    sheet.write_string(0, 0, section.finding, style.title)
    sheet.write_string(1, 0, page.question, style.quiet)
    sheet.write_string(2, 0, f"Source: {section.source.rstrip('.')}.{as_of}", style.quiet)
    sheet.write_string(3, 0, section.note, style.quiet)
    kinds = [kind_of(frame, name) for name in frame.columns]
    for column, name in enumerate(frame.columns):
        sheet.set_column(column, column, min(48, max(14, len(header(name)) + 2)))
        sheet.write_string(4, column, header(name), style.head)
    for row, values in enumerate(rows_of(frame[:_MOST_ROWS]), 5):
        for column, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            _cell(sheet, row, column, value, style.cells[kind])
    sheet.freeze_panes(5, 1)


def _cell(sheet: Worksheet, row: int, column: int, value: Value, form: Format) -> None:
    """An empty cell is not known; "no upper end" is infinite."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_MOST_TEXT], form)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    elif math.isinf(value):
        sheet.write_string(row, column, "no upper end", form)
    else:
        sheet.write_number(row, column, value, form)
