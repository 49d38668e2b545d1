"""Which locale the numbers of a table are in: the one place that decides, for every source."""

from __future__ import annotations

from typing import Final

import numpy as np

from .separators import UNDECIDED, separators_of
from .table import Table

SEMICOLON: Final = ";"


def locale_of_numbers(table: Table, asked: str, *, is_by_person: bool = False) -> str:
    """ "" where a program writes the numbers (a point, nothing grouped); UNDECIDED where they are a question.

    `asked` is what a person says of cells of text; what a document holds is a program's, whatever anybody says. A
    file cut by semicolons was saved again by a spreadsheet, and may write as its owner does. `is_by_person`: no
    platform stands for how the file is written (a mapping).
    """
    if table.is_machine:
        return ""
    if asked:
        return asked
    return UNDECIDED if table.delimiter == SEMICOLON or (is_by_person and table.delimiter) else ""


def written(number: float, locale: str) -> str:
    """A number that is in no locale (a cell of a workbook, a number in JSON) as the asked `locale` writes it.

    So it is read back as itself beside cells of text in that locale. No group, no exponent.
    """
    return np.format_float_positional(number, trim="-").replace(".", separators_of(locale).decimal or ".")
