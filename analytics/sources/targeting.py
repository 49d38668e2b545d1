"""Whom an advertiser aimed at, from the lists that political libraries publish. Targeting is not delivery.

A library's totals are of everybody who was shown the ad, and its targeting says whom it was meant for: the same number
is kept once as delivered, to nobody in particular, and once as targeted, for the cell aimed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

import pandas as pd

from analytics.model.cells import ALL, UNKNOWN, AgeBand
from analytics.people.bands import parse_band, parse_gender

_SEPARATORS: Final = re.compile(r"[,;|]")
_EVERYBODY: Final = frozenset({"", "not targeted", "all", "any"})


def targeted_age(said: str) -> str:
    """One stored label for a list of bands: "18-24, 25-34" is "18-34"; "unknown" where they leave a gap."""
    if said.strip().casefold() in _EVERYBODY:
        return ALL
    try:
        read = [parse_band(part) for part in _SEPARATORS.split(said) if part.strip()]
    except ValueError:
        return UNKNOWN
    bands = sorted(band for band in read if isinstance(band, AgeBand))
    if not bands:
        return ALL if ALL in read else UNKNOWN
    for below, above in pairwise(bands):
        if above.low > below.high + 1:
            return UNKNOWN
    return AgeBand(bands[0].low, max(band.high for band in bands)).label


def targeted_gender(said: str) -> str:
    """Female or male where only one was aimed at (with people of unknown gender or without), else all."""
    if said.strip().casefold() in _EVERYBODY:
        return ALL
    try:
        read = {parse_gender(part) for part in _SEPARATORS.split(said) if part.strip()} - {UNKNOWN}
    except ValueError:
        return UNKNOWN
    return read.pop() if len(read) == 1 else ALL if read else UNKNOWN


def each(column: pd.Series, read: Callable[[str], str]) -> pd.Series:
    """`read` of every cell, called once a label."""
    return column.map({label: read(label) for label in column.unique()}).astype(str)


def with_targeted(values: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """`values` (delivered, everybody) and, for every line whose cell is not everybody, the same as targeted.

    `cells`: indexed by line; age, gender, place, place_kind.
    """
    narrow = cells[(cells["age"] != ALL) | (cells["gender"] != ALL) | (cells["place"] != ALL)]
    aimed = values.drop(columns=list(cells)).merge(narrow, left_on="line", right_index=True).assign(basis="targeted")
    return pd.concat([values, aimed[values.columns]], ignore_index=True)
