"""Identifiers are text. A spreadsheet that takes one for a number destroys it, and that can be seen."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from analytics.model.extract import RefusedRow

from .cells import normal

_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_FLOAT: Final = re.compile(r"(\d{1,15})\.0+")
_CUT: Final = re.compile(r"[1-9]\d{14}0{2,}")  # fifteen digits, then zeros: what Excel makes of a long number
_DATE: Final = re.compile(r"\d{1,2}[ .-][^\W\d_]{3}|[^\W\d_]{3}-\d{2}")


def parse_ids(column: pd.Series) -> tuple[pd.Series, tuple[RefusedRow, ...]]:
    """The ids, and the rows whose id is empty or was damaged by a spreadsheet ("1.7E+15", digits turned to zeros)."""
    clean = {text: _FLOAT.sub(r"\1", normal(text)) if text.endswith("0") else normal(text) for text in column.unique()}
    long = [text for text in clean.values() if text.isascii() and text.isdigit() and len(text) > 16]
    all_cut = len(long) > 1 and all(_CUT.fullmatch(text) for text in long)
    wrong = {text: why for text, one in clean.items() if (why := _why(one, all_cut))}
    ids = column.map(clean).astype("str")
    bad = column[column.isin(list(wrong))] if wrong else column.iloc[:0]
    return ids, tuple(RefusedRow(int(at), str(column.name), text[:80], wrong[text]) for at, text in bad.items())


def _why(text: str, all_cut: bool) -> str:
    if not text:
        return "has no id: what the numbers are about is not known"
    if _SCIENTIFIC.fullmatch(text) or (all_cut and _CUT.fullmatch(text)):
        return "was shortened by a spreadsheet: its last digits are lost. Import the file as it was downloaded"
    if _DATE.fullmatch(text):
        return "was turned into a date by a spreadsheet. Import the file as it was downloaded"
    return ""
