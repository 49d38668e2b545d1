"""A row of an Ads Manager report that is named "Total": the sum of the others, or a campaign of that name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import pandas as pd

from analytics.model.metrics import METRICS as MEANT
from analytics.reading import Numbers, is_total

from .ads_words import METRICS

_NAMES: Final = ["ad_name", "adset_name", "campaign_name"]
_IDS: Final = ["ad", "adset", "campaign"]
_ROUNDED: Final = 1e-3  # money is rounded row by row


def without_total_names(words: pd.DataFrame, counts: Mapping[str, Numbers]) -> pd.DataFrame:
    """`words` without the names of total rows: such a row is the account's, as one with no name is.

    It is the first or the last, has no id, and comes to what the others add up to. Anything else is a campaign's.
    """
    ends = words.iloc[[0, -1]] if len(words) else words
    ends = ends.loc[_is_named_total]
    rest = words.index.difference(ends.index)
    totals = [line for line in ends.index.unique() if len(rest) and _is_sum(line, rest, counts)]
    return (
        words.assign(**{name: words[name].mask(words.index.isin(totals), "") for name in _NAMES}) if totals else words
    )


def _is_named_total(rows: pd.DataFrame) -> pd.Series:
    names, ids = rows[_NAMES], (rows[_IDS] != "").any(axis=1)
    said = names.apply(lambda column: column.map(is_total))
    return said.any(axis=1) & (said | (names == "")).all(axis=1) & ~ids


def _is_sum(line: int, rest: pd.Index, counts: Mapping[str, Numbers]) -> bool:
    added = [numbers.low for field, numbers in counts.items() if MEANT[METRICS[field]].is_additive]
    stated = [low for low in added if pd.notna(low[line])]
    return all(math.isclose(low[line], low[rest].sum(), rel_tol=_ROUNDED, abs_tol=0.05) for low in stated)
