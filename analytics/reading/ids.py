"""Identifiers are text. A spreadsheet that takes one for a number destroys it, and that can be seen."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from analytics.model.extract import RefusedRow

from .cells import normal
from .texts import Texts

_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+\d+")  # a spreadsheet writes the plus; "1234E5" is an id
_PLAIN: Final = r"[A-Za-z0-9_:-]+"
_LONG: Final = r"[0-9]{16,}"
_FLOAT: Final = re.compile(r"^(\d{1,15})\.0+$")
_CUT: Final = re.compile(r"[1-9]\d{14}0+")  # fifteen digits, then zeros: what Excel makes of a long number


def parse_ids(column: pd.Series, *, may_be_empty: bool = False) -> tuple[pd.Series, tuple[RefusedRow, ...]]:
    """The ids, and the rows whose id is empty or was damaged by a spreadsheet ("1.7E+15", digits turned to zeros).

    `may_be_empty`: a row may do without.
    """
    texts = Texts.of(column)
    is_plain = texts.each.str.fullmatch(_PLAIN).astype(bool) & ~texts.each.str.fullmatch(_LONG).astype(bool)
    odd = texts.each[~is_plain]
    if odd.empty:
        return column, ()
    clean = {text: _FLOAT.sub(r"\1", normal(text)) for text in odd}
    long = [text for text in clean.values() if re.fullmatch(_LONG, text)]
    all_cut = len(set(long)) > 1 and all(_CUT.fullmatch(text) for text in long)
    wrong = {
        text: why for text, one in clean.items() if (why := _why(one, all_cut)) and (text.strip() or not may_be_empty)
    }
    ids = texts.spread(texts.each.where(is_plain, odd.map(clean)).astype("str"))
    return ids, tuple(RefusedRow(at, str(column.name), text[:80], wrong[text]) for at, text in texts.lines_of(wrong))


def doubt_of(ids: pd.Series) -> str:
    """What to say of a table whose one long id ends as those do that a spreadsheet shortened; "" of any other."""
    long = [text for text in ids.unique() if re.fullmatch(_LONG, text)]
    if len(long) != 1 or not _CUT.fullmatch(long[0]):
        return ""
    return f"“{long[0]}” ends in noughts, as an id does that a spreadsheet shortened: compare it with the platform's"


def _why(text: str, all_cut: bool) -> str:
    if not text:
        return "has no id: what the numbers are about is not known"
    if _SCIENTIFIC.fullmatch(text) or (all_cut and _CUT.fullmatch(text)):
        return "was shortened by a spreadsheet: its last digits are lost. Import the file as it was downloaded"
    return ""
