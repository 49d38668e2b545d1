"""Numbers in Meta's files: a program's in answers of the API, perhaps a spreadsheet's in exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analytics.model.extract import Ask, RefusedRow
from analytics.reading import Numbers, Table
from analytics.reading.numbers import parse_decimals
from analytics.reading.separators import POINT, UNDECIDED, separators_in

_SIGNS = r"[%£€$\s\u00a0\u202f]"


def numbers(column: pd.Series) -> Numbers:
    """As a program writes them: the point is the decimal sign and nothing groups."""
    return parse_decimals(column, machine=True)


def between(cells: pd.Series, name: str) -> Numbers:
    """Ranges ({"lower_bound": "1000", "upper_bound": "1999"}, no upper end from the top on) or bare numbers.

    A range the wrong way round is a problem of its row.
    """
    low = numbers(_end(cells, "lower_bound", name))
    high = numbers(_end(cells, "upper_bound", name))
    stated = low.state != "unavailable"
    is_open = stated & (high.state == "unavailable")
    top = high.high.mask(is_open, np.inf).where(stated)
    backward = stated & (low.low > top)
    wrong = tuple(
        RefusedRow(int(line), name, str(cells[line]), "its lower end is above its upper end")
        for line in backward.index[backward]
    )
    usable = stated & ~backward
    state = low.state.mask(usable, "observed").where(usable, "unavailable").mask(usable & (top == 0), "zero")
    return Numbers(low.low.where(usable), top.where(usable), state, (*low.problems, *high.problems, *wrong))


def _end(cells: pd.Series, end: str, name: str) -> pd.Series:
    bounds = cells.map(lambda cell: cell.get(end) if isinstance(cell, Mapping) else cell)
    return bounds.map(lambda bound: "" if bound is None else str(bound)).astype("str").rename(name)


def locale_of(table: Table, columns: Iterable[str], language: str, ask: Ask) -> str:
    """How the numbers of `columns` are written, all of them in one way.

    Meta writes points whatever the language of the headers; a spreadsheet that saved the file again writes as its
    owner does.

    UNDECIDED where nothing decides and the file is not English: then "1.234" is a question.

    Raises:
        ExportUnclear: one number has the point as decimal sign, another the comma.
    """
    if ask.locale:
        return ask.locale
    cells = (table.frame[name].drop_duplicates() for name in columns)
    odd = {text for column in cells for text in column[~column.str.fullmatch(r"\d*")]}
    signs = separators_in((pd.Series(sorted(odd), dtype="str").str.replace(_SIGNS, "", regex=True)), table.name)
    if signs.decimal:
        return "en" if signs == POINT else "de"
    return "en" if language in ("", "en") and table.delimiter != ";" else UNDECIDED
