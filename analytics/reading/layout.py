"""How a text is cut into rows: its delimiter, its quotation marks, and what tells a header from a title."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from analytics.errors import ExportRefused
from analytics.model.extract import Repair

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_ROWS: Final = 200
_SAMPLE: Final = 1 << 18  # characters
_SEP: Final = re.compile(r'^\s*"?sep=(.)"?\s*$', re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*<(!doctype|html|head|body|\?xml|table|script|!--)", re.IGNORECASE)
_NUMERIC: Final = re.compile(r"[-+<>]?[\d.,:%/\s]*\d[\d.,:%/\s]*")
Row = tuple[int, list[str]]  # the line on which it begins, its cells


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is cut. `skip` lines at the top are no rows (`sep=`); `is_wrapped`: each row is one quoted cell."""

    delimiter: str
    skip: int = 0
    is_wrapped: bool = False
    repairs: tuple[Repair, ...] = ()


def layout_of(text: str, name: str) -> Layout:
    """Find the delimiter: stated by `sep=`, else the one that cuts most of the first rows alike.

    Raises:
        ExportRefused: a web page instead of an export.
    """
    if _PAGE.match(text):
        raise ExportRefused(
            f"{name} is a web page, not an export: perhaps the page that asks to log in",
            "Log in to the platform, download the export again, and import that file.",
            line=1,
            value=text.lstrip()[:40],
        )
    sample = io.StringIO(text[:_SAMPLE], newline="").readlines()[:_SAMPLE_ROWS]
    if stated := _SEP.match(sample[0]):
        return Layout(stated[1], skip=1)
    delimiter = max(DELIMITERS, key=lambda mark: _evenness(sample, mark))
    if wrapped := _wrapped_with(sample):
        return Layout(wrapped, is_wrapped=True, repairs=(Repair(0, "each row was wrapped in quotes: unwrapped"),))
    return Layout(delimiter)


def _evenness(sample: list[str], delimiter: str) -> tuple[int, int]:
    """How many rows have the most usual number of cells (above one), and that number."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # what is wrong is said when the rows are read
        widths.update(len(row) for row in csv.reader(sample, delimiter=delimiter) if len(row) > 1)
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _wrapped_with(sample: list[str]) -> str:
    """The delimiter within rows that a spreadsheet saved as one quoted cell each; "" if they are not wrapped."""
    lines = [line.rstrip("\r\n;,\t") for line in sample if line.strip()]
    quoted = [line for line in lines if line.startswith('"') and line.endswith('"')]
    if len(quoted) < max(1, len(lines) / 2):
        return ""
    for delimiter in DELIMITERS:
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in quoted]
        inner = [next(csv.reader([row[0]], delimiter=delimiter), []) if len(row) == 1 else [] for row in rows]
        if rows and all(len(row) == 1 for row in rows) and len(inner[0]) > 1:
            return delimiter
    return ""


def rows_of(text: str, layout: Layout, name: str) -> Iterator[Row]:
    """Every row with the line on which it begins; blank lines come as rows without cells.

    Raises:
        ExportRefused: a quotation mark that is never closed, or text after a closed one.
    """
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=layout.delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if line > layout.skip:
                yield line, _unwrapped(cells, layout) if layout.is_wrapped else cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise ExportRefused(
            f"{name} has a quotation mark in line {line} that is not closed or not doubled ({error})",
            "Download it again from the platform: what follows that line can't be trusted.",
            line=line,
            value=text.splitlines()[line - 1][:80] if line <= text.count("\n") + 1 else "",
        ) from error


def _unwrapped(cells: list[str], layout: Layout) -> list[str]:
    whole = [cell for cell in cells if cell]
    return next(csv.reader(whole, delimiter=layout.delimiter, strict=True), []) if len(whole) == 1 else cells


def width_of(rows: list[Row]) -> int:
    """The most usual number of cells, of rows that have more than one; the first wins a tie; 1 if none has."""
    widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def is_title(cells: list[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) == 1


def is_header(cells: list[str]) -> bool:
    """Names only: no cell but the first may be empty, and none is a number."""
    return all(cell.strip() for cell in cells[1:]) and not any(_NUMERIC.fullmatch(cell) for cell in cells if cell)
