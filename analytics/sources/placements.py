"""Where something was shown, told so that two cuts of it can be told apart: each of them counts all of it again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def placements(words: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """ "platform, placement: facebook / feed" of each row, from its columns `names`; "" where it is cut by none.

    What it is cut by comes first; questions/facts.py counts one cut of a thing, never two.
    """
    cut_by = where = pd.Series("", words.index, dtype="str")
    for name in names:
        part = words[name].str.strip().str.casefold()
        cut_by = cut_by.where(part == "", (cut_by + ", " + name).str.removeprefix(", "))
        where = where.where(part == "", (where + " / " + part).str.removeprefix(" / "))
    return where.where(where == "", cut_by + ": " + where)
