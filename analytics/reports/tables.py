"""How the numbers of a section's table are shown: the same choice for the page, the workbook and the CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal

import pandas as pd

from . import words

Kind = Literal["text", "number", "share", "pounds", "day"]
Value = str | float | date | None  # what a cell may hold; a whole number is a float here
_ALIVE: Final = ("=", "+", "-", "@", "\t", "\r")


def kind_of(frame: pd.DataFrame, column: str) -> Kind:
    """By the column's name ("… %" holds shares, "… £" pounds) and by what it holds."""
    known = [value for value in map(cell, frame[column]) if value is not None]
    if known and all(isinstance(value, date) for value in known):
        return "day"
    if not known or any(not isinstance(value, float) for value in known):
        return "text"
    return "share" if column.endswith("%") else "pounds" if column.endswith("£") else "number"


def header(column: str) -> str:
    """As a reader sees it: the sign stands with every number already."""
    return str(column).removesuffix("%").removesuffix("£").strip()


def rows_of(frame: pd.DataFrame) -> Iterator[tuple[Value, ...]]:
    """Row by row, every cell as text, number, date or None."""
    columns = [[cell(value) for value in frame[column]] for column in frame.columns]
    return zip(*columns, strict=True)


def cell(value: object) -> Value:
    """A cell as one of the four kinds; anything that is none of them becomes its text."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str | date):
        return value
    try:
        number = float(value)  # type: ignore[arg-type]  # numpy's numbers, Decimal and bool
    except (TypeError, ValueError):
        return str(value)
    return None if math.isnan(number) else number


def shown(value: Value, kind: Kind) -> str:
    """As a reader sees it; a dash where there is no number."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return _number(value, kind)
    return words.short_day(value) if isinstance(value, date) else value


def _number(value: float, kind: Kind) -> str:
    if math.isinf(value):
        return "no upper end"
    if kind == "share":
        return words.percent(value)
    said = words.whole(value) if value == round(value) or abs(value) >= 1000 else f"{value:,.3g}"
    return f"£{said}" if kind == "pounds" else said


def to_csv(frame: pd.DataFrame) -> str:
    """The table as CSV that no spreadsheet runs: text beginning like a formula has an apostrophe before it.

    Numbers are as they are, with a decimal point; dates are ISO; an empty cell is not known.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([inert(str(name)) for name in frame.columns])
    writer.writerows([_plain(value) for value in row] for row in rows_of(frame))
    return out.getvalue()


def inert(text: str) -> str:
    """Text that a spreadsheet takes for text."""
    return f"'{text}" if text.lstrip(" ").startswith(_ALIVE) else text


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value == round(value) and not math.isinf(value) else repr(value)
    return value.isoformat() if isinstance(value, date) else inert(value)
